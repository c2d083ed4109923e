import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import { preparedHost } from '../support/debian-host.ts'

const FQDN = 'aset.contohkab.go.id'
const wish = (fqdn: string, token: string): DesiredSite => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token,
})
/** Everything a site leaves on a host: accounts, records, content, and the configuration in force. */
const TREES = [
  '/etc/passwd',
  '/etc/group',
  '/etc/shadow',
  '/srv/ranah',
  '/var/lib/ranah-sites',
  '/etc/ranah/current/',
]

test('a helper killed at any durable step is taken up by the next command, and undo leaves no trace', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  // A first site, so that the folders every host gets with its first one are there.
  const first = await driver.plan(wish('awal.contohkab.go.id', 'req-0'))
  await driver.apply(first)
  const digest = async () => {
    const tar = ['/usr/bin/tar', '--create', '--sort=name', '--mtime=@0', '--numeric-owner', '--exclude=logs']
    const { stdout, code, stderr } = await host.run([...tar, '--file=/tmp/host.tar', ...TREES])
    assert.equal(code, 0, stderr + stdout)
    return (await host.run(['/usr/bin/sha256sum', '/tmp/host.tar'])).stdout
  }
  const before = await digest()
  const plan = await driver.plan(wish(FQDN, 'req-1'))
  const line = `${JSON.stringify({ commands: [{ verb: 'ensure-site', request: { ...wish(FQDN, 'req-1').site, fqdn: FQDN, token: 'req-1' } }] })}\n`
  let killed = 0
  for (let step = 1; ; step++) {
    assert.ok(step < 200, 'the number of steps is bounded')
    // One thread for files, so that the steps come one after the other and can be counted.
    const inject = `inject=rename,symlink,mkdir,link,unlink,rmdir:signal=KILL:when=${step}`
    const strace = ['/usr/bin/strace', '-f', '-q', '-o', '/tmp/strace', '-e', inject]
    const ran = await host.run(
      [
        '/usr/bin/env',
        'UV_THREADPOOL_SIZE=1',
        ...strace,
        '/usr/bin/node',
        '/usr/local/lib/ranah/site-helper.mjs',
      ],
      line,
    )
    const isWhole = ran.stdout.includes('"answer"')
    if (!isWhole) {
      killed += 1
      await driver.apply(plan)
    }
    const probed = await driver.probe(FQDN)
    assert.ok(probed.kind === 'seen' && probed.status === 200, `after step ${step}`)
    await driver.undo(plan)
    assert.equal((await driver.inspect(FQDN)).kind, 'absent')
    if (isWhole) break
    assert.equal(await digest(), before, `after step ${step}`)
  }
  process.stdout.write(`note: the helper was killed at ${killed} steps of making a site\n`)
  assert.ok(killed >= 10, String(killed))
})
