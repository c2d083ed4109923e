/**
 * SIGKILL of the worker at every boundary of the jobs that change records or the registry of a zone: a change of
 * records that was approved, putting a difference back, and taking a zone over. After the job came again everything is as if nothing had happened.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { confirmFinding } from '../../src/actions/zones/confirm-finding.ts'
import { proposeFinding } from '../../src/actions/zones/propose-finding.ts'
import { recordComparison } from '../../src/actions/zones/record-comparison.ts'
import { requestTakeOver } from '../../src/actions/zones/request-take-over.ts'
import { inScope } from '../../src/db/database.ts'
import { listFindings } from '../../src/db/office/zone-findings.ts'
import { createQueues, openQueue } from '../../src/db/queue.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import type { StoredEntry } from '../../src/domain/logbook/chain.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { revertFinding } from '../../src/jobs/revert-finding.ts'
import { takeOverZone } from '../../src/jobs/take-over-zone.ts'
import { jobNames } from '../../src/jobs/worker.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { approve, layDownService, readRow, toApproval } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import type { JobOrder } from './one-job.ts'

const program = fileURLToPath(new URL('./one-job.ts', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
/** How often the job comes again while the database still holds the lock of a worker that is dead. */
const returns = 100
const returnPauseMs = 100

let world: TestWorld
let sop: SopDocument
let count = 0
before(async () => {
  world = await createTestWorld()
  sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
  const boss = openQueue(world.appUrl, () => undefined)
  await boss.start()
  await createQueues(boss, jobNames)
  await boss.stop({ graceful: true })
})
after(() => world.close())

type Job = JobOrder['job']

/** An office with a zone of its own on the embedded name server. */
async function newOffice(): Promise<TestOffice> {
  count += 1
  const office = await createTestOffice(world.deps, `uji${count}`, sop)
  await world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null }).createZone({
    zone: office.zone,
    soa: {
      mname: `ns1.${office.zone}`,
      rname: `hostmaster.${office.zone}`,
      serial: 1,
      refresh: 3600,
      retry: 600,
      expire: 86_400,
      minimum: 60,
    },
    nameServers: [{ name: `ns1.${office.zone}`, addresses: ['127.0.0.1'] }],
    ttl: 300,
  })
  return office
}

/** Runs the job in a process of its own. @returns the boundaries it passed */
async function runChild(job: Job, strikeAfter: number | null): Promise<readonly string[]> {
  const file = join(world.directory, `job-${count}.json`)
  const journal = `${file}.journal`
  const { host, port, keyName, secret } = world.embedded.dns()
  const order: JobOrder = {
    appUrl: world.appUrl,
    job,
    now: world.deps.clock.now.toISOString(),
    dns: { host, port, keyName, secret },
    journal,
    strikeAfter,
  }
  await writeFile(file, JSON.stringify(order))
  const child = spawn(process.execPath, ['--import', 'tsx', program, file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (strikeAfter === null) assert.deepEqual([code, signal], [0, null])
  else assert.equal(signal, 'SIGKILL', `was not struck after ${strikeAfter} boundaries`)
  return (await readFile(journal, 'utf8')).split('\n').filter(Boolean)
}

/** The queue gives the job of a dead worker out again. */
async function comeAgain(job: Job): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    try {
      if (job.name === 'provision-service') return await provisionService(world.deps, job.data)
      if (job.name === 'revert-finding') return await revertFinding(world.deps, job.data)
      return await takeOverZone(world.deps, job.data)
    } catch (error) {
      if ((error as { reason?: string }).reason !== 'request-busy' || turn === returns) throw error
      await sleep(returnPauseMs)
    }
  }
}

type Told = { readonly office: TestOffice; readonly job: Job }

/** What is left when all is over, with the name of the office taken out. */
async function tracesOf({ office }: Told): Promise<unknown> {
  const client = new Client({ connectionString: world.ownerUrl })
  await client.connect()
  try {
    const rows = async (text: string): Promise<readonly unknown[]> =>
      (await client.query<Record<string, unknown>>(text, [office.id])).rows
    const entries = (await rows(
      'select seq::int, prev, hash, text, act, subject from logbook_entries where office_id = $1 order by seq',
    )) as (StoredEntry & { act: string })[]
    assert.ok(verifyChain(office.id, entries).ok)
    const zone = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
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
      services: await rows('select fqdn, status, records from services where office_id = $1'),
      requests: await rows('select kind, stage, step, visit, trouble from requests where office_id = $1'),
      plans: await rows('select status from provisionings where office_id = $1'),
      timeline: await rows(
        'select type, step, visit from request_events where office_id = $1 order by at, type',
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

/** A record that nobody registered, and two people who want it gone. */
async function revertStory(): Promise<Told> {
  const office = await newOffice()
  const { deps } = world
  const dns = deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
  const stray = { name: `liar.${office.zone}`, type: 'A', ttl: 300, values: ['192.0.2.66'] }
  await dns.apply(planChanges({ zone: office.zone, current: [], desired: [stray] }))
  const { name, type, ttl, values } = stray
  const finding = { kind: 'unexpected', name, type, live: { ttl, values }, registered: null } as const
  const system = { kind: 'system', officeId: office.id } as const
  const zone = { id: office.zoneId, name: office.zone }
  await recordComparison(deps, system, zone, { findings: [finding], liveSets: 4, startedAt: deps.now() })
  const [row] = await inScope(deps.db, { officeId: office.id }, (tx) =>
    listFindings(tx, { statuses: ['open'] }, { limit: 1 }),
  )
  const input = { proposal: 'revert', reason: 'Tidak tercatat.' } as const
  await proposeFinding(deps, office.member('operator'), row!.id, input)
  await confirmFinding(deps, office.member('head-of-division'), row!.id, input)
  return { office, job: { name: 'revert-finding', data: { officeId: office.id, findingId: row!.id } } }
}

/** A table of records that was approved, as one message to the name server. */
async function changeStory(): Promise<Told> {
  const office = await newOffice()
  const { deps } = world
  const fqdn = `layanan.${office.zone}`
  const had = { name: fqdn, type: 'A', ttl: 300, values: ['192.0.2.10'] }
  const alias = { name: `www.${fqdn}`, type: 'CNAME', ttl: 300, values: [`${fqdn}.`] }
  const dns = deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
  await dns.apply(planChanges({ zone: office.zone, current: [], desired: [had, alias] }))
  const service = await layDownService(deps, office, fqdn, [had, alias])
  const ticket = await toApproval(deps, office, service, [
    { name: '', type: 'A', ttl: 300, value: '192.0.2.11' },
    { name: 'bukti', type: 'TXT', ttl: 300, value: '"contoh"' },
  ])
  await approve(deps, office, ticket)
  const { id, visit } = await readRow(deps, office, ticket)
  return { office, job: { name: 'provision-service', data: { officeId: office.id, requestId: id, visit } } }
}

const sets = 2_500

/** A zone file that comes in over three statements of one transaction. */
async function takeOverStory(): Promise<Told> {
  const office = await newOffice()
  const lines = Array.from({ length: sets }, (_, no) => `n${no} A 192.0.2.${no % 250}`)
  const file = Buffer.from(`$TTL 300\n${lines.join('\n')}\n`)
  const { id } = await requestTakeOver(world.deps, office.member('administrator'), office.zone, file)
  return { office, job: { name: 'take-over-zone', data: { officeId: office.id, importId: id } } }
}

async function strikeAll(t: TestContext, tell: () => Promise<Told>, least: number): Promise<void> {
  const first = await tell()
  const boundaries = await runChild(first.job, null)
  assert.ok(boundaries.length >= least, boundaries.join('\n'))
  const undisturbed = await tracesOf(first)
  for (const [no, boundary] of boundaries.entries())
    await t.test(`${no + 1}: ${boundary}`, async () => {
      const told = await tell()
      await runChild(told.job, no)
      await comeAgain(told.job)
      assert.deepEqual(await tracesOf(told), undisturbed)
      await comeAgain(told.job)
      assert.deepEqual(await tracesOf(told), undisturbed)
    })
}

test('an approved change of records survives SIGKILL at every boundary', (t) => strikeAll(t, changeStory, 5))

test('putting a difference back survives SIGKILL at every boundary', (t) => strikeAll(t, revertStory, 9))

test('taking a zone over survives SIGKILL at every boundary, within its transaction too', (t) =>
  strikeAll(t, takeOverStory, 5))
