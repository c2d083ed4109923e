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

function placesOf(db: Db): Places {
  const known = places.get(db) ?? new Places(maxHeld)
  places.set(db, known)
  return known
}

/** Holds a connection for as long as the work takes. Whoever finds no place waits without one. */
const holding = <T>(db: Db, use: (connection: Db) => Promise<T>): Promise<T> =>
  placesOf(db).within(() => db.connection().execute(use))

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

/** Whether the lock was got: a column of the statement that reads under it. */
export const lockedColumn = sql<boolean>`current_setting('ranah.locked')::boolean`

/** A lock, and what the work reads under it: it sees what the last holder left. */
export type UnderLock<Found> = {
  readonly officeId: string
  readonly key: RawBuilder<string>
  /** Sends one statement ahead, with {@link lockedColumn}. */
  readonly read: (tx: Tx) => Promise<() => Promise<Found & { readonly locked: boolean }>>
}

/** What was found under the lock, for whoever asks after the end of the transaction; nothing where it was not got. */
type Asked<Found> = () => Promise<Found | undefined>

/** Takes the lock and reads under it in a transaction, whose next statement carries both to the database. */
async function lockAhead<Found>(tx: Tx, { key, read }: UnderLock<Found>): Promise<Asked<Found>> {
  await sendAhead(tx, sql`select set_config('ranah.locked', ${locking(key)}::text, true)`)
  const asked = await read(tx)
  return async () => {
    const found = await asked()
    return found.locked ? found : undefined
  }
}

/**
 * The same with what the work needs, read in one exchange with the database.
 * @throws Refused `request-busy`
 */
export function withOutsideLockAfter<Found, T>(
  db: Db,
  under: UnderLock<Found>,
  run: (found: Found) => Promise<T>,
): Promise<T> {
  return holding(db, async (connection) => {
    try {
      const scope = { officeId: under.officeId, plansOnce: true } as const
      const asked = await inScope(connection, scope, (tx) => lockAhead(tx, under))
      const found = await asked()
      if (found === undefined) throw busy()
      return await run(found)
    } finally {
      // a lock that was not got is not given back: this then does nothing
      await unlock(connection)
    }
  })
}

/** Takes a lock in a transaction for work that begins with its commit; nothing is found where no place is free. */
export type TakeLock = <Found>(tx: Tx, under: UnderLock<Found>) => Promise<Asked<Found>>

/**
 * Runs a transaction, and then the work for which it took the lock: its connection, and with it the lock, stay with the
 * work to its end. So nothing has to be asked of the database between the commit and the work.
 *
 * @param transact commits on the connection, and begins the work when it has
 * @returns what was done, without waiting for the work
 */
export function committingWork<T>(
  db: Db,
  transact: (
    connection: Db,
    take: TakeLock,
  ) => Promise<{ readonly done: T; readonly work: Promise<unknown> }>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isHeld = false
    const take: TakeLock = async (tx, under) => {
      isHeld = placesOf(db).take()
      return isHeld ? lockAhead(tx, under) : async () => undefined
    }
    const committed = db.connection().execute(async (connection) => {
      try {
        const { done, work } = await transact(connection, take)
        resolve(done)
        await work
      } finally {
        if (isHeld) {
          // a connection that broke has no lock to give back, and why it broke was told
          await unlock(connection).catch(() => undefined)
          placesOf(db).giveBack()
        }
      }
    })
    // After the commit there is nobody to tell: the work tells of itself.
    committed.catch(reject)
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
