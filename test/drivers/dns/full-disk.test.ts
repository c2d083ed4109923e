import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { planChanges, undoOf, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import { DnsFailure, type DnsDriver } from '../../../src/drivers/dns/driver.ts'
import { powerDnsFor, startDebianDns, startPowerDnsApi } from '../../support/debian-dns.ts'
import { driverFor, testZone as zone, zoneText } from '../../support/dns-server.ts'
import { smallDisk } from '../../support/small-disk.ts'

/** An office's name server whose disk is full: what it could not write is not there, and is done once when there is room. */

const MEBIBYTE = 1024 * 1024

type Place = { readonly directory: string }
/** `again`: starts it anew on the same data, where a full disk ends the server itself. */
type Subject = { readonly driver: DnsDriver; readonly port: number; readonly again?: () => Promise<unknown> }
const byUpdate =
  (kind: 'BIND' | 'Knot' | 'PowerDNS') =>
  async (t: TestContext, place: Place): Promise<Subject> => {
    const { port, settings, stop } = await startDebianDns(t, kind, place)
    const driver = driverFor(port, 'rfc2136')
    if (kind !== 'Knot') return { driver, port }
    // Knot maps its files into memory: on a full disk the kernel ends it, which it may still be about.
    const again = async () => {
      await stop('SIGKILL')
      await startDebianDns(t, kind, settings)
    }
    return { driver, port, again }
  }
const subjects: Readonly<Record<string, (t: TestContext, place: Place) => Promise<Subject>>> = {
  BIND: byUpdate('BIND'),
  Knot: byUpdate('Knot'),
  PowerDNS: byUpdate('PowerDNS'),
  'PowerDNS by HTTP': async (t, place) => {
    const { url, port } = await startPowerDnsApi(t, place)
    return { driver: powerDnsFor(url, port), port }
  },
}

/** Many names with long texts: more than what is left of a block. */
function largePlan(): DnsPlan {
  const text = `"${'x'.repeat(200)}"`
  const desired = Array.from({ length: 200 }, (_, no) => ({
    name: `penuh${no}.${zone}`,
    type: 'TXT',
    ttl: 300,
    values: [text],
  }))
  return planChanges({ zone, current: [], desired })
}

for (const [kind, start] of Object.entries(subjects))
  test(`${kind}: on a full disk nothing is taken for done; with room the same plan goes through once`, async (t) => {
    const disk = await smallDisk(t, 200 * MEBIBYTE)
    const directory = join(disk.path, 'data')
    await mkdir(directory)
    const { driver, port, again } = await start(t, { directory })
    const before = await zoneText(port)
    const plan = largePlan()
    await disk.fill(0)
    await assert.rejects(driver.apply(plan), (error) => {
      assert.ok(error instanceof DnsFailure, String(error))
      assert.ok(error.text.id.length > 40)
      console.log(`note: ${kind} on a full disk: ${error.kind}, ${error.detail}`)
      return true
    })
    if (!again) assert.equal(await zoneText(port), before, 'nothing of it is there, and it goes on answering')
    await disk.free()
    await again?.()
    assert.equal(await zoneText(port), before, 'nothing of it is there')
    await driver.apply(plan)
    assert.deepEqual(await driver.apply(plan), { result: 'already-applied' })
    await driver.apply(undoOf(plan))
    assert.equal(await zoneText(port), before)
  })
