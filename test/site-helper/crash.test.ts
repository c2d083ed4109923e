import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import { preparedHost } from '../support/debian-host.ts'
import { commandLine, digestOf, durableCalls, killAtEveryStep } from './kill-sweep.ts'

const FQDN = 'aset.contohkab.go.id'
const wish = (fqdn: string, token: string): DesiredSite => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token,
})

test('a helper killed at any durable step is taken up by the next command, and undo leaves no trace', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  // A first site, so that the folders every host gets with its first one are there.
  const first = await driver.plan(wish('awal.contohkab.go.id', 'req-0'))
  await driver.apply(first)
  const before = await digestOf(host)
  const plan = await driver.plan(wish(FQDN, 'req-1'))
  const line = commandLine('ensure-site', { ...wish(FQDN, 'req-1').site, fqdn: FQDN, token: 'req-1' })
  const killed = await killAtEveryStep(
    host,
    durableCalls.files,
    () => line,
    async (step, isWhole) => {
      if (!isWhole) await driver.apply(plan)
      const probed = await driver.probe(FQDN)
      assert.ok(probed.kind === 'seen' && probed.status === 200, `after step ${step}`)
      await driver.undo(plan)
      assert.equal((await driver.inspect(FQDN)).kind, 'absent')
      if (!isWhole) assert.equal(await digestOf(host), before, `after step ${step}`)
    },
  )
  process.stdout.write(`note: the helper was killed at ${killed} steps of making a site\n`)
  assert.ok(killed >= 10, String(killed))
})

test('a sign-in that was made for a creation alone goes with its undo; what somebody may have put there is kept', async (t) => {
  const { host, driver } = await preparedHost(t, ['sshd', 'nginx'])
  await driver.apply(await driver.plan(wish('awal.contohkab.go.id', 'req-0')))
  const before = await digestOf(host)
  const made = async (token: string) => {
    const plan = await driver.plan(wish(FQDN, token))
    await driver.apply(plan)
    const { username } = await driver.issueCredentials(FQDN, token)
    return { plan, username }
  }
  const accounts = async () => (await host.run(['/usr/bin/getent', 'passwd'])).stdout

  const unseen = await made('req-1')
  await driver.issueCredentials(FQDN, 'req-1')
  await driver.undo(unseen.plan)
  assert.equal(await digestOf(host), before)

  const used = await made('req-2')
  const [folder] = (await host.run(['/usr/bin/find', '/srv/ranah', '-path', '*/www'])).stdout
    .split('\n')
    .filter((path) => path.includes(used.username.replace(/^\w+-/, '')))
  await host.run(['/usr/bin/tee', `${folder}/laporan.html`], 'isi')
  await driver.undo(used.plan)
  assert.equal((await driver.inspect(FQDN)).kind, 'absent')
  assert.equal((await host.run(['/usr/bin/cat', `${folder}/laporan.html`])).stdout, 'isi')

  const rotated = await made('req-3')
  await driver.issueCredentials(FQDN, 'putar-1')
  await driver.undo(rotated.plan)
  assert.ok((await accounts()).includes(rotated.username), 'somebody was given the second sign-in')
})
