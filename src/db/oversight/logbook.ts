import { sql } from 'kysely'
import type { StoredEntry } from '../../domain/logbook/chain.ts'
import { peopleList } from '../../domain/logbook/readings.ts'
import type { Json } from '../../domain/logbook/canonical.ts'
import type { Db, Tx } from '../database.ts'
import { inScope } from '../database.ts'

/** What a list of entries is narrowed to. Instants: `from` inclusive, `to` exclusive. */
export type LogbookFilter = {
  readonly acts?: readonly string[]
  /** Whom entries are about by their address: behind a commitment, or as somebody on record. */
  readonly whose?: string
  /** Part of the subject: a ticket, a name, a letter number. */
  readonly subject?: string
  readonly from?: Date
  readonly to?: Date
}

/** One entry as a page shows it: what was hashed, and who the key of the actor stands for today. */
export type LogbookRow = StoredEntry & {
  readonly at: Date
  readonly act: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly role: string
  /** Null for the system, and for a person who is no longer on record. */
  readonly person: string | null
  /** The name of the person whom the entry is about, while that person is on record. */
  readonly about: string | null
  /** The name of the person whose file or request was read. */
  readonly ofWhom: string | null
  /** What stands behind the entry's commitments, as far as it was not erased. */
  readonly openings: { readonly [field: string]: string }
  readonly details: { readonly [key: string]: Json }
}

/** @returns entries of the office, newest first; `before` is the number of the last entry shown */
export async function listEntries(
  tx: Tx,
  filter: LogbookFilter,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly LogbookRow[]> {
  let query = selectEntries(tx, filter).orderBy('e.seq', 'desc').limit(page.limit)
  if (page.before !== undefined) query = query.where('e.seq', '<', page.before)
  return (await query.execute()).map(rowOf)
}

/** @returns entries of a period in their order, for the printed register */
export async function listPeriod(
  tx: Tx,
  filter: LogbookFilter,
  limit: number,
): Promise<readonly LogbookRow[]> {
  const rows = await selectEntries(tx, filter).orderBy('e.seq').limit(limit).execute()
  return rows.map(rowOf)
}

function selectEntries(tx: Tx, filter: LogbookFilter) {
  let query = tx
    .selectFrom('logbook_entries as e')
    .leftJoin('auth_user as u', (join) =>
      join.on(sql`u.id`, '=', sql`((e.text::jsonb) -> 'actor' ->> 'ref')`),
    )
    .select(['e.seq', 'e.prev', 'e.hash', 'e.text', 'e.at', 'e.act', 'u.name'])
    .select([
      sql<string | null>`(select s.name from auth_user s where s.id = e.subject)`.as('about'),
      sql<string | null>`(
        select s.name from auth_user s where s.id = e.text::jsonb -> 'details' ->> 'about')`.as('ofWhom'),
      sql<LogbookRow['openings'] | null>`(
        select jsonb_object_agg(o.field, o.value) from logbook_openings o
        where o.office_id = e.office_id and o.seq = e.seq)`.as('openings'),
    ])
  if (filter.acts) query = query.where('e.act', 'in', filter.acts)
  if (filter.whose) query = query.where(isAbout(filter.whose))
  if (filter.subject) query = query.where('e.subject', 'ilike', `%${escapeLike(filter.subject)}%`)
  if (filter.from) query = query.where('e.at', '>=', filter.from)
  if (filter.to) query = query.where('e.at', '<', filter.to)
  return query
}

/** Whoever has an account stands in the list of the office's people, too. */
const isAbout = (email: string) => sql<boolean>`(
  exists (
    select from logbook_openings o
    where o.office_id = e.office_id and o.seq = e.seq and lower(o.value) = lower(${email}))
  or exists (
    select from auth_user p join memberships m on m.person_id = p.id
    where lower(p.email) = lower(${email}) and m.office_id = e.office_id
      and (e.subject in (p.id, ${peopleList}) or e.text::jsonb -> 'details' ->> 'about' = p.id)))`

/** The characters that LIKE would read as patterns stand for themselves. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (each) => `\\${each}`)

type SelectedEntry = StoredEntry & {
  at: Date
  act: string
  name: string | null
  about: string | null
  ofWhom: string | null
  openings: LogbookRow['openings'] | null
}
type EntryFacts = {
  readonly actor: { readonly role: string }
  readonly subject: LogbookRow['subject']
  readonly details?: LogbookRow['details']
}

function rowOf({ name, ...entry }: SelectedEntry): LogbookRow {
  const facts = JSON.parse(entry.text) as EntryFacts
  return {
    ...entry,
    person: name,
    openings: entry.openings ?? {},
    role: facts.actor.role,
    subject: facts.subject,
    details: facts.details ?? {},
  }
}

/**
 * @returns the title of every column of the office's SOPs by the word under which entries name it; where versions
 * differ, the latest
 */
export async function readActorTitles(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; title: string }>`
    select actor ->> 'id' as id, actor ->> 'title' as title
    from sop_versions v, jsonb_array_elements(v.document -> 'actors') as actor
    order by v.version`.execute(tx)
  return new Map(rows.flatMap(({ id, title }) => [[id, title] as const, [`actor-${id}`, title] as const]))
}

/** How many entries one read of a long walk takes. */
const batchSize = 1000

/**
 * All entries up to the given number, in their order. Entries never change and never go, so batches of separate
 * transactions show one state, and a slow reader holds neither a connection nor a snapshot.
 */
export async function* walkEntries(db: Db, officeId: string, last: number): AsyncGenerator<StoredEntry> {
  for (let after = 0; after < last;) {
    const rows = await inScope(db, { officeId }, (tx) =>
      tx
        .selectFrom('logbook_entries')
        .select(['seq', 'prev', 'hash', 'text'])
        .where('seq', '>', after)
        .where('seq', '<=', last)
        .orderBy('seq')
        .limit(batchSize)
        .execute(),
    )
    yield* rows
    if (rows.length < batchSize) return
    after = rows.at(-1)!.seq
  }
}

/** @returns the newest entries about exactly this subject */
export async function listHistory(tx: Tx, subject: string, limit: number): Promise<readonly LogbookRow[]> {
  const rows = await selectEntries(tx, {})
    .where('e.subject', '=', subject)
    .orderBy('e.seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(rowOf)
}
