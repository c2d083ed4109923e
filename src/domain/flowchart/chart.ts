import type { SopDocument, SopStep } from '../sop/document.ts'
import { arrowsFrom, kindOf, symbolOf } from '../sop/graph.ts'

/** The five symbols of PermenPANRB 35/2012; the arrow is a flow, the pentagon joins pages. */
export type ChartSymbol = 'capsule' | 'box' | 'diamond'

/** One row of the flowchart: a step in the column of its actor. */
export type ChartRow = {
  /** Number of the step; null for the closing capsule that the document does not draw. */
  readonly no: number | null
  readonly text: string
  /** Position of the actor's column, from 0. */
  readonly lane: number
  readonly symbol: ChartSymbol
  readonly time: string
  /** Whether something in the row is inferred or damaged in the source; the mark shows on the chart too. */
  readonly marked: boolean
}

/** An arrow from one row to another, by their positions. */
export type ChartFlow = {
  readonly from: number
  readonly to: number
  readonly label: string | null
  readonly kind: 'continue' | 'return' | 'refuse'
}

export type Chart = {
  readonly lanes: readonly string[]
  readonly rows: readonly ChartRow[]
  readonly flows: readonly ChartFlow[]
}

/**
 * What is to be drawn of an SOP.
 * @param words the closing capsule's word and a step's standard time in the reader's language
 */
export function chartOf(
  sop: SopDocument,
  words: { readonly ends: string; readonly timeOf: (step: SopStep) => string },
): Chart {
  const lanes = sop.actors.map((actor) => actor.title)
  const laneOf = (actor: string): number => sop.actors.findIndex((each) => each.id === actor)
  const rows: ChartRow[] = sop.steps.map((step) => ({
    no: step.no,
    text: step.text,
    lane: laneOf(step.actor),
    symbol: shapes[symbolOf(sop, step)],
    time: words.timeOf(step),
    marked: sop.marks.some((mark) => `${mark.field}.`.startsWith(`steps.${step.no}.`)),
  }))
  const needsEnd = sop.steps.some((step) => endsInArrow(sop, step))
  if (needsEnd)
    rows.push({
      no: null,
      text: words.ends,
      lane: closingLane(sop, laneOf),
      symbol: 'capsule',
      time: '',
      marked: false,
    })
  const rowOf = (to: number | 'end'): number =>
    to === 'end' ? rows.length - 1 : sop.steps.findIndex((step) => step.no === to)
  const flows = sop.steps.flatMap((step, from) =>
    arrowsFrom(sop, step)
      .filter((arrow) => arrow.to !== 'end' || endsInArrow(sop, step))
      .map((arrow) => ({
        from,
        to: rowOf(arrow.to),
        label: arrow.outcome?.label ?? null,
        kind: arrow.outcome ? kindOf(sop, step, arrow.outcome) : ('continue' as const),
      })),
  )
  return { lanes, rows, flows }
}

const shapes = { start: 'capsule', end: 'capsule', process: 'box', decision: 'diamond' } as const

/** A step drawn as a capsule is the end itself; any other way out needs a capsule to lead to. */
function endsInArrow(sop: SopDocument, step: SopStep): boolean {
  const ends = arrowsFrom(sop, step).some((arrow) => arrow.to === 'end')
  return ends && (step.decision !== undefined || symbolOf(sop, step) !== 'end')
}

/** The closing capsule stands with the last step that leads to it, so that its arrow is short. */
function closingLane(sop: SopDocument, laneOf: (actor: string) => number): number {
  const last = sop.steps.findLast((step) => endsInArrow(sop, step))!
  return laneOf(last.actor)
}
