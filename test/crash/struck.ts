/**
 * One job in a process of its own, struck with SIGKILL at every boundary it passes, one after the other. Whatever it
 * left, the job that comes again must end as if nothing had happened.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { createQueues, openQueue } from '../../src/db/queue.ts'
import type { StoredEntry } from '../../src/domain/logbook/chain.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { DnsDriver } from '../../src/drivers/dns/driver.ts'
import { issueCertificate } from '../../src/jobs/issue-certificate.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { revertFinding } from '../../src/jobs/revert-finding.ts'
import { revokeCertificate } from '../../src/jobs/revoke-certificate.ts'
import { scanDocumentOnce } from '../../src/jobs/scan-document.ts'
import { takeOverZone } from '../../src/jobs/take-over-zone.ts'
import { jobNames } from '../../src/jobs/worker.ts'
import type { TestOffice } from '../support/office.ts'
import type { TestWorld } from '../support/world.ts'
import type { JobOrder, JobPlace } from './one-job.ts'

const program = fileURLToPath(new URL('./one-job.ts', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
/** How often the job comes again while the database still holds the lock of a worker that is dead. */
const returns = 100
const returnPauseMs = 100

type Job = JobOrder['job']
/** When the worker dies: at the boundary after so many, or some time later, in the middle of what follows. */
type Strike = { readonly after: number; readonly lateMs?: number }

/** The world of a file of tests, and the servers that its jobs speak to. */
export type Stage = { readonly world: TestWorld; readonly place: JobPlace }

type Undisturbed = { readonly traces: unknown; readonly seen: unknown }

/** An office in which one job is about to run. */
export type Told = {
  readonly office: TestOffice
  readonly job: Job
  /** Who reads the zone in the end; by default the driver of this world. */
  readonly judge?: DnsDriver
  /** What must hold while the worker is dead. */
  readonly meanwhile?: () => Promise<void>
  /** What else is to be the same in the end, the same for every office. */
  readonly look?: () => Promise<unknown>
  /** Takes back what was done, and judges that nothing is left of it. */
  readonly takeBack?: () => Promise<void>
}

/** The queues that the jobs of a process of its own are put into. */
export async function layQueues({ appUrl }: TestWorld): Promise<void> {
  const boss = openQueue(appUrl, () => undefined)
  await boss.start()
  await createQueues(boss, jobNames)
  await boss.stop({ graceful: true })
}

/** Tells the story again and again, struck at the first boundary of its job, then at its second, until its end. */
export function strikeAtEvery(
  t: TestContext,
  stage: Stage,
  tell: () => Promise<Told>,
  least: number,
): Promise<void> {
  return strikeAt(t, stage, tell, { least, isStruck: () => true })
}

/**
 * The same for servers that take their time: a boundary before a call is not struck when another boundary comes right
 * before it. Every commit and every call is a boundary, so nothing lies between the two but thoughts of the worker.
 */
export function strikeBetween(
  t: TestContext,
  stage: Stage,
  tell: () => Promise<Told>,
  least: number,
): Promise<void> {
  const isStruck = (boundary: string, no: number) => no === 0 || !boundary.startsWith('before ')
  return strikeAt(t, stage, tell, { least, isStruck })
}

async function strikeAt(
  t: TestContext,
  stage: Stage,
  tell: () => Promise<Told>,
  { least, isStruck }: { least: number; isStruck: (boundary: string, no: number) => boolean },
): Promise<void> {
  const first = await tell()
  const boundaries = await runChild(stage, first.job, null)
  assert.ok(boundaries.length >= least, boundaries.join('\n'))
  const undisturbed = { traces: await tracesOf(stage.world, first), seen: await first.look?.() }
  await first.takeBack?.()
  for (const [no, boundary] of boundaries.entries())
    if (isStruck(boundary, no))
      await t.test(`${no + 1}: ${boundary}`, () => strikeOnce(stage, tell, { after: no }, undisturbed))
}

/** The worker dies while a server works for it: some time after the boundary. */
export async function strikeWithin(
  t: TestContext,
  stage: Stage,
  tell: () => Promise<Told>,
  within: { readonly boundary: string; readonly lateMs: readonly number[] },
): Promise<void> {
  const first = await tell()
  const boundaries = await runChild(stage, first.job, null)
  const after = boundaries.indexOf(within.boundary)
  assert.ok(after >= 0, boundaries.join('\n'))
  const undisturbed = { traces: await tracesOf(stage.world, first), seen: await first.look?.() }
  await first.takeBack?.()
  for (const lateMs of within.lateMs)
    await t.test(`${lateMs} ms after "${within.boundary}"`, () =>
      strikeOnce(stage, tell, { after, lateMs }, undisturbed),
    )
}

async function strikeOnce(
  stage: Stage,
  tell: () => Promise<Told>,
  strike: Strike,
  undisturbed: Undisturbed,
): Promise<void> {
  const told = await tell()
  await runChild(stage, told.job, strike)
  await told.meanwhile?.()
  for (let turn = 0; turn < 2; turn += 1) {
    await comeAgain(stage.world, told.job)
    assert.deepEqual(await tracesOf(stage.world, told), undisturbed.traces)
  }
  assert.deepEqual(await told.look?.(), undisturbed.seen)
  await told.takeBack?.()
}

/** Runs the job in a process of its own. @returns the boundaries it passed */
async function runChild(
  { world, place }: Stage,
  job: Job,
  strike: Strike | null,
): Promise<readonly string[]> {
  const file = join(world.directory, 'job.json')
  const journal = `${file}.journal`
  const order: JobOrder = {
    appUrl: world.appUrl,
    job,
    now: world.deps.clock.now.toISOString(),
    place,
    journal,
    strikeAfter: strike?.after ?? null,
    lateMs: strike?.lateMs ?? 0,
  }
  await rm(journal, { force: true })
  await writeFile(file, JSON.stringify(order), { mode: 0o600 })
  const child = spawn(process.execPath, ['--import', 'tsx', program, file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (strike === null) assert.deepEqual([code, signal], [0, null])
  else assert.equal(signal, 'SIGKILL', `was not struck after ${strike.after} boundaries`)
  return (await readFile(journal, 'utf8')).split('\n').filter(Boolean)
}

/** The queue gives the job of a dead worker out again. */
async function comeAgain({ deps }: TestWorld, job: Job): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    try {
      if (job.name === 'issue-certificate') return await issueCertificate(deps, job.data)
      if (job.name === 'revoke-certificate') return await revokeCertificate(deps, job.data)
      if (job.name === 'provision-service') return await provisionService(deps, job.data)
      if (job.name === 'revert-finding') return await revertFinding(deps, job.data)
      if (job.name === 'scan-document') return await scanDocumentOnce(deps, job.data)
      return await takeOverZone(deps, job.data)
    } catch (error) {
      if ((error as { reason?: string }).reason !== 'request-busy' || turn === returns) throw error
      await sleep(returnPauseMs)
    }
  }
}

/** What is left when all is over, with the name of the office taken out. */
async function tracesOf(world: TestWorld, { office, judge }: Told): Promise<unknown> {
  const client = new Client({ connectionString: world.ownerUrl })
  await client.connect()
  try {
    const rows = async (text: string): Promise<readonly unknown[]> =>
      (await client.query<Record<string, unknown>>(text, [office.id])).rows
    const entries = (await rows(
      'select seq::int, prev, hash, text, act, subject from logbook_entries where office_id = $1 order by seq',
    )) as (StoredEntry & { act: string })[]
    assert.ok(verifyChain(office.id, entries).ok)
    const zone = judge ?? world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const sets = (await zone.transfer(office.zone)).filter(({ type }) => type !== 'SOA')
    const enqueued = (await rows(
      `select name from pgboss.job where data->>'officeId' = $1::text order by name`,
    )) as { name: string }[]
    const here = world.deps.jobs.filter(({ data }) => (data as { officeId?: string }).officeId === office.id)
    const traces = {
      acts: entries.map(({ act }) => act),
      findings: await rows('select name, type, status, trouble from zone_findings where office_id = $1'),
      imports: await rows('select status, total, done, added, file from zone_imports where office_id = $1'),
      records: await rows(
        'select name, type, ttl, "values" from zone_records where office_id = $1 order by name, type',
      ),
      services: await rows('select fqdn, status, has_site, records from services where office_id = $1'),
      reveals: await rows('select contact_email from credential_reveals where office_id = $1'),
      requests: await rows('select kind, stage, step, visit, trouble from requests where office_id = $1'),
      documents: await rows('select filename, scan, scan_finding from documents where office_id = $1'),
      certificates: await rows(
        `select names, status, trouble, attempts, is_exempt, chain is not null as signed
           from certificates where office_id = $1 order by created_at, replaces_id nulls first`,
      ),
      plans: await rows('select status from provisionings where office_id = $1'),
      timeline: await rows(
        'select type, step, visit from request_events where office_id = $1 order by at, type, visit, step',
      ),
      zone: sets
        .map(({ name, type, ttl, values }) => `${name} ${ttl} ${type} ${values.join(' ')}`)
        .toSorted(),
      jobs: [...enqueued, ...here].map(({ name }) => name).toSorted(),
    }
    return JSON.parse(JSON.stringify(traces).replaceAll(office.zone, 'ZONE')) as unknown
  } finally {
    await client.end()
  }
}
