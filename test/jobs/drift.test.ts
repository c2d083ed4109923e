import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { confirmFinding } from '../../src/actions/zones/confirm-finding.ts'
import { proposeFinding } from '../../src/actions/zones/propose-finding.ts'
import { turnDownFinding } from '../../src/actions/zones/turn-down-finding.ts'
import { requestComparison } from '../../src/actions/zones/request-comparison.ts'
import { inScope } from '../../src/db/database.ts'
import { listComparisons, listFindings, readFinding } from '../../src/db/office/zone-findings.ts'
import { insertZoneRecords, registeredSets } from '../../src/db/office/zone-records.ts'
import type { FindingProposal } from '../../src/domain/dns/drift.ts'
import { findingStatuses } from '../../src/domain/dns/drift.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { DnsDriver } from '../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { compareZone } from '../../src/lookups/compare-zone.ts'
import { freePort } from '../../src/servers/free-port.ts'
import type { DebianDns } from '../support/debian-dns.ts'
import { debianDns, masterFile, openDebianDns, startDebianDns } from '../support/debian-dns.ts'
import { testKey, testZone } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { layDownService, recordsOf } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

type Setting = {
  readonly world: TestWorld
  readonly office: TestOffice
  readonly stranger: TestOffice
  readonly driver: DnsDriver
}

/** Puts the office's zone on one of Debian's name servers. */
async function onDebian(kind: DebianDns, world: TestWorld, office: TestOffice) {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-zone-'))
  const port = await freePort()
  const zones = { [office.zone]: masterFile.replaceAll(testZone, office.zone) }
  const keys = [{ key: testKey, update: true, transfer: true }]
  const server = await openDebianDns(kind, { directory, port, zones, keys })
  console.log(`note: ${kind} ${server.version}, process ${server.pid}`)
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const config = { host: '127.0.0.1', port, key: testKey, nameServers }
  const driver = openDnsDriver('rfc2136', config)
  Object.assign(world.deps, {
    dnsOf: () => driver,
    compareZone: (zone: { name: string }, registered: readonly Rrset[]) =>
      compareZone({ kind: 'rfc2136', config, zone: zone.name, registered }),
  })
  const places = { officeId: office.id, zoneId: office.zoneId }
  const own = (await driver.transfer(office.zone)).filter(({ type }) => type !== 'SOA')
  await inScope(world.deps.db, { officeId: office.id }, (tx) => insertZoneRecords(tx, places, own))
  return async () => {
    await server.stop('SIGKILL')
    await rm(directory, { recursive: true, force: true })
  }
}

/** Has Ranah make the office's zone on the embedded name server, and know what it put there. */
async function onEmbedded(world: TestWorld, office: TestOffice) {
  const places = { officeId: office.id, zoneId: office.zoneId }
  await inScope(world.deps.db, places, async (tx) => {
    await tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute()
    await world.deps.enqueue(tx, 'create-zone', places)
  })
  await world.drain()
  return async () => {}
}

type Open = (world: TestWorld, office: TestOffice) => Promise<() => Promise<void>>
const servers: readonly (readonly [string, Open])[] = [
  ['embedded', onEmbedded],
  ...debianDns.map((kind) => [kind, (world, office) => onDebian(kind, world, office)] as [string, Open]),
]

for (const [kind, open] of servers)
  describe(`differences between ${kind} and the registry`, () => {
    let it: Setting
    let stop = async (): Promise<void> => {}

    before(async () => {
      const world = await createTestWorld()
      const sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
      const office = await createTestOffice(world.deps, 'kukar', sop)
      const stranger = await createTestOffice(world.deps, 'tetangga', sop)
      const close = await open(world, office)
      stop = async () => {
        await close()
        await world.close()
      }
      const driver = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
      it = { world, office, stranger, driver }
    })
    after(() => stop())

    const a = (label: string, value: string): Rrset => ({
      name: `${label}.${it.office.zone}`,
      type: 'A',
      ttl: 300,
      values: [value],
    })

    /** What somebody does to the zone behind Ranah's back. */
    async function setZone(...desired: readonly Rrset[]): Promise<void> {
      const { driver, office } = it
      const current = await driver.readRrsets(office.zone, [...new Set(desired.map(({ name }) => name))])
      await driver.apply(planChanges({ zone: office.zone, current, desired }))
    }

    async function compare(): Promise<void> {
      const { world, office } = it
      world.deps.clock.advance(1_000)
      await requestComparison(world.deps, office.member('operator'), office.zone)
      await world.drain()
    }

    const inOffice = <T>(run: Parameters<typeof inScope<T>>[2], office = it.office): Promise<T> =>
      inScope(it.world.deps.db, { officeId: office.id }, run)
    const findings = (statuses = findingStatuses.slice(0, 1), office = it.office) =>
      inOffice((tx) => listFindings(tx, { statuses }, { limit: 100 }), office)
    const told = async (): Promise<string[]> =>
      (await findings()).map(({ kind: what, name, type }) => `${what} ${name} ${type}`).sort()
    const findingAt = async (label: string) => {
      const found = (await findings()).find(({ name }) => name === `${label}.${it.office.zone}`)
      assert.ok(found, `no open finding at ${label}`)
      return found
    }
    /** One person proposes, another one confirms. */
    async function decide(label: string, proposal: FindingProposal, touched?: number): Promise<string> {
      const { deps } = it.world
      const { id } = await findingAt(label)
      const reason = 'Sudah disepakati.'
      await proposeFinding(deps, it.office.member('operator'), id, { proposal, reason })
      await confirmFinding(deps, it.office.member('head-of-division'), id, { proposal, touched })
      return id
    }
    const statusOf = async (id: string) => (await inOffice((tx) => readFinding(tx, id)))!
    const inZone = async (label: string): Promise<string[]> =>
      (await it.driver.readRrsets(it.office.zone, [`${label}.${it.office.zone}`])).flatMap(
        ({ values }) => values,
      )

    /** A live service that the zone and the registry agree on. */
    async function service(label: string, value: string): Promise<string> {
      const set = a(label, value)
      await setZone(set)
      return layDownService(it.world.deps, it.office, set.name, [set])
    }

    test('a zone that Ranah keeps alone has no differences', async () => {
      await service('tetap', '192.0.2.1')
      await compare()
      assert.deepEqual(await told(), [])
      const [zone] = await inOffice((tx) => listComparisons(tx))
      assert.ok(zone!.compared_at)
      assert.equal(zone!.compare_trouble, null)
    })

    test('a record added, changed and removed is found once, and closed when it is gone', async () => {
      await service('berubah', '192.0.2.2')
      await service('hilang', '192.0.2.3')
      await setZone(a('asing', '192.0.2.66'), a('berubah', '192.0.2.67'), { ...a('hilang', ''), values: [] })
      await compare()
      await compare()
      const { zone } = it.office
      assert.deepEqual(await told(), [
        `differs berubah.${zone} A`,
        `missing hilang.${zone} A`,
        `unexpected asing.${zone} A`,
      ])
      const { id } = await findingAt('asing')
      await setZone({ ...a('asing', ''), values: [] })
      await compare()
      assert.equal((await statusOf(id)).status, 'gone')
      assert.deepEqual(await told(), [`differs berubah.${zone} A`, `missing hilang.${zone} A`])
    })

    test('adopt takes the live records into the service, or among those of nobody', async () => {
      const { world, office } = it
      const id = await service('milik', '192.0.2.4')
      await setZone(
        a('milik', '192.0.2.70'),
        a('surel.milik', '192.0.2.71'),
        a('tanpa-pemilik', '192.0.2.72'),
      )
      await compare()
      for (const label of ['milik', 'surel.milik', 'tanpa-pemilik']) await decide(label, 'adopt')
      assert.deepEqual(await recordsOf(world.deps, office, id), [
        a('milik', '192.0.2.70'),
        a('surel.milik', '192.0.2.71'),
      ])
      const all = await inOffice((tx) => registeredSets(tx, office.zoneId))
      assert.ok(all.some(({ name }) => name === `tanpa-pemilik.${office.zone}`))
      await compare()
      assert.equal(
        (await told()).some((each) => /milik|tanpa-pemilik/.test(each)),
        false,
      )
    })

    test('revert puts back exactly what is registered, a record that is nowhere goes', async () => {
      const { world, office } = it
      const head = office.member('head-of-division')
      await service('pulih', '192.0.2.5')
      await setZone(a('pulih', '192.0.2.80'), a('liar', '192.0.2.81'))
      await compare()
      for (const label of ['pulih', 'liar']) await decide(label, 'revert')
      await world.drain()
      assert.deepEqual([await inZone('pulih'), await inZone('liar')], [['192.0.2.5'], []])
      const done = await findings(['reverted'])
      assert.equal(done.length, 2)
      assert.ok(done.every(({ decided_by }) => decided_by === head.personId))
    })

    test('what changed again is not overwritten: the finding stays, with a sentence', async () => {
      const { world } = it
      await service('lagi', '192.0.2.6')
      await setZone(a('lagi', '192.0.2.90'))
      await compare()
      await findingAt('lagi')
      await setZone(a('lagi', '192.0.2.91'))
      const id = await decide('lagi', 'revert')
      await world.drain()
      const kept = await statusOf(id)
      assert.equal(kept.status, 'open')
      assert.match(kept.trouble!.id, /berubah lagi/)
      assert.deepEqual(await inZone('lagi'), ['192.0.2.91'])
      await compare()
      assert.equal((await statusOf(id)).status, 'gone')
      await decide('lagi', 'revert')
      await world.drain()
      assert.deepEqual(await inZone('lagi'), ['192.0.2.6'])
    })

    test('nothing is decided by one person alone, twice, or without right or reason', async () => {
      const { world, office, stranger } = it
      const { deps } = world
      const [operator, head] = [office.member('operator'), office.member('head-of-division')]
      await setZone(a('rebutan', '192.0.2.92'))
      await compare()
      const { id } = await findingAt('rebutan')
      const adopt = { proposal: 'adopt', reason: 'Diterima.' } as const
      for (const role of ['administrator', 'auditor', 'applicant', 'head-of-office'] as const)
        await assert.rejects(proposeFinding(deps, office.member(role), id, adopt), { reason: 'not-allowed' })
      const empty = { ...adopt, reason: '  ' }
      await assert.rejects(proposeFinding(deps, operator, id, empty), { reason: 'reason-missing' })
      await assert.rejects(proposeFinding(deps, stranger.member('operator'), id, adopt), {
        reason: 'not-found',
      })
      await assert.rejects(confirmFinding(deps, head, id, adopt), { reason: 'finding-not-proposed' })
      await proposeFinding(deps, head, id, adopt)
      await assert.rejects(proposeFinding(deps, operator, id, adopt), { reason: 'finding-proposed' })
      await assert.rejects(confirmFinding(deps, head, id, adopt), { reason: 'same-person' })
      await assert.rejects(confirmFinding(deps, operator, id, adopt), { reason: 'not-allowed' })
      const chief = office.member('head-of-office')
      await assert.rejects(confirmFinding(deps, chief, id, { proposal: 'revert' }), {
        reason: 'finding-not-proposed',
      })
      await turnDownFinding(deps, chief, id, 'Belum jelas siapa pemiliknya.')
      assert.match((await statusOf(id)).trouble!.id, /Belum jelas siapa/)
      await proposeFinding(deps, operator, id, { proposal: 'revert', reason: 'Dipulihkan.' })
      assert.deepEqual(await findings(findingStatuses.slice(), stranger), [])
      const outcomes = await Promise.allSettled([
        confirmFinding(deps, chief, id, { proposal: 'revert' }),
        turnDownFinding(deps, head, id, 'Jangan dahulu.'),
      ])
      const lost = outcomes.filter((each) => each.status === 'rejected')
      assert.equal(lost.length, 1)
      assert.match((lost[0]!.reason as { reason: string }).reason, /^finding-(decided|not-proposed)$/)
      await world.drain()
      assert.match((await statusOf(id)).status, /^(open|reverted)$/)
    })

    test('a name that another record points at is not taken away, registered or not', async () => {
      const { world, office } = it
      const { zone } = office
      const alias = (label: string, target: string): Rrset => ({
        name: `${label}.${zone}`,
        type: 'CNAME',
        ttl: 300,
        values: [`${target}.${zone}.`],
      })
      await setZone(a('tujuan', '192.0.2.93'), alias('alias', 'tujuan'))
      await compare()
      const id = await decide('tujuan', 'revert')
      await world.drain()
      const kept = await statusOf(id)
      assert.equal(kept.status, 'open')
      assert.match(kept.trouble!.id, new RegExp(`alias\\.${zone} CNAME`))
      assert.deepEqual(await inZone('tujuan'), ['192.0.2.93'])
      await decide('alias', 'adopt')
      await assert.rejects(decide('tujuan', 'revert'), { reason: 'dns-dangling' })
      await turnDownFinding(world.deps, office.member('operator'), id, 'Masih dipakai.')
      await decide('tujuan', 'adopt')
    })

    test('reverts that together touch much of the zone need the number, signed', async () => {
      const { world, office } = it
      // The share is counted over a day, and the tests before this one reverted too.
      world.deps.clock.advance(2 * 24 * 3600 * 1000)
      const labels = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam']
      await setZone(...labels.map((label) => a(`banyak-${label}`, '192.0.2.94')))
      await compare()
      for (const label of labels.slice(0, 5)) await decide(`banyak-${label}`, 'revert')
      const { id } = await findingAt('banyak-enam')
      await assert.rejects(
        decide('banyak-enam', 'revert'),
        (error: { reason: string; text: { id: string } }) => {
          assert.equal(error.reason, 'dns-plan-unsafe')
          assert.match(error.text.id, /menghapus 6 dari/)
          return true
        },
      )
      const head = office.member('head-of-division')
      const confirm = (touched: number) =>
        confirmFinding(world.deps, head, id, { proposal: 'revert', touched })
      await assert.rejects(confirm(5), { reason: 'number-wrong' })
      await confirm(6)
      await world.drain()
      assert.equal((await statusOf(id)).status, 'reverted')
      const signed = await inOffice((tx) =>
        tx.selectFrom('logbook_entries').select('text').orderBy('seq', 'desc').limit(20).execute(),
      )
      assert.ok(signed.some(({ text }) => /"touched":6/.test(text)))
    })

    test('a revert is done when every server follows, and says which one does not yet', async (t) => {
      const { world, office } = it
      const { deps } = world
      const second = await startDebianDns(t, 'BIND', {
        zones: { [office.zone]: masterFile.replaceAll(testZone, office.zone) },
      })
      const stale = { name: `ns2.${office.zone}`, host: '127.0.0.1', port: second.port }
      const asked = it.driver
      const place = { host: '127.0.0.1', port: second.port }
      const behind = openDnsDriver('rfc2136', {
        ...place,
        key: testKey,
        nameServers: [{ name: '*', ...place }],
      })
      const { dnsOf } = deps
      t.after(() => Object.assign(deps, { dnsOf }))
      Object.assign(deps, {
        dnsOf: (): DnsDriver => ({
          ...asked,
          probe: async (question) => [
            ...(await asked.probe(question)),
            ...(await behind.probe(question)).map((report) => ({ ...report, server: stale })),
          ],
        }),
      })
      deps.clock.advance(2 * 24 * 3600 * 1000)
      await service('lambat', '192.0.2.7')
      await setZone(a('lambat', '192.0.2.95'))
      await compare()
      const id = await decide('lambat', 'revert')
      await assert.rejects(world.drain(), { reason: 'not-yet-visible' })
      const waiting = await statusOf(id)
      assert.equal(waiting.status, 'reverting')
      assert.match(waiting.trouble!.id, new RegExp(`ns2\\.${office.zone}`))
      assert.deepEqual(await inZone('lambat'), ['192.0.2.7'])
      const set = a('lambat', '192.0.2.7')
      await behind.apply(planChanges({ zone: office.zone, current: [], desired: [set] }))
      await compare()
      const done = await statusOf(id)
      assert.deepEqual([done.status, done.trouble], ['reverted', null])
    })

    test('every comparison and decision stands in the logbook, and the chain holds', async () => {
      const { world, office } = it
      const rows = await inOffice((tx) =>
        tx.selectFrom('logbook_entries').selectAll().orderBy('seq').execute(),
      )
      for (const act of [
        'zone.compared',
        'zone-finding.adopted',
        'zone-finding.reverted',
        'zone-finding.kept',
      ])
        assert.ok(
          rows.some((row) => row.act === act),
          act,
        )
      assert.equal(verifyChain(office.id, rows).ok, true)
      assert.equal(world.deps.jobs.length, 0)
    })

    test('a server that is down is unknown: nothing opens, nothing closes, and the page can say so', async () => {
      const { world, office } = it
      await setZone(a('nanti', '192.0.2.93'))
      await compare()
      const before = await told()
      const [answered] = await inOffice((tx) => listComparisons(tx))
      const port = await freePort()
      const config = { host: '127.0.0.1', port, key: testKey, nameServers: [] }
      const { compareZone: normal } = world.deps
      Object.assign(world.deps, {
        compareZone: (zone: { name: string }, registered: readonly Rrset[]) =>
          compareZone({ kind: 'rfc2136', config, zone: zone.name, registered }),
      })
      await compare()
      Object.assign(world.deps, { compareZone: normal })
      assert.deepEqual(await told(), before)
      const [down] = await inOffice((tx) => listComparisons(tx))
      assert.deepEqual(down!.compared_at, answered!.compared_at)
      assert.match(down!.compare_trouble!.id, /\S/)
      assert.ok(before.includes(`unexpected nanti.${office.zone} A`))
    })
  })
