import type { Chart, ChartFlow, ChartRow } from './chart.ts'
import { plainRow } from './chart.ts'

/** What stands beside a connector: where its arrow comes from or goes to. */
export type ConnectorWords = {
  readonly goesTo: (no: number | null, sheet: number) => string
  readonly comesFrom: (numbers: readonly number[]) => string
}

/**
 * Breaks a long flowchart into sheets of about the same length. An arrow between two sheets ends in a pentagon with a
 * letter and goes on from the pentagon with the same letter; all arrows to one row share its letter.
 *
 * @param maxRows most rows of the chart on one sheet, connectors not counted
 */
export function sheetsOf(chart: Chart, maxRows: number, words: ConnectorWords): readonly Chart[] {
  const count = Math.max(1, Math.ceil(chart.rows.length / maxRows))
  if (count === 1) return [chart]
  const size = Math.ceil(chart.rows.length / count)
  const sheetOf = (row: number): number => Math.floor(row / size)
  const far = chart.flows.filter((flow) => sheetOf(flow.from) !== sheetOf(flow.to))
  const targets = [...new Set(far.map((flow) => flow.to))].toSorted((a, b) => a - b)
  const letter = (target: number): string => letterOf(targets.indexOf(target))
  return Array.from({ length: Math.ceil(chart.rows.length / size) }, (_, sheet): Chart => {
    const isHere = (row: number): boolean => sheetOf(row) === sheet
    const arriving = targets.filter(isHere)
    const leaving = targets.filter((target) => far.some((flow) => flow.to === target && isHere(flow.from)))
    const first = sheet * size
    const own = chart.rows.slice(first, first + size)
    const place = (row: number): number => arriving.length + row - first
    const outPlace = (target: number): number => arriving.length + own.length + leaving.indexOf(target)
    const fromNumbers = (target: number): number[] =>
      far.filter((flow) => flow.to === target).flatMap((flow) => chart.rows[flow.from]!.no ?? [])
    const rows: readonly ChartRow[] = [
      ...arriving.map((target) =>
        plainRow('pentagon', letter(target), chart.rows[target]!.lane, [
          words.comesFrom([...new Set(fromNumbers(target))]),
        ]),
      ),
      ...own,
      ...leaving.map((target) => {
        const source = far.find((flow) => flow.to === target && isHere(flow.from))!
        return plainRow('pentagon', letter(target), chart.rows[source.from]!.lane, [
          words.goesTo(chart.rows[target]!.no, sheetOf(target) + 1),
        ])
      }),
    ]
    const flows: readonly ChartFlow[] = [
      ...arriving.map((target, index) => ({
        from: index,
        to: place(target),
        label: null,
        kind: 'continue' as const,
      })),
      ...chart.flows
        .filter((flow) => isHere(flow.from))
        .map((flow) => ({
          ...flow,
          from: place(flow.from),
          to: isHere(flow.to) ? place(flow.to) : outPlace(flow.to),
        })),
    ]
    return { lanes: chart.lanes, rows, flows }
  })
}

/** A, B ... Z, AA, AB ... */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`
}
