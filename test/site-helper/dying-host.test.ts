import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { HELPER_FILE } from '../../src/domain/hosting/helper.ts'
import type { DebianHost } from '../../src/servers/debian/host.ts'
import { preparedHost } from '../support/debian-host.ts'
import { digestOf } from './kill-sweep.ts'

const WAIT_MS = 30_000
const FQDN = 'aset.contohkab.go.id'
const wish = (fqdn: string, token: string) => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token,
})

type Running = { readonly pid: number; readonly command: string }

/** Every process of the host but its first, as this machine numbers them. */
function processesOf(host: DebianHost): readonly Running[] {
  const space = readlinkSync(`/proc/${host.pid}/ns/pid`)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== host.pid)
    .flatMap((name) => {
      try {
        if (readlinkSync(`/proc/${name}/ns/pid`) !== space) return []
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'latin1') }]
      } catch {
        return [] // it has ended meanwhile
      }
    })
}

/** As when its power goes: nobody on the host ends what they are doing. */
function cutPower(host: DebianHost): void {
  for (const { pid } of processesOf(host)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // its parent took it along
    }
  }
}

/** What a folder of the host holds, seen through the root of its web server. */
function namesIn(host: DebianHost, folder: string): readonly string[] {
  const web = processesOf(host).find(({ command }) => command.startsWith('nginx: master'))
  return web ? readdirSync(`/proc/${web.pid}/root${folder}`) : []
}

/** What can be seen of a command that is under way, from its begin to its end. */
const moments: Readonly<Record<string, (host: DebianHost) => boolean>> = {
  'the helper has begun': (host) => processesOf(host).some(({ command }) => command.includes(HELPER_FILE)),
  'the folder of the site is there': (host) => namesIn(host, '/srv/ranah/sites').length > 1,
  'the record of the site is there': (host) =>
    namesIn(host, '/var/lib/ranah-sites/records').includes(`${FQDN}.json`),
}

test('a host that dies in the middle of a command: the outcome is unknown, and the plan goes through once when it is back', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  // A first site, so that the folders every host gets with its first one are there.
  await driver.apply(await driver.plan(wish('awal.contohkab.go.id', 'req-0')))
  const before = await digestOf(host)
  for (const [what, isReached] of Object.entries(moments)) {
    const plan = await driver.plan(wish(FQDN, 'req-1'))
    const outcome = driver.apply(plan).then(
      () => 'done',
      (error: { reason?: string; status?: number }) => `${error.reason} ${error.status}`,
    )
    const deadline = performance.now() + WAIT_MS
    while (!isReached(host)) {
      assert.ok(performance.now() < deadline, `waited too long until ${what}`)
      await sleep(1)
    }
    cutPower(host)
    assert.equal(await outcome, 'site-host-unreachable 503', what)
    assert.equal((await driver.inspect(FQDN)).kind, 'unknown', what)
    for (const service of ['sshd', 'nginx'] as const) await host.start(service)
    await driver.apply(plan)
    const made = await digestOf(host)
    const probed = await driver.probe(FQDN)
    assert.ok(probed.kind === 'seen' && probed.status === 200, what)
    await driver.apply(plan)
    assert.equal(await digestOf(host), made, `made once: ${what}`)
    await driver.undo(plan)
    assert.equal((await driver.inspect(FQDN)).kind, 'absent', what)
    assert.equal(await digestOf(host), before, what)
  }
})
