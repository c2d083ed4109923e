import type { CellKey, Chart } from './chart.ts'
import { cellKeys } from './chart.ts'
import type { FlowchartLayout, Measures } from './layout.ts'
import { fillWidth, layOut } from './layout.ts'
import type { ConnectorWords, Cutter } from './sheets.ts'
import { cutterOf } from './sheets.ts'
import { fitCells } from './widths.ts'

/** How wide a text is in a face, as a share of the size of its letters. */
export type Face = {
  readonly widthOf: (text: string) => number
  readonly boldWidthOf: (text: string) => number
}

/** Room for the table on one page, in points. */
export type PageRoom = { readonly width: number; readonly height: number }

export type FittedSheet = {
  readonly chart: Chart
  readonly layout: FlowchartLayout
  readonly measures: Measures
}

export type FittedChart = {
  readonly sheets: readonly FittedSheet[]
  /** Size of the letters, in points. */
  readonly size: number
  /** What every sheet has in common. */
  readonly measures: Measures
}

type Style = { readonly size: number; readonly upright: boolean }

/** From the most to the least legible. Below five points nobody reads any more. */
const styles: readonly Style[] = [
  { size: 9, upright: false },
  { size: 8.5, upright: false },
  { size: 8, upright: false },
  { size: 8, upright: true },
  { size: 7.5, upright: true },
  { size: 7, upright: true },
  { size: 6.5, upright: true },
  { size: 6, upright: true },
  { size: 5.5, upright: true },
  { size: 5, upright: true },
]

/** How much of the width between least and most the columns of text get. */
const generosities = [1, 0.75, 0.5, 0.25, 0]

/** Least and most widths of the columns of text, in sizes of a letter. */
const cellLimits: Readonly<Record<CellKey, readonly [number, number]>> = {
  text: [13, 26],
  requirements: [9, 17],
  time: [6, 9],
  output: [7, 14],
  remark: [8, 14],
}

/** Shares in which the columns of text take up what few actors leave over. */
const surplusShares: Readonly<Record<CellKey, number>> = {
  text: 0.4,
  requirements: 0.22,
  time: 0.06,
  output: 0.16,
  remark: 0.16,
}

/** Widest useful and least possible column of an actor, in sizes of a letter. */
const widestLane = 10.5
const leastLane = { level: 4.6, upright: 3.8 }

/**
 * Lays a flowchart out on pages of a given size, in the largest letters with which it fits.
 * @returns null when it does not even in the smallest
 */
export function fitChart(
  chart: Chart,
  page: PageRoom,
  face: Face,
  words: ConnectorWords,
): FittedChart | null {
  const cut = cutterOf(chart, words)
  let found: FittedChart | null = null
  for (const style of styles) {
    const isWorse = style.size < smallestForFewerPages || style.upright
    if (found && (isWorse || found.sheets.length === 1)) break
    const fitted = fitInSize(chart, page, face, cut, style)
    if (fitted && (!found || fitted.sheets.length < found.sheets.length)) found = fitted
  }
  return found
}

/** Down to this size, in points, smaller letters are worth it where they save a page; upright headings never are. */
const smallestForFewerPages = 8

function fitInSize(chart: Chart, page: PageRoom, face: Face, cut: Cutter, style: Style): FittedChart | null {
  for (const generosity of generosities) {
    const fitted = fitInStyle(chart, page, face, cut, { ...style, generosity })
    if (fitted) return fitted
  }
  return null
}

type Wish = Style & { readonly generosity: number }

function fitInStyle(
  chart: Chart,
  page: PageRoom,
  face: Face,
  cut: Cutter,
  { size, upright, generosity }: Wish,
): FittedChart | null {
  const plain = measuresAt(chart, face, size, generosity)
  const least = Math.max(
    size * (upright ? leastLane.upright : leastLane.level),
    upright ? 0 : longestWord(chart.lanes, plain) + plain.padding * 1.5,
  )
  const sized = { ...plain, ...(upright ? { uprightHeads: size * uprightLength } : {}) }
  const measures = withSurplus(chart, page, sized, size)
  const actors = page.width - measures.numberWidth - sumOf(measures.cellWidths)
  /** Every sheet fills the width, whatever its tracks and labels take. */
  const filling = (sheet: Chart, maxLines: number): Measures | null =>
    fillWidth(
      sheet,
      (laneWidth) => {
        const wanted = Math.min(size * widestSymbol, laneWidth * symbolShare)
        return { ...measures, maxLines, laneWidth, symbolWidth: Math.max(size * leastSymbol, wanted) }
      },
      actors,
      least,
    )
  for (const maxLines of lineLimits(page, measures)) {
    const heightOf = (sheet: Chart): number => {
      const filled = filling(sheet, maxLines)
      return filled ? layOut(sheet, filled).height : Number.POSITIVE_INFINITY
    }
    const sheets = cut(heightOf, page.height)
    if (sheets === null) continue
    const fitted = sheets.map((sheet) => fittedSheet(sheet, filling(sheet, maxLines)))
    if (generosity > tolerant && fitted.some((each) => each && hasTallHead(each))) return null
    if (fitted.every((each) => each !== null))
      return { sheets: fitted, size, measures: { ...measures, maxLines } }
  }
  return null
}

/** While the columns of text have width to give, no heading of an actor's column is higher than these lines. */
const tolerant = 0
const tallHead = 3
const hasTallHead = ({ layout, measures }: FittedSheet): boolean =>
  measures.uprightHeads === undefined && layout.heads.some((lines) => lines.length > tallHead)

/** Widths of symbols in sizes of a letter, and the share of its column that a symbol takes. */
const leastSymbol = 2.2
const widestSymbol = 6
const symbolShare = 0.64
/** Length of headings that run upward, in sizes of a letter. */
const uprightLength = 13.5

const fittedSheet = (chart: Chart, measures: Measures | null): FittedSheet | null =>
  measures && { chart, measures, layout: layOut(chart, measures) }

/** A row may be as high as a page leaves it beside its head and some connectors; less where many arrows meet. */
function lineLimits(page: PageRoom, { lineHeight }: Measures): readonly number[] {
  const most = Math.floor((page.height * 0.62) / lineHeight)
  return [most, Math.floor(most / 2), Math.floor(most / 4)]
}

function measuresAt(chart: Chart, face: Face, size: number, generosity: number): Measures {
  const widthOf = (text: string): number => face.widthOf(text) * size
  const padding = size * 0.5
  const limits = (share: number) =>
    Object.fromEntries(
      cellKeys.map((key) => {
        const [least, most] = cellLimits[key]
        return [key, [least * size, (least + (most - least) * share) * size] as const]
      }),
    ) as Record<CellKey, readonly [number, number]>
  return {
    numberWidth: size * 2.8,
    cellWidths: fitCells([chart], limits(generosity), padding, widthOf),
    laneWidth: size * leastLane.level,
    lineHeight: size * 1.22,
    padding,
    symbolWidth: size * widestSymbol,
    symbolHeight: size * 2.3,
    trackGap: size * 0.95,
    labelWidth: size * 9,
    widthOf,
    boldWidthOf: (text) => face.boldWidthOf(text) * size,
  }
}

/** Few actors leave width over: the columns of text take it up, so that the table fills the page. */
function withSurplus(chart: Chart, page: PageRoom, measures: Measures, size: number): Measures {
  const actors = page.width - measures.numberWidth - sumOf(measures.cellWidths)
  const surplus = actors - chart.lanes.length * size * widestLane - size * surplusRoom
  if (surplus <= 0) return measures
  const cellWidths = Object.fromEntries(
    cellKeys.map((key) => [key, measures.cellWidths[key] + surplus * surplusShares[key]]),
  ) as Record<CellKey, number>
  return { ...measures, cellWidths }
}

/** What the tracks and labels beside the actors' columns usually take, in sizes of a letter. */
const surplusRoom = 4

const sumOf = (widths: Readonly<Record<CellKey, number>>): number =>
  cellKeys.reduce((sum, key) => sum + widths[key], 0)

const longestWord = (titles: readonly string[], { boldWidthOf }: Measures): number =>
  Math.max(...titles.flatMap((title) => title.split(/\s+/).map(boldWidthOf)))
