/**
 * SIGKILL of the worker at every boundary of the jobs that change records or the registry of a zone: a change of
 * records that was approved, putting a difference back, and taking a zone over. After the job came again everything is as if nothing had happened.
 */
import { after, before, test } from 'node:test'
import type { TestContext } from 'node:test'
import { confirmFinding } from '../../src/actions/zones/confirm-finding.ts'
import { proposeFinding } from '../../src/actions/zones/propose-finding.ts'
import { recordComparison } from '../../src/actions/zones/record-comparison.ts'
import { requestTakeOver } from '../../src/actions/zones/request-take-over.ts'
import { inScope } from '../../src/db/database.ts'
import { listFindings } from '../../src/db/office/zone-findings.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { approve, layDownService, readRow, toApproval } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import type { Told } from './struck.ts'
import { layQueues, strikeAtEvery } from './struck.ts'

let world: TestWorld
let sop: SopDocument
let count = 0
before(async () => {
  world = await createTestWorld()
  sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
  await layQueues(world)
})
after(() => world.close())

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

function strikeAll(t: TestContext, tell: () => Promise<Told>, least: number): Promise<void> {
  const { host, port, keyName: name, secret } = world.embedded.dns()
  const key = { name, algorithm: 'hmac-sha256', secret }
  const config = { host, port, key, nameServers: [{ name: '*', host, port }] }
  return strikeAtEvery(t, { world, place: { dns: { kind: 'embedded', config }, host: null } }, tell, least)
}

test('an approved change of records survives SIGKILL at every boundary', (t) => strikeAll(t, changeStory, 5))

test('putting a difference back survives SIGKILL at every boundary', (t) => strikeAll(t, revertStory, 9))

test('taking a zone over survives SIGKILL at every boundary, within its transaction too', (t) =>
  strikeAll(t, takeOverStory, 5))
