import type { CellKey, Chart, ChartRow } from './chart.ts'
import { cellKeys } from './chart.ts'
import type { PlacedRow } from './geometry.ts'
import { isDirect, labelOffset, labelSideOf, sideOf } from './geometry.ts'
import type { Route } from './route.ts'
import { routeFlows } from './route.ts'
import { wrapText } from './wrap.ts'

/**
 * Lays the flowchart out as the table of PermenPANRB 35/2012: a row per step, a column per actor, the symbol of
 * the step in its actor's column, arrows at right angles between them, and the columns of Mutu Baku beside it.
 * Units are CSS pixels or any other.
 */
export type Measures = {
  readonly numberWidth: number
  readonly cellWidths: Readonly<Record<CellKey, number>>
  readonly laneWidth: number
  readonly lineHeight: number
  readonly padding: number
  readonly symbolWidth: number
  readonly symbolHeight: number
  /** Room between two tracks of arrows beside the columns. */
  readonly trackGap: number
  readonly widthOf: (text: string) => number
  /** The same for headings and labels, which are set bolder. */
  readonly boldWidthOf: (text: string) => number
}

type Column = { readonly x: number; readonly width: number }

export type FlowchartLayout = {
  readonly width: number
  readonly height: number
  readonly headHeight: number
  /** Height of the upper line of the head, which names the groups Pelaksana and Mutu Baku. */
  readonly groupHeight: number
  readonly columns: {
    readonly cells: Readonly<Record<CellKey, Column>>
    readonly lanes: readonly number[]
    /** Where the actors' columns begin and end with the tracks beside them. */
    readonly actors: Column
  }
  readonly heads: readonly (readonly string[])[]
  readonly rows: readonly PlacedRow[]
  readonly routes: readonly Route[]
}

/** Most lines of a column heading; a longer title ends in an ellipsis. */
const maxHeadLines = 6

export function layOut(chart: Chart, measures: Measures): FlowchartLayout {
  const { padding, trackGap, laneWidth, lineHeight, numberWidth, cellWidths } = measures
  const room = labelRoom(chart, measures)
  const tracks = countTracks(chart)
  const beginning = numberWidth + cellWidths.text
  const firstLane = beginning + (tracks.left + 1) * trackGap + room.left
  const lanes = chart.lanes.map((_, index) => firstLane + index * laneWidth)
  const lastLane = firstLane + chart.lanes.length * laneWidth
  const end = lastLane + room.right + (tracks.right + 1) * trackGap
  const cells = placeCells(cellWidths, numberWidth, end)
  const width = cells.remark.x + cells.remark.width
  const heads = chart.lanes.map((title) =>
    wrapText(title, laneWidth - padding, measures.boldWidthOf, maxHeadLines),
  )
  const groupHeight = lineHeight + padding
  const headHeight = groupHeight + padding + Math.max(1, ...heads.map((lines) => lines.length)) * lineHeight
  const rows = placeRows(chart, measures, lanes, headHeight, width)
  const last = rows.at(-1)?.box
  return {
    width,
    height: last ? last.y + last.height : headHeight,
    headHeight,
    groupHeight,
    columns: { cells, lanes, actors: { x: beginning, width: end - beginning } },
    heads,
    rows,
    routes: routeFlows(chart, rows, {
      left: firstLane - room.left,
      right: lastLane + room.right,
      gap: trackGap,
      portGap: portGapOf(measures),
    }),
  }
}

/** Kegiatan stands before the actors, everything else after them. */
function placeCells(
  widths: Readonly<Record<CellKey, number>>,
  text: number,
  afterActors: number,
): Readonly<Record<CellKey, Column>> {
  const time = afterActors + widths.requirements
  const output = time + widths.time
  return {
    text: { x: text, width: widths.text },
    requirements: { x: afterActors, width: widths.requirements },
    time: { x: time, width: widths.time },
    output: { x: output, width: widths.output },
    remark: { x: output + widths.output, width: widths.remark },
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

/** Room beside the outer columns for labels that reach beyond them, so that no label meets a track or a text. */
function labelRoom(chart: Chart, measures: Measures): { readonly left: number; readonly right: number } {
  const { laneWidth, symbolWidth, padding, boldWidthOf } = measures
  const wanted = (side: 'left' | 'right'): number =>
    chart.flows
      .filter((flow) => flow.label !== null && labelSideOf(chart, flow) === side)
      .map((flow) => {
        const { lane } = chart.rows[flow.from]!
        const lanesBetween = side === 'left' ? lane : chart.lanes.length - 1 - lane
        const beside = isDirect(chart, flow) ? laneWidth / 2 : (laneWidth - symbolWidth) / 2
        return boldWidthOf(flow.label!) + labelOffset + padding - beside - lanesBetween * laneWidth
      })
      .reduce((most, each) => Math.max(most, each), 0)
  return { left: wanted('left'), right: wanted('right') }
}

/** How far apart two arrows meet one side of a symbol: a label with air around it fits between. */
const portGapOf = ({ lineHeight }: Measures): number => lineHeight * 1.25

/** A connector is small; every other symbol grows with the arrows that meet it on one side. */
function symbolSize(chart: Chart, index: number, measures: Measures) {
  const onSide = (side: 'left' | 'right'): number =>
    chart.flows
      .filter((flow) => !isDirect(chart, flow) && sideOf(chart, flow) === side)
      .reduce((sum, flow) => sum + Number(flow.from === index) + Number(flow.to === index), 0)
  const most = Math.max(onSide('left'), onSide('right'))
  const wanted = most * portGapOf(measures) + measures.padding
  const isConnector = chart.rows[index]!.symbol === 'pentagon'
  return {
    width: isConnector ? measures.symbolHeight : measures.symbolWidth,
    height: Math.max(measures.symbolHeight, wanted),
  }
}

function wrapCells(row: ChartRow, { cellWidths, padding, widthOf }: Measures): PlacedRow['lines'] {
  const wrapped = (key: CellKey): readonly string[] =>
    row.cells[key].flatMap((line) => wrapText(line, cellWidths[key] - padding * 2, widthOf))
  return {
    text: wrapped('text'),
    requirements: wrapped('requirements'),
    time: wrapped('time'),
    output: wrapped('output'),
    remark: wrapped('remark'),
  }
}

function placeRows(
  chart: Chart,
  measures: Measures,
  lanes: readonly number[],
  top: number,
  width: number,
): PlacedRow[] {
  const { padding, lineHeight } = measures
  const placed: PlacedRow[] = []
  let y = top
  for (const [index, row] of chart.rows.entries()) {
    const lines = wrapCells(row, measures)
    const size = symbolSize(chart, index, measures)
    const labelled = chart.flows.some(
      (flow) => flow.from === index && flow.label !== null && isDirect(chart, flow),
    )
    // Room above and below the symbol for the arrow that turns between two rows, below also for its label.
    const channel = lineHeight * (labelled ? 1.5 : 1)
    const most = Math.max(...cellKeys.map((key) => lines[key].length))
    const height = Math.max(padding * 2 + most * lineHeight, size.height + channel * 2)
    const centre = lanes[row.lane]! + measures.laneWidth / 2
    placed.push({
      row,
      box: { x: 0, y, width, height },
      lines,
      symbol: {
        shape: row.symbol,
        x: centre - size.width / 2,
        y: y + height / 2 - size.height / 2,
        ...size,
      },
    })
    y += height
  }
  return placed
}
