import type { FieldIssue } from '../refused.ts'
import { Refused } from '../refused.ts'
import { csvTexts } from '../text/csv.ts'

/** One row with the line of the file on which it begins, counted from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/** What a file may hold at the most. */
type Limits = { readonly maxBytes: number; readonly maxRows: number }

const maxCellCharacters = 4000

/**
 * Reads a CSV file (RFC 4180) in UTF-8, with comma or semicolon as its first line has it. Empty lines are left out.
 *
 * @returns its rows with trimmed cells, the heading first
 * @throws Refused `csv-file` with what is wrong and on which line
 */
export function readCsv(bytes: Uint8Array, limits: Limits): readonly CsvRow[] {
  if (bytes.length > limits.maxBytes)
    throw new Refused('csv-too-large', csvTexts.tooLarge(Math.floor(limits.maxBytes / 1024)), { status: 413 })
  const text = decode(bytes)
  const rows = [...rowsOf(text, separatorOf(text))].filter((row) => row.cells.some((cell) => cell !== ''))
  if (rows.length === 0) refuse([{ field: 'file', text: csvTexts.empty }])
  if (rows.length - 1 > limits.maxRows) refuse([{ field: 'file', text: csvTexts.tooMany(limits.maxRows) }])
  return rows
}

/** @throws Refused `csv-file` with the issues: nothing was taken in */
export function refuse(issues: readonly FieldIssue[]): never {
  throw new Refused('csv-file', csvTexts.refused, { issues })
}

function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text))
      refuse([{ field: 'file', text: csvTexts.binary }])
    return text
  } catch (error) {
    if (error instanceof Refused) throw error
    return refuse([{ field: 'file', text: csvTexts.encoding }])
  }
}

function separatorOf(text: string): ',' | ';' {
  const [first = ''] = text.split('\n', 1)
  return first.includes(';') && !first.includes(',') ? ';' : ','
}

/** Walks the text character by character, so that quoted line breaks stay inside their cell. */
function* rowsOf(text: string, separator: string): Generator<CsvRow> {
  let line = 1
  let start = 1
  let cells: string[] = []
  let value = ''
  let quoted = false
  let wasQuoted = false
  const close = (): void => {
    if (value.length > maxCellCharacters)
      refuse([{ field: `line ${start}`, text: csvTexts.cellTooLong(maxCellCharacters) }])
    cells.push(value.trim())
    value = ''
    wasQuoted = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '\n') line += 1
    if (quoted) {
      if (char !== '"') value += char
      else if (text[at + 1] === '"') {
        value += '"'
        at += 1
      } else quoted = false
    } else if (char === '"') {
      if (value.trim() !== '' || wasQuoted) refuse([{ field: `line ${line}`, text: csvTexts.quote }])
      quoted = true
      wasQuoted = true
      value = ''
    } else if (char === separator) close()
    else if (char === '\n') {
      close()
      yield { line: start, cells }
      cells = []
      start = line
    } else if (char !== '\r') value += char
  }
  if (quoted) refuse([{ field: `line ${start}`, text: csvTexts.quote }])
  if (value !== '' || cells.length > 0 || wasQuoted) {
    close()
    yield { line: start, cells }
  }
}

/** A heading as it is looked up: lower case, spaces and underscores as hyphens. */
const headingOf = (cell: string): string => cell.toLowerCase().replaceAll(/[\s_]+/g, '-')

/** Rows by column, each with its line. */
export type CsvRecord = { readonly line: number; readonly values: Readonly<Record<string, string>> }

/**
 * Reads rows under a heading whose columns may stand in any order.
 *
 * @param columns column name to whether it must be there
 * @throws Refused `csv-file` for a column that is missing, unknown or doubled, and for rows of another width
 */
export function recordsOf(
  rows: readonly CsvRow[],
  columns: Readonly<Record<string, 'required' | 'optional'>>,
): readonly CsvRecord[] {
  const [head, ...body] = rows
  const names = head!.cells.map(headingOf)
  const known = Object.keys(columns)
  const missing = known.filter((name) => columns[name] === 'required' && !names.includes(name))
  const unknown = names.filter((name, index) => !known.includes(name) || names.indexOf(name) < index)
  const line = `line ${head!.line}`
  if (missing.length > 0) refuse([{ field: line, text: csvTexts.missingColumns(missing) }])
  if (unknown.length > 0) refuse([{ field: line, text: csvTexts.unknownColumns(unknown, known) }])
  const uneven = body.filter((row) => row.cells.length !== names.length)
  if (uneven.length > 0)
    refuse(
      uneven
        .slice(0, maxIssues)
        .map((row) => ({ field: `line ${row.line}`, text: csvTexts.width(names.length, row.cells.length) })),
    )
  return body.map(({ line, cells }) => ({
    line,
    values: Object.fromEntries(names.map((name, index) => [name, cells[index]!])),
  }))
}

/** More sentences than this help nobody. */
export const maxIssues = 50
