import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

import { embeddedHosting } from '../../../src/drivers/hosting/embedded/driver.ts'
import { endProcess, identify } from '../../../src/servers/process.ts'
import { launchSites, stopSites } from '../../../src/servers/sites/launch.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { configIn, curl, siteNamed } from './running-host.ts'
import { makeZip } from './zip-maker.ts'
import '../../support/own-networks.ts'

const MEBIBYTE = 1024 * 1024
const OLD = 'lama.contohkab.go.id'
const NEW = 'baru.contohkab.go.id'

/** SIGKILL, and until the process is gone: who starts at that moment would take the dying one for a living one. */
async function struck(pid: number): Promise<void> {
  const identity = await identify(pid)
  assert.ok(identity && (await endProcess(identity, [{ signal: 'SIGKILL', waitMs: 10_000 }])))
}

test('a full disk under the embedded sites is told as such, leaves nothing half-made, and ends when there is room', async (t) => {
  const disk = await smallDisk(t, 4 * MEBIBYTE, (path) => stopSites(configIn(path)))
  const config = configIn(disk.path)
  let host = await launchSites(config)
  const webTarget = async () => ({ address: '127.0.0.1', port: host.webPort })
  const driver = embeddedHosting({ ...config, webTarget })
  await driver.apply(await driver.plan(siteNamed(OLD)))
  const zip = (size: number) =>
    makeZip([
      { name: 'index.html', data: 'isi' },
      { name: 'besar.bin', data: randomBytes(size), stored: true },
    ])
  const archive = zip(MEBIBYTE / 2)
  const isWhole = async () => {
    assert.deepEqual(await readdir(join(config.dataDir, 'staging')), [])
    assert.match((await curl(host.webPort, OLD, '/')).stdout, /Sistem Contoh/)
  }

  const plan = await driver.plan(siteNamed(NEW, 'req-2'))
  await disk.fill(0)
  await assert.rejects(driver.apply(plan), { reason: 'host-full', status: 503 })
  assert.equal((await driver.inspect(NEW)).kind, 'absent')
  await isWhole()
  await assert.rejects(driver.deploy(OLD, archive, 'unggah-1'), { reason: 'host-full', status: 503 })
  await isWhole()
  // Room for the archive, not for what is in it.
  await disk.free()
  await disk.fill((MEBIBYTE * 3) / 4)
  await assert.rejects(driver.deploy(OLD, archive, 'unggah-1'), { reason: 'host-full', status: 503 })
  await isWhole()

  await disk.free()
  await struck(host.pid)
  host = await launchSites(config)
  await isWhole()
  await driver.apply(plan)
  await driver.apply(plan)
  assert.match((await curl(host.webPort, NEW, '/')).stdout, /Sistem Contoh/)
  await driver.deploy(OLD, archive, 'unggah-1')
  assert.equal((await curl(host.webPort, OLD, '/')).stdout, 'isi')
  await driver.undo(plan)
  assert.equal((await driver.inspect(NEW)).kind, 'absent')
})

test('the embedded sites start on a disk without any room: what they served is served, and with room work goes on', async (t) => {
  const disk = await smallDisk(t, 4 * MEBIBYTE, (path) => stopSites(configIn(path)))
  const config = configIn(disk.path)
  const first = await launchSites(config)
  const webTarget = async () => ({ address: '127.0.0.1', port: first.webPort })
  const before = embeddedHosting({ ...config, webTarget })
  await before.apply(await before.plan(siteNamed(OLD)))
  await disk.fill(0)
  for (const round of [1, 2]) {
    const host = await launchSites(config)
    assert.equal(host.adopted, round === 1)
    await struck(host.pid)
  }
  const host = await launchSites(config)
  assert.match((await curl(host.webPort, OLD, '/')).stdout, /Sistem Contoh/)
  const driver = embeddedHosting({
    ...config,
    webTarget: async () => ({ address: '127.0.0.1', port: host.webPort }),
  })
  assert.equal((await driver.inspect(OLD)).kind, 'present')
  await assert.rejects(driver.apply(await driver.plan(siteNamed(NEW, 'req-2'))), { reason: 'host-full' })
  assert.equal((await launchSites(config)).pid, host.pid, 'it is known again')
  await disk.free()
  await driver.apply(await driver.plan(siteNamed(NEW, 'req-2')))
  assert.match((await curl(host.webPort, NEW, '/')).stdout, /Sistem Contoh/)
})
