/** An installation of its own for one desk at a time: PostgreSQL, DNS server and site host as real processes. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { migrate } from '../../src/db/migrate.ts'
import { createQueues, openQueue } from '../../src/db/queue.ts'
import type { Role } from '../../src/domain/access/roles.ts'
import { jobNames } from '../../src/jobs/worker.ts'
import { startEmbedded } from '../../src/servers/embedded.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'
import { readJournal } from './story.ts'
import type { DeskOrder, Story } from './story.ts'

const appPassword = 'only-for-tests'
const root = fileURLToPath(new URL('../../', import.meta.url))
const deskProgram = fileURLToPath(new URL('./desk.ts', import.meta.url))
/** The longest one desk process may live, in milliseconds. */
const deskLimitMs = 430_000
const hurryEveryMs = 300

export type Plot = { readonly name: string; readonly sopFile: string; readonly plot: Story['plot'] }

/** One run of a story: what it passed, what the desk processes came to, and where its traces lie. */
export type Run = {
  readonly order: DeskOrder
  readonly ownerUrl: string
  readonly boundaries: readonly string[]
  readonly passwords: readonly string[]
  /** the boundaries at which somebody was killed */
  readonly struck: readonly string[]
  /** empty when the last desk process ended well */
  readonly trouble: string
}

export type Lane = {
  readonly run: (plot: Plot, stop: DeskOrder['stop']) => Promise<Run>
  /** forgets a run that was judged */
  readonly forget: (run: Run) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openLane(): Promise<Lane> {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-crash-'))
  const [dns, sites, sftp] = [await freePort(), await freePort(), await freePort()]
  const installation = {
    dataDirectory: join(directory, 'data'),
    ports: { dns, sites, sftp },
    tsigSecret: randomBytes(32).toString('base64'),
    siteControlSecret: randomBytes(32).toString('base64url'),
  }
  const open = () =>
    startEmbedded({ ...installation, listen: '127.0.0.1', databaseUrl: undefined, onEvent: () => undefined })
  const first = await open()
  const clusterUrl = first.ownerUrl
  first.release()
  const templates = new Map<string, Promise<Template>>()
  let runs = 0
  return {
    async run(plot, stop) {
      if (!templates.has(plot.name)) templates.set(plot.name, layDown(clusterUrl, plot))
      const template = await templates.get(plot.name)!
      const number = (runs += 1)
      const order = await prepare(clusterUrl, template, directory, number, { ...installation, stop })
      const run = await follow(order, urlOf(clusterUrl, order.database), directory)
      // A desk that came to its end right after a strike left a server dead that it would have started again.
      if (stop?.victims.some((victim) => victim !== 'desk')) (await open()).release()
      return run
    },
    async forget(run) {
      await onCluster(clusterUrl, `drop database ${run.order.database} with (force)`)
      await rm(run.order.outbox, { recursive: true, force: true })
    },
    async close() {
      await (await open()).stop()
      await destroyPostgres(installation.dataDirectory)
      await rm(directory, { recursive: true, force: true })
    },
  }
}

type Template = { readonly database: string; readonly story: Story }

/** A database with an office, its SOP and a zone that waits to be made. Every run starts from a copy. */
async function layDown(clusterUrl: string, { name, sopFile, plot }: Plot): Promise<Template> {
  const database = `template_${name}`
  await onCluster(clusterUrl, `create database ${database}`)
  const ownerUrl = urlOf(clusterUrl, database)
  const { appUrl } = await migrate({ ownerUrl, appPassword, directory: join(root, 'migrations') })
  const deps = testDeps(appUrl)
  const office = await createTestOffice(deps, name, await readSopFile(sopFile))
  await deps.database.close()
  const boss = openQueue(appUrl, () => undefined)
  await boss.start()
  await createQueues(boss, jobNames)
  await boss.send('create-zone', { officeId: office.id, zoneId: office.zoneId })
  await boss.stop({ graceful: true, timeout: 5_000 })
  await onCluster(ownerUrl, `update zones set status = 'creating'`)
  const { id, zoneId, zone, agencyId } = office
  const members = Object.fromEntries(
    roles.map((role) => [role, office.member(role)]),
  ) as Story['office']['members']
  return {
    database,
    story: { plot, sopFile, label: 'layanan', office: { id, zoneId, zone, agencyId, members } },
  }
}

const roles: readonly Role[] = [
  'applicant',
  'operator',
  'head-of-division',
  'head-of-office',
  'auditor',
  'administrator',
]

type Installation = Pick<DeskOrder, 'dataDirectory' | 'ports' | 'tsigSecret' | 'siteControlSecret' | 'stop'>

/** A copy of the template under a zone name of its own, because the servers keep what earlier runs left. */
async function prepare(
  clusterUrl: string,
  template: Template,
  directory: string,
  number: number,
  installation: Installation,
): Promise<DeskOrder> {
  const database = `run_${number}`
  const zone = `uji${number}kab.example`
  await onCluster(clusterUrl, `create database ${database} template ${template.database}`)
  await onCluster(urlOf(clusterUrl, database), `update zones set name = '${zone}'`)
  const place = join(directory, `run-${number}`)
  await mkdir(place)
  const { office } = template.story
  return {
    ...installation,
    story: { ...template.story, office: { ...office, zone } },
    database,
    appPassword,
    outbox: join(place, 'outbox'),
    sealingKey: randomBytes(32).toString('base64'),
    journal: join(place, 'journal'),
    clock: join(place, 'clock'),
  }
}

/** Lets the desk run; whenever it was killed, starts it again as it is started after any crash. */
async function follow(order: DeskOrder, ownerUrl: string, directory: string): Promise<Run> {
  const struckOf = () => readJournal(order.journal).flatMap((line) => ('struck' in line ? [line.struck] : []))
  let trouble = ''
  for (let strikes = -1; strikes < struckOf().length;) {
    strikes = struckOf().length
    trouble = await runDesk(order, ownerUrl, directory, strikes > 0)
    if (trouble === '' || !order.stop?.victims.includes('desk')) break
  }
  const all = readJournal(order.journal)
  return {
    order,
    ownerUrl,
    boundaries: [...new Set(all.flatMap((line) => ('boundary' in line ? [line.boundary] : [])))],
    passwords: all.flatMap((line) => ('password' in line ? [line.password] : [])),
    struck: struckOf(),
    trouble,
  }
}

/** @returns what went wrong; empty for a story that ended, or for a desk that was killed as ordered */
async function runDesk(
  order: DeskOrder,
  ownerUrl: string,
  directory: string,
  isAgain: boolean,
): Promise<string> {
  const over = new AbortController()
  const hurried = isAgain ? hurry(ownerUrl, new Date(), over.signal) : undefined
  const file = `${order.journal}.${randomBytes(4).toString('hex')}.json`
  await writeFile(file, JSON.stringify(order))
  const child = spawn(process.execPath, [deskProgram, file], {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)))
  const timer = setTimeout(() => child.kill('SIGKILL'), deskLimitMs)
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (...how) => resolve(how))
  })
  clearTimeout(timer)
  over.abort()
  await hurried
  if (code === 0 && said === '') return ''
  return `the desk ended with ${code ?? signal}: ${said}`
}

/**
 * A killed worker's jobs come back when its heartbeat is missed, and after a pause. Instead of waiting we set the
 * heartbeats of the dead back and end the pause; what the new desk has in hand is not touched.
 */
async function hurry(ownerUrl: string, killedAt: Date, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      while (!over.aborted) {
        await letTimePass(client, killedAt)
        await sleep(hurryEveryMs)
      }
    } catch {
      await sleep(hurryEveryMs)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function letTimePass(client: Client, killedAt: Date): Promise<void> {
  const dead = `state = 'active' and heartbeat_on < $1 and heartbeat_on > $1::timestamptz - interval '30 minutes'`
  await client.query(`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where ${dead}`, [
    killedAt,
  ])
  await client.query(
    `update pgboss.job set start_after = now() where state = 'retry' and start_after > now()`,
  )
  await client.query(
    `update pgboss.queue set monitor_claim_on = null, monitor_on = null where monitor_claim_on is not null
     and exists (select 1 from pgboss.job where state = 'active' and heartbeat_on < $1)`,
    [killedAt],
  )
}

function urlOf(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl)
  url.pathname = `/${database}`
  return url.href
}

async function onCluster(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
