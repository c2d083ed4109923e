import { X509Certificate } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { dnsProof } from '../../../src/drivers/certificates/dns-proof.ts'
import {
  CertificateFailure,
  type CertificateWish,
  type SignedChain,
} from '../../../src/drivers/certificates/driver.ts'
import {
  authorityFor,
  makeRequest,
  newAccountKey,
  startAgain,
  startAuthority,
  startProofHost,
  type Authority,
} from '../../support/authority.ts'
import { dig, driverFor, testKey, testZone as zone } from '../../support/dns-server.ts'

/** The driver against Debian's pebble, with BIND as the name server of the office. */

const name = `dinas.${zone}`

function proofIn({ bind }: Authority) {
  return dnsProof(driverFor(bind.port, 'rfc2136'), zone, { pollMs: 50 })
}

async function wishFor(
  t: TestContext,
  authority: Authority,
  names: readonly string[],
): Promise<CertificateWish> {
  return { names, csr: await makeRequest(t, names), proof: proofIn(authority) }
}

async function assertTrusted({ pebble }: Authority, signed: SignedChain): Promise<void> {
  const blocks = signed.chain.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? []
  const chain = [...blocks, await pebble.root()].map((pem) => new X509Certificate(pem))
  assert.ok(chain.length >= 3, 'certificate, intermediate and root')
  for (const [index, each] of chain.slice(0, -1).entries())
    assert.ok(each.verify(chain[index + 1]!.publicKey), `link ${index} of the chain`)
}

async function assertNoProofLeft({ bind }: Authority, of = name): Promise<void> {
  const { status, answer } = await dig(bind.port, [`_acme-challenge.${of}`, 'TXT'])
  assert.deepEqual([status, answer], ['NXDOMAIN', []])
}

test('DNS-01: a certificate for a name, its names, issuer and validity, and no proof stays behind', async (t) => {
  const authority = await startAuthority(t)
  const driver = authorityFor(authority.pebble)
  assert.deepEqual(
    (await driver.check()).map(({ ok }) => ok),
    [true, true, true],
  )
  const orders: string[] = []
  const wish = await wishFor(t, authority, [name])
  const signed = await driver.issue({ ...wish, onOrder: async (order) => void orders.push(order) })
  assert.deepEqual(signed.names, [name])
  assert.match(signed.issuer, /Pebble Intermediate/)
  assert.ok(signed.notAfter > new Date() && signed.notBefore <= new Date())
  assert.equal(orders.length, 1)
  await assertTrusted(authority, signed)
  await assertNoProofLeft(authority)
  assert.equal(await driver.renewalWindow(signed.chain), undefined, 'pebble 2.4 says nothing about renewal')

  // the answer was lost: the same order and request give the same certificate, not a second one
  const again = await driver.issue({ ...wish, order: orders[0] })
  assert.equal(again.serial, signed.serial)

  // the key is gone with the host: the old order is of no use for the new request
  const other = await driver.issue({ ...wish, csr: await makeRequest(t, [name]), order: orders[0] })
  assert.notEqual(other.serial, signed.serial)

  assert.deepEqual(await driver.revoke(signed.chain, 'cessationOfOperation'), { result: 'revoked' })
  assert.deepEqual(await driver.revoke(signed.chain, 'cessationOfOperation'), { result: 'already-revoked' })
})

test('DNS-01: a wildcard with its parent needs two proofs at one name', async (t) => {
  const authority = await startAuthority(t)
  const driver = authorityFor(authority.pebble)
  const signed = await driver.issue(await wishFor(t, authority, [`*.${zone}`, zone]))
  assert.deepEqual(signed.names, [`*.${zone}`, zone])
  await assertTrusted(authority, signed)
  await assertNoProofLeft(authority, zone)
})

test('HTTP-01: the host shows the proof and hides it again; a wildcard is refused', async (t) => {
  const authority = await startAuthority(t)
  const driver = authorityFor(authority.pebble)
  const { proof, shown } = await startProofHost(t, authority.httpPort)
  const names = [name, `lama.${zone}`]
  const signed = await driver.issue({ names, csr: await makeRequest(t, names), proof })
  assert.deepEqual(signed.names, names)
  assert.equal(shown.size, 0)
  const wild = [`*.${zone}`]
  await assert.rejects(driver.issue({ names: wild, csr: await makeRequest(t, wild), proof }), {
    reason: 'certificate-refused',
    message: /proved in the DNS only/,
  })
})

test('a proof that is not there is named, and leaves nothing behind', async (t) => {
  const authority = await startAuthority(t)
  const driver = authorityFor(authority.pebble)
  const { proof } = await startProofHost(t, authority.httpPort)
  const wish = { names: [name], csr: await makeRequest(t, [name]) }
  const silent = { ...proof, publish: async () => {} }
  await assert.rejects(driver.issue({ ...wish, proof: silent }), {
    reason: 'certificate-not-proved',
    message: /Control over dinas\.contohkab\.go\.id could not be proved/,
  })
  const dns = proofIn(authority)
  await assert.rejects(driver.issue({ ...wish, proof: { ...dns, publish: async () => {} } }), {
    reason: 'certificate-not-proved',
  })
  await assertNoProofLeft(authority)
})

test('killed while it proves: what it left in the zone goes, and the order is found again', async (t) => {
  const authority = await startAuthority(t)
  const driver = authorityFor(authority.pebble)
  const wish = await wishFor(t, authority, [name])
  const crash = new Error('killed')
  const orders: string[] = []
  const proof = proofIn(authority)
  const cut = {
    ...proof,
    publish: async (challenges: Parameters<typeof proof.publish>[0]) => {
      await proof.publish(challenges)
      throw crash
    },
    withdraw: async () => {
      throw crash
    },
  }
  const onOrder = async (order: string): Promise<void> => void orders.push(order)
  await assert.rejects(driver.issue({ ...wish, proof: cut, onOrder }), crash)
  assert.equal((await dig(authority.bind.port, [`_acme-challenge.${name}`, 'TXT'])).answer.length, 1)
  const calls: string[] = []
  const again = {
    ...proof,
    publish: (...given: Parameters<typeof proof.publish>) => {
      calls.push('publish')
      return proof.publish(...given)
    },
    withdraw: (...given: Parameters<typeof proof.withdraw>) => {
      calls.push('withdraw')
      return proof.withdraw(...given)
    },
  }
  const signed = await driver.issue({ ...wish, proof: again, order: orders[0], onOrder })
  assert.deepEqual(signed.names, [name])
  assert.equal(orders.length, 1, 'no second order')
  assert.deepEqual(calls, ['publish', 'withdraw'], 'it stays as long as the authority may look at it')
  await assertNoProofLeft(authority)
})

test('the authority forgets everything between two attempts: the order is made anew', async (t) => {
  const authority = await startAuthority(t)
  const wish = await wishFor(t, authority, [name])
  const orders: string[] = []
  const onOrder = async (order: string): Promise<void> => void orders.push(order)
  await authorityFor(authority.pebble).issue({ ...wish, onOrder })
  await authority.pebble.stop('SIGKILL')
  await assert.rejects(authorityFor(authority.pebble).issue(wish), {
    reason: 'certificate-unreachable',
    message: /nothing listens at that address/,
  })
  const pebble = await startAgain(t, authority.settings)
  await authorityFor(pebble).issue({ ...wish, order: orders[0], onOrder })
  assert.equal(orders.length, 2)
})

test('half of all good nonces are refused: it still comes to a certificate', async (t) => {
  const authority = await startAuthority(t, { nonceReject: 50 })
  const signed = await authorityFor(authority.pebble).issue(await wishFor(t, authority, [name]))
  assert.deepEqual(signed.names, [name])
})

test('names proved a moment ago are not proved again', async (t) => {
  const authority = await startAuthority(t, { reuse: 100 })
  const driver = authorityFor(authority.pebble)
  const wish = await wishFor(t, authority, [name])
  await driver.issue(wish)
  const unable = { ...wish.proof, publish: () => Promise.reject(new Error('not needed')) }
  const second = await driver.issue({ ...wish, csr: await makeRequest(t, [name]), proof: unable })
  assert.deepEqual(second.names, [name])
})

test('an authority that wants the account bound: with the right key, the wrong key and none', async (t) => {
  const hmacKey = Buffer.alloc(32, 7).toString('base64url')
  const authority = await startAuthority(t, { bindings: { 'kantor-1': hmacKey } })
  const bound = authorityFor(authority.pebble, { binding: { keyId: 'kantor-1', hmacKey } })
  assert.deepEqual((await bound.issue(await wishFor(t, authority, [name]))).names, [name])
  for (const more of [
    {},
    { binding: { keyId: 'kantor-1', hmacKey: Buffer.alloc(32, 8).toString('base64url') } },
  ]) {
    const [finding] = await authorityFor(authority.pebble, { ...more, accountKey: newAccountKey() }).check()
    assert.ok(finding && !finding.ok)
    assert.match(finding.text.en, /refused the request/)
  }
})

test('an authority whose own certificate is not trusted is not spoken to', async (t) => {
  const authority = await startAuthority(t)
  const [finding] = await authorityFor(authority.pebble, { root: await authority.pebble.root() }).check()
  assert.ok(finding && !finding.ok)
  assert.match(finding.text.en, /its own server certificate is not trusted/)
})

test('a name server that does not show the proof holds the authority back', async (t) => {
  const authority = await startAuthority(t)
  const { bind } = authority
  const deaf = { name: 'ns2.contoh', host: '127.0.0.1', port: authority.settings.managementPort }
  const nameServers = [{ name: '*', host: '127.0.0.1', port: bind.port }, deaf]
  const dns = openDnsDriver('rfc2136', { host: '127.0.0.1', port: bind.port, key: testKey, nameServers })
  const proof = dnsProof(dns, zone, { visibleMs: 200, pollMs: 50 })
  const failure = await authorityFor(authority.pebble)
    .issue({ names: [name], csr: await makeRequest(t, [name]), proof })
    .catch((error: unknown) => error)
  assert.ok(failure instanceof CertificateFailure)
  assert.match(failure.text.en, /not yet seen on the name servers ns2\.contoh/)
  await assertNoProofLeft(authority)
})

test('a name outside the zone is refused before anything is written', async (t) => {
  const authority = await startAuthority(t)
  const names = ['dinas.lain.go.id']
  await assert.rejects(authorityFor(authority.pebble).issue(await wishFor(t, authority, names)), {
    message: /cannot be written in the domain contohkab\.go\.id/,
  })
})
