import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planChanges, undoOf, type DesiredRrset, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { handWorkOf } from '../../../src/domain/fulfilment/hand-work.ts'
import { manualText, taskSheetTexts as sheet } from '../../../src/domain/text/manual.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { debianDns, startDebianDns } from '../../support/debian-dns.ts'
import { driverFor, nsupdate, testZone as zone } from '../../support/dns-server.ts'

/** A person with nsupdate who has nothing but the task sheet, at servers that Ranah may only ask. */

/** The sheet of a plan, as it is printed on the page of the request. */
const sheetOf = (plan: DnsPlan) =>
  handWorkOf({
    zone,
    fqdn: zone,
    dns: plan,
    dnsDriver: 'manual',
    hosting: null,
    hostId: null,
    expected: [],
    setsInZone: null,
    site: null,
  })

/** What the person types for one item of the sheet: the old values go, the new ones come. */
function typedFor({ title, values }: ReturnType<typeof sheetOf>[number]): string[] {
  const all = (label: { id: string }) =>
    values.filter((each) => each.label.id === label.id).map(({ value }) => value)
  const [name, type, ttl] = [all(sheet.name)[0]!, all(sheet.type)[0]!, all(sheet.ttl)[0]]
  const come = all(sheet.value).map((value) => `update add ${name} ${ttl} ${type} ${value}`)
  switch (title.id) {
    case sheet.recordTask.add.id:
      return come
    case sheet.recordTask.replace.id:
      return [...all(sheet.before).map((value) => `update delete ${name} ${type} ${value}`), ...come]
    case sheet.recordTask.remove.id:
      return all(sheet.value).map((value) => `update delete ${name} ${type} ${value}`)
    default:
      throw new Error(`the sheet says ${title.id}`)
  }
}

const set = (label: string, type: string, values: string[], ttl = 300): Rrset => ({
  name: `${label}.${zone}`,
  type,
  ttl,
  values,
})

const isWaiting = (error: unknown): boolean =>
  error instanceof DnsFailure && error.kind === 'unreachable' && /pekerjaan tangan/.test(error.text.id)

for (const kind of debianDns)
  test(`manual-dns on ${kind}: what a person does by the sheet is seen, and undone to the octet`, async (t) => {
    const { port } = await startDebianDns(t, kind)
    const nameServers = [{ name: `ns1.${zone}`, host: '127.0.0.1', port }]
    const driver = openDnsDriver('manual', { nameServers })
    /** Sees the whole zone; it is the judge, not the subject. */
    const judge = driverFor(port, 'rfc2136')
    const wholeZone = async () =>
      (await judge.transfer(zone))
        .filter(({ type }) => type !== 'SOA')
        .map((each) => JSON.stringify(each))
        .toSorted()
    const planFor = async (desired: readonly DesiredRrset[]) =>
      planChanges({
        zone,
        current: await driver.readRrsets(
          zone,
          desired.map(({ name }) => name),
        ),
        desired,
      })
    const byHand = async (plan: DnsPlan): Promise<void> => {
      for (const task of sheetOf(plan))
        assert.equal(await nsupdate(port, zone, typedFor(task)), 'NOERROR', JSON.stringify(task))
    }
    const before = await wholeZone()

    await t.test('the connection is told, and what certificates need', async () => {
      const findings = await driver.check(zone)
      assert.ok(findings.every(({ ok }) => ok))
      assert.ok(findings.some(({ text }) => text.id === manualText.httpProofOnly.id))
      assert.deepEqual(await driver.createZone({ zone } as never), { result: 'already-there' })
    })

    const desired = [
      set('situs', 'A', ['192.0.2.1', '192.0.2.2']),
      set('situs', 'AAAA', ['2001:db8::1']),
      set('situs', 'TXT', ['"v=spf1 -all"']),
      set('situs', 'CAA', ['0 issue "ca.example"']),
      set('surel.situs', 'A', ['192.0.2.3']),
      set('situs', 'MX', [`10 surel.situs.${zone}.`]),
      set('_sip._tcp.situs', 'SRV', [`1 2 5060 surel.situs.${zone}.`]),
      set('www.situs', 'CNAME', [`situs.${zone}.`]),
    ]
    const made = await planFor(desired)

    await t.test(
      'until it is done the plan waits and names what is left; then every server agrees',
      async () => {
        await assert.rejects(driver.apply(made), isWaiting)
        await byHand({ ...made, changes: made.changes.slice(0, 3) })
        await assert.rejects(driver.apply(made), isWaiting)
        await byHand({ ...made, changes: made.changes.slice(3) })
        assert.deepEqual(await driver.apply(made), { result: 'already-applied' })
        const reports = await driver.probe({ zone, expected: desired })
        assert.deepEqual(new Set(reports.map(({ verdict }) => verdict)), new Set(['agrees']))
        assert.deepEqual((await planFor(desired)).changes, [])
      },
    )

    await t.test('a value that was mistyped is not the work', async () => {
      const change = await planFor([set('situs', 'A', ['192.0.2.9'])])
      const wrong = {
        ...change,
        changes: change.changes.map((each) => ({ ...each, after: { ttl: 300, values: ['192.0.2.90'] } })),
      }
      await byHand(wrong)
      await assert.rejects(driver.apply(change), isWaiting)
      await byHand(await planFor([set('situs', 'A', ['192.0.2.9'])]))
      assert.deepEqual(await driver.apply(change), { result: 'already-applied' })
      await byHand(undoOf(change))
      assert.deepEqual(await driver.apply(undoOf(change)), { result: 'already-applied' })
    })

    await t.test('the undo has a sheet too, and leaves the zone as it was', async () => {
      const undo = undoOf(made)
      await assert.rejects(driver.apply(undo), isWaiting)
      await byHand(undo)
      assert.deepEqual(await driver.apply(undo), { result: 'already-applied' })
      assert.deepEqual(await wholeZone(), before)
    })
  })
