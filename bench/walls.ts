import { readFileSync } from 'node:fs'
import { asOwner } from '../test/support/app.ts'
import type { TestDatabase } from '../test/support/database.ts'
import type { Row } from './report.ts'
import { median } from './report.ts'
import { openPages, type Pages } from './requests.ts'

/** Pages that one side answers before it is the other's turn, and how many turns. */
const pagesInTurn = 30
const turns = 11
/** Until every connection has prepared what it sends. */
const before = 60

type Cost = { readonly portal: number; readonly database: number }
type Side = { readonly pages: Pages; readonly path: string }

/**
 * The same pages with and without the walls in the database: row-level security of every table and the triggers that keep
 * maker and checker apart. Both portals are alike but for that. What counts is processor time, of PostgreSQL and of the
 * portal, which other work on the machine changes little.
 */
export async function walls(): Promise<readonly Row[]> {
  const walled = await openPages()
  const open = await openPages()
  try {
    await withoutWalls(open.portal.database)
    const rows: Row[] = []
    for (const [index, [name, path]] of walled.paths.entries())
      rows.push(await compare(name, { pages: walled, path }, { pages: open, path: open.paths[index]![1] }))
    return rows
  } finally {
    await Promise.all([walled.close(), open.close()])
  }
}

async function compare(name: string, walled: Side, open: Side): Promise<Row> {
  for (const { pages, path } of [walled, open]) for (let n = 0; n < before; n++) await pages.ask(path)
  const found: { walled: Cost; open: Cost }[] = []
  for (let turn = 0; turn < turns; turn++) {
    // the first of two has the colder caches
    const opensFirst = turn % 2 === 1
    const first = opensFirst ? await costOf(open) : undefined
    const own = await costOf(walled)
    found.push({ walled: own, open: first ?? (await costOf(open)) })
  }
  const said = (side: 'walled' | 'open'): string =>
    `${median(found.map((each) => each[side].database)).toFixed(2)} + ${median(found.map((each) => each[side].portal)).toFixed(2)} ms`
  return {
    name: `${name}, with and without row-level security and separation: processor time of PostgreSQL + portal`,
    ours: said('walled'),
    baseline: said('open'),
    ratio: median(found.map((each) => sum(each.open) / sum(each.walled))),
    target: 0.9,
  }
}

const sum = ({ portal, database }: Cost): number => portal + database

/** Processor time of one page, in milliseconds. */
async function costOf({ pages, path }: Side): Promise<Cost> {
  const servers = await serversOf(pages.portal.database)
  const atFirst = spent(servers)
  const own = process.cpuUsage()
  for (let n = 0; n < pagesInTurn; n++) await pages.ask(path)
  const { user, system } = process.cpuUsage(own)
  return { database: (spent(servers) - atFirst) / pagesInTurn, portal: (user + system) / 1_000 / pagesInTurn }
}

async function serversOf(database: TestDatabase): Promise<readonly number[]> {
  const rows = await asOwner(
    database,
    `select pid from pg_stat_activity
     where datname = current_database() and usename <> current_user and backend_type = 'client backend'`,
  )
  return rows.map(({ pid }) => Number(pid))
}

/** Milliseconds that these processes had a processor, as Linux counts them (nanoseconds). */
const spent = (processes: readonly number[]): number =>
  processes.reduce(
    (total, id) => total + Number(readFileSync(`/proc/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    0,
  )

async function withoutWalls(database: TestDatabase): Promise<void> {
  await asOwner(
    database,
    `do $$ declare t record; begin
       for t in select oid::regclass as name from pg_class
                where relkind = 'r' and relnamespace = 'public'::regnamespace loop
         execute format('alter table %s disable row level security', t.name);
         execute format('alter table %s disable trigger user', t.name);
       end loop;
     end $$`,
  )
}
