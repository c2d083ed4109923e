import { cellKeys } from '../../../src/domain/flowchart/chart.ts'
import type { Box, Point } from '../../../src/domain/flowchart/geometry.ts'
import type { FlowchartLayout, Measures } from '../../../src/domain/flowchart/layout.ts'
import type { Route } from '../../../src/domain/flowchart/route.ts'

export const segmentsOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).map((point, index) => [points[index]!, point])

/** Whether a line runs through the inside of a box; touching its edge is arriving, not crossing. */
const crosses = ([a, b]: [Point, Point], box: Box): boolean =>
  overlaps(
    {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    },
    box,
  )

function overlaps(one: Box, other: Box): boolean {
  const inset = 0.5
  return (
    one.x + one.width > other.x + inset &&
    one.x < other.x + other.width - inset &&
    one.y + one.height > other.y + inset &&
    one.y < other.y + other.height - inset
  )
}

/** The box that the letters of a label fill: their height above the first base line, and what hangs below the last. */
function labelBox({ label, labelLines }: Route, { lineHeight, boldWidthOf }: Measures): Box | null {
  if (!label || labelLines.length === 0) return null
  const width = Math.max(...labelLines.map(boldWidthOf))
  const height = lineHeight * (labelLines.length - 1 + 0.7)
  const x = label.anchor === 'start' ? label.x : label.x - width
  return { x, y: label.y - lineHeight * 0.55, width, height }
}

/** What must be zero in every flowchart. */
export type Faults = {
  readonly throughText: number
  readonly outsideCells: number
  readonly throughSymbols: number
}

export const noFaults: Faults = { throughText: 0, throughSymbols: 0, outsideCells: 0 }

/** Counts arrows through texts, arrows through symbols of others, and text that leaves its cell or meets another. */
export function faultsOf(layout: FlowchartLayout, measures: Measures): Faults {
  const { actors } = layout.columns
  const area: Box = { x: actors.x, y: layout.headHeight, width: actors.width, height: layout.height }
  const labels = layout.routes.flatMap((route) => labelBox(route, measures) ?? [])
  const segments = layout.routes.flatMap((route) => segmentsOf(route.points).map((line) => ({ route, line })))
  const inArea = ({ x, y }: Point): boolean =>
    x >= area.x && x <= area.x + area.width && y >= area.y && y <= layout.height
  const throughText = segments.filter(
    ({ line }) => !line.every(inArea) || labels.some((label) => crosses(line, label)),
  ).length
  const throughSymbols = segments.filter(({ route, line }) =>
    layout.rows.some(
      ({ symbol }, index) => index !== route.flow.from && index !== route.flow.to && crosses(line, symbol),
    ),
  ).length
  const strayLabels = labels.filter(
    (label, index) =>
      label.x < area.x ||
      label.x + label.width > area.x + area.width ||
      layout.rows.some(({ symbol }) => overlaps(label, symbol)) ||
      labels.some((other, each) => each !== index && overlaps(label, other)),
  ).length
  return { throughText, throughSymbols, outsideCells: strayLabels + strayLines(layout, measures) }
}

/** How many times a piece of one arrow runs across a piece of another; arrows that only meet at a symbol do not. */
export function crossingsOf({ routes }: FlowchartLayout): number {
  const pieces = routes.map((route) => segmentsOf(route.points))
  return pieces.reduce(
    (sum, own, index) =>
      sum +
      pieces
        .slice(index + 1)
        .flat()
        .filter((other) => own.some((piece) => runsAcross(piece, other) || runsAcross(other, piece))).length,
    0,
  )
}

/** Whether a level piece runs across an upright one. */
const runsAcross = ([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean =>
  a.y === b.y &&
  c.x === d.x &&
  c.x > Math.min(a.x, b.x) &&
  c.x < Math.max(a.x, b.x) &&
  a.y > Math.min(c.y, d.y) &&
  a.y < Math.max(c.y, d.y)

function strayLines(
  { rows, heads, headHeight, groupHeight, columns }: FlowchartLayout,
  measures: Measures,
): number {
  const { padding, lineHeight, laneWidth, uprightHeads } = measures
  const headWidth = uprightHeads === undefined ? laneWidth - padding : headHeight - groupHeight
  const tooWide = rows.flatMap(({ lines }) =>
    cellKeys.flatMap((key) =>
      lines[key].filter((line) => measures.widthOf(line) > columns.cells[key].width - padding * 2),
    ),
  )
  const tooHigh = rows.filter(({ lines, box }) =>
    cellKeys.some((key) => lines[key].length * lineHeight > box.height),
  )
  const wideHeads = heads.flat().filter((line) => measures.boldWidthOf(line) > headWidth)
  return tooWide.length + tooHigh.length + wideHeads.length
}
