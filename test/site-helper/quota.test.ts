import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import type { DebianHost } from '../../src/servers/debian/host.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import { bareHost, driverOf, type Scope } from '../support/debian-host.ts'
import { commandLine, digestOf, durableCalls, killAtEveryStep } from './kill-sweep.ts'

const MEBIBYTE = 1024 * 1024
const QUOTA_BYTES = 8 * MEBIBYTE
const DISK = '400M'
/** The kernel clears a removed subvolume away in the background. */
const CLEARED_TIMEOUT_MS = 60_000
const POLL_MS = 100

const fqdnOf = (name: string) => `${name}.contohkab.go.id`
const wish = (name: string): DesiredSite => ({
  fqdn: fqdnOf(name),
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token: `req-${name}`,
})

async function must(host: DebianHost, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await host.run(argv)
  assert.equal(code, 0, `${argv.join(' ')}: ${stderr}${stdout}`)
  return stdout
}

/** A prepared host whose sites lie on btrfs, with a small limit for each. */
async function hostOnBtrfs(t: Scope, quotas: boolean) {
  const fixture = await bareHost(t, ['sshd', 'nginx'])
  const { host } = fixture
  await must(host, '/usr/bin/mkdir', '-p', '/srv/ranah')
  await must(host, '/usr/bin/truncate', '--size', DISK, '/tmp/sites.img')
  await must(host, '/usr/sbin/mkfs.btrfs', '--quiet', '/tmp/sites.img')
  await must(host, '/usr/bin/mount', '-o', 'loop', '/tmp/sites.img', '/srv/ranah')
  if (quotas) await must(host, '/usr/bin/btrfs', 'quota', 'enable', '/srv/ranah')
  for (const change of await fixture.changes()) await change.make()
  const settings = JSON.parse(await must(host, '/usr/bin/cat', '/etc/ranah/host.json')) as object
  await host.run(
    ['/usr/bin/tee', '/etc/ranah/host.json'],
    JSON.stringify({ ...settings, quotaBytes: QUOTA_BYTES }),
  )
  return { host, driver: driverOf(fixture) }
}

/** Every quota group with its limit; those of subvolumes that are gone count too. */
const groupsOf = async (host: DebianHost): Promise<string> =>
  (await must(host, '/usr/bin/btrfs', 'qgroup', 'show', '--raw', '-re', '/srv/ranah'))
    .split('\n')
    .filter((line) => line.startsWith('0/'))
    .map((line) => {
      const [group, , , limit] = line.split(/\s+/)
      return `${group} ${limit}`
    })
    .join('\n')

/** Writes as the owner of a site does. @returns what the kernel says */
async function writeAs(host: DebianHost, user: string, file: string, mebibytes: number) {
  const as = ['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  const dd = ['/usr/bin/dd', 'if=/dev/urandom', `of=/srv/ranah/sites/${user}/${file}`, 'bs=1M']
  return host.run([...as, ...dd, `count=${mebibytes}`, 'conv=fsync'])
}

test('a site that fills up is stopped by the file system, and no other is', async (t) => {
  const { host, driver } = await hostOnBtrfs(t, true)
  process.stdout.write(`note: ${(await must(host, '/usr/bin/btrfs', '--version')).trim()}\n`)
  const users: string[] = []
  for (const name of ['penuh', 'tetangga']) {
    await driver.apply(await driver.plan(wish(name)))
    users.push((await driver.issueCredentials(fqdnOf(name), `akses-${name}`)).username)
  }
  const findings = await driver.check()
  assert.ok(findings.some(({ text }) => /btrfs\) membatasi setiap situs/.test(text.id)))
  const [full, neighbour] = users as [string, string]
  for (const place of ['www', 'tmp']) {
    const over = await writeAs(host, full, `${place}/besar.bin`, QUOTA_BYTES / MEBIBYTE + 1)
    assert.notEqual(over.code, 0)
    assert.match(over.stderr, /Disk quota exceeded/, place)
    const other = await writeAs(host, neighbour, `${place}/wajar.bin`, 4)
    assert.equal(other.code, 0, other.stderr)
  }

  // A site that is full is still told new things, gets new credentials and a new archive.
  const renamed = { ...wish('penuh'), site: { title: 'Nama Baru', agency: 'Dinas Contoh' }, token: 'req-2' }
  await driver.apply(await driver.plan(renamed))
  await driver.issueCredentials(fqdnOf('penuh'), 'akses-baru')
  const fits = makeZip([{ name: 'index.html', data: 'baru' }])
  await driver.deploy(fqdnOf('penuh'), fits, 'unggah-1')
  const probed = await driver.probe(fqdnOf('penuh'))
  assert.ok(probed.kind === 'seen' && probed.status === 200)

  // Within the sum of its files, but not with what the file system needs beside them.
  const tight = makeZip([
    { name: 'index.html', data: 'penuh' },
    { name: 'besar.bin', data: randomBytes(QUOTA_BYTES - 16) },
  ])
  await assert.rejects(driver.deploy(fqdnOf('penuh'), tight, 'unggah-2'), {
    reason: 'site-full',
    status: 409,
  })
  const after = await driver.probe(fqdnOf('penuh'))
  assert.ok(after.kind === 'seen' && after.status === 200)
  for (const name of ['penuh', 'tetangga']) {
    const gone = await driver.plan({ fqdn: fqdnOf(name), site: null, token: `tutup-${name}` })
    await driver.apply(gone)
    assert.equal((await driver.inspect(fqdnOf(name))).kind, 'absent')
  }
})

for (const [calls, what] of [
  [durableCalls.files, 'file'],
  [durableCalls.programs, 'program'],
] as const)
  test(`a helper on btrfs killed at any ${what} is taken up, and undo leaves neither files nor quota groups`, async (t) => {
    const { host, driver } = await hostOnBtrfs(t, true)
    await driver.apply(await driver.plan(wish('awal')))
    const [before, groups] = [await digestOf(host), await groupsOf(host)]
    const plan = await driver.plan(wish('aset'))
    const line = commandLine('ensure-site', { ...wish('aset').site, fqdn: fqdnOf('aset'), token: 'req-aset' })
    const killed = await killAtEveryStep(
      host,
      calls,
      () => line,
      async (step, isWhole) => {
        if (!isWhole) await driver.apply(plan)
        const probed = await driver.probe(fqdnOf('aset'))
        assert.ok(probed.kind === 'seen' && probed.status === 200, `after ${what} ${step}`)
        await driver.undo(plan)
        await untilCleared(host, driver, groups, `after ${what} ${step}`)
        assert.equal(await digestOf(host), before, `after ${what} ${step}`)
      },
    )
    process.stdout.write(`note: the helper was killed at ${killed} ${what}s of making a limited site\n`)
    assert.ok(killed >= 5, String(killed))
  })

/**
 * What the kernel still clears away is ended by the next command, whichever that is. Newer kernels end the group by
 * themselves, so that groups alone do not show whether the helper has seen it and taken away what it noted.
 */
async function untilCleared(
  host: DebianHost,
  driver: ReturnType<typeof driverOf>,
  groups: string,
  when: string,
): Promise<void> {
  const deadline = performance.now() + CLEARED_TIMEOUT_MS
  for (;;) {
    assert.equal((await driver.inspect(fqdnOf('aset'))).kind, 'absent')
    const [now, noted] = [await groupsOf(host), await must(host, '/usr/bin/ls', '/srv/ranah/staging')]
    if (now === groups && noted === '') return
    if (performance.now() > deadline) assert.deepEqual([now, noted], [groups, ''], when)
    await sleep(POLL_MS)
  }
}

test('where the file system cannot, it is said plainly', async (t) => {
  const { host, driver } = await hostOnBtrfs(t, false)
  await driver.apply(await driver.plan(wish('bebas')))
  const off = await driver.check()
  assert.ok(
    off.some(({ text }) => /kuota btrfs belum aktif/.test(text.id)),
    JSON.stringify(off),
  )
  // Switched on later: what is made from then on is limited.
  await must(host, '/usr/bin/btrfs', 'quota', 'enable', '/srv/ranah')
  const zip = makeZip([{ name: 'index.html', data: 'baru' }])
  await driver.deploy(fqdnOf('bebas'), zip, 'unggah-1')
  const { username } = await driver.issueCredentials(fqdnOf('bebas'), 'akses')
  const over = await writeAs(host, username, 'www/besar.bin', QUOTA_BYTES / MEBIBYTE + 1)
  assert.match(over.stderr, /Disk quota exceeded/)
})
