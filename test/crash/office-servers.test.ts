/**
 * SIGKILL of the worker at every boundary of its work on servers of an office: names on BIND, sites on a Debian host
 * through its helper. The job that comes again ends it once, nothing is doubled, and undo leaves zone and host as they
 * were to the last octet.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { cancelProvisioning } from '../../src/actions/fulfilment/cancel-provisioning.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { inScope, json } from '../../src/db/database.ts'
import { readProvisioning } from '../../src/db/fulfilment/provisionings.ts'
import { planChanges, undoOf } from '../../src/domain/dns/plan.ts'
import type { ServicePlan } from '../../src/domain/fulfilment/plan.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import type { HostingDriver } from '../../src/drivers/hosting/driver.ts'
import { startBind } from '../../src/servers/debian/bind.ts'
import type { NameServer } from '../../src/servers/debian/name-server.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { digestOf } from '../site-helper/kill-sweep.ts'
import { masterFile } from '../support/debian-dns.ts'
import type { SiteHostFixture } from '../support/debian-host.ts'
import { preparedHost } from '../support/debian-host.ts'
import { testKey, testZone, zoneText } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../support/office.ts'
import { approve, layDownService, readRow, sendAndWalk, toApproval } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import type { Stage, Told } from './struck.ts'
import { layQueues, strikeBetween, strikeWithin } from './struck.ts'

/** Zones that lie ready on BIND, one for each office: more than all stories are told. */
const zones = 80

let world: TestWorld
let sop: SopDocument
let bind: NameServer
let fixture: SiteHostFixture & { readonly driver: HostingDriver }
let stage: Stage
let count = 0
const ends: (() => unknown)[] = []
before(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-office-servers-'))
  ends.push(() => rm(directory, { recursive: true, force: true }))
  const port = await freePort()
  const names = Array.from({ length: zones }, (_, no) => `uji${no + 1}kab.example`)
  bind = await startBind({
    directory,
    port,
    keys: [{ key: testKey, update: true, transfer: true }],
    zones: Object.fromEntries(names.map((name) => [name, masterFile.replaceAll(testZone, name)])),
  })
  ends.push(() => bind.stop('SIGKILL'))
  console.log(`note: BIND ${bind.version}, process ${bind.pid}`)
  fixture = await preparedHost({ after: (end) => ends.push(end) }, ['sshd', 'nginx'])
  const config = {
    host: '127.0.0.1',
    port,
    key: testKey,
    nameServers: [{ name: '*', host: '127.0.0.1', port }],
  }
  const { driver, ranah, settings } = fixture
  world = await createTestWorld(() => ({
    dnsOf: () => openDnsDriver('rfc2136', config),
    hostingOf: () => driver,
    addressesOf: () => [settings.host],
  }))
  ends.push(() => world.close())
  const host = {
    driver: 'linux-host' as const,
    settings: { ...settings, addresses: [settings.host] },
    secret: { privateKey: ranah.privateKey },
  }
  stage = { world, place: { dns: { kind: 'rfc2136', config }, host } }
  await layQueues(world)
  const served = (id: string) => ({ id, temporary: false, form: [] })
  const document = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
  sop = { ...document, serves: [...document.serves, served('subdomain-hosting'), served('closure')] }
  // A first site, so that the folders every host gets with its first one are there.
  const first = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  await driver.apply(await driver.plan({ fqdn: 'awal.contohkab.go.id', site: first, token: 'awal' }))
})
after(async () => {
  for (const end of ends.toReversed()) await end()
})

/** An office with a zone of its own on BIND and the Debian host as its own. */
async function newOffice(): Promise<TestOffice> {
  count += 1
  assert.ok(count <= zones, 'there are zones enough')
  const { deps } = world
  const office = await createTestOffice(deps, `uji${count}`, sop)
  await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx
      .insertInto('servers')
      .values({
        id: deps.newId(),
        office_id: office.id,
        kind: 'host',
        driver: 'linux-host',
        name: 'Situs',
        settings: json(stage.place.host!.settings),
        secret: Buffer.alloc(1),
        is_default: true,
        created_at: deps.now(),
      })
      .execute(),
  )
  return office
}

const dnsOf = (office: TestOffice) => world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })

/** Everything the office's servers hold, to the last octet but for the serial of the zone. */
const stateOf = async (office: TestOffice): Promise<string> =>
  `${await zoneText(bind.port, office.zone)}\n${await digestOf(fixture.host)}`

async function jobOf(office: TestOffice, ticket: string): Promise<Told['job']> {
  const { id, visit } = await readRow(world.deps, office, ticket)
  return { name: 'provision-service', data: { officeId: office.id, requestId: id, visit } }
}

async function planOf({ office, job }: Pick<Told, 'office' | 'job'>): Promise<ServicePlan> {
  assert.ok(job.name === 'provision-service')
  const { requestId, visit } = job.data
  const found = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
    readProvisioning(tx, requestId, visit),
  )
  return found!.plan
}

/** Takes back what the stored plan did. */
async function undo(told: Pick<Told, 'office' | 'job'>): Promise<void> {
  const plan = await planOf(told)
  if (plan.dns) await dnsOf(told.office).apply(undoOf(plan.dns))
  if (plan.hosting) await fixture.driver.undo(plan.hosting)
}

/** Undo leaves the servers as they were. */
const undone = (told: Pick<Told, 'office' | 'job'>, was: string) => async (): Promise<void> => {
  await undo(told)
  assert.equal(await stateOf(told.office), was)
}

const accounts = async (): Promise<number> =>
  (await fixture.host.run(['/usr/bin/getent', 'passwd'])).stdout
    .split('\n')
    .filter((line) => line.includes(':/www:')).length

/** What a visitor sees of a site, and how many accounts the host has more than before. */
async function lookAt(fqdn: string, before: number): Promise<unknown> {
  const probed = await fixture.driver.probe(fqdn)
  const seen = await fixture.driver.inspect(fqdn)
  return {
    status: probed.kind === 'seen' && probed.status,
    site: seen.kind === 'present' && [seen.site.kind, seen.site.live.origin, seen.site.keptVersions],
    accounts: (await accounts()) - before,
  }
}

const label = 'arsip'

async function newSite(office: TestOffice): Promise<string> {
  const { ticket } = await createDraft(world.deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  await sendAndWalk(world.deps, office, ticket)
  return ticket
}

/** A granted name with a site, whose plan the job makes itself. */
async function provisionStory(): Promise<Told> {
  const office = await newOffice()
  const [was, before] = [await stateOf(office), await accounts()]
  const ticket = await newSite(office)
  const { step, visit } = await readRow(world.deps, office, ticket)
  await completeStep(world.deps, office.member('operator'), ticket, {
    step: step!,
    visit,
    form: { confirmed: true },
  })
  const told = { office, job: await jobOf(office, ticket) }
  return { ...told, look: () => lookAt(`${label}.${office.zone}`, before), takeBack: undone(told, was) }
}

/** A provisioning that made everything and did not come to its end, called off by the operator. */
async function calledOffStory(): Promise<Told> {
  const office = await newOffice()
  const was = await stateOf(office)
  const ticket = await newSite(office)
  await approve(world.deps, office, ticket)
  const told = { office, job: await jobOf(office, ticket) }
  const plan = await planOf(told)
  await fixture.driver.apply(plan.hosting!)
  await dnsOf(office).apply(plan.dns!)
  await cancelProvisioning(world.deps, office.member('operator'), ticket)
  return { ...told, look: async () => (await stateOf(office)) === was }
}

/** A service with a name and a site that is closed. */
async function closureStory(): Promise<Told> {
  const office = await newOffice()
  const fqdn = `${label}.${office.zone}`
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  await fixture.driver.apply(await fixture.driver.plan({ fqdn, site, token: `lama-${count}` }))
  const had = { name: fqdn, type: 'A', ttl: 300, values: [fixture.settings.host] }
  await dnsOf(office).apply(planChanges({ zone: office.zone, current: [], desired: [had] }))
  const service = await layDownService(world.deps, office, fqdn, [had])
  await inScope(world.deps.db, { officeId: office.id }, async (tx) => {
    const host = await tx.selectFrom('servers').select('id').executeTakeFirstOrThrow()
    await tx
      .updateTable('services')
      .set({ has_site: true, host_id: host.id })
      .where('id', '=', service)
      .execute()
  })
  const [was, before] = [await stateOf(office), await accounts()]
  const ticket = await toApproval(world.deps, office, service, undefined, 'closure')
  await approve(world.deps, office, ticket)
  const told = { office, job: await jobOf(office, ticket) }
  return { ...told, look: () => lookAt(fqdn, before), takeBack: undone(told, was) }
}

/** A table of records that was approved, as one message to BIND. */
async function changeStory(): Promise<Told> {
  const office = await newOffice()
  const fqdn = `layanan.${office.zone}`
  const had = { name: fqdn, type: 'A', ttl: 300, values: ['192.0.2.10'] }
  const alias = { name: `www.${fqdn}`, type: 'CNAME', ttl: 300, values: [`${fqdn}.`] }
  await dnsOf(office).apply(planChanges({ zone: office.zone, current: [], desired: [had, alias] }))
  const service = await layDownService(world.deps, office, fqdn, [had, alias])
  const was = await stateOf(office)
  const ticket = await toApproval(world.deps, office, service, [
    { name: '', type: 'A', ttl: 300, value: '192.0.2.11' },
    { name: 'bukti', type: 'TXT', ttl: 300, value: '"contoh"' },
  ])
  await approve(world.deps, office, ticket)
  const told = { office, job: await jobOf(office, ticket) }
  return { ...told, takeBack: undone(told, was) }
}

test('a name on BIND with a site on a Debian host survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, stage, provisionStory, 12))

test('killed while the helper works on the host, the job that comes again ends it once', (t) =>
  strikeWithin(t, stage, provisionStory, { boundary: 'before hosting.apply #1', lateMs: [15, 50, 100] }))

test('calling off a site on a Debian host survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, stage, calledOffStory, 5))

test('closing a service on BIND and a Debian host survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, stage, closureStory, 7))

test('a change of records on BIND survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, stage, changeStory, 5))
