import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { planChanges, undoOf, type DesiredRrset, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { DnsFailure, type DnsDriver } from '../../../src/drivers/dns/driver.ts'
import {
  dig,
  driverFor,
  newZone,
  nsupdate,
  startDnsServer,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'
import { debianDns, powerDnsFor, startDebianDns, startPowerDnsApi } from '../../support/debian-dns.ts'

/** One story, told to every server a driver knows: what holds here holds for whoever calls a driver. */

type Subject = {
  readonly driver: DnsDriver
  /** the same with a secret that is wrong */
  readonly stranger: DnsDriver
  readonly port: number
  /** whether it takes types that it has no name for (RFC 3597) */
  readonly takesUnknownTypes: boolean
}

const wrongKey = { ...testKey, secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }

const servers: Readonly<Record<string, (t: TestContext) => Promise<Subject>>> = {
  embedded: async (t) => {
    const { port } = await startDnsServer(t)
    const driver = driverFor(port)
    assert.deepEqual(await driver.createZone(newZone()), { result: 'created' })
    return { driver, stranger: driverFor(port, 'embedded', wrongKey), port, takesUnknownTypes: true }
  },
  ...Object.fromEntries(
    debianDns.map((kind) => [
      `rfc2136 on ${kind}`,
      async (t: TestContext) => {
        const { port } = await startDebianDns(t, kind)
        const driver = driverFor(port, 'rfc2136')
        const stranger = driverFor(port, 'rfc2136', wrongKey)
        // PowerDNS 4.7 answers FORMERR to them in an update
        return { driver, stranger, port, takesUnknownTypes: kind !== 'PowerDNS' }
      },
    ]),
  ),
  'powerdns by HTTP': async (t) => {
    const { url, port } = await startPowerDnsApi(t)
    const stranger = powerDnsFor(url, port, 'kunci-yang-salah')
    return { driver: powerDnsFor(url, port), stranger, port, takesUnknownTypes: true }
  },
}

async function planFor(driver: DnsDriver, desired: readonly DesiredRrset[]): Promise<DnsPlan> {
  const current = await driver.readRrsets(
    zone,
    desired.map(({ name }) => name),
  )
  return planChanges({ zone, current, desired })
}

function set(label: string, type: string, values: string[], ttl = 300): Rrset {
  return { name: `${label}.${zone}`, type, ttl, values }
}

function failsAs(kind: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DnsFailure, String(error))
    assert.equal(error.kind, kind, error.detail)
    assert.ok(error.text.id.length > 40 && error.text.en.length > 40)
    return true
  }
}

for (const [name, start] of Object.entries(servers)) {
  test(`${name}: plan, apply, probe and undo`, async (t) => {
    const { driver, stranger, port, takesUnknownTypes } = await start(t)
    const byName = (sets: Rrset[]): Rrset[] =>
      sets.sort((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))
    const read = async (...labels: string[]): Promise<Rrset[]> =>
      byName(
        await driver.readRrsets(
          zone,
          labels.map((label) => `${label}.${zone}`),
        ),
      )

    await t.test('a zone that is there stays as it is', async () => {
      assert.deepEqual(await driver.createZone(newZone()), { result: 'already-there' })
    })

    await t.test('a new name goes live, a second call changes nothing, the undo takes it away', async () => {
      const desired = [
        set('situs', 'A', ['192.0.2.1']),
        set('situs', 'AAAA', ['2001:db8::1']),
        set('situs', 'TXT', ['"a b"']),
      ]
      const plan = await planFor(driver, desired)
      assert.deepEqual(await driver.apply(plan), { result: 'applied' })
      assert.deepEqual(await driver.apply(plan), { result: 'already-applied' })
      assert.deepEqual(await read('situs'), byName(desired))
      assert.deepEqual((await dig(port, [`situs.${zone}`, 'TXT'])).answer, [
        `situs.${zone}. 300 IN TXT "a b"`,
      ])
      const reports = await driver.probe({ zone, expected: desired })
      assert.deepEqual(
        reports.map(({ verdict }) => verdict),
        ['agrees', 'agrees', 'agrees'],
      )
      assert.deepEqual(await driver.apply(undoOf(plan)), { result: 'applied' })
      assert.deepEqual(await driver.apply(undoOf(plan)), { result: 'already-applied' })
      assert.deepEqual(await read('situs'), [])
      assert.equal((await dig(port, [`situs.${zone}`, 'A'])).status, 'NXDOMAIN')
    })

    await t.test('every type is written and read back the same', async () => {
      const desired = [
        set('tipe', 'A', ['192.0.2.1', '192.0.2.2']),
        set('tipe', 'MX', [`10 ns1.${zone}.`]),
        set('tipe', 'CAA', ['0 issue "ca.example"']),
        set('_https._tcp', 'SRV', [`1 2 443 ns1.${zone}.`]),
        set('anak', 'NS', ['ns.example.org.']),
        set('balik', 'PTR', [`ns1.${zone}.`]),
        set('panjang', 'TXT', [`"${'x'.repeat(255)}" "\\195\\169\\"\\\\"`]),
      ]
      const unknown = set('asing', 'TYPE65280', ['\\# 3 0a0b0c'])
      if (takesUnknownTypes) desired.push(unknown)
      else await assert.rejects(driver.apply(await planFor(driver, [unknown])), failsAs('refused'))
      await driver.apply(await planFor(driver, desired))
      const labels = ['tipe', '_https._tcp', 'anak', 'balik', 'panjang', 'asing']
      assert.deepEqual(await read(...labels), byName(desired))
      assert.deepEqual((await planFor(driver, desired)).changes, [])
    })

    await t.test('a wildcard does not pass for a record of the name', async () => {
      await driver.apply(await planFor(driver, [set('*.acara', 'A', ['192.0.2.80'])]))
      assert.deepEqual(await read('apa.acara'), [])
      assert.equal(await driver.isNameInUse(zone, `apa.acara.${zone}`), false)
      assert.equal(await driver.isNameInUse(zone, `*.acara.${zone}`), true)
      assert.equal(await driver.isNameInUse(zone, `acara.${zone}`), false)
      assert.deepEqual(await read('*.acara'), [set('*.acara', 'A', ['192.0.2.80'])])
    })

    await t.test('values, TTL and kind of a record change, and go back', async () => {
      await driver.apply(await planFor(driver, [set('ubah', 'A', ['192.0.2.1', '192.0.2.2'])]))
      const values = await planFor(driver, [set('ubah', 'A', ['192.0.2.2', '192.0.2.3'], 60)])
      await driver.apply(values)
      assert.deepEqual(await read('ubah'), [set('ubah', 'A', ['192.0.2.2', '192.0.2.3'], 60)])
      const alias = await planFor(driver, [
        set('ubah', 'A', []),
        set('ubah', 'CNAME', ['situs.example.org.']),
      ])
      await driver.apply(alias)
      assert.deepEqual(await read('ubah'), [set('ubah', 'CNAME', ['situs.example.org.'])])
      await driver.apply(undoOf(alias))
      await driver.apply(undoOf(values))
      assert.deepEqual(await read('ubah'), [set('ubah', 'A', ['192.0.2.1', '192.0.2.2'])])
    })

    await t.test('the name servers of the zone change without a moment without any', async () => {
      const ns = { name: zone, type: 'NS', ttl: 3600, values: [`ns1.${zone}.`, 'ns2.example.org.'] }
      const plan = await planFor(driver, [ns])
      await driver.apply(plan)
      assert.deepEqual(
        (await driver.readRrsets(zone, [zone])).find(({ type }) => type === 'NS'),
        ns,
      )
      await driver.apply(undoOf(plan))
      assert.deepEqual((await dig(port, [zone, 'NS'])).answer, [`${zone}. 3600 IN NS ns1.${zone}.`])
    })

    await t.test('what somebody else changed is never overwritten', async () => {
      const created = await planFor(driver, [set('rebut', 'A', ['192.0.2.1'])])
      await nsupdate(port, zone, [`update add rebut.${zone} 300 A 192.0.2.66`])
      await assert.rejects(driver.apply(created), failsAs('conflict'))
      const changed = await planFor(driver, [set('rebut', 'A', ['192.0.2.2'])])
      await nsupdate(port, zone, [`update add rebut.${zone} 300 A 192.0.2.67`])
      await assert.rejects(driver.apply(changed), failsAs('conflict'))
      await assert.rejects(driver.apply(undoOf(changed)), failsAs('conflict'))
      assert.deepEqual(await read('rebut'), [set('rebut', 'A', ['192.0.2.66', '192.0.2.67'])])
    })

    await t.test('of fifty that want one name at once exactly one gets it', async () => {
      const plans = Array.from({ length: 50 }, (_, index) =>
        planChanges({ zone, current: [], desired: [set('ramai', 'A', [`192.0.2.${index + 1}`])] }),
      )
      const results = await Promise.allSettled(plans.map((plan) => driver.apply(plan)))
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      for (const result of results) if (result.status === 'rejected') failsAs('conflict')(result.reason)
      assert.equal((await read('ramai'))[0]?.values.length, 1)
    })

    await t.test('a thousand names go live in one plan, and come back by transfer', async () => {
      const desired = Array.from({ length: 1000 }, (_, index) => set(`n${index}`, 'A', ['192.0.2.1']))
      const plan = planChanges({ zone, current: [], desired })
      assert.deepEqual(await driver.apply(plan), { result: 'applied' })
      assert.deepEqual(await driver.apply(plan), { result: 'already-applied' })
      const names = new Set((await driver.transfer(zone)).map((each) => each.name))
      assert.ok(desired.every((each) => names.has(each.name)))
      await driver.apply(undoOf(plan))
      assert.equal(await driver.isNameInUse(zone, `n999.${zone}`), false)
    })

    await t.test('a wrong key, a foreign zone and a zone that is not there are refused', async () => {
      const plan = planChanges({ zone, current: [], desired: [set('kunci', 'A', ['192.0.2.1'])] })
      await assert.rejects(stranger.apply(plan), failsAs('refused'))
      await assert.rejects(stranger.readRrsets(zone, [`situs.${zone}`]), failsAs('refused'))
      await assert.rejects(stranger.transfer(zone), failsAs('refused'))
      const foreign = {
        zone: 'contohkota.go.id',
        current: [],
        desired: [{ name: 'x.contohkota.go.id', type: 'A', ttl: 60, values: ['192.0.2.1'] }],
      }
      await assert.rejects(driver.apply(planChanges(foreign)), failsAs('refused'))
      await assert.rejects(driver.transfer('contohkota.go.id'), failsAs('refused'))
      assert.deepEqual(await read('kunci'), [])
    })
  })
}

test("rfc2136 on BIND: what BIND's own rules forbid is refused, and making zones too", async (t) => {
  const { driver } = await servers['rfc2136 on BIND']!(t)
  const dangling = await planFor(driver, [
    set('surat', 'MX', [`10 tidakada.${zone}.`]),
    set('surat', 'A', ['192.0.2.1']),
  ])
  await assert.rejects(driver.apply(dangling), failsAs('refused'))
  assert.deepEqual(await driver.readRrsets(zone, [`surat.${zone}`]), [])
  await assert.rejects(driver.createZone(newZone('contohkota.go.id')), failsAs('refused'))
})

test('powerdns by HTTP: a zone is made, once, and answers at once', async (t) => {
  const { url, port } = await startPowerDnsApi(t)
  const driver = powerDnsFor(url, port)
  const other = 'contohkota.go.id'
  assert.deepEqual(await driver.createZone(newZone(other)), { result: 'created' })
  assert.deepEqual(await driver.createZone(newZone(other)), { result: 'already-there' })
  assert.deepEqual((await dig(port, [other, 'NS'])).answer, [`${other}. 3600 IN NS ns1.${other}.`])
  const serial = async (): Promise<number> =>
    Number((await dig(port, [other, 'SOA'])).answer[0]?.split(' ')[6])
  const before = await serial()
  const desired = [{ name: `situs.${other}`, type: 'A', ttl: 300, values: ['192.0.2.1'] }]
  await driver.apply(planChanges({ zone: other, current: [], desired }))
  assert.ok((await serial()) > before, 'secondaries learn of the change by the serial')
})
