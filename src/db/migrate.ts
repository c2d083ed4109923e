import { Client, escapeIdentifier } from 'pg'
import { Refused, type Text } from '../domain/refused.ts'
import * as say from '../domain/text/database.ts'
import { appUrlOf, ensureAppRole } from './app-role.ts'
import { type Migration, readMigrations } from './migration-files.ts'

export type MigrateOptions = {
  /** connects as the owner of the tables; a superuser or a role with CREATEROLE creates `ranah_app` itself */
  readonly ownerUrl: string
  /** password of `ranah_app`, generated and kept by the caller */
  readonly appPassword: string
  /** holds NNNN-name.sql */
  readonly directory: string
  /** number of the last file to run; all when left out. For a restore, which fills in rows of that version. */
  readonly upTo?: number
}

export type Migrated = {
  /** connects as `ranah_app` */
  readonly appUrl: string
  /** files run now, in order */
  readonly applied: readonly string[]
}

/** any number of 63 bits, the same in every version of Ranah */
const migrationLock = '5930114266091342'
const lockTimeoutMs = 120_000
const connectTimeoutMs = 10_000
const oldestVersion = 150_000

/**
 * Brings a database to this version: creates the role `ranah_app`, then runs the missing files, each in its
 * own transaction. Two processes at once take turns. History that was changed, and a database of a newer
 * version, are refused before anything happens.
 * @throws Refused with a sentence for the operator, with the SQL to run where rights are missing
 */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const migrations = (await readMigrations(options.directory)).slice(0, options.upTo)
  const owner = await connectOwner(options.ownerUrl)
  try {
    await refuseUnfit(owner)
    await owner.query(`set lock_timeout = ${lockTimeoutMs}`)
    await owner.query(`select pg_advisory_lock(${migrationLock})`)
    await ensureAppRole(owner, options.ownerUrl, options.appPassword)
    const applied = await runMissing(owner, migrations)
    return { appUrl: appUrlOf(options.ownerUrl, options.appPassword), applied }
  } finally {
    await owner.end()
  }
}

function refuse(reason: string, text: Text, cause?: unknown): never {
  throw new Refused(reason, text, { status: 503, cause })
}

async function connectOwner(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: connectTimeoutMs })
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end()
    const reason = error instanceof Error ? error.message || error.name : String(error)
    return refuse(
      'database-unreachable',
      say.databaseUnreachable(new URL(connectionString).host, reason),
      error,
    )
  }
}

async function refuseUnfit(owner: Client): Promise<void> {
  const { rows } = await owner.query<{
    number: number
    version: string
    user: string
    database: string
    mayCreate: boolean
  }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
            current_user as user, current_database() as database,
            has_database_privilege(current_database(), 'CREATE')
              and has_schema_privilege('public', 'CREATE') as "mayCreate"`,
  )
  const { number, version, user, database, mayCreate } = rows[0]!
  if (number < oldestVersion) refuse('database-too-old', say.databaseTooOld(version))
  if (mayCreate) return
  const sql = `ALTER DATABASE ${escapeIdentifier(database)} OWNER TO ${escapeIdentifier(user)};`
  refuse('owner-may-not-create', say.ownerMayNotCreate(user, database, sql))
}

async function runMissing(owner: Client, migrations: readonly Migration[]): Promise<readonly string[]> {
  await owner.query(
    `create table if not exists schema_migration (
       number integer primary key,
       file text not null,
       sha256 text not null,
       applied_at timestamptz not null default now()
     )`,
  )
  const { rows } = await owner.query<{ number: number; file: string; sha256: string }>(
    'select number, file, sha256 from schema_migration order by number',
  )
  const known = migrations.length
  for (const row of rows) {
    if (row.number > known) refuse('database-is-newer', say.databaseIsNewer(rows.at(-1)!.number, known))
    if (migrations[row.number - 1]!.sha256 !== row.sha256) {
      refuse('migration-changed', say.migrationChanged(row.file))
    }
  }
  const missing = migrations.slice(rows.length)
  for (const migration of missing) await runOne(owner, migration)
  return missing.map((migration) => migration.file)
}

async function runOne(owner: Client, { number, file, sha256, sql }: Migration): Promise<void> {
  await owner.query('begin')
  try {
    await owner.query(sql)
    await owner.query('insert into schema_migration (number, file, sha256) values ($1, $2, $3)', [
      number,
      file,
      sha256,
    ])
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    refuse('migration-failed', say.migrationFailed(file, error instanceof Error ? error.message : ''), error)
  }
}
