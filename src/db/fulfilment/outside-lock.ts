import { sql } from 'kysely'
import { Refused } from '../../domain/refused.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import type { Db, Tx } from '../database.ts'
import { inScope } from '../database.ts'
import { sendAhead } from '../pipeline.ts'

const keyOf = (id: string) => sql`hashtextextended(${id}, 0)`

const busy = (): Refused => new Refused('request-busy', fulfilmentTexts.busy, { status: 409 })

/**
 * Lets one worker at a time change the outside for a request, so that an undo never meets an apply. The lock
 * belongs to a connection: a killed worker gives it back with its life.
 *
 * @throws Refused `request-busy` when another worker is at it; the job comes again
 */
export function withOutsideLock<T>(db: Db, id: string, run: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${keyOf(id)}) as got`.execute(
      connection,
    )
    if (!rows[0]?.got) throw busy()
    try {
      return await run()
    } finally {
      await unlock(connection, id)
    }
  })
}

/** Whether the lock of {@link withOutsideLockAfter} was got: a column of the statement that reads under it. */
export const lockedColumn = sql<boolean>`current_setting('ranah.locked')::boolean`

/**
 * The same where somebody waits: the lock is taken and what the work needs is read in one exchange with the database.
 * @param read one statement with {@link lockedColumn}; it sees what the last holder of the lock left
 */
export function withOutsideLockAfter<R extends { readonly locked: boolean }, T>(
  db: Db,
  { officeId, id }: { readonly officeId: string; readonly id: string },
  read: (tx: Tx) => Promise<R>,
  run: (found: R) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    try {
      const found = await inScope(connection, { officeId }, async (tx) => {
        await sendAhead(
          tx,
          sql`select set_config('ranah.locked', pg_try_advisory_lock(${keyOf(id)})::text, true)`,
        )
        return read(tx)
      })
      if (!found.locked) throw busy()
      return await run(found)
    } finally {
      // a lock that was not got is not given back: this then does nothing
      await unlock(connection, id)
    }
  })
}

const unlock = (connection: Db, id: string) =>
  sql`select pg_advisory_unlock(${keyOf(id)})`.execute(connection)
