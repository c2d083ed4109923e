import type { Chart } from './chart.ts'
import type { PlacedRow } from './geometry.ts'
import { isDirect, sideOf } from './geometry.ts'
import type { Route } from './route.ts'
import { routeFlows } from './route.ts'
import { wrapText } from './wrap.ts'

/**
 * Lays the flowchart out as the table of PermenPANRB 35/2012: a row per step, a column per actor, the symbol of
 * the step in its actor's column, arrows at right angles between them. Units are CSS pixels or any other.
 */
export type Measures = {
  readonly numberWidth: number
  readonly textWidth: number
  readonly laneWidth: number
  readonly timeWidth: number
  readonly lineHeight: number
  readonly padding: number
  readonly symbolWidth: number
  readonly symbolHeight: number
  /** Room between two tracks of arrows beside the columns. */
  readonly trackGap: number
  readonly widthOf: (text: string) => number
}

export type FlowchartLayout = {
  readonly width: number
  readonly height: number
  readonly headHeight: number
  /** Left edges of: number, text, first lane with its left tracks, each lane, right tracks, time. */
  readonly columns: {
    readonly text: number
    readonly lanes: readonly number[]
    readonly time: number
    readonly tracks: readonly [left: number, right: number]
  }
  readonly heads: readonly (readonly string[])[]
  readonly rows: readonly PlacedRow[]
  readonly routes: readonly Route[]
}

export function layOut(chart: Chart, measures: Measures): FlowchartLayout {
  const sides = countTracks(chart)
  const { padding, trackGap, laneWidth, numberWidth, textWidth, timeWidth } = measures
  const leftTracks = numberWidth + textWidth
  const room = labelRoom(chart, measures)
  const firstLane = leftTracks + (sides.left + 1) * trackGap + room.left
  const lanes = chart.lanes.map((_, index) => firstLane + index * laneWidth)
  const rightTracks = firstLane + chart.lanes.length * laneWidth + room.right
  const time = rightTracks + (sides.right + 1) * trackGap
  const heads = chart.lanes.map((title) => wrapText(title, laneWidth - padding * 2, measures.widthOf, 4))
  const headHeight = padding * 2 + Math.max(1, ...heads.map((lines) => lines.length)) * measures.lineHeight
  const rows = placeRows(chart, measures, lanes, headHeight, time + timeWidth)
  const last = rows.at(-1)?.box
  return {
    width: time + timeWidth,
    height: last ? last.y + last.height : headHeight,
    headHeight,
    columns: { text: numberWidth, lanes, time, tracks: [leftTracks, rightTracks] },
    heads,
    rows,
    routes: routeFlows(chart, rows, {
      left: firstLane - room.left,
      right: rightTracks,
      gap: trackGap,
      laneWidth,
      lanes,
      portGap: measures.lineHeight,
    }),
  }
}

/** How many arrows leave the columns on each side at most: room for all of them side by side. */
function countTracks(chart: Chart): { readonly left: number; readonly right: number } {
  const outer = chart.flows.filter((flow) => !isDirect(chart, flow))
  return {
    left: outer.filter((flow) => sideOf(chart, flow) === 'left').length,
    right: outer.filter((flow) => sideOf(chart, flow) === 'right').length,
  }
}

/** Room beside the outer columns for labels of arrows that leave there, so that no label meets a track or a text. */
function labelRoom(chart: Chart, measures: Measures): { readonly left: number; readonly right: number } {
  const { laneWidth, symbolWidth, padding, widthOf } = measures
  const beside = (laneWidth - symbolWidth) / 2
  const wanted = (side: 'left' | 'right'): number =>
    chart.flows
      .filter((flow) => flow.label !== null && !isDirect(chart, flow) && sideOf(chart, flow) === side)
      .map((flow) => {
        const { lane } = chart.rows[flow.from]!
        const lanesBetween = side === 'left' ? lane : chart.lanes.length - 1 - lane
        return widthOf(flow.label!) + padding - beside - lanesBetween * laneWidth
      })
      .reduce((most, each) => Math.max(most, each), 0)
  return { left: wanted('left'), right: wanted('right') }
}

/** The symbol grows with the arrows that meet it on one side, one line of text apart from each other. */
function symbolHeightOf(chart: Chart, index: number, measures: Measures): number {
  const onSide = (side: 'left' | 'right'): number =>
    chart.flows
      .filter((flow) => !isDirect(chart, flow) && sideOf(chart, flow) === side)
      .reduce((sum, flow) => sum + Number(flow.from === index) + Number(flow.to === index), 0)
  const most = Math.max(onSide('left'), onSide('right'))
  return Math.max(measures.symbolHeight, most * measures.lineHeight + measures.padding)
}

function placeRows(
  chart: Chart,
  measures: Measures,
  lanes: readonly number[],
  top: number,
  width: number,
): PlacedRow[] {
  const { padding, lineHeight, symbolWidth, widthOf } = measures
  const placed: PlacedRow[] = []
  let y = top
  for (const [index, row] of chart.rows.entries()) {
    const lines = wrapText(row.text, measures.textWidth - padding * 2, widthOf)
    const timeLines = wrapText(row.time, measures.timeWidth - padding * 2, widthOf)
    const symbolHeight = symbolHeightOf(chart, index, measures)
    // Room above and below the symbol for the arrow that turns between two rows, and for labels at its sides.
    const channel = lineHeight * 1.5
    const height = Math.max(
      padding * 2 + Math.max(lines.length, timeLines.length) * lineHeight,
      symbolHeight + channel * 2,
    )
    const centre = lanes[row.lane]! + measures.laneWidth / 2
    placed.push({
      row,
      box: { x: 0, y, width, height },
      lines,
      timeLines,
      symbol: {
        shape: row.symbol,
        x: centre - symbolWidth / 2,
        y: y + height / 2 - symbolHeight / 2,
        width: symbolWidth,
        height: symbolHeight,
      },
    })
    y += height
  }
  return placed
}
