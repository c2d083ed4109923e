import { localDate } from '../dates/zones.ts'
import type { LocalDate, Zone } from '../dates/zones.ts'
import { formatDate } from '../dates/indonesian.ts'
import { letterheadOf } from '../letters/letterhead.ts'
import { senderOf } from '../letters/sender.ts'
import type { RegisterBook } from '../letters/papers.ts'
import type { Signature } from '../letters/parts.ts'
import type { PaperOffice } from '../logbook/register.ts'
import { letterTexts } from '../text/oversight.ts'
import { bookText as text } from '../text/register-books.ts'

/** The registers that the office prints and files. */
export const bookNames = ['incoming', 'outgoing', 'hand-over', 'subdomain', 'hosting'] as const
export type BookName = (typeof bookNames)[number]

/** One letter that came in. */
export type IncomingEntry = {
  readonly number: string
  readonly receivedOn: LocalDate | null
  readonly recordedAt: Date
  readonly theirNumber: string | null
  readonly theirDate: LocalDate | null
  /** The post of who signed it. */
  readonly theirPost: string | null
  readonly agency: string
  readonly service: string
  readonly fqdn: string | null
  readonly ticket: string
}

/** One number that was taken for a paper of the office, voided ones included. */
export type OutgoingEntry = {
  readonly number: string
  readonly dated: LocalDate
  readonly recipient: string
  readonly subject: string
  readonly ticket: string | null
  readonly status: 'numbered' | 'awaiting' | 'issued' | 'voided'
  readonly voidedAt: Date | null
  readonly voidReason: string | null
  readonly archiveNumber: string | null
}

/** One service that was live in the year. */
export type ServiceEntry = {
  readonly fqdn: string
  readonly agency: string
  readonly system: string | null
  readonly records: readonly string[]
  readonly server: string | null
  /** The post of the technical contact. */
  readonly contact: string | null
  readonly liveAt: Date
  readonly registeredUntil: LocalDate | null
  readonly closedAt: Date | null
}

/** What a register holds. */
export type BookContent =
  | { readonly book: 'incoming'; readonly entries: readonly IncomingEntry[] }
  | { readonly book: 'outgoing' | 'hand-over'; readonly entries: readonly OutgoingEntry[] }
  | { readonly book: 'subdomain' | 'hosting'; readonly entries: readonly ServiceEntry[] }

type Columns = RegisterBook['columns']
type Table = { readonly columns: Columns; readonly rows: string[][]; readonly sum: string }

/** @returns the register of a year as a paper; @param facts.today the office's day */
export function bookOf(
  office: PaperOffice,
  content: BookContent,
  facts: {
    readonly year: number
    readonly at: Date
    readonly signature: Signature
    readonly logo: Uint8Array | null
  },
): RegisterBook {
  const today = localDate(facts.at, office.timezone)
  return {
    kind: 'register-book',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office, facts.logo),
    createdAt: facts.at.toISOString(),
    title: text.titles[content.book].id,
    period: text.period(facts.year).id,
    ...tableOf(content, office.timezone, today),
    place: office.place,
    date: today,
    signature: facts.signature,
  }
}

function tableOf(content: BookContent, zone: Zone, today: LocalDate): Table {
  switch (content.book) {
    case 'incoming':
      return incoming(content.entries, zone)
    case 'outgoing':
    case 'hand-over':
      return outgoing(content.entries, content.book, zone)
    case 'subdomain':
    case 'hosting':
      return services(content.entries, content.book, zone, today)
  }
}

const counter = { title: text.no.id, width: { mm: 11 }, align: 'center' } as const
const dayWidth = { mm: 31 }
const ticketWidth = { mm: 33 }
const numbered = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row, index) => [String(index + 1), ...row.map((cell) => cell || '-')])

function incoming(entries: readonly IncomingEntry[], zone: Zone): Table {
  return {
    columns: [
      counter,
      { title: text.agendaNumber.id, width: { fr: 4 } },
      { title: text.received.id, width: dayWidth },
      { title: text.letterNumber.id, width: { fr: 5 } },
      { title: text.letterDate.id, width: dayWidth },
      { title: text.from.id, width: { fr: 6 } },
      { title: text.subject.id, width: { fr: 6 } },
      { title: text.request.id, width: ticketWidth },
    ],
    rows: numbered(
      entries.map((each) => [
        each.number,
        formatDate(each.receivedOn ?? localDate(each.recordedAt, zone)),
        each.theirNumber ?? '',
        each.theirDate ? formatDate(each.theirDate) : '',
        senderOf(each.theirPost, each.agency),
        [text.replyTo(each.service).id, each.fqdn].filter(Boolean).join(': '),
        each.ticket,
      ]),
    ),
    sum: text.sumOfLetters(entries.length, 0).id,
  }
}

function outgoing(entries: readonly OutgoingEntry[], book: 'outgoing' | 'hand-over', zone: Zone): Table {
  const isLetter = book === 'outgoing'
  return {
    columns: [
      counter,
      { title: (isLetter ? text.letterNumber : text.recordNumber).id, width: { fr: 5 } },
      { title: (isLetter ? text.letterDate : text.recordDate).id, width: dayWidth },
      { title: (isLetter ? text.to : text.receiver).id, width: { fr: 6 } },
      { title: text.subject.id, width: { fr: 6 } },
      { title: text.request.id, width: ticketWidth },
      { title: text.remark.id, width: { fr: 6 } },
    ],
    rows: numbered(
      entries.map((each) => [
        each.number,
        formatDate(each.dated),
        each.recipient,
        each.subject,
        each.ticket ?? '',
        remarkOf(each, zone),
      ]),
    ),
    sum: text.sumOfLetters(entries.length, entries.filter(({ status }) => status === 'voided').length).id,
  }
}

function remarkOf(entry: OutgoingEntry, zone: Zone): string {
  if (entry.status === 'voided')
    return text.voided(
      entry.voidedAt ? formatDate(localDate(entry.voidedAt, zone)) : '',
      entry.voidReason ?? '',
    ).id
  const archive = entry.archiveNumber ? [text.archive(entry.archiveNumber).id] : []
  return [...(entry.status === 'issued' ? [] : [letterTexts[entry.status].id]), ...archive].join('; ')
}

function services(
  entries: readonly ServiceEntry[],
  book: 'subdomain' | 'hosting',
  zone: Zone,
  today: LocalDate,
): Table {
  const isName = book === 'subdomain'
  return {
    columns: [
      counter,
      { title: (isName ? text.name : text.siteName).id, width: { fr: 6 } },
      { title: text.agency.id, width: { fr: 5 } },
      { title: text.system.id, width: { fr: 4 } },
      { title: (isName ? text.records : text.server).id, width: { fr: 4 } },
      { title: text.contact.id, width: { fr: 4 } },
      { title: text.since.id, width: dayWidth },
      { title: text.until.id, width: dayWidth },
      { title: text.remark.id, width: { fr: 4 } },
    ],
    rows: numbered(
      entries.map((each) => [
        each.fqdn,
        each.agency,
        each.system ?? '',
        isName ? each.records.join('; ') : (each.server ?? text.ownServer.id),
        each.contact ?? '',
        formatDate(localDate(each.liveAt, zone)),
        each.registeredUntil ? formatDate(each.registeredUntil) : '',
        standingOf(each, zone, today),
      ]),
    ),
    sum: text.sumOfServices(entries.length, entries.filter(({ closedAt }) => closedAt).length).id,
  }
}

function standingOf({ closedAt, registeredUntil }: ServiceEntry, zone: Zone, today: LocalDate): string {
  if (closedAt) return text.closed(formatDate(localDate(closedAt, zone))).id
  return registeredUntil && registeredUntil < today ? text.overdue.id : ''
}
