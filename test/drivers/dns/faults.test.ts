import { test, type TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { planChanges, undoOf, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { DnsFailure, type DnsDriver } from '../../../src/drivers/dns/driver.ts'
import {
  powerDnsFor,
  startDebianDns,
  startPowerDnsApi,
  type RunningDebianDns,
} from '../../support/debian-dns.ts'
import { driverFor, testKey, testZone as zone, zoneText } from '../../support/dns-server.ts'

/**
 * The server dies, stops, changes its mind or its clock in the middle: the outcome is unknown until it was read again,
 * and in the end nothing is half-made, doubled or overwritten.
 */

type Subject = {
  readonly driver: DnsDriver
  readonly server: RunningDebianDns
  /** starts the same server again on the same data */
  readonly again: (keys?: RunningDebianDns['settings']['keys']) => Promise<RunningDebianDns>
}

type Start = (t: TestContext) => Promise<Subject>

function byUpdate(kind: 'BIND' | 'Knot' | 'PowerDNS'): Start {
  return async (t) => {
    const server = await startDebianDns(t, kind)
    const again: Subject['again'] = (keys = server.settings.keys) =>
      startDebianDns(t, kind, { ...server.settings, keys })
    return { driver: driverFor(server.port, 'rfc2136'), server, again }
  }
}

const subjects: Readonly<Record<string, Start>> = {
  BIND: byUpdate('BIND'),
  Knot: byUpdate('Knot'),
  PowerDNS: byUpdate('PowerDNS'),
  'PowerDNS by HTTP': async (t) => {
    const { url, ...server } = await startPowerDnsApi(t)
    const again: Subject['again'] = (keys = server.settings.keys) =>
      startDebianDns(t, 'PowerDNS', { ...server.settings, keys })
    return { driver: powerDnsFor(url, server.port), server, again }
  },
}

const a = (label: string, values: readonly string[]): Rrset => ({
  name: `${label}.${zone}`,
  type: 'A',
  ttl: 300,
  values,
})
const newName = (label: string): DnsPlan =>
  planChanges({ zone, current: [], desired: [a(label, ['192.0.2.1'])] })

const isUnreachable = (error: unknown): boolean => error instanceof DnsFailure && error.kind === 'unreachable'

/** A plan of many names; each name is there whole or not at all. */
function largePlan(): DnsPlan {
  const desired = Array.from({ length: 800 }, (_, index) => a(`n${index}`, ['192.0.2.1', '192.0.2.2']))
  return planChanges({ zone, current: [], desired })
}

for (const [kind, start] of Object.entries(subjects)) {
  test(`${kind}: undo leaves the zone as it was, to the last octet`, async (t) => {
    const { driver, server } = await start(t)
    const extra = [a('lama', ['192.0.2.1', '192.0.2.2']), { ...a('lama', ['"x"']), type: 'TXT' }]
    await driver.apply(planChanges({ zone, current: [], desired: extra }))
    const before = await zoneText(server.port)
    const desired = [
      a('lama', []),
      { ...a('lama', []), type: 'TXT' },
      { ...a('lama', ['web.example.org.']), type: 'CNAME' },
      a('baru', ['192.0.2.9']),
      { ...a('anak', ['ns.example.org.']), type: 'NS' },
    ]
    const plan = planChanges({ zone, current: extra, desired })
    await driver.apply(plan)
    assert.notEqual(await zoneText(server.port), before)
    await driver.apply(undoOf(plan))
    assert.equal(await zoneText(server.port), before)
  })

  test(`${kind}: killed in the middle of a plan, it finishes after the start and doubles nothing`, async (t) => {
    const { driver, server, again } = await start(t)
    const before = await zoneText(server.port)
    const plan = largePlan()
    const outcome = driver.apply(plan).then(
      () => 'done',
      (error: unknown) => error,
    )
    await turn()
    await server.stop('SIGKILL')
    const result = await outcome
    assert.ok(result === 'done' || isUnreachable(result), String(result))
    const second = await again()
    await driver.apply(plan)
    assert.deepEqual(await driver.apply(plan), { result: 'already-applied' })
    const names = plan.changes.map(({ name }) => name)
    const live = (await driver.transfer(zone)).filter(({ name }) => names.includes(name))
    assert.equal(live.length, plan.changes.length)
    assert.ok(live.every(({ values }) => values.length === 2))
    await driver.apply(undoOf(plan))
    assert.equal(await zoneText(second.port), before)
  })

  test(`${kind}: down, the outcome is unknown; up again, the same plan goes through once`, async (t) => {
    const { driver, server, again } = await start(t)
    await server.stop('SIGKILL')
    await assert.rejects(driver.apply(newName('mati')), isUnreachable)
    await again()
    assert.deepEqual(await driver.apply(newName('mati')), { result: 'applied' })
    assert.deepEqual(await driver.apply(newName('mati')), { result: 'already-applied' })
  })

  test(`${kind}: stopped and going on, a change that was waiting is made once`, async (t) => {
    const { driver, server } = await start(t)
    server.signal('SIGSTOP')
    const waiting = driver.apply(newName('lambat'))
    await turn()
    server.signal('SIGCONT')
    assert.deepEqual(await waiting, { result: 'applied' })
    assert.deepEqual(await driver.readRrsets(zone, [`lambat.${zone}`]), [a('lambat', ['192.0.2.1'])])
  })
}

for (const kind of ['BIND', 'Knot', 'PowerDNS'] as const) {
  test(`${kind}: a key that was taken back is a refusal, and given again it works`, async (t) => {
    const { driver, server, again } = await byUpdate(kind)(t)
    await driver.apply(newName('awal'))
    await server.stop('SIGTERM')
    const other = { ...testKey, name: 'lain.contoh' }
    const without = await again([{ key: other, update: true, transfer: true }])
    const isRefused = (error: unknown): boolean => error instanceof DnsFailure && error.kind === 'refused'
    await assert.rejects(driver.apply(newName('ditolak')), isRefused)
    await without.stop('SIGTERM')
    await again()
    assert.deepEqual(await driver.readRrsets(zone, [`ditolak.${zone}`]), [])
    assert.deepEqual(await driver.apply(newName('ditolak')), { result: 'applied' })
  })

  test(`${kind}: with a clock that is wrong nothing is changed, and it says no more than it knows`, async (t) => {
    const { driver, server } = await byUpdate(kind)(t)
    const before = await zoneText(server.port)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 7_200_000 })
    await assert.rejects(driver.apply(newName('waktu')), (error) => error instanceof DnsFailure)
    t.mock.timers.reset()
    assert.equal(await zoneText(server.port), before)
    assert.deepEqual(await driver.apply(newName('waktu')), { result: 'applied' })
  })
}
