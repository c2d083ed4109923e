/** What happened to a request, in order: its working time is folded from this and its page shows it. */
export type TimelineType =
  | 'entered'
  | 'left'
  | 'taken'
  | 'given-back'
  | 'completed'
  | 'returned'
  | 'refused'
  | 'withdrawn'
  | 'appealed'
  | 'delivered'
  | 'withheld'
  | 'released'
  | 'waived'
  | 'effect-done'
  | 'effect-undone'
  | 'plan-refused'
  | 'plan-allowed'

export type TimelineEvent = {
  readonly at: Date
  readonly type: TimelineType
  readonly step: number | null
  readonly visit: number
  readonly personId: string | null
  /** `left` says why: `done`, `returned`, or that the request ended. `delivered`, `withheld` and `released` name the document. */
  readonly data: Readonly<Record<string, unknown>>
}
