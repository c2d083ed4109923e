import { Client } from 'pg'

/** What an operator asks first about a database. */
export type Overview = {
  readonly offices: readonly {
    readonly slug: string
    readonly name: string
    readonly openRequests: number
    readonly entries: number
    /** hash of the last entry of the office's logbook */
    readonly head: string
  }[]
  /** jobs that are not done, by their state as the queue names it */
  readonly queue: Readonly<Record<string, number>>
  /** last migration file */
  readonly schema: string | null
}

const connectTimeoutMs = 5_000
const statementTimeoutMs = 10_000

/** @param ownerUrl connects as the owner, who sees every office */
export async function readOverview(ownerUrl: string): Promise<Overview> {
  const client = new Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
  })
  await client.connect()
  try {
    if (!(await exists(client, 'public.logbook_heads'))) return { offices: [], queue: {}, schema: null }
    const offices = await client.query<Overview['offices'][number]>(
      `select o.slug, o.name, h.seq::int as entries, h.hash as head,
              (select count(*)::int from requests r where r.office_id = o.id and r.phase = 'running')
                as "openRequests"
         from offices o join logbook_heads h on h.office_id = o.id order by o.slug`,
    )
    const schema = await client.query<{ file: string }>(
      'select file from schema_migration order by number desc limit 1',
    )
    return { offices: offices.rows, queue: await queueOf(client), schema: schema.rows[0]?.file ?? null }
  } finally {
    await client.end()
  }
}

async function exists(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    table,
  ])
  return rows[0]!.found
}

async function queueOf(client: Client): Promise<Record<string, number>> {
  if (!(await exists(client, 'pgboss.job'))) return {}
  const { rows } = await client.query<{ state: string; jobs: number }>(
    `select state::text as state, count(*)::int as jobs from pgboss.job
      where state in ('created', 'retry', 'active', 'failed') group by state order by state`,
  )
  return Object.fromEntries(rows.map(({ state, jobs }) => [state, jobs]))
}
