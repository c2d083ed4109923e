import type { CellKey } from '../flowchart/chart.ts'
import { cellKeys, chartMark } from '../flowchart/chart.ts'
import type { FittedSheet } from '../flowchart/fit.ts'
import type { Box, PlacedRow, Point } from '../flowchart/geometry.ts'
import type { Route } from '../flowchart/route.ts'
import { capsuleRadius, pentagonTip } from '../flowchart/route.ts'
import type { Text } from '../refused.ts'
import { sopPaperTexts as texts } from '../text/sop-paper.ts'
import { flowchart } from '../text/ui.ts'

type Column = { readonly x: number; readonly width: number }

/** What stands in one cell: lines that already fit, broken here and nowhere else. */
export type FlowCell = { readonly lines: readonly string[]; readonly align: 'left' | 'center' }

export type FlowSymbol = Box & {
  readonly shape: PlacedRow['symbol']['shape']
  readonly radius: number
  readonly tip: number
  readonly caption: string
  /** What the symbol says to whoever does not see it. */
  readonly alt: string
}

export type FlowLabel = Point & {
  readonly lines: readonly string[]
  readonly width: number
  readonly anchor: 'start' | 'end'
}

/** One flowchart page in points from the upper left corner of its table. */
export type FlowPage = {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly size: number
  readonly lineHeight: number
  readonly padding: number
  readonly groupHeight: number
  readonly headHeight: number
  readonly upright: boolean
  /** No, Kegiatan, one for each actor, Kelengkapan, Waktu, Output, Keterangan. */
  readonly columns: readonly Column[]
  readonly actors: number
  readonly groups: { readonly actors: string; readonly quality: string }
  readonly heads: readonly (readonly string[])[]
  readonly rows: readonly {
    readonly y: number
    readonly height: number
    readonly aside: boolean
    readonly no: string
    readonly cells: Readonly<Record<CellKey, FlowCell>>
    readonly lane: number
    readonly symbol: FlowSymbol
  }[]
  readonly arrows: readonly (readonly Point[])[]
  readonly labels: readonly FlowLabel[]
}

const cellTitles: Readonly<Record<CellKey, Text>> = {
  text: flowchart.activity,
  requirements: flowchart.requirements,
  time: flowchart.standardTime,
  output: flowchart.output,
  remark: flowchart.remark,
}

/** @returns one laid-out sheet as what is drawn on its page */
export function flowPage(sheet: FittedSheet, size: number, title: string): FlowPage {
  const { layout, measures } = sheet
  const { cells, lanes, laneWidth, actors } = layout.columns
  const laneColumns = lanes.map((x, index): Column => {
    const from = index === 0 ? actors.x : x
    const to = index === lanes.length - 1 ? actors.x + actors.width : x + laneWidth
    return { x: from, width: to - from }
  })
  return {
    title,
    width: layout.width,
    height: layout.height,
    size,
    lineHeight: measures.lineHeight,
    padding: measures.padding,
    groupHeight: layout.groupHeight,
    headHeight: layout.headHeight,
    upright: measures.uprightHeads !== undefined,
    columns: [
      { x: 0, width: measures.numberWidth },
      cells.text,
      ...laneColumns,
      cells.requirements,
      cells.time,
      cells.output,
      cells.remark,
    ],
    actors: lanes.length,
    groups: { actors: flowchart.actors.id, quality: flowchart.quality.id },
    heads: [
      [flowchart.no.id],
      [cellTitles.text.id],
      ...layout.heads,
      ...cellKeys.slice(1).map((key) => [cellTitles[key].id]),
    ],
    rows: layout.rows.map((placed, index) => {
      const { row, box, lines } = placed
      const cell = (key: CellKey): FlowCell => ({
        lines: lines[key],
        align: key === 'time' ? 'center' : 'left',
      })
      return {
        y: box.y,
        height: box.height,
        aside: row.symbol === 'pentagon',
        no: row.no === null ? '' : `${row.no}.`,
        cells: {
          text: cell('text'),
          requirements: cell('requirements'),
          time: cell('time'),
          output: cell('output'),
          remark: cell('remark'),
        },
        lane: row.lane,
        symbol: symbolOf(sheet, placed, index),
      }
    }),
    arrows: layout.routes.map((route) => route.points),
    labels: layout.routes.flatMap((route) => labelOf(route, measures.boldWidthOf) ?? []),
  }
}

function labelOf({ label, labelLines }: Route, widthOf: (text: string) => number): FlowLabel | null {
  if (!label || labelLines.length === 0) return null
  return { ...label, lines: labelLines, width: Math.max(...labelLines.map(widthOf)) }
}

function symbolOf({ chart }: FittedSheet, { row, symbol }: PlacedRow, index: number): FlowSymbol {
  const targets = chart.flows
    .filter((flow) => flow.from === index)
    .map((flow) => texts.leadsTo(flow.label, texts.rowOf(chart.rows[flow.to]!.no)).id)
  return {
    ...symbol,
    radius: symbol.shape === 'capsule' ? capsuleRadius(symbol.width, symbol.height) : 0,
    tip: pentagonTip,
    caption: row.caption ?? (row.marked ? chartMark : ''),
    alt: texts.symbolAlt(flowchart[symbol.shape], targets).id,
  }
}
