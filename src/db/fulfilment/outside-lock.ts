import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { Refused } from '../../domain/refused.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import type { Db, Tx } from '../database.ts'
import { inScope } from '../database.ts'
import { sendAhead } from '../pipeline.ts'
import { Places } from './places.ts'

/** Connections of one pool held for work outside: each such work needs a second one to record what it came to. */
const maxHeld = 10

const places = new WeakMap<Db, Places>()

/** Holds a connection for as long as the work takes. Whoever finds no place waits without one. */
function holding<T>(db: Db, use: (connection: Db) => Promise<T>): Promise<T> {
  const known = places.get(db) ?? new Places(maxHeld)
  places.set(db, known)
  return known.within(() => db.connection().execute(use))
}

const locking = (key: RawBuilder<string>) => sql`pg_try_advisory_lock(hashtextextended(${key}, 0))`

const busy = (): Refused => new Refused('request-busy', fulfilmentTexts.busy, { status: 409 })

/**
 * Lets one worker at a time change the outside for what the key names, so that an undo never meets an apply, nor a
 * closure a change of the same service. The lock
 * belongs to a connection: a killed worker gives it back with its life.
 *
 * @throws Refused `request-busy` when another worker is at it; the job comes again
 */
export function withOutsideLock<T>(db: Db, key: string, run: () => Promise<T>): Promise<T> {
  return holding(db, async (connection) => {
    const { rows } = await sql<{ got: boolean }>`select ${locking(sql`${key}`)} as got`.execute(connection)
    if (!rows[0]?.got) throw busy()
    try {
      return await run()
    } finally {
      await unlock(connection)
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
  { officeId, key }: { readonly officeId: string; readonly key: RawBuilder<string> },
  read: (tx: Tx) => Promise<R>,
  run: (found: R) => Promise<T>,
): Promise<T> {
  return holding(db, async (connection) => {
    let work: Promise<T> | undefined
    try {
      await inScope(connection, { officeId, plansOnce: true }, async (tx) => {
        await sendAhead(tx, sql`select set_config('ranah.locked', ${locking(key)}::text, true)`)
        const found = await read(tx)
        if (!found.locked) throw busy()
        // The lock outlives this transaction, which wrote nothing: its end need not be waited for.
        work = run(found)
        // What becomes of it is told below, once this has ended.
        work.catch(() => undefined)
      })
      return await work!
    } finally {
      await work?.catch(() => undefined)
      // a lock that was not got is not given back: this then does nothing
      await unlock(connection)
    }
  })
}

/** The connection has no other lock: whoever works outside has it for themselves. */
const unlock = (connection: Db) => sql`select pg_advisory_unlock_all()`.execute(connection)

/** The key of the service that a request makes, changes or ends; of the request itself where there is none. */
export const keyOfRequest = (requestId: string): RawBuilder<string> => sql<string>`(
  select coalesce(${prefix} || coalesce(s.fqdn, r.fqdn), r.id::text)
  from requests r left join services s on s.id = r.service_id where r.id = ${requestId}
)`

/** @returns the key of the live service to which a name of a zone belongs; of the name itself where there is none */
export async function keyAround(tx: Tx, zoneId: string, name: string): Promise<string> {
  const row = await tx
    .selectFrom('services')
    .select('fqdn')
    .where('zone_id', '=', zoneId)
    .where('status', '=', 'live')
    .where(sql<boolean>`(fqdn = ${name} or right(${name}, length(fqdn) + 1) = '.' || fqdn)`)
    .orderBy(sql`length(fqdn)`, 'desc')
    .executeTakeFirst()
  return `service ${row?.fqdn ?? name}`
}

const prefix = sql.lit('service ')
