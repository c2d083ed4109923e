import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestContext } from 'node:test'
import { dnsProof } from '../../src/drivers/certificates/dns-proof.ts'
import type { Proof } from '../../src/drivers/certificates/driver.ts'
import { httpProof } from '../../src/drivers/certificates/http-proof.ts'
import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { authorityFor, startAuthority } from '../support/authority.ts'
import { masterFile, startDebianDns } from '../support/debian-dns.ts'
import { preparedHost } from '../support/debian-host.ts'
import { driverFor, testZone } from '../support/dns-server.ts'

/** A certificate of pebble on nginx of a Debian host, with BIND as the office's name server: all three are real. */

const fqdn = `dinas.${testZone}`
const cleanups: (() => unknown)[] = []
let made: Awaited<ReturnType<typeof preparedHost>>

before(async () => {
  made = await preparedHost({ after: (task) => cleanups.push(task) }, ['sshd', 'nginx'])
})
after(async () => {
  for (const task of cleanups.reverse()) await task()
})

async function scene(t: TestContext) {
  const zones = { [testZone]: `${masterFile}dinas A ${made.host.address}\n` }
  const bind = await startDebianDns(t, 'BIND', { zones })
  const { pebble } = await startAuthority(t, { dnsPort: bind.port, httpPort: 80 })
  const driver = linuxHosting(
    { ...made.settings, root: await pebble.root() },
    { privateKey: made.ranah.privateKey },
  )
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh', kind: 'static' as const }
  await driver.apply(await driver.plan({ fqdn, site, token: 'req-1' }))
  return { bind, authority: authorityFor(pebble), driver, tls: driver.tls! }
}

type Scene = Awaited<ReturnType<typeof scene>>
const proofs: Readonly<Record<Proof['type'], (scene: Scene) => Proof>> = {
  'dns-01': ({ bind }) => dnsProof(driverFor(bind.port, 'rfc2136'), testZone, { pollMs: 50 }),
  'http-01': ({ tls }) =>
    httpProof({ show: (...given) => tls.showProof(...given), hide: (name) => tls.hideProofs(name) }),
}

for (const [type, proofOf] of Object.entries(proofs))
  test(`${type}: signed for the key on the host, installed, and shown to a visitor who trusts the root`, async (t) => {
    const stage = await scene(t)
    const { authority, driver, tls } = stage
    const csr = await tls.makeCsr(fqdn, [fqdn])
    const signed = await authority.issue({ names: [fqdn], csr, proof: proofOf(stage) })
    await tls.install(fqdn, signed.chain)
    assert.equal(await tls.probeSerial(fqdn), signed.serial)
    const seen = await driver.probe(fqdn)
    assert.ok(seen.kind === 'seen', JSON.stringify(seen))
    assert.equal(seen.status, 200)
    assert.match(seen.url, /^https:/)
  })
