import type { Chart, ChartFlow } from './chart.ts'
import type { PlacedRow, Point } from './geometry.ts'
import { isDirect, labelOffset, labelSideOf, sideOf } from './geometry.ts'

/** An arrow as a line of right angles, from the edge of one symbol to the edge of another. */
export type Route = {
  readonly flow: ChartFlow
  readonly points: readonly Point[]
  /** Where the label begins (or ends, on the left side), on its base line; null without a label. */
  readonly label: (Point & { readonly anchor: 'start' | 'end' }) | null
}

export type RoutingArea = {
  /** Edges of the actors' columns with the room for labels; arrows to other rows run outside of them. */
  readonly left: number
  readonly right: number
  readonly gap: number
  /** How far apart two arrows enter or leave one side of a symbol: a line of text, so that labels fit between. */
  readonly portGap: number
}

/**
 * One symbol stands in each row, so a line at the height of a row meets no other symbol; between two rows there
 * is none at all. Every arrow is built from these two kinds of free lines.
 */
export function routeFlows(chart: Chart, rows: readonly PlacedRow[], area: RoutingArea): Route[] {
  const tracks = assignTracks(chart)
  const ports = assignPorts(chart)
  return chart.flows.map((flow, index) => {
    const from = rows[flow.from]!
    const to = rows[flow.to]!
    if (isDirect(chart, flow)) return direct(flow, from, to, labelSideOf(chart, flow))
    const side = sideOf(chart, flow)
    const track = tracks[index]!
    const x = side === 'left' ? area.left - (track + 1) * area.gap : area.right + (track + 1) * area.gap
    return aside(flow, from, to, side, x, ports[index]!, area.portGap)
  })
}

/** How far below the symbol the base line of a direct arrow's label stands. */
const labelDrop = 14

/** Straight down, or down, across between the rows, and down again. */
function direct(flow: ChartFlow, from: PlacedRow, to: PlacedRow, side: 'left' | 'right'): Route {
  const start = { x: middleX(from), y: from.symbol.y + from.symbol.height }
  const end = { x: middleX(to), y: to.symbol.y }
  const turn = to.box.y
  const points =
    start.x === end.x ? [start, end] : [start, { x: start.x, y: turn }, { x: end.x, y: turn }, end]
  return { flow, points, label: labelAt(flow, side, start.x, start.y + labelDrop) }
}

/** Beside the line, or beside the symbol, growing away from it. */
function labelAt(flow: ChartFlow, side: 'left' | 'right', x: number, y: number): Route['label'] {
  if (flow.label === null) return null
  return side === 'left'
    ? { x: x - labelOffset, y, anchor: 'end' }
    : { x: x + labelOffset, y, anchor: 'start' }
}

type Ports = { readonly out: number; readonly in: number }

/** Out of the side of the symbol, along the row to the outer track, along the track, and into the other row. */
function aside(
  flow: ChartFlow,
  from: PlacedRow,
  to: PlacedRow,
  side: 'left' | 'right',
  x: number,
  ports: Ports,
  portGap: number,
): Route {
  const start = edge(from, side, ports.out * portGap)
  const end = edge(to, side, ports.in * portGap)
  const points = [start, { x, y: start.y }, { x, y: end.y }, end]
  const { symbol } = from
  const edgeX = side === 'left' ? symbol.x : symbol.x + symbol.width
  return { flow, points, label: labelAt(flow, side, edgeX, start.y - labelOffset) }
}

const middleX = ({ symbol }: PlacedRow): number => symbol.x + symbol.width / 2

/** How much of a connector's height its tip takes. */
export const pentagonTip = 0.4

/** The point on the symbol's outline at a distance above or below the middle of the side. */
function edge({ symbol }: PlacedRow, side: 'left' | 'right', offset: number): Point {
  const y = symbol.y + symbol.height / 2 + offset
  const half = symbol.width / 2
  const reach = reachAt(symbol, half, offset)
  return { x: symbol.x + half + (side === 'left' ? -reach : reach), y }
}

/** Half the symbol's breadth at a height above or below its middle. */
function reachAt({ shape, height }: PlacedRow['symbol'], half: number, offset: number): number {
  switch (shape) {
    case 'box':
      return half
    case 'diamond':
      return half * (1 - Math.abs(offset) / (height / 2))
    case 'capsule':
      return half - capsuleInset(height, offset)
    case 'pentagon':
      return half * Math.min(1, (height / 2 - offset) / (height * pentagonTip))
  }
}

/** The round ends of a capsule that grew with its arrows stay as they were; its sides get straight. */
export const capsuleRadius = (height: number): number => Math.min(height / 2, 17)

/** How far the round end of a capsule recedes at a height away from its middle. */
function capsuleInset(height: number, offset: number): number {
  const radius = capsuleRadius(height)
  const within = Math.max(0, Math.abs(offset) - (height / 2 - radius))
  return radius - Math.sqrt(Math.max(0, radius * radius - within * within))
}

/** Tracks beside the columns: arrows whose rows overlap lie side by side, the shorter ones nearer. */
function assignTracks(chart: Chart): Readonly<Record<number, number>> {
  const taken: Record<'left' | 'right', { track: number; low: number; high: number }[]> = {
    left: [],
    right: [],
  }
  const result: Record<number, number> = {}
  const outer = chart.flows
    .map((flow, index) => ({ flow, index }))
    .filter(({ flow }) => !isDirect(chart, flow))
    .toSorted((a, b) => span(a.flow) - span(b.flow))
  for (const { flow, index } of outer) {
    const side = taken[sideOf(chart, flow)]
    const low = Math.min(flow.from, flow.to)
    const high = Math.max(flow.from, flow.to)
    let track = 0
    while (side.some((each) => each.track === track && each.low <= high && low <= each.high)) track += 1
    side.push({ track, low, high })
    result[index] = track
  }
  return result
}

const span = (flow: ChartFlow): number => Math.abs(flow.to - flow.from)

/** Places on the side of each symbol, so that no two arrows lie upon each other: 0, then 1, -1, 2, -2 ... */
function assignPorts(chart: Chart): readonly Ports[] {
  const used = new Map<string, number>()
  const next = (row: number, side: string): number => {
    const key = `${row} ${side}`
    const count = used.get(key) ?? 0
    used.set(key, count + 1)
    return count % 2 === 1 ? (count + 1) / 2 : -count / 2
  }
  return chart.flows.map((flow) => {
    if (isDirect(chart, flow)) return { out: 0, in: 0 }
    const side = sideOf(chart, flow)
    return { out: next(flow.from, side), in: next(flow.to, side) }
  })
}
