/** A cell that a spreadsheet would take for a formula (OWASP "CSV injection"). */
const formula = /^\s*[=+\-@\t\r]/

/**
 * Rows as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, so that Excel reads it as such. What
 * looks like a formula gets an apostrophe in front, which spreadsheets show as text.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
