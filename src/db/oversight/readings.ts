import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/** A reading as the logbook may already hold it. */
export type NotedReading = {
  readonly officeId: string
  readonly personId: string
  readonly act: string
  readonly subject: string
  readonly since: Date
  /** Personal values that the entry must stand for, all of them. */
  readonly values: readonly string[]
}

/** @returns whether the logbook holds that this person read this, of these people, since then */
export async function wasNoted(tx: Tx, reading: NotedReading): Promise<boolean> {
  const row = await tx
    .selectFrom('logbook_entries as e')
    .select('e.seq')
    .where('e.office_id', '=', reading.officeId)
    .where('e.subject', '=', reading.subject)
    .where('e.act', '=', reading.act)
    .where('e.at', '>', reading.since)
    .where(sql<boolean>`e.text::jsonb->'actor'->>'ref' = ${reading.personId}`)
    .where(
      sql<boolean>`not exists (
        select from unnest(${[...reading.values]}::text[]) as wanted
        where wanted not in (
          select o.value from logbook_openings o where o.office_id = e.office_id and o.seq = e.seq))`,
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Column of a statement that reads a request: the addresses that somebody asked for since then, one list for each entry.
 * It goes with the case in one statement, for the page of a request is asked for most.
 */
export const readingsOf = (
  request: string,
  { personId, since }: { readonly personId: string; readonly since: Date },
) => sql<readonly (readonly string[])[]>`(
  select coalesce(json_agg((
    select coalesce(json_agg(o.value), '[]') from logbook_openings o
    where o.office_id = e.office_id and o.seq = e.seq)), '[]')
  from logbook_entries e
  where e.office_id = ${sql.ref(`${request}.office_id`)} and e.subject = ${sql.ref(`${request}.ticket`)}
    and e.act = 'contacts.read' and e.at > ${since} and e.text::jsonb->'actor'->>'ref' = ${personId})`
