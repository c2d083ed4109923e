import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { inScope } from '../../src/db/database.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import type { DnsDriver } from '../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { apiKey, masterFile, openDebianDns } from '../support/debian-dns.ts'
import { testKey, testZone, zoneText } from '../support/dns-server.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { approve, layDownService, readRow, toApproval } from '../support/records.ts'
import { smallDisk } from '../support/small-disk.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

/** What the desk reads while the disk of the office's name server is full, and that the request ends by itself afterwards. */

const MEBIBYTE = 1024 * 1024

let world: TestWorld
let sop: SopDocument
/** Of the office whose request runs. */
let driver: DnsDriver
before(async () => {
  world = await createTestWorld(() => ({ dnsOf: () => driver }))
  sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
})
after(() => world.close())

/** A server on a disk of its own that can be full. */
async function serverFor(t: TestContext, kind: 'BIND' | 'Knot' | 'PowerDNS', zone: string, byApi: boolean) {
  const disk = await smallDisk(t, 200 * MEBIBYTE)
  const directory = join(disk.path, 'data')
  await mkdir(directory)
  const [port, apiPort] = [await freePort(), await freePort()]
  const settings = {
    directory,
    port,
    api: byApi ? { port: apiPort, key: apiKey } : undefined,
    keys: [{ key: testKey, update: true, transfer: true }],
    zones: { [zone]: masterFile.replaceAll(testZone, zone) },
  }
  let server = await openDebianDns(kind, settings)
  t.after(() => server.stop('SIGKILL'))
  console.log(`note: ${kind} ${server.version}, process ${server.pid}`)
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const at = { host: '127.0.0.1', port, nameServers }
  driver = byApi
    ? openDnsDriver('powerdns', { ...at, url: `http://127.0.0.1:${apiPort}`, apiKey })
    : openDnsDriver('rfc2136', { ...at, key: testKey })
  /** The operator of the server starts it again. */
  const startAgain = async (): Promise<void> => {
    await server.stop('SIGKILL')
    server = await openDebianDns(kind, settings)
  }
  return { disk, port, startAgain }
}

const failing = /menjawab bahwa ia gagal \((SERVFAIL|HTTP 500)\).*ruang diska/
/** Knot may be ended by the kernel, and PowerDNS may hang up. */
const failingOrSilent = new RegExp(`${failing.source}|tidak menjawab.*ruang diska`)
const subjects = [
  { name: 'BIND', kind: 'BIND', byApi: false, says: failing },
  { name: 'Knot', kind: 'Knot', byApi: false, says: failingOrSilent },
  { name: 'PowerDNS', kind: 'PowerDNS', byApi: false, says: failingOrSilent },
  { name: 'PowerDNS by its API', kind: 'PowerDNS', byApi: true, says: failing },
] as const

for (const [no, { name, kind, byApi, says }] of subjects.entries())
  test(`${name} on a full disk: the desk has a sentence, and the request ends by itself when there is room`, async (t) => {
    const { deps } = world
    const office = await createTestOffice(deps, `penuh${no}`, sop)
    const { disk, port, startAgain } = await serverFor(t, kind, office.zone, byApi)
    const fqdn = `layanan.${office.zone}`
    const had = { name: fqdn, type: 'A', ttl: 300, values: ['192.0.2.10'] }
    await driver.apply(planChanges({ zone: office.zone, current: [], desired: [had] }))
    const service = await layDownService(deps, office, fqdn, [had])
    const text = `"${'x'.repeat(250)}"`
    // more than what is left of a block
    const rows = Array.from({ length: 40 }, (_, row) => ({
      name: `isi${row}`,
      type: 'TXT',
      ttl: 300,
      value: text,
    }))
    const ticket = await toApproval(deps, office, service, [
      { name: '', type: 'A', ttl: 300, value: '192.0.2.11' },
      ...rows,
    ])
    await approve(deps, office, ticket)
    const { id, visit } = await readRow(deps, office, ticket)
    const before = await zoneText(port, office.zone)
    const job = { officeId: office.id, requestId: id, visit }

    await disk.fill(0)
    for (const _ of [1, 2]) await assert.rejects(provisionService(deps, job))
    const { stage, trouble } = await readRow(deps, office, ticket)
    assert.equal(stage, 'working')
    console.log(`note: ${name} on a full disk, on the desk: ${trouble?.text.id}`)
    assert.match(trouble!.text.id, says)
    assert.match(trouble!.text.id, /127\.0\.0\.1:\d+ .*Tidak ada data yang hilang\. Periksa .*dicoba ulang/)

    await disk.free()
    // where the full disk ended it; for the others it is a start like any other
    await startAgain()
    assert.equal(await zoneText(port, office.zone), before, 'nothing was half-made')
    await provisionService(deps, job)
    const after = await zoneText(port, office.zone)
    assert.equal(after.split('\n').filter((line) => line.includes('xxx')).length, rows.length)
    assert.match(after, /192\.0\.2\.11/)
    await provisionService(deps, job)
    assert.equal(await zoneText(port, office.zone), after, 'once')
    const done = await readRow(deps, office, ticket)
    assert.equal(done.trouble, null)
    assert.notEqual(done.stage, 'working')
    const notes = await inScope(deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('logbook_entries').select('act').where('act', '=', 'request.trouble').execute(),
    )
    assert.equal(notes.length, 1, 'the same reason again is no news')
  })
