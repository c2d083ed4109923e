import type { CellKey, Chart } from './chart.ts'
import { cellKeys } from './chart.ts'

export type WidthLimits = Readonly<Record<CellKey, readonly [least: number, most: number]>>

/**
 * Gives each column the width that its longest paragraph wants, within limits, so that a column that the office
 * leaves empty takes little room. All sheets of one flowchart share their widths.
 */
export function fitCells(
  charts: readonly Chart[],
  limits: WidthLimits,
  padding: number,
  widthOf: (text: string) => number,
): Readonly<Record<CellKey, number>> {
  const fitted = (key: CellKey): number => {
    const [least, most] = limits[key]
    const paragraphs = charts.flatMap((chart) => chart.rows.flatMap((row) => row.cells[key]))
    const longest = paragraphs.reduce((width, text) => Math.max(width, widthOf(text)), 0)
    return Math.min(most, Math.max(least, Math.ceil(longest) + padding * 2))
  }
  return Object.fromEntries(cellKeys.map((key) => [key, fitted(key)])) as Record<CellKey, number>
}
