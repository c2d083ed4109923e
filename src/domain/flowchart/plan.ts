import type { Chart, ChartFlow } from './chart.ts'
import type { Side } from './geometry.ts'
import { isDirect } from './geometry.ts'

/** The way of an arrow that does not run to the next row: along a track beside the columns. */
export type Detour = {
  readonly flow: ChartFlow
  readonly side: Side
  /** Tracks count outward from the columns, from 0. */
  readonly track: number
  /** Where it leaves and enters the sides of its symbols: places above (-) and below (+) the middle. */
  readonly out: number
  readonly in: number
}

/**
 * Plans every arrow that cannot run straight to the next row. Sides are chosen so that arrows are short, and then
 * changed one by one as long as that makes fewer of them cross.
 */
export function planDetours(chart: Chart): ReadonlyMap<ChartFlow, Detour> {
  const known = plans.get(chart)
  if (known) return known
  const plan = plannedAnew(chart)
  plans.set(chart, plan)
  return plan
}

/** A chart is laid out in many widths and sizes, and its arrows run alike in all of them. */
const plans = new WeakMap<Chart, ReadonlyMap<ChartFlow, Detour>>()

function plannedAnew(chart: Chart): ReadonlyMap<ChartFlow, Detour> {
  const flows = chart.flows.filter((flow) => !isDirect(chart, flow))
  let sides = new Map(flows.map((flow) => [flow, nearerSide(chart, flow)]))
  let best = laidOnTracks(flows, sides)
  let crossings = crossingsOf(best)
  for (let round = 0; round < improvementRounds && crossings > 0; round += 1) {
    const before = crossings
    for (const flow of flows) {
      const turned = new Map(sides).set(flow, sides.get(flow) === 'left' ? 'right' : 'left')
      const plan = laidOnTracks(flows, turned)
      const found = crossingsOf(plan)
      if (found >= crossings) continue
      sides = turned
      best = plan
      crossings = found
    }
    if (crossings === before) break
  }
  return new Map(best.map((detour) => [detour.flow, detour]))
}

/** Two rounds find nearly all that can be won; a chart has few arrows. */
const improvementRounds = 2

/** @returns how many tracks lie beside the columns on a side */
export const trackCount = (detours: ReadonlyMap<ChartFlow, Detour>, side: Side): number =>
  Math.max(0, ...[...detours.values()].filter((each) => each.side === side).map((each) => each.track + 1))

/** The side on which an arrow is shorter. */
function nearerSide(chart: Chart, flow: ChartFlow): Side {
  const middle = (chart.lanes.length - 1) / 2
  const mean = (chart.rows[flow.from]!.lane + chart.rows[flow.to]!.lane) / 2
  const start = chart.rows[flow.from]!.lane
  // With both sides equally near, a label goes where the columns give it room.
  if (mean === middle && flow.label !== null && start !== middle) return start < middle ? 'right' : 'left'
  if (mean === middle) return flow.to < flow.from ? 'left' : 'right'
  return mean < middle ? 'left' : 'right'
}

type Sides = ReadonlyMap<ChartFlow, Side>

function laidOnTracks(flows: readonly ChartFlow[], sides: Sides): readonly Detour[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const own = flows.filter((flow) => sides.get(flow) === side)
    const tracks = assignTracks(own)
    const ports = assignPorts(own, tracks)
    return own.map((flow) => ({ flow, side, track: tracks.get(flow)!, ...ports.get(flow)! }))
  })
}

/** Arrows whose rows overlap lie side by side, the shorter ones nearer. */
function assignTracks(flows: readonly ChartFlow[]): ReadonlyMap<ChartFlow, number> {
  const taken: { readonly track: number; readonly flow: ChartFlow }[] = []
  for (const flow of flows.toSorted((a, b) => span(a) - span(b))) {
    let track = 0
    while (taken.some((each) => each.track === track && overlap(each.flow, flow))) track += 1
    taken.push({ track, flow })
  }
  return new Map(taken.map(({ track, flow }) => [flow, track]))
}

const span = (flow: ChartFlow): number => Math.abs(flow.to - flow.from)
const low = (flow: ChartFlow): number => Math.min(flow.from, flow.to)
const high = (flow: ChartFlow): number => Math.max(flow.from, flow.to)
const overlap = (a: ChartFlow, b: ChartFlow): boolean => low(a) <= high(b) && low(b) <= high(a)

type Meeting = { readonly flow: ChartFlow; readonly end: 'out' | 'in'; readonly rank: number }

/**
 * Places on the side of each symbol, evenly around its middle. From the top: arrows that go up, the inner track
 * first, then arrows that go down, the outer track first. In this order none of them crosses another.
 */
function assignPorts(
  flows: readonly ChartFlow[],
  tracks: ReadonlyMap<ChartFlow, number>,
): ReadonlyMap<ChartFlow, { readonly out: number; readonly in: number }> {
  const rows = new Map<number, Meeting[]>()
  const meet = (row: number, other: number, flow: ChartFlow, end: Meeting['end']): void => {
    const nearness = 1 / (2 + tracks.get(flow)!)
    const rank = other < row ? -nearness : nearness
    rows.set(row, [...(rows.get(row) ?? []), { flow, end, rank }])
  }
  for (const flow of flows) {
    meet(flow.from, flow.to, flow, 'out')
    meet(flow.to, flow.from, flow, 'in')
  }
  const ports = new Map(flows.map((flow) => [flow, { out: 0, in: 0 }]))
  for (const meetings of rows.values())
    for (const [index, { flow, end }] of meetings.toSorted((a, b) => a.rank - b.rank).entries())
      ports.get(flow)![end] = index - (meetings.length - 1) / 2
  return ports
}

/** Ports of one row lie within this share of the distance of two rows, where only their order counts. */
const portStep = 1e-3

/** How many times a level piece of one arrow meets the upright piece of another on the same side. */
function crossingsOf(detours: readonly Detour[]): number {
  let count = 0
  for (const one of detours)
    for (const other of detours) {
      if (one === other || one.side !== other.side || one.track <= other.track) continue
      const ends = [other.flow.from + other.out * portStep, other.flow.to + other.in * portStep]
      for (const y of [one.flow.from + one.out * portStep, one.flow.to + one.in * portStep])
        if (y > Math.min(...ends) && y < Math.max(...ends)) count += 1
    }
  return count
}
