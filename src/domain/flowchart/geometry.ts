import type { Chart, ChartFlow, ChartRow, ChartSymbol } from './chart.ts'

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export type PlacedRow = {
  readonly row: ChartRow
  /** The whole row, from edge to edge. */
  readonly box: Box
  readonly lines: readonly string[]
  readonly timeLines: readonly string[]
  readonly symbol: Box & { readonly shape: ChartSymbol }
}

/** The first arrow to the very next row runs between the two rows; every other one runs beside the columns. */
export const isDirect = (chart: Chart, flow: ChartFlow): boolean =>
  flow.to === flow.from + 1 &&
  chart.flows.find((each) => each.from === flow.from && each.to === flow.to) === flow

/** The side on which an arrow runs: the nearer one for both its ends. */
export function sideOf(chart: Chart, flow: ChartFlow): 'left' | 'right' {
  const middle = (chart.lanes.length - 1) / 2
  const mean = (chart.rows[flow.from]!.lane + chart.rows[flow.to]!.lane) / 2
  if (mean === middle) return flow.to < flow.from ? 'left' : 'right'
  return mean < middle ? 'left' : 'right'
}
