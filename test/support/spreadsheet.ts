import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A cell as Debian's openpyxl has it: its value as JSON, its type (`s` text, `n` number, `d` date, `f` formula). */
export type ReadCell = {
  readonly value: string | number | null
  readonly type: string
  readonly format: string
}

export type ReadWorkbook = {
  readonly sheets: readonly string[]
  readonly frozen: string | null
  readonly widths: readonly number[]
  readonly rows: readonly (readonly ReadCell[])[]
}

const script = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
def told(cell):
    value = cell.value
    if cell.is_date and value is not None: value = value.isoformat()
    return { 'value': value, 'type': cell.data_type, 'format': cell.number_format }
print(json.dumps({
    'sheets': book.sheetnames,
    'frozen': sheet.freeze_panes,
    'widths': [each.width for each in sheet.column_dimensions.values()],
    'rows': [[told(cell) for cell in row] for row in sheet.iter_rows()],
}))
`

/** Opens an XLSX file with a program that is not ours. */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  const folder = mkdtempSync(join(tmpdir(), 'ranah-xlsx-'))
  try {
    const path = join(folder, 'tabel.xlsx')
    writeFileSync(path, bytes)
    const told = execFileSync('/usr/bin/python3', ['-c', script, path], { maxBuffer: 512 * 1024 * 1024 })
    return JSON.parse(told.toString()) as ReadWorkbook
  } finally {
    rmSync(folder, { recursive: true })
  }
}
