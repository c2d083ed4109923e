import { letterheadOf } from '../letters/letterhead.ts'
import type { LogbookRegister } from '../letters/papers.ts'
import type { LogbookHead } from '../letters/parts.ts'
import type { Zone } from '../dates/zones.ts'
import { localDate } from '../dates/zones.ts'
import { formatDate, formatInstant } from '../dates/indonesian.ts'
import { roles, roleTexts } from '../access/roles.ts'
import { actText } from '../text/acts.ts'
import { logbookTexts } from '../text/oversight.ts'

/** What the printed register shows of one entry. */
type RegisterEntry = {
  readonly seq: number
  readonly at: Date
  readonly act: string
  readonly role: string
  readonly subject: { readonly id: string }
  readonly details: Readonly<Record<string, unknown>>
  readonly hash: string
}

/** The office as it stands on its papers. */
export type PaperOffice = {
  readonly government: string
  readonly name: string
  readonly place: string
  readonly timezone: Zone
  readonly paper: 'A4' | 'F4'
  readonly letterhead: { addressLines?: string[]; phone?: string; email?: string; web?: string }
}

/** @returns the register as a paper: the entries of a period in the office's columns, with the head of the chain */
export function registerOf(
  office: PaperOffice,
  entries: readonly RegisterEntry[],
  facts: {
    readonly from?: string
    readonly to?: string
    readonly head: LogbookHead
    readonly at: Date
    readonly logo: Uint8Array | null
  },
): LogbookRegister {
  return {
    kind: 'logbook-register',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office, facts.logo),
    createdAt: facts.at.toISOString(),
    title: logbookTexts.registerTitle.id,
    period: periodWords(facts.from, facts.to),
    rows: entries.map((entry) => rowOf(entry, office.timezone)),
    head: facts.head,
    place: office.place,
    date: localDate(facts.at, office.timezone),
  }
}

function periodWords(from: string | undefined, to: string | undefined): string {
  if (from && to) return `${formatDate(from)} – ${formatDate(to)}`
  if (from) return `Sejak ${formatDate(from)}`
  return to ? `Sampai ${formatDate(to)}` : logbookTexts.periodAll.id
}

const rowOf = (entry: RegisterEntry, zone: Zone): LogbookRegister['rows'][number] => ({
  no: entry.seq,
  at: formatInstant(entry.at, zone),
  activity: actText(entry.act).id,
  actor: roleWords(entry.role),
  request: entry.subject.id,
  remark: remarkOf(entry.details),
  hash: entry.hash,
})

/** @returns the post in which somebody acted, as papers write it */
function roleWords(role: string): string {
  const known = roles.find((each) => each === role)
  if (known) return roleTexts[known].id
  if (role === 'technical-contact') return logbookTexts.technicalContact.id
  return role === 'system' ? logbookTexts.system.id : role
}

/** Longest remark in the printed register, in characters; the whole entry stands in the export. */
const maxRemark = 300

function remarkOf(details: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ')
  return words.length > maxRemark ? `${words.slice(0, maxRemark)}…` : words
}
