import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import type { HostingDriver } from '../../src/drivers/hosting/driver.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import { bareHost, driverOf, preparedHost } from '../support/debian-host.ts'
import { ownAuthority } from '../support/own-authority.ts'

const wish = (name: string, kind: 'static' | 'maintenance' = 'static'): DesiredSite => ({
  fqdn: `${name}.contohkab.go.id`,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh', kind },
  token: `req-${name}-${kind}`,
})

async function statusOf(driver: HostingDriver, name: string): Promise<number> {
  const seen = await driver.probe(`${name}.contohkab.go.id`)
  assert.equal(seen.kind, 'seen')
  return seen.kind === 'seen' ? seen.status : 0
}

test('a site whose configuration nginx refuses keeps its last good one, is named, and stops no other', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  for (const name of ['baik', 'rusak']) await driver.apply(await driver.plan(wish(name)))
  const later = await driver.plan(wish('nanti'))

  // What no check of ours lets through: a port that only nginx knows to be none.
  const file = '/var/lib/ranah-sites/records/rusak.contohkab.go.id.json'
  const record = JSON.parse((await host.run(['/usr/bin/cat', file])).stdout) as { sites: object[] }
  const broken = { ...record.sites[0], kind: 'proxy', target: 'http://192.0.2.1:99999' }
  await host.run(['/usr/bin/tee', file], JSON.stringify({ ...record, pending: true, sites: [broken] }))

  await driver.apply(later)
  for (const name of ['baik', 'nanti', 'rusak']) assert.equal(await statusOf(driver, name), 200, name)
  await assert.rejects(
    driver.inspect('rusak.contohkab.go.id'),
    (error: { reason?: string; message: string }) => {
      assert.equal(error.reason, 'site-configuration-refused')
      assert.match(error.message, /rusak\.contohkab\.go\.id.*port/)
      return true
    },
  )
  assert.equal(await statusOf(driver, 'rusak'), 200)
  // It is planned anew from what stands there, and that plan mends it.
  await driver.apply(await driver.plan(wish('rusak', 'maintenance')))
  assert.equal(await statusOf(driver, 'rusak'), 503)
  assert.equal((await driver.inspect('rusak.contohkab.go.id')).kind, 'present')
})

test('a full disk is told as such, leaves what is live alone, and ends when there is room', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  await host.run(['/usr/bin/mkdir', '-p', '/srv/ranah'])
  const tmpfs = ['-t', 'tmpfs', '-o', 'size=2m,mode=0755', 'tmpfs', '/srv/ranah']
  const mounted = await host.run(['/usr/bin/mount', ...tmpfs])
  assert.equal(mounted.code, 0, mounted.stderr)
  await driver.apply(await driver.plan(wish('penuh')))
  const large = makeZip([
    { name: 'index.html', data: 'baru' },
    { name: 'besar.bin', data: randomBytes(3 * 1024 * 1024) },
  ])
  const fqdn = 'penuh.contohkab.go.id'
  await assert.rejects(driver.deploy(fqdn, large, 'unggah-1'), { reason: 'host-full', status: 503 })
  assert.equal(await statusOf(driver, 'penuh'), 200)
  const small = makeZip([{ name: 'index.html', data: 'kecil' }])
  await driver.deploy(fqdn, small, 'unggah-2')

  await host.run(['/usr/bin/dd', 'if=/dev/zero', 'of=/srv/ranah/isi', 'bs=1k', 'count=4096'])
  const plan = await driver.plan(wish('baru'))
  await assert.rejects(driver.apply(plan), { reason: 'host-full', status: 503 })
  assert.equal(await statusOf(driver, 'penuh'), 200)
  await host.run(['/usr/bin/rm', '/srv/ranah/isi'])
  await driver.apply(plan)
  assert.equal(await statusOf(driver, 'baru'), 200)
})

test('a certificate on a host whose disk is full: told as such, the one in use stays, and with room the same one is installed', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  const authority = await ownAuthority(t)
  await host.run(['/usr/bin/mkdir', '-p', '/var/lib/ranah-sites'])
  const tmpfs = ['-t', 'tmpfs', '-o', 'size=1m,mode=0755', 'tmpfs', '/var/lib/ranah-sites']
  const mounted = await host.run(['/usr/bin/mount', ...tmpfs])
  assert.equal(mounted.code, 0, mounted.stderr)
  const fill = () =>
    host.run(['/usr/bin/dd', 'if=/dev/zero', 'of=/var/lib/ranah-sites/isi', 'bs=1k', 'count=2048'])
  const free = () => host.run(['/usr/bin/rm', '/var/lib/ranah-sites/isi'])
  const [fqdn, tls] = ['aman.contohkab.go.id', driver.tls!]
  await driver.apply(await driver.plan(wish('aman')))

  await fill()
  await assert.rejects(tls.makeCsr(fqdn, [fqdn]), { reason: 'host-full', status: 503 })
  await assert.rejects(tls.showProof(fqdn, 'bukti', 'bukti.kunci'), { reason: 'host-full', status: 503 })
  await free()
  const first = await authority.sign(await tls.makeCsr(fqdn, [fqdn]))
  await fill()
  await assert.rejects(tls.install(fqdn, first.chain), { reason: 'host-full', status: 503 })
  assert.equal(await statusOf(driver, 'aman'), 200, 'it is served without one')
  await free()
  await tls.install(fqdn, first.chain)
  assert.equal(await tls.probeSerial(fqdn), first.serial)

  const next = await authority.sign(await tls.makeCsr(fqdn, [fqdn]))
  await fill()
  await assert.rejects(tls.install(fqdn, next.chain), { reason: 'host-full', status: 503 })
  assert.equal(await tls.probeSerial(fqdn), first.serial, 'the one in use stays')
  await free()
  await tls.install(fqdn, next.chain)
  await tls.hideProofs(fqdn)
  assert.equal(await tls.probeSerial(fqdn), next.serial)
})

test('plans that are applied at once lead to one reload, and a repeated one to none', async (t) => {
  const fixture = await bareHost(t, ['sshd'])
  const { host } = fixture
  // nginx notes what it is told in a log of its own.
  const log = '/var/log/nginx/told.log'
  await host.run(['/usr/bin/tee', '/etc/nginx/modules-enabled/00-told.conf'], `error_log ${log} notice;\n`)
  await host.start('nginx')
  for (const change of await fixture.changes()) await change.make()
  const driver = driverOf(fixture)
  const reloads = async () =>
    Number((await host.run(['/usr/bin/grep', '--count', 'SIGHUP) received', log])).stdout)
  await driver.apply(await driver.plan(wish('awal')))
  const names = Array.from({ length: 20 }, (_, index) => `serentak-${index}`)
  const plans = await Promise.all(names.map((name) => driver.plan(wish(name))))
  const before = await reloads()
  assert.ok(before >= 1, String(before))
  // The first goes at once and alone; the others wait for it together.
  await Promise.all(plans.map((plan) => driver.apply(plan)))
  assert.equal((await reloads()) - before, 2)
  for (const name of names) assert.equal(await statusOf(driver, name), 200, name)
  await Promise.all(plans.map((plan) => driver.apply(plan)))
  assert.equal((await reloads()) - before, 2)
})
