import type { Chart, ChartFlow } from './chart.ts'
import type { PlacedRow, Point, Side } from './geometry.ts'
import { directLabelSide, labelOffset, turnDrop } from './geometry.ts'
import type { Detour } from './plan.ts'

/** An arrow as a line of right angles, from the edge of one symbol to the edge of another. */
export type Route = {
  readonly flow: ChartFlow
  readonly points: readonly Point[]
  /** Lines of the label; none without one. */
  readonly labelLines: readonly string[]
  /** Where the first line of the label begins (or ends, on the left side), on its base line; null without one. */
  readonly label: (Point & { readonly anchor: 'start' | 'end' }) | null
}

export type RoutingArea = {
  /** Edges of the actors' columns with the room for labels; arrows to other rows run outside of them. */
  readonly left: number
  readonly right: number
  readonly gap: number
  /** How far apart two arrows enter or leave one side of a symbol: labels fit between. */
  readonly portGap: number
  readonly lineHeight: number
}

/**
 * One symbol stands in each row, so a line at the height of a row meets no other symbol; between two rows there
 * is none at all. Every arrow is built from these two kinds of free lines.
 */
export function routeFlows(
  chart: Chart,
  rows: readonly PlacedRow[],
  detours: ReadonlyMap<ChartFlow, Detour>,
  labels: ReadonlyMap<ChartFlow, readonly string[]>,
  area: RoutingArea,
): Route[] {
  return chart.flows.map((flow) => {
    const ends = { flow, from: rows[flow.from]!, to: rows[flow.to]!, labelLines: labels.get(flow) ?? [] }
    const detour = detours.get(flow)
    return detour ? aside(ends, detour, area) : direct(ends, directLabelSide(chart, flow), area)
  })
}

type Ends = {
  readonly flow: ChartFlow
  readonly from: PlacedRow
  readonly to: PlacedRow
  readonly labelLines: readonly string[]
}

/** Straight down, or down, across at the head of the other row, and down again. */
function direct(ends: Ends, side: Side, { lineHeight }: RoutingArea): Route {
  const { flow, from, to, labelLines } = ends
  const start = { x: middleX(from), y: from.symbol.y + from.symbol.height }
  const end = { x: middleX(to), y: to.symbol.y }
  const turn = to.box.y + lineHeight * turnDrop
  const points =
    start.x === end.x ? [start, end] : [start, { x: start.x, y: turn }, { x: end.x, y: turn }, end]
  const label = labelAt(labelLines, side, start.x, start.y + lineHeight * labelDrop, lineHeight)
  return { flow, points, labelLines, label }
}

/** How far below the symbol the base line of a direct arrow's label stands, in lines of text. */
const labelDrop = 0.9

/** Out of the side of the symbol, along the row to the outer track, along the track, and into the other row. */
function aside(ends: Ends, detour: Detour, { left, right, gap, portGap, lineHeight }: RoutingArea): Route {
  const { flow, from, to, labelLines } = ends
  const { side, track } = detour
  const x = side === 'left' ? left - (track + 1) * gap : right + (track + 1) * gap
  const start = edge(from, side, detour.out * portGap)
  const end = edge(to, side, detour.in * portGap)
  const points = [start, { x, y: start.y }, { x, y: end.y }, end]
  const { symbol } = from
  const edgeX = side === 'left' ? symbol.x : symbol.x + symbol.width
  // The lines grow upward from the arrow.
  const base = start.y - lineHeight * (labelOffset + Math.max(0, labelLines.length - 1))
  return { flow, points, labelLines, label: labelAt(labelLines, side, edgeX, base, lineHeight) }
}

/** Beside the line, or beside the symbol, growing away from it. */
function labelAt(
  lines: readonly string[],
  side: Side,
  x: number,
  y: number,
  lineHeight: number,
): Route['label'] {
  if (lines.length === 0) return null
  const offset = lineHeight * labelOffset
  return side === 'left' ? { x: x - offset, y, anchor: 'end' } : { x: x + offset, y, anchor: 'start' }
}

const middleX = ({ symbol }: PlacedRow): number => symbol.x + symbol.width / 2

/** How much of a connector's height its tip takes. */
export const pentagonTip = 0.4

/** The point on the symbol's outline at a distance above or below the middle of the side. */
function edge({ symbol }: PlacedRow, side: Side, offset: number): Point {
  const y = symbol.y + symbol.height / 2 + offset
  const half = symbol.width / 2
  const reach = reachAt(symbol, half, offset)
  return { x: symbol.x + half + (side === 'left' ? -reach : reach), y }
}

/** Half the symbol's breadth at a height above or below its middle. */
function reachAt({ shape, width, height }: PlacedRow['symbol'], half: number, offset: number): number {
  switch (shape) {
    case 'box':
      return half
    case 'diamond':
      return half * (1 - Math.abs(offset) / (height / 2))
    case 'capsule':
      return half - capsuleInset(width, height, offset)
    case 'pentagon':
      return half * Math.min(1, (height / 2 - offset) / (height * pentagonTip))
  }
}

/** The round ends of a capsule that grew with its arrows stay as they were; its sides get straight. */
export const capsuleRadius = (width: number, height: number): number => Math.min(height / 2, width * 0.28)

/** How far the round end of a capsule recedes at a height away from its middle. */
function capsuleInset(width: number, height: number, offset: number): number {
  const radius = capsuleRadius(width, height)
  const within = Math.max(0, Math.abs(offset) - (height / 2 - radius))
  return radius - Math.sqrt(Math.max(0, radius * radius - within * within))
}
