import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { preparedHost } from '../support/debian-host.ts'
import { ownAuthority } from '../support/own-authority.ts'

/** One certificate for several sites of a Debian host: the key is kept once for each, so that none depends on another. */

const [FIRST, SECOND] = ['satu.contohkab.go.id', 'dua.contohkab.go.id']
const cleanups: (() => unknown)[] = []
let made: Awaited<ReturnType<typeof preparedHost>>
let authority: Awaited<ReturnType<typeof ownAuthority>>
let driver: ReturnType<typeof linuxHosting>
const tls = () => driver.tls!

before(async () => {
  const scope = { after: (task: () => unknown) => cleanups.push(task) }
  made = await preparedHost(scope, ['sshd', 'nginx'])
  authority = await ownAuthority(scope)
  driver = linuxHosting({ ...made.settings, root: authority.root }, { privateKey: made.ranah.privateKey })
  for (const fqdn of [FIRST, SECOND]) {
    const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
    await driver.apply(await driver.plan({ fqdn, site, token: `req-${fqdn}` }))
  }
})
after(async () => {
  for (const task of cleanups.reverse()) await task()
})

const keys = async () =>
  (await made.host.run(['/usr/bin/find', '/var/lib/ranah-sites/keys', '-type', 'f', '-printf', '%m %u\n']))
    .stdout

test('both are served with it, and the second goes on when the first renews and leaves', async () => {
  const { chain, serial } = await authority.sign(await tls().makeCsr(FIRST, [FIRST, SECOND]))
  await assert.rejects(tls().install(SECOND, chain), { reason: 'certificate-refused' })
  await tls().install(SECOND, chain, FIRST)
  await tls().install(FIRST, chain)
  await tls().install(SECOND, chain, FIRST)
  for (const fqdn of [FIRST, SECOND]) assert.equal(await tls().probeSerial(fqdn), serial)
  assert.equal(await keys(), '600 root\n600 root\n')

  const next = await authority.sign(await tls().makeCsr(FIRST, [FIRST]))
  await tls().install(FIRST, next.chain)
  assert.equal(await tls().probeSerial(FIRST), next.serial)
  assert.equal(await tls().probeSerial(SECOND), serial)
  await driver.apply(await driver.plan({ fqdn: FIRST, site: null, token: 'tutup' }))
  assert.equal(await tls().probeSerial(SECOND), serial)
  const probed = await driver.probe(SECOND)
  assert.ok(probed.kind === 'seen' && probed.url.startsWith('https://') && probed.status === 200)
})

test('a name that lends nothing, or knows no such key, is refused', async () => {
  const { chain } = await authority.sign(await tls().makeCsr(SECOND, [SECOND]))
  await tls().install(SECOND, chain)
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  await driver.apply(await driver.plan({ fqdn: FIRST, site, token: 'lagi' }))
  const other = await authority.sign(await tls().makeCsr(SECOND, [FIRST, SECOND]))
  for (const lender of ['tidak-ada.contohkab.go.id', FIRST])
    await assert.rejects(tls().install(FIRST, other.chain, lender), { reason: 'certificate-refused' })
  await tls().install(FIRST, other.chain, SECOND)
  assert.equal(await tls().probeSerial(FIRST), other.serial)
})
