import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client, escapeIdentifier } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import * as z from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)

const tableDump = z.strictObject({
  schema: z.enum(['public', 'pgboss']),
  table: identifier,
  columns: z.array(identifier).min(1),
  rows: z.int().min(0),
})

/** What the dump of a database consists of, beside one file of rows per table. */
export const databaseDump = z.strictObject({
  serverVersion: z.string(),
  migrations: z.array(z.strictObject({ number: z.int().min(1), file: z.string(), sha256 })),
  /** version of the queue's tables; null when there were none yet */
  queueVersion: z.int().nullable(),
  tables: z.array(tableDump),
  sequences: z.array(
    z.strictObject({ schema: identifier, name: identifier, last: z.string().regex(/^-?\d+$/) }),
  ),
  /** each office's logbook as the snapshot saw it */
  offices: z.array(
    z.strictObject({ id: z.uuid(), slug: z.string(), name: z.string(), entries: z.int(), head: sha256 }),
  ),
})
export type DatabaseDump = z.infer<typeof databaseDump>
export type TableDump = z.infer<typeof tableDump>

/** The queue's tables that hold work; the others hold statistics and warnings. */
const queueTables = ['queue', 'schedule', 'subscription', 'job_common', 'job_dependency']
const connectTimeoutMs = 10_000

/** File of the rows of a table within the directory of a dump. */
export const rowsFile = ({ schema, table }: Pick<TableDump, 'schema' | 'table'>): string =>
  `${schema}.${table}.copy`

/** @returns the table's name as SQL */
export const sqlName = ({ schema, table }: Pick<TableDump, 'schema' | 'table'>): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`

/**
 * Writes every row of a database to files in PostgreSQL's COPY text format, all of them from one snapshot, while
 * others go on working.
 * @param ownerUrl connects as the owner of the tables, whom row-level security does not bind
 * @param directory created; gets one file per table
 */
export async function dumpDatabase(ownerUrl: string, directory: string): Promise<DatabaseDump> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read, read only')
    await client.query(`set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
      set local extra_float_digits = 3; set local client_encoding = 'UTF8'`)
    const tables: TableDump[] = []
    for (const table of await listTables(client)) tables.push(await dumpTable(client, directory, table))
    const facts = await readFacts(client, tables)
    await client.query('commit')
    return { ...facts, tables }
  } finally {
    await client.end()
  }
}

async function listTables(client: Client): Promise<readonly Omit<TableDump, 'rows'>[]> {
  const { rows } = await client.query<Omit<TableDump, 'rows'>>(
    `select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r'
        and (n.nspname = 'public' and c.relname <> 'schema_migration' or n.nspname = 'pgboss' and c.relname = any($1))
      group by 1, 2 order by 1, 2`,
    [queueTables],
  )
  return rows
}

async function dumpTable(
  client: Client,
  directory: string,
  table: Omit<TableDump, 'rows'>,
): Promise<TableDump> {
  const columns = table.columns.map(escapeIdentifier).join(', ')
  const rows = client.query(copyTo(`copy ${sqlName(table)} (${columns}) to stdout`))
  await pipeline(rows, createWriteStream(join(directory, rowsFile(table)), { mode: 0o600 }))
  return { ...table, rows: rows.rowCount }
}

/** Sequences stand outside of snapshots: read after the rows, none of them lies behind. */
async function readFacts(
  client: Client,
  tables: readonly TableDump[],
): Promise<Omit<DatabaseDump, 'tables'>> {
  const server = await client.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  )
  const migrations = await client.query<DatabaseDump['migrations'][number]>(
    'select number, file, sha256 from schema_migration order by number',
  )
  const sequences = await client.query<DatabaseDump['sequences'][number]>(
    `select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
      where schemaname in ('public', 'pgboss') and last_value is not null order by 1, 2`,
  )
  const offices = await client.query<DatabaseDump['offices'][number]>(
    `select o.id, o.slug, o.name, h.seq::int as entries, h.hash as head
       from offices o join logbook_heads h on h.office_id = o.id order by o.slug`,
  )
  const hasQueue = tables.some((each) => each.schema === 'pgboss')
  return {
    serverVersion: server.rows[0]!.version,
    migrations: migrations.rows,
    queueVersion: hasQueue ? await queueVersionOf(client) : null,
    sequences: sequences.rows,
    offices: offices.rows,
  }
}

/** @returns the version of the queue's tables */
export async function queueVersionOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>('select version from pgboss.version')
  return rows[0]!.version
}
