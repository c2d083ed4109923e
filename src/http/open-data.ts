import { createHash } from 'node:crypto'
import { notFound } from '../actions/act.ts'
import type { Db } from '../db/database.ts'
import { inSnapshot } from '../db/database.ts'
import { readOpenData } from '../db/office/settings.ts'
import type { OfficeFacts } from '../db/people.ts'
import { listOfficialNames } from '../db/public/names.ts'
import { byteOrderMark, csvHeads, csvRows } from '../domain/csv/write.ts'
import { localDate } from '../domain/dates/zones.ts'
import type { LocalDate } from '../domain/dates/zones.ts'
import type { OpenDataTerms } from '../domain/office/open-data.ts'
import { termsOf } from '../domain/office/open-data.ts'
import type { SheetColumn } from '../domain/sheets/columns.ts'
import { dayColumn, textColumn } from '../domain/sheets/columns.ts'
import { openDataTexts as text } from '../domain/text/open-data.ts'
import { writeWorkbook } from '../lookups/write-workbook.ts'
import { mediaTypes } from './sheets/sheet.ts'

/** One official name as the open list has it, in every format under the same keys. */
export type OpenName = {
  readonly name: string
  readonly agency: string
  /** Short name of the office. */
  readonly office: string
  readonly since: LocalDate
  readonly registeredUntil: LocalDate | null
}

const fields = [
  { key: 'name', type: 'string', constraints: { required: true, unique: true } },
  { key: 'agency', type: 'string', constraints: { required: true } },
  { key: 'office', type: 'string', constraints: { required: true } },
  { key: 'since', type: 'date', format: '%Y-%m-%d', constraints: { required: true } },
  { key: 'registeredUntil', type: 'date', format: '%Y-%m-%d' },
] as const satisfies readonly { readonly key: keyof OpenName; readonly [more: string]: unknown }[]

/** What somebody may keep without asking again; after that they ask with the ETag. */
const cacheSeconds = 300
/** Names that one read of a whole list takes. */
const batchSize = 5_000

type Asked = {
  readonly offices: readonly OfficeFacts[]
  readonly search: string | undefined
  /** The last word of the address. */
  readonly format: string
  /** The address of the list, where its description says it came from. */
  readonly source: string
  readonly ifNoneMatch: string | undefined
}

/** The open list of official subdomains as a file that may be kept. @throws Refused (404) for another format */
export async function namesAnswer(db: Db, asked: Asked): Promise<Response> {
  const { offices, search, format, source } = asked
  if (!isFormat(format)) throw notFound()
  const names: OpenName[] = []
  const publishers: (OpenDataTerms & { readonly office: OfficeFacts })[] = []
  for (const office of offices) {
    names.push(...(await namesOf(db, office, search)))
    publishers.push({ office, ...termsOf(office, await readOpenData(db, office.id)) })
  }
  const bytes = await writers[format](names, { source, publishers })
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  const licences = [...new Set(publishers.map(({ licenceUrl }) => licenceUrl))]
  const headers = {
    etag,
    'cache-control': `public, max-age=${cacheSeconds}`,
    link: licences.map((url) => `<${url}>; rel="license"`).join(', '),
  }
  if (isKnown(asked.ifNoneMatch, etag)) return new Response(null, { status: 304, headers })
  const suffix = offices.length === 1 ? `-${offices[0]!.slug}` : ''
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...headers,
      'content-type': types[format],
      'content-disposition': `attachment; filename="subdomain-resmi${suffix}.${format}"`,
    },
  })
}

const types = { csv: mediaTypes.csv, xlsx: mediaTypes.xlsx, json: 'application/json' } as const
type Format = keyof typeof types
const isFormat = (word: string): word is Format => Object.hasOwn(types, word)

/** Whether the reader has this file already (RFC 9110, section 13.1.2). */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((each) => [etag, '*'].includes(each.trim().replace(/^W\//, '')))

function namesOf(db: Db, office: OfficeFacts, search: string | undefined): Promise<readonly OpenName[]> {
  return inSnapshot(db, { officeId: office.id }, async (tx) => {
    const all: OpenName[] = []
    for (;;) {
      const rows = await listOfficialNames(tx, { search, limit: batchSize, after: all.at(-1)?.name })
      for (const { name, agency, since, until } of rows)
        all.push({
          name,
          agency,
          office: office.slug,
          since: localDate(since, office.timezone),
          registeredUntil: until,
        })
      if (rows.length < batchSize) return all
    }
  })
}

type About = {
  readonly source: string
  readonly publishers: readonly (OpenDataTerms & { readonly office: OfficeFacts })[]
}
type Writer = (names: readonly OpenName[], about: About) => Promise<Buffer> | Buffer

const columns = (header: (key: keyof OpenName) => string): readonly SheetColumn<OpenName>[] =>
  fields.map(({ key, type }) =>
    type === 'date' ? dayColumn(header(key), (row) => row[key]) : textColumn(header(key), (row) => row[key]),
  )

const writers: Readonly<Record<Format, Writer>> = {
  csv: (names) => {
    const own = columns((key) => key)
    return Buffer.from(byteOrderMark + csvHeads(own) + csvRows(cellsOf(own, names)))
  },
  xlsx: (names) => {
    const own = columns((key) => text.fields[key].title.id)
    return writeWorkbook(text.title.id, own, batch(cellsOf(own, names)))
  },
  json: (names, { source, publishers }) => Buffer.from(JSON.stringify(described(names, source, publishers))),
}

const cellsOf = (own: readonly SheetColumn<OpenName>[], names: readonly OpenName[]) =>
  names.map((name) => own.map(({ read }) => read(name)))

async function* batch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows
}

/** The list with what one must know to use it: fields as Table Schema names them, source and licence. */
const described = (names: readonly OpenName[], source: string, publishers: About['publishers']) => ({
  title: text.title.id,
  description: text.description.id,
  source,
  publishers: publishers.map(({ office, licence, licenceUrl, attribution }) => ({
    office: office.slug,
    name: office.name,
    government: office.government,
    licence: { name: licence, url: licenceUrl },
    attribution,
  })),
  schema: {
    fields: fields.map(({ key, ...field }) => ({
      name: key,
      ...field,
      title: text.fields[key].title.id,
      description: text.fields[key].description.id,
    })),
    primaryKey: 'name',
  },
  items: names,
})
