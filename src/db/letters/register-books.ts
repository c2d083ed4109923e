import { sql } from 'kysely'
import { startOfDay } from '../../domain/dates/zones.ts'
import type { Zone } from '../../domain/dates/zones.ts'
import type {
  BookContent,
  BookName,
  IncomingEntry,
  OutgoingEntry,
  ServiceEntry,
} from '../../domain/registers/books.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import type { Tx } from '../database.ts'
import { readSopVersion } from '../sops.ts'

/** A year of the office's calendar. */
export type BookYear = { readonly year: number; readonly zone: Zone }

/** @returns what one register holds for a year, in the order in which it was written; at most `limit` entries */
export async function readBook(tx: Tx, book: BookName, year: BookYear, limit: number): Promise<BookContent> {
  switch (book) {
    case 'incoming':
      return { book, entries: await incomingOf(tx, year, limit) }
    case 'outgoing':
    case 'hand-over':
      return { book, entries: await outgoingOf(tx, book, year.year, limit) }
    case 'subdomain':
    case 'hosting':
      return { book, entries: await servicesOf(tx, book, year, limit) }
  }
}

/** The instants between which a year of the office lies. */
const spanOf = ({ year, zone }: BookYear) => ({
  from: startOfDay(`${year}-01-01`, zone),
  to: startOfDay(`${year + 1}-01-01`, zone),
})

async function incomingOf(tx: Tx, year: BookYear, limit: number): Promise<readonly IncomingEntry[]> {
  const { from, to } = spanOf(year)
  const rows = await tx
    .selectFrom('request_events as e')
    .innerJoin('requests as r', 'r.id', 'e.request_id')
    .innerJoin('agencies as a', 'a.id', 'r.agency_id')
    .select([
      sql<string>`e.data ->> 'incoming'`.as('number'),
      sql<string | null>`e.data -> 'form' ->> 'receivedOn'`.as('receivedOn'),
      'e.at as recordedAt',
      sql<string | null>`r.form -> 'letter' ->> 'number'`.as('theirNumber'),
      sql<string | null>`r.form -> 'letter' ->> 'date'`.as('theirDate'),
      sql<string | null>`r.form -> 'letter' ->> 'signatoryPost'`.as('theirPost'),
      'a.name as agency',
      'r.kind',
      'r.sop_id as sopId',
      'r.sop_version as sopVersion',
      'r.fqdn',
      'r.ticket',
    ])
    .where(sql<boolean>`e.data ? 'incoming'`)
    .where('e.at', '>=', from)
    .where('e.at', '<', to)
    .orderBy('e.id')
    .limit(limit)
    .execute()
  // a year has many letters and few SOPs
  const sops = new Map<string, SopDocument>()
  const entries: IncomingEntry[] = []
  for (const { kind, sopId, sopVersion, ...row } of rows) {
    const key = `${sopId} ${sopVersion}`
    const sop = sops.get(key) ?? (await readSopVersion(tx, sopId, sopVersion))
    sops.set(key, sop)
    entries.push({ ...row, service: kindsOf(sop).find(({ id }) => id === kind)?.label.id ?? kind })
  }
  return entries
}

const outgoingOf = (
  tx: Tx,
  register: 'outgoing' | 'hand-over',
  year: number,
  limit: number,
): Promise<readonly OutgoingEntry[]> =>
  tx
    .selectFrom('letters as l')
    .leftJoin('requests as r', 'r.id', 'l.request_id')
    .select([
      'l.number',
      'l.dated',
      sql<string>`coalesce(
        concat_ws(', ', l.data -> 'recipient' -> 'lines' ->> 0, l.data -> 'recipient' -> 'lines' ->> 1),
        '')`.as('addressee'),
      sql<string>`concat_ws(', ', l.data -> 'receivedBy' ->> 'name', l.data -> 'receivedBy' ->> 'post')`.as(
        'receiver',
      ),
      sql<string | null>`l.data ->> 'subject'`.as('subject'),
      sql<string>`concat_ws(': ', l.data ->> 'service', l.data ->> 'fqdn')`.as('handedOver'),
      'r.ticket',
      'l.status',
      'l.voided_at as voidedAt',
      'l.void_reason as voidReason',
      'l.archive_number as archiveNumber',
    ])
    .where('l.register', '=', register)
    .where('l.year', '=', year)
    .orderBy('l.class')
    .orderBy('l.seq')
    .limit(limit)
    .execute()
    .then((rows) =>
      rows.map(({ addressee, receiver, subject, handedOver, ...row }) => ({
        ...row,
        recipient: addressee || receiver,
        subject: subject ?? handedOver,
      })),
    )

async function servicesOf(
  tx: Tx,
  book: 'subdomain' | 'hosting',
  year: BookYear,
  limit: number,
): Promise<readonly ServiceEntry[]> {
  const { from, to } = spanOf(year)
  const rows = await tx
    .selectFrom('services as s')
    .innerJoin('agencies as a', 'a.id', 's.agency_id')
    .leftJoin('electronic_systems as e', 'e.id', 's.system_id')
    .leftJoin('servers as v', 'v.id', 's.host_id')
    .select([
      's.fqdn',
      'a.name as agency',
      'e.name as system',
      's.records',
      'v.name as server',
      sql<string | null>`s.technical_contact ->> 'post'`.as('contact'),
      's.live_at as liveAt',
      's.registered_until as registeredUntil',
      's.closed_at as closedAt',
    ])
    // a name without hosting is in the register of subdomains only; hosting under a name kept elsewhere in the other
    .where(book === 'hosting' ? 's.has_site' : 's.has_record', '=', true)
    .where('s.live_at', '<', to)
    .where((eb) => eb.or([eb('s.closed_at', 'is', null), eb('s.closed_at', '>=', from)]))
    .orderBy('s.fqdn')
    .orderBy('s.live_at')
    .limit(limit)
    .execute()
  return rows.map(({ records, ...row }) => ({
    ...row,
    records: (records as readonly { type: string; values: readonly string[] }[]).map(
      ({ type, values }) => `${type} ${values.join(', ')}`,
    ),
  }))
}

/** @returns the first and the last year of the office in which a register has entries; nothing for an empty one */
export async function readBookYears(
  tx: Tx,
  book: BookName,
  zone: Zone,
): Promise<{ readonly first: number; readonly last: number } | undefined> {
  const source = {
    incoming: sql`select ${yearOf('at', zone)} as year from request_events where data ? 'incoming'`,
    outgoing: sql`select year from letters where register = 'outgoing'`,
    'hand-over': sql`select year from letters where register = 'hand-over'`,
    subdomain: serviceYears('has_record', zone),
    hosting: serviceYears('has_site', zone),
  }[book]
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(year)::int as first, max(year)::int as last from (${source}) as years`.execute(tx)
  const { first, last } = rows[0]!
  return first === null || last === null ? undefined : { first, last }
}

const yearOf = (column: string, zone: Zone) =>
  sql`extract(year from ${sql.ref(column)} at time zone ${sql.lit(zone)})`

/** A service stands in every year from its beginning to its end; one that is live, in this one too. */
const serviceYears = (column: 'has_record' | 'has_site', zone: Zone) => sql`
  select unnest(array[${yearOf('live_at', zone)},
    extract(year from coalesce(closed_at, now()) at time zone ${sql.lit(zone)})]) as year
  from services where ${sql.ref(column)}`
