import type { CellKey, Chart, ChartFlow, ChartRow, ChartSymbol } from './chart.ts'

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Side = 'left' | 'right'

export type PlacedRow = {
  readonly row: ChartRow
  /** The whole row, from edge to edge. */
  readonly box: Box
  /** Text of each column, broken into lines that fit. */
  readonly lines: Readonly<Record<CellKey, readonly string[]>>
  readonly symbol: Box & { readonly shape: ChartSymbol }
}

/** Distance of a label from its line and from the symbol, in lines of text. */
export const labelOffset = 0.3

/** How far below the edge of its row an arrow from the row above turns, in lines of text. */
export const turnDrop = 0.35

/** The first arrow to the very next row runs between the two rows; every other one runs beside the columns. */
export const isDirect = (chart: Chart, flow: ChartFlow): boolean =>
  flow.to === flow.from + 1 &&
  chart.flows.find((each) => each.from === flow.from && each.to === flow.to) === flow

/** The side of a direct arrow on which its label stands: where there is more room. */
export const directLabelSide = (chart: Chart, flow: ChartFlow): Side =>
  chart.rows[flow.from]!.lane > (chart.lanes.length - 1) / 2 ? 'left' : 'right'
