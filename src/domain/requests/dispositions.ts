import type { SopDocument } from '../sop/document.ts'
import { nextOf, stepOf } from '../sop/graph.ts'
import type { TimelineEvent } from './timeline.ts'

/** One instruction that passed a request on inside the office. */
export type Disposition = {
  readonly at: Date
  /** Titles of the actors in the SOP. */
  readonly by: string
  readonly to: string
  readonly instruction: string
}

/** @returns every disposition of a request in its order, those before a return included */
export function dispositionsOf(sop: SopDocument, events: readonly TimelineEvent[]): readonly Disposition[] {
  return events.flatMap((event): Disposition[] => {
    if (event.type !== 'completed' || event.step === null) return []
    const step = stepOf(sop, event.step)
    const form = (event.data.form ?? {}) as { instruction?: unknown; note?: unknown }
    if (step.activity !== 'dispose' || typeof form.instruction !== 'string') return []
    const outcome = step.decision?.outcomes.find((each) => each.id === event.data.outcome)
    const next = outcome?.to ?? nextOf(sop, step)
    const note = typeof form.note === 'string' && form.note !== '' ? [form.note] : []
    return [
      {
        at: event.at,
        by: titleOf(sop, step.actor),
        to: next === 'end' ? '-' : titleOf(sop, stepOf(sop, next).actor),
        instruction: [form.instruction, ...note].join('\n'),
      },
    ]
  })
}

const titleOf = (sop: SopDocument, actor: string): string =>
  sop.actors.find(({ id }) => id === actor)?.title ?? actor
