import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { HELPER_FILE } from '../../src/domain/hosting/helper.ts'
import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { preparedHost } from '../support/debian-host.ts'
import { ownAuthority } from '../support/own-authority.ts'

/** A Debian host whose clock is wrong: work goes on, and the portal says what is wrong and by how much. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const YEAR_MS = 365 * 24 * HOUR_MS
const FQDN = 'jam.contohkab.go.id'
const wish = { fqdn: FQDN, site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' }, token: 'req-1' }

const ends: (() => unknown)[] = []
let made: Awaited<ReturnType<typeof preparedHost>>
let authority: Awaited<ReturnType<typeof ownAuthority>>
let driver: ReturnType<typeof linuxHosting>
let helper: string
before(async () => {
  const scope = { after: (task: () => unknown) => ends.push(task) }
  made = await preparedHost(scope, ['sshd', 'nginx'])
  authority = await ownAuthority(scope)
  helper = (await made.host.run(['/usr/bin/cat', HELPER_FILE])).stdout
})
after(async () => {
  for (const end of ends.toReversed()) await end()
})

/**
 * The helper of the host sees another time from now on; what it runs does not, and needs none. A connection keeps the
 * helper that it started, so there is a new one.
 */
async function setClock(aheadMs: number): Promise<void> {
  const clock = `const True = Date; globalThis.Date = class extends True {
    constructor(...given) { given.length > 0 ? super(...given) : super(True.now() + ${aheadMs}) }
    static now() { return True.now() + ${aheadMs} }
  };\n`
  const { code } = await made.host.run(['/usr/bin/tee', HELPER_FILE], clock + helper)
  assert.equal(code, 0)
  driver = linuxHosting({ ...made.settings, root: authority.root }, { privateKey: made.ranah.privateKey })
}

const complaints = async () => (await driver.check()).filter(({ ok }) => !ok).map(({ text }) => text)

test('the test of the connection says when the clock of a host differs, by how much and in which direction', async () => {
  for (const aheadMs of [0, 45_000, -45_000]) {
    await setClock(aheadMs)
    assert.deepEqual(await complaints(), [], `${aheadMs} ms`)
  }
  await setClock(3 * HOUR_MS)
  const [ahead, ...others] = await complaints()
  assert.deepEqual(others, [])
  assert.match(ahead!.id, /Jam server \S+ lebih cepat (3 jam|2 jam 59 menit) daripada jam Ranah\. .*NTP/)
  assert.match(ahead!.en, /3 hours ahead of Ranah's|2 hours 59 minutes ahead of Ranah's/)
  await setClock(-10 * MINUTE_MS)
  assert.match((await complaints())[0]!.id, /lebih lambat (10|9) menit/)
})

test('with a clock that is wrong by years a site is made, secured, served and taken back all the same', async () => {
  await setClock(-5 * YEAR_MS)
  const plan = await driver.plan(wish)
  await driver.apply(plan)
  const { chain, serial } = await authority.sign(await driver.tls!.makeCsr(FQDN, [FQDN]))
  await driver.tls!.install(FQDN, chain)
  assert.equal(await driver.tls!.probeSerial(FQDN), serial)

  await setClock(5 * YEAR_MS)
  const next = await authority.sign(await driver.tls!.makeCsr(FQDN, [FQDN]))
  await assert.rejects(
    driver.tls!.install(FQDN, next.chain),
    (error: { reason?: string; text?: { id: string } }) => {
      assert.equal(error.reason, 'certificate-refused')
      assert.match(error.text!.id, /menurut jam server itu \(20\d\d-.*periksa dahulu jamnya/)
      return true
    },
  )
  assert.equal(await driver.tls!.probeSerial(FQDN), serial, 'the one in use stays')
  assert.equal((await driver.probe(FQDN)).kind, 'seen')

  await setClock(0)
  await driver.tls!.install(FQDN, next.chain)
  assert.equal(await driver.tls!.probeSerial(FQDN), next.serial)
  await driver.undo(plan)
  assert.equal((await driver.inspect(FQDN)).kind, 'absent')
})
