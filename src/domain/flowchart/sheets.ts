import type { Chart, ChartFlow, ChartRow } from './chart.ts'
import { plainRow } from './chart.ts'

/** What stands beside a connector: where its arrow comes from or goes to. */
export type ConnectorWords = {
  readonly goesTo: (no: number | null, sheet: number) => string
  readonly comesFrom: (numbers: readonly number[]) => string
}

/**
 * @param heightOf how much of a sheet a part of the chart takes, connectors included
 * @param most what a sheet holds, in the same unit
 * @returns null when a single row is too much for a sheet
 */
export type Cutter = (heightOf: (sheet: Chart) => number, most: number) => readonly Chart[] | null

/**
 * Breaks a long flowchart into as few sheets as hold it, of about the same length. An arrow between two sheets ends in
 * a pentagon with a letter and goes on from the pentagon with the same letter; all arrows to one row share its letter.
 *
 * @returns the one who cuts it, as often as it is tried
 */
export function cutterOf(chart: Chart, words: ConnectorWords): Cutter {
  const draft = memoised((first, end) => draftSheet(chart, first, end, words))
  return (heightOf, most) =>
    sheetsWithin(
      chart,
      words,
      memoised((...rows) => heightOf(draft(...rows))),
      most,
    )
}

function sheetsWithin(
  chart: Chart,
  words: ConnectorWords,
  height: Height,
  most: number,
): readonly Chart[] | null {
  const fullest = filled(chart.rows.length, height, most)
  if (fullest === null) return null
  let ends = fullest
  // The lowest limit under which it takes no more sheets makes them about equally long.
  let [low, high] = [0, most]
  for (let round = 0; round < balancingRounds && ends.length > 1; round += 1) {
    const limit = (low + high) / 2
    const tried = filled(chart.rows.length, height, limit)
    if (tried !== null && tried.length === fullest.length) {
      ends = tried
      high = limit
    } else low = limit
  }
  return cutAt(chart, ends, words)
}

const balancingRounds = 6

/** @returns for each sheet the position after its last row */
function filled(rows: number, height: Height, most: number): readonly number[] | null {
  const ends: number[] = []
  for (let first = 0; first < rows; first = ends.at(-1)!) {
    let end = first
    for (let next = first + 1; next <= Math.min(rows, end + 1 + lookAhead); next += 1)
      if (height(first, next) <= most) end = next
    if (end === first) return null
    ends.push(end)
  }
  return ends
}

/** A sheet that ends some rows later can need fewer connectors, and be lower. */
const lookAhead = 3

/** What is known of the rows from the first to before the end. */
type OfRows<T> = (first: number, end: number) => T
type Height = OfRows<number>

function memoised<T>(find: OfRows<T>): OfRows<T> {
  const known = new Map<string, T>()
  return (first, end) => {
    const key = `${first} ${end}`
    const found = known.get(key) ?? find(first, end)
    known.set(key, found)
    return found
  }
}

/** One sheet before the others are known: as high as it will be, with the longest words that may stand there. */
function draftSheet(chart: Chart, first: number, end: number, words: ConnectorWords): Chart {
  const isHere = (row: number): boolean => row >= first && row < end
  return sheetOf(chart, { first, end, isFar: (flow) => isHere(flow.from) !== isHere(flow.to) }, words, {
    letter: () => 'W',
    sheetOf: () => chart.rows.length,
  })
}

function cutAt(chart: Chart, ends: readonly number[], words: ConnectorWords): readonly Chart[] {
  if (ends.length === 1) return [chart]
  const sheetNo = (row: number): number => ends.findIndex((end) => row < end)
  const isFar = (flow: ChartFlow): boolean => sheetNo(flow.from) !== sheetNo(flow.to)
  const targets = [...new Set(chart.flows.filter(isFar).map((flow) => flow.to))].toSorted((a, b) => a - b)
  return ends.map((end, index) =>
    sheetOf(chart, { first: ends[index - 1] ?? 0, end, isFar }, words, {
      letter: (target) => letterOf(targets.indexOf(target)),
      sheetOf: (row) => sheetNo(row) + 1,
    }),
  )
}

type Cut = {
  readonly first: number
  readonly end: number
  readonly isFar: (flow: ChartFlow) => boolean
}

type Names = { readonly letter: (target: number) => string; readonly sheetOf: (row: number) => number }

function sheetOf(chart: Chart, { first, end, isFar }: Cut, words: ConnectorWords, names: Names): Chart {
  const isHere = (row: number): boolean => row >= first && row < end
  const far = chart.flows.filter(isFar)
  const targetsOf = (flows: readonly ChartFlow[]): readonly number[] =>
    [...new Set(flows.map((flow) => flow.to))].toSorted((a, b) => a - b)
  // The connector nearest to the rows is that of the nearest row, so that its arrow is short.
  const arriving = targetsOf(far.filter((flow) => isHere(flow.to))).toReversed()
  const away = targetsOf(far.filter((flow) => isHere(flow.from)))
  const leaving = [...away.filter((target) => target >= end), ...away.filter((target) => target < first)]
  const own = chart.rows.slice(first, end)
  const place = (row: number): number => arriving.length + row - first
  const outPlace = (target: number): number => arriving.length + own.length + leaving.indexOf(target)
  const fromNumbers = (target: number): number[] => [
    ...new Set(far.filter((flow) => flow.to === target).flatMap((flow) => chart.rows[flow.from]!.no ?? [])),
  ]
  const rows: readonly ChartRow[] = [
    ...arriving.map((target) =>
      plainRow('pentagon', names.letter(target), chart.rows[target]!.lane, [
        words.comesFrom(fromNumbers(target)),
      ]),
    ),
    ...own,
    ...leaving.map((target) => {
      const source = far.find((flow) => flow.to === target && isHere(flow.from))!
      return plainRow('pentagon', names.letter(target), chart.rows[source.from]!.lane, [
        words.goesTo(chart.rows[target]!.no, names.sheetOf(target)),
      ])
    }),
  ]
  const arrivals = arriving.map((target, index) => ({
    from: index,
    to: place(target),
    label: null,
    kind: 'continue' as const,
  }))
  const departures = chart.flows
    .filter((flow) => isHere(flow.from))
    .map((flow) => ({
      ...flow,
      from: place(flow.from),
      to: isFar(flow) ? outPlace(flow.to) : place(flow.to),
    }))
  return { lanes: chart.lanes, rows, flows: [...arrivals, ...departures] }
}

/** A, B ... Z, AA, AB ... */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`
}
