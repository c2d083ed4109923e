import type { RawBuilder, Transaction } from 'kysely'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { DatabaseError, Pool, types } from 'pg'
import { pipelined, sendAhead } from './pipeline.ts'
import type { Tables } from './schema.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Connections in the pool; sign-in shares it. */
const maxConnections = 20
/**
 * So many stay open however long nobody needs them: a new one must sign in, and parse and plan every statement anew,
 * which takes longer than what a person waits for.
 */
const keptConnections = 4
/** A firewall between the portal and its database forgets a connection on which nothing is said. */
const keepAliveDelayMs = 60_000
const connectionTimeoutMs = 10_000

types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.DATE, String)

export type Database = {
  readonly db: Db
  readonly pool: Pool
  readonly close: () => Promise<void>
}

/**
 * Opens the pool as the application role.
 * @param url connection URL of the role ranah_app, which is neither owner nor superuser
 */
export function openDatabase(
  url: string,
  options: { max?: number; onError?: (error: Error) => void } = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? maxConnections,
    min: Math.min(options.max ?? maxConnections, keptConnections),
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelayMs,
    connectionTimeoutMillis: connectionTimeoutMs,
    application_name: 'ranah',
    pipeline: true,
  })
  const onError = options.onError ?? (() => {})
  pool.on('error', onError)
  // The pool listens only while nobody has a connection. One that breaks between two statements of a
  // transaction would end the process; its next statement fails, and that is how the loss is told.
  pool.on('connect', (client) => void client.on('error', onError))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pipelined(pool) }) })
  return { db, pool, close: () => db.destroy() }
}

/** In whose name a transaction sees rows: one office, or only the memberships of one person. */
export type Scope = {
  readonly officeId?: string
  readonly personId?: string
  /** When it happens, for what counts on a day only; the database's own time where nothing is said. */
  readonly at?: Date
  /**
   * Plans each statement once for a connection, not anew for the values of its first five runs. For acts, which find
   * rows by their keys; a list whose plan hangs on how much is asked for needs its values.
   */
  readonly plansOnce?: true
}

/**
 * Runs one transaction with the row-level scope set locally.
 * @param scope without an office only offices, sign-in tables and the person's memberships are visible
 */
export function inScope<T>(db: Db, scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute((tx) => scoped(tx, scope, run))
}

/** As {@link inScope}, and every statement sees the rows as they were at the first: for long reads in parts. */
export function inSnapshot<T>(db: Db, scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T> {
  const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return transaction.execute((tx) => scoped(tx, scope, run))
}

async function scoped<T>(tx: Tx, scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T> {
  await sendAhead(
    tx,
    sql`select set_config('ranah.office', ${scope.officeId ?? ''}, true),
               set_config('ranah.person', ${scope.personId ?? ''}, true),
               set_config('ranah.at', ${scope.at?.toISOString() ?? ''}, true)${scope.plansOnce ? planOnce : sql``}`,
  )
  return run(tx)
}

const planOnce = sql`, set_config('plan_cache_mode', 'force_generic_plan', true)`

/** @returns the value as a jsonb parameter; kysely would send an array as a PostgreSQL array. */
export function json(value: unknown): RawBuilder<unknown> {
  return sql`${JSON.stringify(value)}::jsonb`
}

/** @returns whether the error is a violation of the named unique index or constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === '23505' &&
    (constraint === undefined || error.constraint === constraint)
  )
}

/** @returns whether a text holds what PostgreSQL cannot store: a NUL, or a broken surrogate. */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '22021'
}

/** @returns whether the database refused that somebody checks what they made (code RA001 of the triggers). */
export function isSeparationViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === 'RA001'
}
