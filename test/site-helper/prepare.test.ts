import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { makeKeyPair } from '../../src/servers/sites/host-key.ts'
import { bareHost, driverOf } from '../support/debian-host.ts'
import { ranah } from '../support/ranah.ts'

test('ranah host prepare makes a site host, and the second time finds nothing to do', async (t) => {
  const fixture = await bareHost(t, ['sshd', 'nginx'])
  const { host, operator, settings } = fixture
  const directory = await mkdtemp(join(tmpdir(), 'ranah-prepare-'))
  t.after(() => rm(directory, { recursive: true }))
  const [identity, key] = [join(directory, 'operator'), join(directory, 'ranah.pub')]
  await writeFile(identity, operator.privateKey, { mode: 0o600 })
  await writeFile(key, `${fixture.ranah.publicKey} ranah\n`)
  const prepare = (hostKey: string, ...more: string[]) => {
    const given = ['--identity', identity, '--key', key, '--host-key', hostKey, '--no-php', ...more]
    return ranah(join(directory, 'data'), ['host', 'prepare', host.address, ...given])
  }
  const isUntouched = async () => (await host.run(['/usr/bin/test', '-e', '/etc/ranah'])).code !== 0

  const stranger = await prepare(makeKeyPair().publicKey, '--yes')
  assert.notEqual(stranger.code, 0)
  assert.match(stranger.stderr, /menunjukkan kunci SSH lain/)
  const unanswered = await prepare(settings.hostKey)
  assert.notEqual(unanswered.code, 0)
  assert.match(unanswered.stdout, /\/etc\/ranah\/host\.json[^]*"tlsPort": 443/)
  assert.ok(await isUntouched(), 'nothing happens before somebody agrees')

  const first = await prepare(settings.hostKey, '--yes')
  assert.equal(first.code, 0, first.stderr)
  assert.match(first.stdout, /ForceCommand internal-sftp/)
  const findings = await driverOf(fixture).check()
  assert.ok(
    findings.every(({ ok }) => ok),
    JSON.stringify(findings),
  )

  const second = await prepare(settings.hostKey, '--yes')
  assert.equal(second.code, 0, second.stderr)
  assert.equal(
    second.stdout.trim(),
    [
      'Unggahan SFTP tidak dibatasi di server ini: /srv/ranah tidak terletak pada btrfs. Arsip ZIP tetap dibatasi.',
      'Server ini sudah siap. Tidak ada yang perlu diubah.',
    ].join('\n'),
  )
})
