import type { CellKey, Chart, ChartFlow, ChartRow, ChartSymbol } from './chart.ts'

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export type PlacedRow = {
  readonly row: ChartRow
  /** The whole row, from edge to edge. */
  readonly box: Box
  /** Text of each column, broken into lines that fit. */
  readonly lines: Readonly<Record<CellKey, readonly string[]>>
  readonly symbol: Box & { readonly shape: ChartSymbol }
}

/** Distance of a label from its line and from the symbol. */
export const labelOffset = 4

/** The first arrow to the very next row runs between the two rows; every other one runs beside the columns. */
export const isDirect = (chart: Chart, flow: ChartFlow): boolean =>
  flow.to === flow.from + 1 &&
  chart.flows.find((each) => each.from === flow.from && each.to === flow.to) === flow

/** The side on which an arrow runs: the nearer one for both its ends. */
export function sideOf(chart: Chart, flow: ChartFlow): 'left' | 'right' {
  const middle = (chart.lanes.length - 1) / 2
  const mean = (chart.rows[flow.from]!.lane + chart.rows[flow.to]!.lane) / 2
  const start = chart.rows[flow.from]!.lane
  // With both sides equally near, a label goes where the columns give it room.
  if (mean === middle && flow.label !== null && start !== middle) return start < middle ? 'right' : 'left'
  if (mean === middle) return flow.to < flow.from ? 'left' : 'right'
  return mean < middle ? 'left' : 'right'
}

/** The side of the arrow on which its label stands: its own where it runs aside, else where there is more room. */
export function labelSideOf(chart: Chart, flow: ChartFlow): 'left' | 'right' {
  if (!isDirect(chart, flow)) return sideOf(chart, flow)
  return chart.rows[flow.from]!.lane > (chart.lanes.length - 1) / 2 ? 'left' : 'right'
}
