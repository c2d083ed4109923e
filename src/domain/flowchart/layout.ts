import type { CellKey, Chart, ChartFlow, ChartRow } from './chart.ts'
import { cellKeys } from './chart.ts'
import type { PlacedRow, Side } from './geometry.ts'
import { directLabelSide, isDirect, labelOffset, turnDrop } from './geometry.ts'
import type { Detour } from './plan.ts'
import { planDetours, trackCount } from './plan.ts'
import type { Route } from './route.ts'
import { routeFlows } from './route.ts'
import { cutLines, wrapText } from './wrap.ts'

/**
 * Lays the flowchart out as the table of PermenPANRB 35/2012: a row per step, a column per actor, the symbol of
 * the step in its actor's column, arrows at right angles between them, and the columns of Mutu Baku beside it.
 * Units are CSS pixels, points or any other.
 */
export type Measures = {
  readonly numberWidth: number
  readonly cellWidths: Readonly<Record<CellKey, number>>
  readonly laneWidth: number
  /** What the actors' columns take with the tracks and labels beside them; without it as much as they need. */
  readonly actorsWidth?: number
  readonly lineHeight: number
  readonly padding: number
  readonly symbolWidth: number
  readonly symbolHeight: number
  /** The size of a row's symbol, where not all have the same; arrows may still make it higher. */
  readonly sizeOf?: (row: ChartRow) => { readonly width: number; readonly height: number }
  /** Room between two tracks of arrows beside the columns. */
  readonly trackGap: number
  /** Labels break into lines of this width. */
  readonly labelWidth: number
  /** Most lines of one cell; what is longer ends in an ellipsis. Without it every cell shows all of its text. */
  readonly maxLines?: number
  /** Length of column headings that run upward, where the columns are too narrow for words; otherwise absent. */
  readonly uprightHeads?: number
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
    readonly laneWidth: number
    /** Where the actors' columns begin and end with the tracks beside them. */
    readonly actors: Column
  }
  readonly heads: readonly (readonly string[])[]
  readonly rows: readonly PlacedRow[]
  readonly routes: readonly Route[]
}

/** Most lines of a column heading and of a label; what is longer ends in an ellipsis. */
const maxHeadLines = 6
const maxLabelLines = 3

type Planned = {
  readonly chart: Chart
  readonly measures: Measures
  readonly detours: ReadonlyMap<ChartFlow, Detour>
  readonly labels: ReadonlyMap<ChartFlow, readonly string[]>
  /** How far apart two arrows meet one side of a symbol. */
  readonly portGap: number
}

export function layOut(chart: Chart, measures: Measures): FlowchartLayout {
  const { trackGap, laneWidth, lineHeight, numberWidth, cellWidths } = measures
  const planned = plan(chart, measures)
  const room = sideRoom(planned)
  const beginning = numberWidth + cellWidths.text
  const needed = room.left + chart.lanes.length * laneWidth + room.right
  const end = beginning + Math.max(needed, measures.actorsWidth ?? 0)
  const firstLane = beginning + room.left + (end - beginning - needed) / 2
  const lanes = chart.lanes.map((_, index) => firstLane + index * laneWidth)
  const lastLane = firstLane + chart.lanes.length * laneWidth
  const cells = placeCells(cellWidths, numberWidth, end)
  const width = cells.remark.x + cells.remark.width
  const heads = chart.lanes.map((title) => headLines(title, measures))
  const groupHeight = lineHeight + measures.padding
  const headHeight = groupHeight + headRoom(heads, measures)
  const rows = placeRows(planned, lanes, headHeight, width)
  const last = rows.at(-1)?.box
  return {
    width,
    height: last ? last.y + last.height : headHeight,
    headHeight,
    groupHeight,
    columns: { cells, lanes, laneWidth, actors: { x: beginning, width: end - beginning } },
    heads,
    rows,
    routes: routeFlows(chart, rows, planned.detours, planned.labels, {
      left: firstLane - labelRoom(planned, 'left'),
      right: lastLane + labelRoom(planned, 'right'),
      gap: trackGap,
      portGap: planned.portGap,
      lineHeight,
    }),
  }
}

function plan(chart: Chart, measures: Measures): Planned {
  const labels = new Map(
    chart.flows.flatMap((flow) =>
      flow.label === null ? [] : [[flow, labelLinesOf(flow.label, measures)] as const],
    ),
  )
  const most = Math.max(1, ...[...labels.values()].map((lines) => lines.length))
  // A label with air around it fits between two arrows.
  const portGap = measures.lineHeight * (most + 0.25)
  return { chart, measures, detours: planDetours(chart), labels, portGap }
}

/** @returns the lines of an arrow's label */
export const labelLinesOf = (label: string, { labelWidth, boldWidthOf }: Measures): readonly string[] =>
  wrapText(label, labelWidth, boldWidthOf, maxLabelLines)

/** @returns the lines of a column's heading; they run upward where the measures say so */
export function headLines(title: string, measures: Measures): readonly string[] {
  const { laneWidth, padding, lineHeight, uprightHeads, boldWidthOf } = measures
  if (uprightHeads === undefined) return wrapText(title, laneWidth - padding * 1.5, boldWidthOf, maxHeadLines)
  const most = Math.max(1, Math.floor((laneWidth - padding / 2) / lineHeight))
  return wrapText(title, uprightHeads, boldWidthOf, most)
}

function headRoom(heads: readonly (readonly string[])[], measures: Measures): number {
  const { padding, lineHeight, uprightHeads, boldWidthOf } = measures
  if (uprightHeads !== undefined) return 2 * padding + Math.max(lineHeight, ...heads.flat().map(boldWidthOf))
  return padding + Math.max(1, ...heads.map((lines) => lines.length)) * lineHeight
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

/** Room beside the actors' columns: for labels, and outside of them for the tracks. Without either there is none. */
function sideRoom(planned: Planned): Readonly<Record<Side, number>> {
  const { trackGap } = planned.measures
  const wanted = (side: Side): number => {
    const tracks = trackCount(planned.detours, side)
    return labelRoom(planned, side) + (tracks === 0 ? 0 : (tracks + 1) * trackGap)
  }
  return { left: wanted('left'), right: wanted('right') }
}

/** Room beside the outer columns for labels that reach beyond them, so that no label meets a track or a text. */
function labelRoom({ chart, measures, detours, labels }: Planned, side: Side): number {
  const { laneWidth, symbolWidth, padding, lineHeight, boldWidthOf } = measures
  const wanted = [...labels]
    .filter(([flow]) => (detours.get(flow)?.side ?? directLabelSide(chart, flow)) === side)
    .map(([flow, lines]) => {
      const { lane } = chart.rows[flow.from]!
      const lanesBetween = side === 'left' ? lane : chart.lanes.length - 1 - lane
      const beside = isDirect(chart, flow) ? laneWidth / 2 : (laneWidth - symbolWidth) / 2
      const width = Math.max(...lines.map(boldWidthOf)) + lineHeight * labelOffset + padding / 2
      return width - beside - lanesBetween * laneWidth
    })
  return Math.max(0, ...wanted)
}

function wrapCells(row: ChartRow, measures: Measures): PlacedRow['lines'] {
  const wrapped = (key: CellKey): readonly string[] => cellLines(row, key, measures)
  return {
    text: wrapped('text'),
    requirements: wrapped('requirements'),
    time: wrapped('time'),
    output: wrapped('output'),
    remark: wrapped('remark'),
  }
}

/** @returns the lines of a cell, cut where the measures set an end to them */
export function cellLines(row: ChartRow, key: CellKey, measures: Measures): readonly string[] {
  const { cellWidths, padding, widthOf, maxLines } = measures
  const width = cellWidths[key] - padding * 2
  const lines = row.cells[key].flatMap((paragraph) => wrapText(paragraph, width, widthOf))
  if (maxLines === undefined || lines.length <= maxLines) return lines
  return cutLines(lines, maxLines, width, widthOf)
}

type RowSize = {
  readonly symbol: { readonly width: number; readonly height: number }
  readonly height: number
}

/** A connector is small; every other symbol grows with the arrows that meet it on one side. */
function rowSize(planned: Planned, index: number, lines: PlacedRow['lines']): RowSize {
  const { chart, measures, detours, labels, portGap } = planned
  const { padding, lineHeight, symbolWidth, symbolHeight } = measures
  const own = [...detours.values()].filter(({ flow }) => flow.from === index || flow.to === index)
  const onSide = (side: Side): number =>
    own
      .filter((each) => each.side === side)
      .reduce((sum, { flow }) => sum + Number(flow.from === index) + Number(flow.to === index), 0)
  const most = Math.max(onSide('left'), onSide('right'))
  const isConnector = chart.rows[index]!.symbol === 'pentagon'
  const small = symbolHeight * connectorShare
  const plain = measures.sizeOf?.(chart.rows[index]!) ?? {
    width: isConnector ? small : symbolWidth,
    height: isConnector ? small : symbolHeight,
  }
  const symbol = {
    width: plain.width,
    height: Math.max(plain.height, (most - 1) * portGap + lineHeight * 1.3),
  }
  const straight = chart.flows.find((flow) => flow.from === index && isDirect(chart, flow))
  // Room above and below the symbol for the arrow that turns between two rows, below also for its label.
  const channel =
    lineHeight * Math.max(isConnector ? 0.8 : 1, labelDropOf(straight ? labels.get(straight) : undefined))
  const labelTop = Math.max(
    0,
    ...own
      .filter(({ flow }) => flow.from === index && labels.has(flow))
      .map(({ flow, out }) => (labels.get(flow)!.length + labelOffset) * lineHeight - out * portGap),
  )
  const half = Math.max(symbol.height / 2 + channel, labelTop + lineHeight * (turnDrop + labelOffset))
  const mostLines = Math.max(...cellKeys.map((key) => lines[key].length))
  return { symbol, height: Math.max(padding * 2 + mostLines * lineHeight, half * 2) }
}

/** A connector beside the other symbols. */
const connectorShare = 0.8

/** Lines of text that a direct arrow needs below its symbol. */
const labelDropOf = (lines: readonly string[] | undefined): number => (lines ? lines.length + 0.5 : 0)

function placeRows(planned: Planned, lanes: readonly number[], top: number, width: number): PlacedRow[] {
  const { chart, measures } = planned
  const placed: PlacedRow[] = []
  let y = top
  for (const [index, row] of chart.rows.entries()) {
    const lines = wrapCells(row, measures)
    const { symbol, height } = rowSize(planned, index, lines)
    const centre = lanes[row.lane]! + measures.laneWidth / 2
    placed.push({
      row,
      box: { x: 0, y, width, height },
      lines,
      symbol: {
        shape: row.symbol,
        x: centre - symbol.width / 2,
        y: y + height / 2 - symbol.height / 2,
        ...symbol,
      },
    })
    y += height
  }
  return placed
}

/**
 * @param measuresOf the measures with columns of actors of this width
 * @param width what these columns take, with the tracks and labels beside them
 * @returns the measures with the widest columns that leave this room; null where not even the least width does
 */
export function fillWidth(
  chart: Chart,
  measuresOf: (laneWidth: number) => Measures,
  width: number,
  least: number,
): Measures | null {
  const most = width / chart.lanes.length
  if (least > most) return null
  const planned = plan(chart, measuresOf(most))
  for (let step = 0; step <= widthSteps; step += 1) {
    const laneWidth = most - ((most - least) * step) / widthSteps
    const measures = measuresOf(laneWidth)
    const room = sideRoom({ ...planned, measures })
    if (laneWidth * chart.lanes.length + room.left + room.right <= width)
      return { ...measures, actorsWidth: width }
  }
  return null
}

/** Steps in which a width between the least and the most is looked for. */
const widthSteps = 60
