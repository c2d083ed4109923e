import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cancelProvisioning } from '../../src/actions/fulfilment/cancel-provisioning.ts'
import { checkNow } from '../../src/actions/fulfilment/check-now.ts'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { uploadArchive } from '../../src/actions/services/deploy-archive.ts'
import { requestRotation } from '../../src/actions/services/rotate-credentials.ts'
import { inScope } from '../../src/db/database.ts'
import { readProvisioning } from '../../src/db/fulfilment/provisionings.ts'
import { handWorkOf } from '../../src/domain/fulfilment/hand-work.ts'
import { serverDrivers } from '../../src/domain/office/server-drivers.ts'
import { stepOf } from '../../src/domain/sop/graph.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { nameServerPlace, openSiteHost } from '../../src/drivers/servers.ts'
import { startBind } from '../../src/servers/debian/bind.ts'
import type { NameServer } from '../../src/servers/debian/name-server.ts'
import { masterFile } from '../support/debian-dns.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { nsupdate, testKey, testZone } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../support/office.ts'
import { requestsIn } from '../support/walk-request.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

/** An office whose two name servers and whose web server Ranah may only look at; the operator is this test. */

let world: TestWorld
let office: TestOffice
const binds: NameServer[] = []
const ports: number[] = []
let directory: string
/** What the web server says by the name it is asked for; `*` is its default site. */
const sites = new Map<string, string>()
let web: Server
let hostId: string
const { read, submitted, walk } = requestsIn(() => world)

before(async () => {
  world = await createTestWorld()
  office = await createTestOffice(
    world.deps,
    'katingan',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
  directory = await mkdtemp(join(tmpdir(), 'ranah-manual-'))
  for (const name of ['satu', 'dua']) {
    const port = await freePort()
    await mkdir(join(directory, name))
    const bind = await startBind({
      directory: join(directory, name),
      port,
      zones: { [office.zone]: masterFile.replaceAll(testZone, office.zone) },
      keys: [{ key: testKey, update: true, transfer: true }],
    })
    console.log(`note: BIND ${bind.version}, process ${bind.pid}`)
    binds.push(bind)
    ports.push(port)
  }
  web = createServer((request, response) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '')
    const title = sites.get(name) ?? sites.get('*')
    response.statusCode = title === undefined ? 404 : 200
    response.end(`<title>${title ?? 'Tidak ada'}</title>`)
  }).listen(0, '127.0.0.1')
  await once(web, 'listening')
  const address = web.address()
  const webPort = typeof address === 'object' && address ? address.port : 0
  await useManualServers(webPort)
})
after(async () => {
  web.close()
  for (const bind of binds) await bind.stop('SIGKILL')
  await world.close()
  await rm(directory, { recursive: true, force: true })
})

/** Connects both kinds as the form does, and opens the drivers from what was stored. */
async function useManualServers(webPort: number): Promise<void> {
  const deps = { ...world.deps, seal: (_context: string, secret: string) => Buffer.from(secret) }
  const nameServers = ports.map((port, index) => `ns${index + 1}.${office.zone} 127.0.0.1 ${port}`).join('\n')
  const dns = {
    driver: 'manual-dns',
    name: 'DNS',
    isDefault: false,
    settings: { nameServers },
    secret: {},
  } as const
  await saveServer(deps, office.member('administrator'), dns)
  const settings = { addresses: '127.0.0.1', webPort: String(webPort), place: 'cPanel, public_html' }
  const host = { driver: 'manual-host', name: 'Situs', isDefault: true, settings, secret: {} } as const
  hostId = (await saveServer(deps, office.member('administrator'), host)).id
  const opened = serverDrivers['manual-dns'].settings.parse({ nameServers })
  const place = nameServerPlace({ driver: 'manual-dns', settings: opened, secret: {} })
  const embedded = world.deps.hostingOf(null)
  Object.assign(world.deps, {
    dnsOf: () => openDnsDriver(place.kind, place.config),
    hostingOf: (server: { driver: 'manual-host'; settings: unknown } | null) =>
      server ? openSiteHost({ ...server, secret: {} }) : embedded,
  })
}

const byHand = async (index: number, line: string) =>
  assert.equal(await nsupdate(ports[index]!, office.zone, [line]), 'NOERROR')

/** Presses "check now" and works off the queue. @returns the sentence on the desk while the request waits */
async function checked(ticket: string): Promise<string | null> {
  await checkNow(world.deps, await maker(ticket), ticket)
  await world
    .drain()
    .catch((error: unknown) => assert.ok(error instanceof Error && 'reason' in error, String(error)))
  const row = await read(office, ticket)
  return row.stage === 'working' ? row.trouble!.text.id : null
}

/** Whoever holds the step on which the system works. */
async function maker(ticket: string) {
  const row = await read(office, ticket)
  const { actor } = stepOf(office.sop, row.step!)
  return office.member(office.sop.actors.find((each) => each.id === actor)!.role!)
}

const serviceOf = (fqdn: string) =>
  inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('services').selectAll().where('fqdn', '=', fqdn).executeTakeFirst(),
  )

describe('servers that people keep', () => {
  test('a request goes live when the hand work is seen from outside, and never before', async () => {
    const fqdn = `perpustakaan.${office.zone}`
    const ticket = await submitted(office, 'perpustakaan')
    await assert.rejects(walk(office, ticket), { reason: 'hand-work-waiting', status: 503 })
    const waiting = await read(office, ticket)
    assert.equal(waiting.stage, 'working')
    assert.match(
      waiting.trouble!.text.id,
      /^Menunggu pekerjaan tangan: Buat situs statis .*cPanel, public_html/,
    )

    const stored = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      readProvisioning(tx, waiting.id, waiting.visit),
    )
    const values = handWorkOf(stored!.plan).map((task) => task.values.map(({ value }) => value))
    assert.deepEqual(values[0]!.slice(0, 1), [fqdn])
    assert.deepEqual(values[1], [fqdn, 'A', '300', '127.0.0.1'])

    await assert.rejects(checkNow(world.deps, office.member('applicant'), ticket), { reason: 'wrong-actor' })
    assert.match((await checked(ticket))!, /Buat situs statis/)

    sites.set('*', 'Situs bawaan')
    assert.match((await checked(ticket))!, /Buat situs statis/, 'a default site is not the site')
    sites.delete('*')
    sites.set(fqdn, 'Perpustakaan')
    assert.match((await checked(ticket))!, /Menunggu pekerjaan tangan: .*perpustakaan\S* .*127\.0\.0\.1/)

    await byHand(0, `update add ${fqdn} 300 A 192.0.2.99`)
    assert.match((await checked(ticket))!, /Menunggu pekerjaan tangan/, 'a wrong address is not the work')
    await byHand(0, `update delete ${fqdn} A`)
    await byHand(0, `update add ${fqdn} 14400 A 127.0.0.1`)
    assert.match((await checked(ticket))!, /belum terlihat dari luar/, 'the other server does not say so yet')
    assert.equal(await serviceOf(fqdn), undefined)

    await byHand(1, `update add ${fqdn} 14400 A 127.0.0.1`)
    assert.equal(await checked(ticket), null)
    const service = await serviceOf(fqdn)
    assert.deepEqual([service?.status, service?.has_site, service?.host_id], ['live', true, hostId])
    await walk(office, ticket)
    assert.equal((await read(office, ticket)).state.ending, 'completed')
  })

  test('access is the office’s own matter: no credentials, no rotation, no upload', async () => {
    const { id } = (await serviceOf(`perpustakaan.${office.zone}`))!
    const reveals = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('credential_reveals').select('id').where('service_id', '=', id).execute(),
    )
    assert.deepEqual(reveals, [])
    const refusal = { reason: 'access-by-office', status: 409 }
    await assert.rejects(requestRotation(world.deps, office.member('applicant'), id), refusal)
    const file = { filename: 'a.zip', bytes: Buffer.from('PK') }
    await assert.rejects(uploadArchive(world.deps, office.member('applicant'), id, file), refusal)
    assert.deepEqual(world.deps.jobs, [])
  })

  test('an end waits for the records to go, and takes a machine that is off for the end of the site', async () => {
    const fqdn = `perpustakaan.${office.zone}`
    const { id } = (await serviceOf(fqdn))!
    const { label: _named, ...application } = sampleApplication('')
    const ticket = await submitted(office, '', {
      kind: 'closure',
      serviceId: id,
      application,
    })
    await assert.rejects(walk(office, ticket), { reason: 'dns-unreachable', status: 503 })
    assert.match((await checked(ticket))!, /Menunggu pekerjaan tangan: .*perpustakaan/)
    for (const index of [0, 1]) await byHand(index, `update delete ${fqdn} A`)
    assert.match((await checked(ticket))!, /Hapus situs/)
    assert.equal((await serviceOf(fqdn))!.status, 'live')
    web.close()
    web.closeAllConnections()
    assert.equal(await checked(ticket), null)
    assert.equal((await serviceOf(fqdn))!.status, 'closed')
  })

  test('work that was called off before anybody began it leaves nothing to do', async () => {
    const ticket = await submitted(office, 'dibatalkan')
    await assert.rejects(walk(office, ticket), { reason: 'hand-work-waiting' })
    await cancelProvisioning(world.deps, await maker(ticket), ticket)
    await world.drain()
    assert.equal((await read(office, ticket)).stage, 'acting')
    assert.equal(await serviceOf(`dibatalkan.${office.zone}`), undefined)
  })
})
