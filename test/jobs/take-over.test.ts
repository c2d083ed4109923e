import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestContext } from 'node:test'
import { importRegistry } from '../../src/actions/registry/import-registry.ts'
import { requestComparison } from '../../src/actions/zones/request-comparison.ts'
import { requestTakeOver } from '../../src/actions/zones/request-take-over.ts'
import { inScope } from '../../src/db/database.ts'
import { lastImport } from '../../src/db/office/zone-imports.ts'
import { listComparisons, listFindings } from '../../src/db/office/zone-findings.ts'
import { countZoneRecords, listZoneRecords } from '../../src/db/office/zone-records.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { compareZone } from '../../src/lookups/compare-zone.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { startDebianDns } from '../support/debian-dns.ts'
import { testKey } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

/** An office whose zone was in use long before Ranah. */

const many = Number(process.env.TEST_RECORDS ?? 10_000)

let world: TestWorld
let office: TestOffice
let stranger: TestOffice

before(async () => {
  world = await createTestWorld()
  const sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
  office = await createTestOffice(world.deps, 'kukar', sop)
  stranger = await createTestOffice(world.deps, 'tetangga', sop)
})
after(() => world.close())

const zoneFile = (zone: string, count: number): string => {
  const lines = Array.from({ length: count }, (_, no) => `n${no} A 192.0.2.${no % 250}`)
  const head = `$TTL 300\n@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60\n@ NS ns1.${zone}.\nns1 A 127.0.0.1`
  return `${head}\nsitus A 192.0.2.8\nsitus TXT "bukti"\nsurel.situs MX 10 surel.situs.${zone}.\nsurel.situs A 192.0.2.9\n${lines.join('\n')}\n`
}
/** Sets of the file above beside its many names: NS, ns1, and those of `situs`. */
const others = 6

function servedAt(port: number): void {
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const config = { host: '127.0.0.1', port, key: testKey, nameServers }
  Object.assign(world.deps, {
    dnsOf: () => openDnsDriver('rfc2136', config),
    compareZone: (zone: { name: string }, registered: readonly Rrset[]) =>
      compareZone({ kind: 'rfc2136', config, zone: zone.name, registered }),
  })
}

async function onBind(t: TestContext): Promise<void> {
  servedAt((await startDebianDns(t, 'BIND', { zones: { [office.zone]: zoneFile(office.zone, many) } })).port)
}

async function compare(): Promise<void> {
  world.deps.clock.advance(1_000)
  await requestComparison(world.deps, office.member('operator'), office.zone)
  await world.drain()
}

async function takeOver(file: string | Buffer | null = null) {
  world.deps.clock.advance(1_000)
  await requestTakeOver(
    world.deps,
    office.member('administrator'),
    office.zone,
    typeof file === 'string' ? Buffer.from(file) : file,
  )
  await world.drain()
  return (await inScope(world.deps.db, { officeId: office.id }, (tx) => lastImport(tx, office.zoneId)))!
}

const look = <T>(run: Parameters<typeof inScope<T>>[2], at = office): Promise<T> =>
  inScope(world.deps.db, { officeId: at.id }, run)
const count = (): Promise<number> => look((tx) => countZoneRecords(tx, office.zoneId))

test('a server that is down, and a file with faults, bring nothing in and say why', async () => {
  servedAt(await freePort())
  const down = await takeOver()
  assert.equal(down.status, 'failed')
  assert.match(down.trouble!.id, /\S/)
  const broken = await takeOver(`$TTL 300\na A 192.0.2.1\nb A bukan-alamat\nc.lain.example. A 192.0.2.1\n`)
  assert.equal(broken.status, 'failed')
  assert.match(broken.trouble!.id, /baris 3/)
  const utf16 = await takeOver(Buffer.from('$TTL 300\na A 192.0.2.1\n', 'utf16le'))
  assert.equal(utf16.status, 'failed')
  assert.match(utf16.trouble!.id, /baris 1: .*Simpan ulang sebagai UTF-8/)
  assert.equal(await count(), 0)
})

test('a zone that nobody registered is too much for findings, until it is taken over, once', async (t) => {
  await onBind(t)
  await compare()
  const [before] = await look((tx) => listComparisons(tx))
  assert.match(before!.compare_trouble!.id, new RegExp(String(many + others)))
  assert.equal(before!.compared_at, null)
  const started = performance.now()
  const first = await takeOver()
  console.log(
    `note: ${many} records taken over and compared in ${Math.round(performance.now() - started)} ms`,
  )
  assert.deepEqual(
    [first.status, first.done, first.total, first.added],
    ['done', many + others, many + others, many + others],
  )
  assert.equal(await count(), many + others)
  const again = await takeOver()
  assert.deepEqual([again.status, again.added], ['done', 0])
  const [compared] = await look((tx) => listComparisons(tx))
  assert.equal(compared!.compare_trouble, null)
  assert.deepEqual(await look((tx) => listFindings(tx, { statuses: ['open'] }, { limit: 10 })), [])
  assert.deepEqual(await look((tx) => listZoneRecords(tx, office.zoneId, { limit: 10 }), stranger), [])
})

test('the same zone as a file is known already', async () => {
  const known = await takeOver(zoneFile(office.zone, 5))
  assert.deepEqual([known.status, known.added], ['done', 0])
  const more = await takeOver(`$TTL 300\nbaru A 192.0.2.7\n@ SOA ns1 h 2 3600 600 86400 60\n`)
  assert.deepEqual([more.status, more.added, more.total], ['done', 1, 1])
})

test('an agency claims a name with all that lies below it, and the zone still agrees', async (t) => {
  await onBind(t)
  const { name: agency } = await look((tx) =>
    tx.selectFrom('agencies').select('name').executeTakeFirstOrThrow(),
  )
  const name = `situs.${office.zone}`
  const contact = 'Pegawai,Staf,08000000000,pegawai@contoh.test'
  const csv = [
    'nama,perangkat-daerah,terdaftar-sampai,admin-nama,admin-jabatan,admin-telepon,admin-surel,teknis-nama,teknis-jabatan,teknis-telepon,teknis-surel',
    `${name},${agency},2030-01-31,${contact},${contact}`,
  ].join('\n')
  const had = await count()
  await importRegistry(world.deps, office.member('administrator'), {
    kind: 'services',
    bytes: Buffer.from(csv),
    linkOf: () => '',
  })
  assert.equal(await count(), had - 4)
  const service = await look((tx) =>
    tx.selectFrom('services').select('records').where('fqdn', '=', name).executeTakeFirstOrThrow(),
  )
  assert.equal((service.records as Rrset[]).length, 4)
  await compare()
  const open = await look((tx) => listFindings(tx, { statuses: ['open'] }, { limit: 10 }))
  // Only the name that the file of the test before added is not on the server.
  assert.deepEqual(
    open.map(({ kind, name }) => `${kind} ${name}`),
    [`missing baru.${office.zone}`],
  )
})

test('only operators and administrators of the office take over, and one at a time', async () => {
  const { deps } = world
  for (const role of ['auditor', 'head-of-division', 'applicant'] as const)
    await assert.rejects(requestTakeOver(deps, office.member(role), office.zone, null), {
      reason: 'not-allowed',
    })
  await assert.rejects(requestTakeOver(deps, stranger.member('operator'), office.zoneId, null), {
    reason: 'not-found',
  })
  const asked = await Promise.allSettled(
    [1, 2, 3].map(() =>
      requestTakeOver(deps, office.member('operator'), office.zone, Buffer.from('a 300 A 192.0.2.1')),
    ),
  )
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  const lost = asked.find((each) => each.status === 'rejected')!
  assert.equal((lost.reason as { reason: string }).reason, 'take-over-busy')
  await world.drain()
})
