import type { CellValue, Head } from '../sheets/columns.ts'
import { plainText } from '../sheets/columns.ts'

/** A cell that a spreadsheet would take for a formula (OWASP "CSV injection"). */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/

/** Stands once at the front, so that Excel reads the file as UTF-8. */
export const byteOrderMark = '\ufeff'

/** The line of headers of a table, as CSV (RFC 4180) for spreadsheets. */
export const csvHeads = (heads: readonly Head[]): string =>
  csvLine(heads.map(({ header }) => cell(plainText(header))))

/** Rows of a table: days and moments as spreadsheets read them, numbers as numbers, all else as text. */
export const csvRows = (rows: readonly (readonly CellValue[])[]): string =>
  rows.map((row) => csvLine(row.map(cellOf))).join('')

const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

function cellOf(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  return value instanceof Date ? value.toISOString().slice(0, 19).replace('T', ' ') : cell(plainText(value))
}

/** What looks like a formula gets an apostrophe in front, which spreadsheets show as text. */
function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
