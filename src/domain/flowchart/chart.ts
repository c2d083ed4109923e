import type { SopDocument, SopStep } from '../sop/document.ts'
import { arrowsFrom, kindOf, symbolOf } from '../sop/graph.ts'
import { markOf } from '../sop/marks.ts'

/** Four of the five symbols of PermenPANRB 35/2012; the fifth is the arrow. The pentagon joins sheets. */
export type ChartSymbol = 'capsule' | 'box' | 'diamond' | 'pentagon'

/** The columns of text of the SOP form: Kegiatan, then Mutu Baku (three of them), then Keterangan. */
export const cellKeys = ['text', 'requirements', 'time', 'output', 'remark'] as const
export type CellKey = (typeof cellKeys)[number]

/** What stands behind a field that the source does not say as it stands here. */
export const chartMark = '*'

/** One row of the flowchart: a step in the column of its actor. */
export type ChartRow = {
  /** Number of the step; null for the closing capsule and for connectors, which the document does not number. */
  readonly no: number | null
  /** What stands in the symbol where there is no number. */
  readonly caption: string | null
  /** Paragraphs of each column, marks included. */
  readonly cells: Readonly<Record<CellKey, readonly string[]>>
  /** Position of the actor's column, from 0. */
  readonly lane: number
  readonly symbol: ChartSymbol
  /** Whether the symbol itself, or whose it is, is inferred or damaged in the source. */
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

/** The reader's words for what an SOP says in data. */
export type ChartWords = {
  /** The closing capsule. */
  readonly ends: string
  readonly timeOf: (step: SopStep) => string
  /** Who takes part beside the actor, as titles. */
  readonly withWhom: (titles: string) => string
}

/** What is to be drawn of an SOP. */
export function chartOf(sop: SopDocument, words: ChartWords): Chart {
  const lanes = sop.actors.map((actor) => actor.title)
  const laneOf = (actor: string): number => sop.actors.findIndex((each) => each.id === actor)
  const rows = sop.steps.map((step) => stepRow(sop, step, laneOf(step.actor), words))
  const closing = sop.steps.findLast((step) => endsInArrow(sop, step))
  // The closing capsule stands with the last step that leads to it, so that its arrow is short.
  if (closing) rows.push(plainRow('capsule', words.ends, laneOf(closing.actor)))
  const rowOf = (to: number | 'end'): number =>
    to === 'end' ? rows.length - 1 : sop.steps.findIndex((step) => step.no === to)
  const flows = sop.steps.flatMap((step, from) =>
    arrowsFrom(sop, step)
      .filter((arrow) => arrow.to !== 'end' || endsInArrow(sop, step))
      .map((arrow) => ({
        from,
        to: rowOf(arrow.to),
        label: labelOf(sop, step, arrow.outcome?.label ?? null),
        kind: arrow.outcome ? kindOf(sop, step, arrow.outcome) : ('continue' as const),
      })),
  )
  return { lanes, rows, flows }
}

const noText: readonly string[] = []

/** @returns a row without a step: the closing capsule, or a connector to another sheet */
export function plainRow(symbol: ChartSymbol, caption: string, lane: number, text = noText): ChartRow {
  const cells = { text, requirements: noText, time: noText, output: noText, remark: noText }
  return { no: null, caption, cells, lane, symbol, marked: false }
}

function stepRow(sop: SopDocument, step: SopStep, lane: number, words: ChartWords): ChartRow {
  const isMarked = (key: string): boolean => markOf(sop, `steps.${step.no}.${key}`) !== null
  /** An empty cell shows a mark of its own only, not that of its row. */
  const isMarkedItself = (key: string): boolean =>
    sop.marks.some((mark) => mark.field === `steps.${step.no}.${key}`)
  const items = (key: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 && isMarkedItself(key)
      ? [chartMark]
      : listed(lines.map((line, index) => (isMarked(`${key}.${index + 1}`) ? `${line}${chartMark}` : line)))
  const whole = (key: string, text: string): readonly string[] =>
    ((text === '' ? isMarkedItself(key) : isMarked(key)) ? `${text}${chartMark}` : text)
      .split('\n')
      .filter((line) => line !== '')
  const titles = step.with.map((id) => sop.actors.find((actor) => actor.id === id)?.title ?? id)
  const together = titles.length > 0 ? whole('with', words.withWhom(titles.join(', '))) : noText
  return {
    no: step.no,
    caption: null,
    cells: {
      text: [...whole('text', step.text), ...together],
      requirements: items(
        'requirements',
        step.requirements.map((each) => each.text),
      ),
      time: whole('standardTime', words.timeOf(step)),
      output: items('output', step.output),
      remark: whole('remark', step.remark ?? ''),
    },
    lane,
    symbol: shapeOf(sop, step),
    marked: isMarked('actor') || isMarked('symbol') || isMarked('activity'),
  }
}

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length > 1 ? lines.map((line, index) => `${index + 1}. ${line}`) : lines

/** @returns the symbol of a step as it is drawn */
export const shapeOf = (sop: SopDocument, step: SopStep): ChartSymbol => shapes[symbolOf(sop, step)]

const shapes = { start: 'capsule', end: 'capsule', process: 'box', decision: 'diamond' } as const

function labelOf(sop: SopDocument, step: SopStep, label: string | null): string | null {
  const field = `steps.${step.no}.${step.decision ? 'decision' : 'next'}`
  return markOf(sop, field) ? `${label ?? ''}${chartMark}` : label
}

/** A step drawn as a capsule is the end itself; any other way out needs a capsule to lead to. */
function endsInArrow(sop: SopDocument, step: SopStep): boolean {
  const ends = arrowsFrom(sop, step).some((arrow) => arrow.to === 'end')
  return ends && (step.decision !== undefined || symbolOf(sop, step) !== 'end')
}
