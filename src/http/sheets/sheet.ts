import type { Member } from '../../actions/act.ts'
import { noteTable } from '../../actions/oversight/note-table.ts'
import type { Scope, Tx } from '../../db/database.ts'
import { inSnapshot } from '../../db/database.ts'
import type { OfficeFacts } from '../../db/people.ts'
import { byteOrderMark, csvHeads, csvRows } from '../../domain/csv/write.ts'
import type { CellValue, Head, SheetColumn } from '../../domain/sheets/columns.ts'
import { Refused } from '../../domain/refused.ts'
import type { Text } from '../../domain/refused.ts'
import { sheetTexts } from '../../domain/text/sheets.ts'
import { writeWorkbook } from '../../lookups/write-workbook.ts'
import type { HttpDeps } from '../deps.ts'
import { download } from '../download.ts'

export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]

export const mediaTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Rows that one file has at most: more are refused, never left out. */
export const maxSheetRows = 50_000
/** Rows that one read takes; so many are held beside the file. Every read sorts the list anew, hence not fewer. */
const batchSize = 5_000

/** Who asks for a table of an office, and in which language. */
export type SheetReader = {
  readonly deps: HttpDeps
  readonly member: Member
  readonly office: OfficeFacts
  readonly say: (text: Text) => string
}

/** How much a read takes, and the row behind which it goes on. */
export type SheetPage<Row> = { readonly limit: number; readonly last: Row | undefined }

/** A table of a page as a file: the same rows in the same order, all of them. */
export type Sheet = {
  /** In the file's name, in the address when a page has several, and in the logbook. */
  readonly name: string
  readonly title: string
  readonly heads: readonly Head[]
  /** Taking it along is noted in the logbook. */
  readonly personal: boolean
  readonly batches: (tx: Tx) => AsyncGenerator<readonly (readonly CellValue[])[]>
}

type Common<Row> = {
  readonly name: string
  readonly title: string
  readonly personal?: boolean
  readonly columns: readonly SheetColumn<Row>[]
}

/** A table that is read in parts, as its page is. */
export function sheetOf<Row>(
  spec: Common<Row> & { readonly read: (tx: Tx, page: SheetPage<Row>) => Promise<readonly Row[]> },
): Sheet {
  return {
    ...partsOf(spec),
    batches: async function* (tx) {
      let last: Row | undefined
      for (let count = 0; ;) {
        const rows = await spec.read(tx, { limit: batchSize, last })
        if (rows.length > 0) yield cellsOf(spec.columns, rows)
        count += rows.length
        if (rows.length < batchSize) return
        if (count > maxSheetRows) throw tooMany()
        last = rows.at(-1)
      }
    },
  }
}

/** A table that is short by nature and read at once. */
export function shortSheet<Row>(
  spec: Common<Row> & { readonly all: (tx: Tx) => Promise<readonly Row[]> },
): Sheet {
  return {
    ...partsOf(spec),
    batches: async function* (tx) {
      const rows = await spec.all(tx)
      if (rows.length > 0) yield cellsOf(spec.columns, rows)
    },
  }
}

const partsOf = <Row>({ name, title, personal, columns }: Common<Row>) => ({
  name,
  title,
  personal: personal ?? false,
  heads: columns,
})

const cellsOf = <Row>(columns: readonly SheetColumn<Row>[], rows: readonly Row[]) =>
  rows.map((row) => columns.map((column) => column.read(row)))

const tooMany = (): Refused => new Refused('too-many-rows', sheetTexts.tooManyRows(maxSheetRows))

/** @throws Refused (400) for what is no format */
export function sheetFormat(asked: string): SheetFormat {
  const format = sheetFormats.find((each) => each === asked)
  if (!format) throw new Refused('bad-format', sheetTexts.badFormat, { status: 400 })
  return format
}

/** The table as a download. It is whole before its first byte is sent; what holds personal data is noted first. */
export async function sheetAnswer(
  { deps, member, office }: Pick<SheetReader, 'deps' | 'member' | 'office'>,
  sheet: Sheet,
  format: SheetFormat,
): Promise<Response> {
  const { bytes, rows } = await sheetFile(deps, member, sheet, format)
  if (sheet.personal) await noteTable(deps, member, { table: sheet.name, format, rows })
  return sheetDownload(`${sheet.name}-${office.slug}`, bytes, format, deps.now())
}

/** The table of somebody's own account as a download. */
export async function ownSheetAnswer(
  deps: HttpDeps,
  personId: string,
  sheet: Sheet,
  format: SheetFormat,
): Promise<Response> {
  const { bytes } = await sheetFile(deps, { personId }, sheet, format)
  return sheetDownload(sheet.name, bytes, format, deps.now())
}

function sheetDownload(name: string, bytes: Buffer, format: SheetFormat, at: Date): Response {
  const filename = `${name}-${at.toISOString().slice(0, 10)}.${format}`
  return download({ filename, mediaType: mediaTypes[format], bytes })
}

/** Reads the whole table in one snapshot, so that no row is lost or told twice while others work. */
export async function sheetFile(
  { db }: Pick<HttpDeps, 'db'>,
  scope: Scope,
  sheet: Sheet,
  format: SheetFormat,
): Promise<{ readonly bytes: Buffer; readonly rows: number }> {
  let rows = 0
  async function* counted(tx: Tx) {
    for await (const batch of sheet.batches(tx)) {
      rows += batch.length
      if (rows > maxSheetRows) throw tooMany()
      yield batch
    }
  }
  const bytes = await inSnapshot(db, scope, (tx) =>
    format === 'csv'
      ? csvFile(sheet.heads, counted(tx))
      : writeWorkbook(sheet.title, sheet.heads, counted(tx)),
  )
  return { bytes, rows }
}

async function csvFile(
  heads: readonly Head[],
  batches: AsyncIterable<readonly (readonly CellValue[])[]>,
): Promise<Buffer> {
  const parts = [Buffer.from(byteOrderMark + csvHeads(heads))]
  for await (const batch of batches) parts.push(Buffer.from(csvRows(batch)))
  return Buffer.concat(parts)
}
