import * as z from 'zod'
import { maxIssues, readCsv, recordsOf, refuse } from '../csv/read.ts'
import type { CsvRecord } from '../csv/read.ts'
import { isLocalDate } from '../dates/zones.ts'
import type { Contact } from '../requests/application.ts'
import { contact } from '../requests/application.ts'
import type { FieldIssue, Text } from '../refused.ts'
import { registryTexts as text } from '../text/registry.ts'

/** What an import file may hold: one kind of row each. */
export const importKinds = ['agencies', 'contacts', 'services'] as const
export type ImportKind = (typeof importKinds)[number]

/** Largest import file, in bytes, and most rows in one. */
export const maxImportBytes = 1024 * 1024
const maxRows = 2000

export type AgencyRow = {
  readonly line: number
  readonly name: string
  readonly shortName: string | null
  readonly address: string | null
  readonly email: string | null
  readonly headPost: string | null
}
export type ContactRow = {
  readonly line: number
  readonly name: string
  readonly email: string
  readonly agency: string
}
export type ServiceRow = {
  readonly line: number
  readonly name: string
  readonly agency: string
  readonly registeredUntil: string | null
  readonly administrative: Contact
  readonly technical: Contact
}

/** Columns of each kind of file; they may stand in any order. */
export const importColumns = {
  agencies: {
    nama: 'required',
    singkatan: 'optional',
    alamat: 'optional',
    surel: 'optional',
    'jabatan-kepala': 'optional',
  },
  contacts: { nama: 'required', surel: 'required', 'perangkat-daerah': 'required' },
  services: {
    nama: 'required',
    'perangkat-daerah': 'required',
    'terdaftar-sampai': 'optional',
    'admin-nama': 'required',
    'admin-jabatan': 'required',
    'admin-telepon': 'required',
    'admin-surel': 'required',
    'teknis-nama': 'required',
    'teknis-jabatan': 'required',
    'teknis-telepon': 'required',
    'teknis-surel': 'required',
  },
} as const satisfies Record<ImportKind, Record<string, 'required' | 'optional'>>

/** Reads a file of agencies. @throws Refused `csv-file` with an issue for each bad line, as all functions here */
export function readAgencies(bytes: Uint8Array): readonly AgencyRow[] {
  return read(bytes, 'agencies', ({ line, values }, say) => {
    const email = values['surel'] || null
    if (email !== null && !z.email().max(254).safeParse(email).success) say(text.badEmail(email.slice(0, 60)))
    return {
      line,
      name: values['nama']!,
      shortName: values['singkatan'] || null,
      address: values['alamat'] || null,
      email,
      headPost: values['jabatan-kepala'] || null,
    }
  })
}

/** Reads a file of people who are to be invited as applicants. */
export function readContacts(bytes: Uint8Array): readonly ContactRow[] {
  return read(
    bytes,
    'contacts',
    ({ line, values }, say) => {
      const email = values['surel']!.toLowerCase()
      if (email !== '' && !z.email().max(254).safeParse(email).success) say(text.badEmail(email.slice(0, 60)))
      return { line, name: values['nama']!, email, agency: values['perangkat-daerah']! }
    },
    (row) => row.email,
  )
}

/** Reads a file of services that run already. */
export function readServices(bytes: Uint8Array): readonly ServiceRow[] {
  return read(bytes, 'services', ({ line, values }, say) => {
    const until = values['terdaftar-sampai'] || null
    if (until !== null && !isLocalDate(until)) say(text.badDate(until.slice(0, 40)))
    const person = (prefix: 'admin' | 'teknis'): Contact => {
      const given = {
        name: values[`${prefix}-nama`],
        post: values[`${prefix}-jabatan`],
        phone: values[`${prefix}-telepon`],
        email: values[`${prefix}-surel`]?.toLowerCase(),
      }
      const checked = contact.safeParse(given)
      if (checked.success) return checked.data
      for (const issue of checked.error.issues)
        say(text.badContact(`${prefix}-${columnOf[String(issue.path[0])] ?? 'nama'}`))
      return { name: '', post: '', phone: '', email: '' }
    }
    return {
      line,
      name: values['nama']!.toLowerCase(),
      agency: values['perangkat-daerah']!,
      registeredUntil: until,
      administrative: person('admin'),
      technical: person('teknis'),
    }
  })
}

const columnOf: Readonly<Record<string, string>> = {
  name: 'nama',
  post: 'jabatan',
  phone: 'telepon',
  email: 'surel',
}

/** Longest value of a column that becomes a name, in characters. */
const maxName = 200

function read<Row extends { readonly line: number; readonly name: string }>(
  bytes: Uint8Array,
  kind: ImportKind,
  rowOf: (record: CsvRecord, say: (sentence: Text) => void) => Row,
  keyOf: (row: Row) => string = (row) => row.name.toLowerCase(),
): readonly Row[] {
  const columns: Readonly<Record<string, 'required' | 'optional'>> = importColumns[kind]
  const records = recordsOf(readCsv(bytes, { maxBytes: maxImportBytes, maxRows }), columns)
  const issues: FieldIssue[] = []
  const lineOf = new Map<string, number>()
  const rows = records.map((record) => {
    const say = (sentence: Text): void => void issues.push(atLine(record.line, sentence))
    for (const [column, need] of Object.entries(columns))
      if (need === 'required' && !record.values[column]) say(text.missing(column))
    if ((record.values['nama'] ?? '').length > maxName) say(text.badContact('nama'))
    const row = rowOf(record, say)
    const before = lineOf.get(keyOf(row))
    if (before !== undefined) say(text.double(before))
    lineOf.set(keyOf(row), record.line)
    return row
  })
  if (issues.length > 0) refuse(issues.slice(0, maxIssues))
  return rows
}

/** @returns an issue that says its line */
export const atLine = (line: number, sentence: Text): FieldIssue => ({
  field: `line ${line}`,
  text: text.atLine(line, sentence),
})
