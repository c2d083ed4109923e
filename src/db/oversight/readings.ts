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
