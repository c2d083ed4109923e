import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client, escapeIdentifier } from 'pg'
import { getConstructionPlans } from 'pg-boss'
import { from as copyFrom } from 'pg-copy-streams'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { migrate } from '../migrate.ts'
import { readMigrations } from '../migration-files.ts'
import type { DatabaseDump, TableDump } from './dump.ts'
import { queueVersionOf, rowsFile, sqlName } from './dump.ts'

export type LoadOptions = {
  readonly ownerUrl: string
  readonly appPassword: string
  /** holds NNNN-name.sql of this version of the program */
  readonly migrations: string
  /** the files that `dumpDatabase` wrote */
  readonly rows: string
  readonly dump: DatabaseDump
}

const connectTimeoutMs = 10_000

/**
 * Whether this version of the program can take a dump in: it must know every migration that made it.
 * @throws Refused `backup-of-another-version`
 */
export async function requireKnownVersion(dump: DatabaseDump, directory: string): Promise<void> {
  const known = await readMigrations(directory)
  const stranger = dump.migrations.find(({ number, sha256 }) => known[number - 1]?.sha256 !== sha256)
  if (stranger) throw new Refused('backup-of-another-version', say.otherVersion(stranger.file))
}

/** @throws Refused `database-not-empty` when somebody's tables are in the database */
export async function requireEmptyDatabase(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1 limit 1`,
    )
    if (rows[0]) throw new Refused('database-not-empty', say.databaseNotEmpty(rows[0].name), { status: 409 })
  })
}

/** Takes away what an interrupted `loadDatabase` left. Only for a database that was empty before it. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('drop schema if exists pgboss cascade')
    const { rows } = await client.query<{ sql: string }>(
      `select format('drop table if exists %I.%I cascade', schemaname, tablename) as sql
         from pg_tables where schemaname = 'public'
       union all
       select format('drop function if exists %s cascade', p.oid::regprocedure)
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and pg_has_role(p.proowner, 'USAGE')`,
    )
    for (const { sql } of rows) await client.query(sql)
  })
}

/**
 * Fills an empty database: tables by the migrations that the dump knows, the queue's tables, then all rows in one
 * transaction with every constraint in force. Later migrations are left to the next start.
 * @returns the URL of the application's own connection
 */
export async function loadDatabase(options: LoadOptions): Promise<string> {
  const { ownerUrl, appPassword, migrations: directory, dump } = options
  const { appUrl } = await migrate({ ownerUrl, appPassword, directory, upTo: dump.migrations.length })
  if (dump.queueVersion !== null) await makeQueueTables(appUrl, dump.queueVersion)
  await withClient(ownerUrl, async (client) => {
    await client.query(`begin; set local client_encoding = 'UTF8'; set local datestyle = 'ISO'`)
    const tables = await inOrderOfReference(client, dump.tables)
    await client.query(`truncate ${tables.map(sqlName).join(', ')}`)
    for (const table of tables) await loadTable(client, options.rows, table)
    for (const { schema, name, last } of dump.sequences) {
      const sequence = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
      await client.query('select setval($1::regclass, $2::bigint, true)', [sequence, last])
    }
    await client.query('commit')
  })
  return appUrl
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function makeQueueTables(appUrl: string, wanted: number): Promise<void> {
  await withClient(appUrl, async (client) => {
    await client.query(getConstructionPlans('pgboss', { createSchema: false }))
    const found = await queueVersionOf(client)
    if (found !== wanted) throw new Refused('backup-of-another-version', say.otherQueue(wanted, found))
  })
}

async function loadTable(client: Client, directory: string, table: TableDump): Promise<void> {
  const columns = table.columns.map(escapeIdentifier).join(', ')
  const sink = client.query(copyFrom(`copy ${sqlName(table)} (${columns}) from stdin`))
  await pipeline(createReadStream(join(directory, rowsFile(table))), sink)
  if (sink.rowCount !== table.rows)
    throw new Error(`${sqlName(table)}: ${sink.rowCount} rows instead of ${table.rows}`)
}

/** A table comes after those that it refers to, so that no constraint needs to be switched off. */
async function inOrderOfReference(
  client: Client,
  tables: readonly TableDump[],
): Promise<readonly TableDump[]> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to
       from pg_constraint where contype = 'f' and conrelid <> confrelid and conparentid = 0`,
  )
  const nameOf = ({ schema, table }: TableDump): string =>
    schema === 'public' ? table : `${schema}.${table}`
  const ordered: TableDump[] = []
  let rest = [...tables]
  while (rest.length > 0) {
    const waiting = new Set(rest.map(nameOf))
    const isFree = (table: TableDump): boolean =>
      !rows.some((each) => each.from === nameOf(table) && waiting.has(each.to))
    const free = rest.filter(isFree)
    if (free.length === 0) throw new Error(`tables refer to each other: ${[...waiting].join(', ')}`)
    ordered.push(...free)
    rest = rest.filter((table) => !free.includes(table))
  }
  return ordered
}
