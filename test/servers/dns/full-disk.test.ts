import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import { launchDnsServer, stopDnsServer } from '../../../src/servers/dns/launch.ts'
import { readPidfile } from '../../../src/servers/dns/pidfile.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import {
  dig,
  driverFor,
  end,
  eventually,
  newZone,
  startDnsServer,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'
import { smallDisk } from '../../support/small-disk.ts'

/** The store on a disk without room. */

const MEBIBYTE = 1024 * 1024
const BLOCK = 4_096

/** One name with an address and a text of about so many octets: both or none. */
function pair(name: string, octets: number): ReturnType<typeof planChanges> {
  const values = Array.from({ length: Math.ceil(octets / 200) }, (_, no) => `"${no} ${'x'.repeat(190)}"`)
  const desired = [
    { name: `${name}.${zone}`, type: 'A', ttl: 300, values: ['192.0.2.1'] },
    { name: `${name}-isi.${zone}`, type: 'TXT', ttl: 300, values },
  ]
  return planChanges({ zone, current: [], desired })
}

test('on a full disk an update is refused and nothing of it is there; with room the same plan goes through once', async (t) => {
  const disk = await smallDisk(t, MEBIBYTE)
  const dataDir = join(disk.path, 'data')
  const first = await startDnsServer(t, { dataDir })
  const driver = driverFor(first.port)
  await driver.createZone(newZone())
  await driver.apply(pair('lama', 100))
  const before = await driver.transfer(zone)

  await disk.fill(BLOCK)
  const large = pair('baru', 3 * BLOCK)
  await assert.rejects(driver.apply(large), (error) => {
    assert.ok(error instanceof DnsFailure, String(error))
    assert.notEqual(error.kind, 'refused', 'nobody said no; it is to be tried again')
    return true
  })
  assert.deepEqual(await driver.transfer(zone), before)
  assert.equal((await dig(first.port, [`lama.${zone}`, 'A'])).answer.length, 1, 'it goes on answering')

  await end(first.child, 'SIGKILL')
  const second = await startDnsServer(t, { dataDir })
  const again = driverFor(second.port)
  assert.deepEqual(await again.transfer(zone), before, 'started on the full disk with all it had answered')
  await assert.rejects(again.apply(large), DnsFailure)
  await disk.free()
  await again.apply(large)
  const made = await again.transfer(zone)
  assert.equal(made.length, before.length + 2)
  await again.apply(large)
  assert.deepEqual(await again.transfer(zone), made)
  await end(second.child, 'SIGKILL')
  const third = await startDnsServer(t, { dataDir })
  assert.deepEqual(await driverFor(third.port).transfer(zone), made)
})

test('a snapshot that finds no room is given up whole: its journal goes on, and every room left is for updates', async (t) => {
  const disk = await smallDisk(t, 2 * MEBIBYTE)
  const dataDir = join(disk.path, 'data')
  const maxJournalOctets = 16 * BLOCK
  const server = await startDnsServer(t, { dataDir, maxJournalOctets })
  const driver = driverFor(server.port)
  await driver.createZone(newZone())
  for (let no = 0; no < 15; no += 1) await driver.apply(pair(`awal${no}`, BLOCK - 600))
  // Enough for the journal to reach its bound, not for the snapshot that would follow.
  await disk.fill(12 * BLOCK)
  const answered = new Set<string>()
  for (let no = 0; no < 20; no += 1) {
    const name = `sempit${no}`
    await driver.apply(pair(name, 600)).then(
      () => answered.add(name),
      (error: unknown) => assert.ok(error instanceof DnsFailure, String(error)),
    )
  }
  assert.ok(answered.size >= 15, `${answered.size} of 20 went through`)
  const files = (await readdir(dataDir)).filter((name) => /^(zones|journal)-/.test(name))
  assert.equal(files.length, 2, files.join(', '))
  assert.ok(files.includes('zones-0'), files.join(', '))
  const before = await driver.transfer(zone)
  await end(server.child, 'SIGKILL')
  await disk.free()
  const again = await startDnsServer(t, { dataDir, maxJournalOctets })
  const after = driverFor(again.port)
  assert.deepEqual(await after.transfer(zone), before)
  for (const name of answered)
    assert.equal((await dig(again.port, [`${name}.${zone}`, 'A'])).answer.length, 1)
  await after.apply(pair('lega', 600))
  assert.ok(!(await readdir(dataDir)).includes('zones-0'), 'with room it is folded')
})

test('the launcher starts the name server on a disk without any room, knows it again, and with room work goes on', async (t) => {
  const disk = await smallDisk(t, MEBIBYTE, (path) => stopDnsServer(join(path, 'data')))
  const dataDir = join(disk.path, 'data')
  const key = { ...testKey, update: ['*'], transfer: ['*'], createZones: true }
  const config = { dataDir, listen: '127.0.0.1', port: await freePort(), keys: [key] }
  const first = await launchDnsServer(config)
  const driver = driverFor(first.port)
  await driver.createZone(newZone())
  await driver.apply(pair('lama', 100))
  await disk.fill(0)
  process.kill(first.pid, 'SIGKILL')
  await eventually(async () => assert.equal(await readPidfile(dataDir), undefined))
  const second = await launchDnsServer(config)
  assert.notEqual(second.pid, first.pid)
  assert.equal((await dig(second.port, [`lama.${zone}`, 'A'])).answer.length, 1)
  await assert.rejects(driver.apply(pair('baru', 3 * BLOCK)), DnsFailure)
  assert.deepEqual(await launchDnsServer(config), { ...second, adopted: true })
  await disk.free()
  await driver.apply(pair('baru', 3 * BLOCK))
  assert.equal((await dig(second.port, [`baru.${zone}`, 'A'])).answer.length, 1)
})
