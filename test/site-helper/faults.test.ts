import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { makeKeyPair } from '../../src/servers/sites/host-key.ts'
import { bareHost, preparedHost } from '../support/debian-host.ts'

const FQDN = 'aset.contohkab.go.id'
const wish = (fqdn: string, token: string): DesiredSite => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token,
})
test('a preparation says every change, changes nothing before, and has nothing to do a second time', async (t) => {
  const { host, changes } = await bareHost(t, ['sshd', 'nginx', 'php-fpm'])
  const planned = await changes()
  const words = planned.map(({ text, detail }) => `${text.en} ${detail ?? ''}`).join('\n')
  for (const path of ['ranah-sites', '/etc/ssh/sshd_config.d/ranah.conf', '/root/.ssh/authorized_keys']) {
    assert.ok(words.includes(path), path)
  }
  assert.match(words, /\+ {3}ForceCommand internal-sftp/)
  assert.notEqual((await host.run(['/usr/bin/test', '-e', '/etc/ranah'])).code, 0)
  for (const change of planned) await change.make()
  assert.deepEqual(await changes(), [])
  const sshd = await host.run(['/usr/sbin/sshd', '-T', '-C', 'user=root,host=x,addr=192.0.2.1'])
  assert.match(sshd.stdout, /^chrootdirectory none$/m, 'others sign in as before')
  const forwarding = await host.run(['/usr/bin/grep', 'restrict,command=', '/root/.ssh/authorized_keys'])
  assert.equal(forwarding.code, 0)
})

test('a broken file of somebody else stops nothing that runs, and is named', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  await driver.apply(await driver.plan(wish(FQDN, 'req-1')))
  await host.run(['/usr/bin/tee', '/etc/nginx/conf.d/asing.conf'], 'tidak_dikenal on;\n')
  const plan = await driver.plan(wish('baru.contohkab.go.id', 'req-2'))
  await assert.rejects(driver.apply(plan), (error: { reason?: string; message: string }) => {
    assert.equal(error.reason, 'host-configuration-broken')
    assert.match(error.message, /asing\.conf/)
    return true
  })
  const still = await driver.probe(FQDN)
  assert.ok(still.kind === 'seen' && still.status === 200)
  await host.run(['/usr/bin/rm', '/etc/nginx/conf.d/asing.conf'])
  await driver.apply(plan)
  const after = await driver.probe('baru.contohkab.go.id')
  assert.ok(after.kind === 'seen' && after.status === 200)

  await host.end('nginx')
  const later = await driver.plan(wish('nanti.contohkab.go.id', 'req-3'))
  await assert.rejects(driver.apply(later), { reason: 'service-down', status: 503 })
  await host.start('nginx')
  await driver.apply(later)
  const shown = await driver.probe('nanti.contohkab.go.id')
  assert.ok(shown.kind === 'seen' && shown.status === 200)
})

test('another host key, a revoked key, garbage and a silent host are told apart, and all are unknown', async (t) => {
  const { host, settings, ranah, driver } = await preparedHost(t, ['sshd', 'nginx'])
  const reasonOf = async (tried: typeof driver) => {
    const { ok, text } = (await tried.check())[0]!
    assert.equal(ok, false)
    assert.ok(text.id.length > 40 && text.en.length > 40)
    assert.equal((await tried.inspect(FQDN)).kind, 'unknown')
    return tried
      .apply({
        driver: 'linux-host',
        fqdn: FQDN,
        token: 'a',
        changes: [{ do: 'remove', site: { fqdn: FQDN, title: 'a', agency: 'b' } }],
        lines: [],
      })
      .then(
        () => 'none',
        (error: { reason?: string }) => error.reason,
      )
  }
  const secret = { privateKey: ranah.privateKey }
  const otherKey = { ...settings, hostKey: makeKeyPair().publicKey }
  assert.equal(await reasonOf(linuxHosting(otherKey, secret)), 'site-host-key-differs')
  const stranger = { privateKey: makeKeyPair().privateKey }
  assert.equal(await reasonOf(linuxHosting(settings, stranger)), 'site-host-key-refused')
  await host.run(['/usr/bin/tee', '/usr/local/lib/ranah/site-helper.mjs'], 'console.log("{\\"answers\\": 7")')
  assert.equal(await reasonOf(linuxHosting(settings, secret)), 'site-host-answer')
  await host.end('sshd')
  assert.equal(await reasonOf(linuxHosting(settings, secret)), 'site-host-unreachable')
})
