import { sql } from 'kysely'
import { Refused } from '../../domain/refused.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import type { Db } from '../database.ts'

/**
 * Lets one worker at a time change the outside for a request, so that an undo never meets an apply. The lock
 * belongs to a connection: a killed worker gives it back with its life.
 *
 * @throws Refused `request-busy` when another worker is at it; the job comes again
 */
export function withOutsideLock<T>(db: Db, requestId: string, run: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${requestId}, 0)) as got`.execute(connection)
    if (!rows[0]?.got) throw new Refused('request-busy', fulfilmentTexts.busy, { status: 409 })
    try {
      return await run()
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${requestId}, 0))`.execute(connection)
    }
  })
}
