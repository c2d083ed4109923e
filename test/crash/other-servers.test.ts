/**
 * SIGKILL of the worker at every boundary of its work on other servers of an office: PowerDNS by its API, servers that
 * people work by hand, and a malware scanner. The job that comes again ends it once.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { inScope, json } from '../../src/db/database.ts'
import { planChanges, undoOf } from '../../src/domain/dns/plan.ts'
import type { ServicePlan } from '../../src/domain/fulfilment/plan.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { clamdScanner } from '../../src/drivers/malware/clamd.ts'
import { openSiteHost } from '../../src/drivers/servers.ts'
import type { NameServer } from '../../src/servers/debian/name-server.ts'
import { startPowerDns } from '../../src/servers/debian/powerdns.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { apiKey, masterFile } from '../support/debian-dns.ts'
import { testKey, testZone, zoneText } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../support/office.ts'
import { approve, layDownService, readRow, sendAndWalk, toApproval } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import type { Stage, Told } from './struck.ts'
import { layQueues, strikeBetween } from './struck.ts'

/** Zones that lie ready on PowerDNS, one for each office: more than all stories are told. */
const zones = 30
const label = 'arsip'

let world: TestWorld
let sop: SopDocument
let powerDns: NameServer
let count = 0
/** Sites that the office's people made on their web server. */
const sites = new Set<string>()
type DnsPlace = Stage['place']['dns']
let [api, byHand]: DnsPlace[] = []
/** The one that this world speaks to. */
let dns: DnsPlace
let host: NonNullable<Stage['place']['host']>
let scanner = 0
const ends: (() => unknown)[] = []
before(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-other-servers-'))
  ends.push(() => rm(directory, { recursive: true, force: true }))
  const [port, apiPort] = [await freePort(), await freePort()]
  const names = Array.from({ length: zones }, (_, no) => `lain${no + 1}kab.example`)
  powerDns = await startPowerDns({
    directory,
    port,
    api: { port: apiPort, key: apiKey },
    keys: [{ key: testKey, update: true, transfer: true }],
    zones: Object.fromEntries(names.map((name) => [name, masterFile.replaceAll(testZone, name)])),
  })
  ends.push(() => powerDns.stop('SIGKILL'))
  console.log(`note: PowerDNS ${powerDns.version}, process ${powerDns.pid}`)
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const url = `http://127.0.0.1:${apiPort}`
  api = { kind: 'powerdns', config: { url, apiKey, host: '127.0.0.1', port, nameServers } }
  byHand = { kind: 'manual', config: { nameServers } }
  dns = api
  host = {
    driver: 'manual-host',
    settings: { addresses: ['127.0.0.1'], webPort: await startWeb(), place: 'situs/' },
    secret: {},
  }
  scanner = await startScanner()
  world = await createTestWorld(() => ({
    dnsOf: () => openDnsDriver(dns.kind, dns.config),
    hostingOf: () => openSiteHost(host),
    addressesOf: () => ['127.0.0.1'],
    scanner: clamdScanner({ kind: 'tcp', host: '127.0.0.1', port: scanner }),
  }))
  ends.push(() => world.close())
  await layQueues(world)
  const document = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
  sop = { ...document, serves: [...document.serves, { id: 'subdomain-hosting', temporary: false, form: [] }] }
})
after(async () => {
  for (const end of ends.toReversed()) await end()
})

/** The web server of the office: it knows the sites that were made on it. */
async function startWeb(): Promise<number> {
  const web = createServer(({ headers }, response) => {
    const name = (headers.host ?? '').replace(/:\d+$/, '')
    response.statusCode = sites.has(name) ? 200 : 404
    response.end(`<title>${sites.has(name) ? name : 'Tidak ada'}</title>`)
  }).listen(0, '127.0.0.1')
  await once(web, 'listening')
  ends.push(() => web.close())
  return (web.address() as { port: number }).port
}

/** What speaks as clamd does and finds something in every file. */
async function startScanner(): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      if (chunk.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: Uji.Contoh FOUND\0')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  return (server.address() as { port: number }).port
}

async function newOffice(): Promise<TestOffice> {
  count += 1
  assert.ok(count <= zones, 'there are zones enough')
  return createTestOffice(world.deps, `lain${count}`, sop)
}

const liveDns = () => openDnsDriver(api!.kind, api!.config)

async function planOf(office: TestOffice): Promise<ServicePlan> {
  const scope = { officeId: office.id }
  const row = await inScope(world.deps.db, scope, (tx) =>
    tx.selectFrom('provisionings').select('plan').executeTakeFirstOrThrow(),
  )
  return row.plan as ServicePlan
}

/** A table of records that was approved, for the API of PowerDNS. */
async function changeStory(): Promise<Told> {
  const { deps } = world
  const office = await newOffice()
  const fqdn = `layanan.${office.zone}`
  const had = { name: fqdn, type: 'A', ttl: 300, values: ['192.0.2.10'] }
  await liveDns().apply(planChanges({ zone: office.zone, current: [], desired: [had] }))
  const service = await layDownService(deps, office, fqdn, [had])
  const was = await zoneText(powerDns.port, office.zone)
  const ticket = await toApproval(deps, office, service, [
    { name: '', type: 'A', ttl: 300, value: '192.0.2.11' },
    { name: 'bukti', type: 'TXT', ttl: 300, value: '"contoh"' },
  ])
  await approve(deps, office, ticket)
  const { id, visit } = await readRow(deps, office, ticket)
  const takeBack = async () => {
    await liveDns().apply(undoOf((await planOf(office)).dns!))
    assert.equal(await zoneText(powerDns.port, office.zone), was)
  }
  const job = { name: 'provision-service', data: { officeId: office.id, requestId: id, visit } } as const
  return { office, job, takeBack }
}

/** A granted site that the office's people have made by hand, name and all; the job has yet to see it. */
async function handWorkStory(): Promise<Told> {
  const { deps } = world
  const office = await newOffice()
  const fqdn = `${label}.${office.zone}`
  await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx
      .insertInto('servers')
      .values({
        id: deps.newId(),
        office_id: office.id,
        kind: 'host',
        driver: 'manual-host',
        name: 'Situs',
        settings: json(host.settings),
        secret: Buffer.alloc(1),
        is_default: true,
        created_at: deps.now(),
      })
      .execute(),
  )
  const { ticket } = await createDraft(deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  await sendAndWalk(deps, office, ticket)
  await approve(deps, office, ticket)
  const { id, visit } = await readRow(deps, office, ticket)
  await liveDns().apply((await planOf(office)).dns!)
  sites.add(fqdn)
  return {
    office,
    judge: liveDns(),
    job: { name: 'provision-service', data: { officeId: office.id, requestId: id, visit } },
  }
}

/** A letter that waits for the scanner. */
async function scanStory(): Promise<Told> {
  const deps = { ...world.deps, scansUploads: true }
  const office = await newOffice()
  const { ticket } = await createDraft(deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  const { id } = await attachDocument(deps, office.member('applicant'), ticket, {
    kind: 'application-letter',
    filename: 'surat.pdf',
    mediaType: 'application/pdf',
    content: { pages: 1, carries: [] },
    bytes: samplePdf,
  })
  return { office, job: { name: 'scan-document', data: { officeId: office.id, documentId: id } } }
}

test('a change of records on PowerDNS by its API survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, { world, place: { dns: api!, host: null } }, changeStory, 5))

test('a document that is scanned survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, { world, place: { dns: api!, host: null, scanner } }, scanStory, 3))

test('hand work that is seen survives SIGKILL at every boundary', (t) => {
  dns = byHand!
  return strikeBetween(t, { world, place: { dns, host } }, handWorkStory, 8)
})
