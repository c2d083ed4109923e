import { Refused } from '../refused.ts'
import type { FieldIssue, Text } from '../refused.ts'
import { isLocalDate } from '../dates/zones.ts'
import { calendarText, ruleFaults } from '../text/calendar.ts'
import { HOLIDAY_KINDS } from './calendar.ts'
import type { Holiday } from './calendar.ts'

/** Longest holiday file, in lines: thirty years of thirty days. */
const MAX_LINES = 1000

const HEADERS = ['tanggal,nama,jenis', 'date,name,kind']

type ImportedHoliday = Holiday & { readonly source: 'import' }

/**
 * Reads a holiday file: CSV in UTF-8 with the header `tanggal,nama,jenis` (or `date,name,kind`), one day a line,
 * `2026-08-17,Proklamasi Kemerdekaan,nasional`. Lines that start with # are remarks.
 *
 * @throws Refused `holiday-file` with an issue for each bad line; its field is `line 7`
 */
export function parseHolidayCsv(source: string): ImportedHoliday[] {
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/)
  const issues: FieldIssue[] = []
  const found: ImportedHoliday[] = []
  const lineOfDate = new Map<string, number>()
  let headed = false
  if (lines.length > MAX_LINES) issues.push({ field: 'file', text: calendarText.csvTooLong(MAX_LINES) })
  for (const [i, line] of lines.slice(0, MAX_LINES).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const read = headed ? readLine(line, lineOfDate) : readHeader(line)
    headed = true
    if (read === undefined) continue
    if ('id' in read) {
      issues.push({ field: `line ${i + 1}`, text: read })
    } else {
      lineOfDate.set(read.date, i + 1)
      found.push(read)
    }
  }
  if (issues.length === 0 && found.length === 0) issues.push({ field: 'file', text: calendarText.csvEmpty })
  if (issues.length > 0) throw new Refused('holiday-file', calendarText.csvRefused, { issues })
  return found
}

function readHeader(line: string): Text | undefined {
  const names = line.split(',').map((each) => each.trim().toLowerCase())
  return HEADERS.includes(names.join(',')) ? undefined : calendarText.csvHeader
}

function readLine(line: string, lineOfDate: ReadonlyMap<string, number>): ImportedHoliday | Text {
  const cells = splitCells(line)
  if (cells === undefined) return calendarText.csvQuote
  const [date = '', name = '', kindText = ''] = cells
  if (cells.length !== 3) return calendarText.csvColumns(cells.length)
  if (!isLocalDate(date)) return ruleFaults.noSuchDay
  if (name === '' || name.length > 200) return calendarText.csvName
  const kind = HOLIDAY_KINDS.find((kind) => kind === kindText.toLowerCase())
  if (kind === undefined) return calendarText.csvKind(kindText, HOLIDAY_KINDS)
  const double = lineOfDate.get(date)
  if (double !== undefined) return calendarText.csvDouble(date, double)
  return { date, name, kind, source: 'import' }
}

/** One cell and what ends it (RFC 4180): quoted with doubled quotes, or plain without quotes. */
const CELL = /(?:\s*"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y

/** The cells of a line, trimmed; undefined when the quotation marks are wrong. */
function splitCells(line: string): string[] | undefined {
  const cells: string[] = []
  let at = 0
  for (;;) {
    CELL.lastIndex = at
    const match = CELL.exec(line)
    if (match === null) return undefined
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2]!).trim())
    at = CELL.lastIndex
    if (match[3] === '') return cells
  }
}

/** What an import would change. */
export type HolidayImport = {
  /** The whole table afterwards, ascending by day. */
  readonly holidays: readonly Holiday[]
  readonly added: readonly Holiday[]
  readonly removed: readonly Holiday[]
  /** Days of the import that a manual row stands on: the manual row stays. */
  readonly kept: readonly Holiday[]
}

/**
 * Merges an import into the table. It replaces the imported rows of the years that it holds, for a decree may be
 * revised; rows of other years stay, and a manual row is never touched.
 */
export function mergeHolidays(table: readonly Holiday[], imported: readonly Holiday[]): HolidayImport {
  const years = new Set(imported.map(({ date }) => date.slice(0, 4)))
  const manual = new Map(table.filter(({ source }) => source === 'manual').map((row) => [row.date, row]))
  const replaced = table.filter((row) => row.source === 'import' && years.has(row.date.slice(0, 4)))
  const rest = table.filter((row) => !replaced.includes(row))
  const incoming = imported.filter(({ date }) => !manual.has(date))
  const kept = imported.flatMap(({ date }) => manual.get(date) ?? [])
  const holidays = [...rest, ...incoming].sort((a, b) => (a.date < b.date ? -1 : 1))
  const lacks = (rows: readonly Holiday[]) => (row: Holiday) => !rows.some((other) => sameHoliday(row, other))
  return {
    holidays,
    added: incoming.filter(lacks(replaced)),
    removed: replaced.filter(lacks(incoming)),
    kept,
  }
}

function sameHoliday(a: Holiday, b: Holiday): boolean {
  return a.date === b.date && a.name === b.name && a.kind === b.kind
}
