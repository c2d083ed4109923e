import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { after, before, test } from 'node:test'
import { connect } from 'node:tls'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { preparedHost } from '../support/debian-host.ts'
import { ownAuthority } from '../support/own-authority.ts'

const FQDN = 'aman.contohkab.go.id'
const cleanups: (() => unknown)[] = []
let made: Awaited<ReturnType<typeof preparedHost>>
let authority: Awaited<ReturnType<typeof ownAuthority>>
let driver: ReturnType<typeof linuxHosting>

const tls = () => driver.tls!
const wish = (fqdn: string, kind: 'static' | 'redirect' | 'maintenance' = 'static'): DesiredSite => ({
  fqdn,
  site: {
    title: 'Sistem Contoh',
    agency: 'Dinas Contoh',
    kind,
    ...(kind === 'redirect' && { target: 'https://www.contohkab.go.id/' }),
  },
  token: `req-${fqdn}`,
})

before(async () => {
  const scope = { after: (task: () => unknown) => cleanups.push(task) }
  made = await preparedHost(scope, ['sshd', 'nginx'])
  authority = await ownAuthority(scope)
  driver = linuxHosting({ ...made.settings, root: authority.root }, { privateKey: made.ranah.privateKey })
})
after(async () => {
  for (const task of cleanups.reverse()) await task()
})

async function makeSite(fqdn: string, kind?: 'static' | 'redirect' | 'maintenance'): Promise<void> {
  await driver.apply(await driver.plan(wish(fqdn, kind)))
}

/** A certificate asked for, signed and in force. @returns its serial number */
async function secure(fqdn: string): Promise<string> {
  const { chain, serial } = await authority.sign(await tls().makeCsr(fqdn, [fqdn]))
  await tls().install(fqdn, chain)
  return serial
}

function fetchPlain(fqdn: string, path: string): Promise<{ status: number; body: string; location: string }> {
  const options = { host: made.host.address, port: 80, path, headers: { host: fqdn }, agent: false }
  return new Promise((resolve, reject) => {
    get(options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      const location = response.headers.location ?? ''
      response.on('end', () => resolve({ status: response.statusCode!, body, location }))
    }).on('error', reject)
  })
}

/** Shakes hands as a browser does that trusts the test's own authority. */
async function shakeHands(servername: string, options: object = {}) {
  const at = { host: made.host.address, port: 443, servername, ca: authority.root }
  const socket = connect({ ...at, ALPNProtocols: ['h2', 'http/1.1'], ...options })
  try {
    await once(socket, 'secureConnect')
    return { protocol: socket.getProtocol(), alpn: socket.alpnProtocol, isTrusted: socket.authorized }
  } finally {
    socket.destroy()
  }
}

const keys = async () =>
  (await made.host.run(['/usr/bin/find', '/var/lib/ranah-sites/keys', '-type', 'f', '-printf', '%m %u %f\n']))
    .stdout

test('a key made on the host, signed by an authority, serves the site by its name', async () => {
  await makeSite(FQDN)
  const before = await driver.probe(FQDN)
  assert.ok(before.kind === 'seen' && before.url === `http://${FQDN}/`)
  assert.equal(await tls().probeSerial(FQDN), null)

  const csr = await tls().makeCsr(FQDN, [FQDN])
  const again = await tls().makeCsr(FQDN, [FQDN, `www.${FQDN}`])
  const keyOf = async (pem: string) =>
    (await made.host.run(['/usr/bin/openssl', 'req', '-noout', '-pubkey'], pem)).stdout
  assert.match(await keyOf(csr), /BEGIN PUBLIC KEY/)
  assert.equal(await keyOf(again), await keyOf(csr), 'one key until its certificate is there')
  assert.match(await keys(), /^600 root [a-z0-9]{8}-1\.key\n$/)

  const { chain, serial } = await authority.sign(csr)
  await tls().install(FQDN, chain)
  await tls().install(FQDN, chain)
  assert.equal(await tls().probeSerial(FQDN), serial)
  assert.deepEqual(await shakeHands(FQDN), { protocol: 'TLSv1.3', alpn: 'h2', isTrusted: true })
  const older = await shakeHands(FQDN, { maxVersion: 'TLSv1.2' })
  assert.equal(older.protocol, 'TLSv1.2')
  await assert.rejects(
    shakeHands(FQDN, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }),
  )
  const seen = await driver.probe(FQDN)
  assert.ok(seen.kind === 'seen' && seen.status === 200 && seen.url === `https://${FQDN}/`)
  const untrusting = await made.driver.probe(FQDN)
  assert.equal(untrusting.kind, 'unknown', 'a root nobody was told of is not trusted')
  const { status, location } = await fetchPlain(FQDN, '/berita?no=1')
  assert.deepEqual([status, location], [307, `https://${FQDN}/berita?no=1`])
})

test('a name without a certificate gets no handshake', async () => {
  for (const name of ['tidak-ada.contohkab.go.id', `www.${FQDN}`]) {
    await assert.rejects(shakeHands(name), /unrecognized name/)
    assert.equal(await tls().probeSerial(name), null)
  }
})

test('a chain that does not fit is refused, and the certificate in use stays', async () => {
  await makeSite(FQDN)
  const serial = await secure(FQDN)
  const other = 'lain.contohkab.go.id'
  await makeSite(other)
  const { chain: foreign } = await authority.sign(await authority.foreignRequest(FQDN))
  const { chain: elsewhere } = await authority.sign(await tls().makeCsr(other, [other]))
  const { chain: good } = await authority.sign(await tls().makeCsr(FQDN, [FQDN]))
  const stranger = await ownAuthority({ after: (task) => cleanups.push(task) })
  const leaf = /^-----BEGIN[^]*?-----END CERTIFICATE-----\n/.exec(good)![0]
  const broken = leaf.replace(/\n[A-Za-z0-9+/]{64}\n/, '\nMIIB\n')
  for (const chain of [foreign, elsewhere, leaf + stranger.root, broken]) {
    await assert.rejects(tls().install(FQDN, chain), { reason: 'certificate-refused' })
    assert.equal(await tls().probeSerial(FQDN), serial)
  }
  for (const chain of ['', 'kunci', `${good}\nssl_engine x;`]) {
    await assert.rejects(tls().install(FQDN, chain), { reason: 'not-understood' })
  }
  for (const names of [[], ['lain.contohkab.go.id'], [FQDN, 'a,DNS:b'], [FQDN, '*.*.id'], ['*.go.id']]) {
    await assert.rejects(tls().makeCsr(FQDN, names), { reason: 'not-understood' })
  }
  // What only nginx itself finds wrong is taken back, and the key may be asked with again.
  const csr = await tls().makeCsr(FQDN, ['*.contohkab.go.id'])
  const { chain: weak } = await authority.sign(csr, 'sha1')
  await assert.rejects(tls().install(FQDN, weak), (error: { reason?: string; message: string }) => {
    assert.equal(error.reason, 'site-configuration-refused')
    assert.match(error.message, /too weak/)
    return true
  })
  assert.equal(await tls().probeSerial(FQDN), serial)
  assert.equal((await driver.inspect(FQDN)).kind, 'present')
  await tls().install(FQDN, good)
  assert.notEqual(await tls().probeSerial(FQDN), serial)
})

test('proofs are shown over plain HTTP for every kind of site, with a certificate and without', async () => {
  for (const kind of ['static', 'redirect', 'maintenance'] as const) {
    const fqdn = `${kind}.contohkab.go.id`
    await makeSite(fqdn, kind)
    for (const isSecure of [false, true]) {
      if (isSecure) await secure(fqdn)
      await tls().showProof(fqdn, 'Token_1', 'Token_1.sidik-jari')
      await tls().showProof(fqdn, 'Token_2', 'Token_2.sidik-jari')
      const { status, body } = await fetchPlain(fqdn, '/.well-known/acme-challenge/Token_1')
      assert.deepEqual([status, body], [200, 'Token_1.sidik-jari'], `${kind} ${isSecure}`)
      await tls().hideProofs(fqdn)
      await tls().hideProofs(fqdn)
      for (const token of ['Token_1', 'Token_2', '', '..%2f..%2fetc%2fpasswd']) {
        const gone = await fetchPlain(fqdn, `/.well-known/acme-challenge/${token}`)
        assert.ok(gone.status >= 300 && !gone.body.includes('root:'), `${token}: ${gone.status}`)
      }
    }
  }
  await assert.rejects(tls().showProof(FQDN, '../x', 'a.b'), { reason: 'not-understood' })
  await assert.rejects(tls().showProof(FQDN, 'x', 'a.b\n'), { reason: 'not-understood' })
  await tls().hideProofs('tidak-ada.contohkab.go.id')
})

test('a removed site is out of force with its certificate, and comes back with it', async () => {
  const fqdn = 'pergi.contohkab.go.id'
  await makeSite(fqdn)
  const serial = await secure(fqdn)
  const plan = await driver.plan({ fqdn, site: null, token: 'req-hapus' })
  await driver.apply(plan)
  assert.equal(await tls().probeSerial(fqdn), null)
  assert.equal((await fetchPlain(fqdn, '/')).status, 404)
  await assert.rejects(tls().makeCsr(fqdn, [fqdn]), { reason: 'site-not-found' })
  await driver.undo(plan)
  assert.equal(await tls().probeSerial(fqdn), serial)
})

test('a helper killed at any durable step of a renewal leaves the site served, and the next try ends it', async () => {
  const fqdn = 'mati.contohkab.go.id'
  await makeSite(fqdn)
  let inUse = await secure(fqdn)
  const runKilled = async (verb: string, request: object, step: number) => {
    const inject = `inject=rename,symlink,mkdir,link,unlink,rmdir:signal=KILL:when=${step}`
    const strace = ['/usr/bin/strace', '-f', '-q', '-o', '/tmp/strace', '-e', inject]
    const helper = ['/usr/bin/node', '/usr/local/lib/ranah/site-helper.mjs']
    const line = `${JSON.stringify({ commands: [{ verb, request: { fqdn, ...request } }] })}\n`
    const ran = await made.host.run(['/usr/bin/env', 'UV_THREADPOOL_SIZE=1', ...strace, ...helper], line)
    return !ran.stdout.includes('"answer"')
  }
  let killed = 0
  for (let step = 1; ; step++) {
    assert.ok(step < 100, 'the number of steps is bounded')
    if (await runKilled('make-csr', { names: [fqdn] }, step)) killed += 1
    const { chain, serial } = await authority.sign(await tls().makeCsr(fqdn, [fqdn]))
    const isWhole = !(await runKilled('install-certificate', { chain }, step))
    const seen = await tls().probeSerial(fqdn)
    assert.ok(seen === serial || (!isWhole && seen === inUse), `after step ${step}: ${seen}`)
    if (!isWhole) killed += 1
    await tls().install(fqdn, chain)
    assert.equal(await tls().probeSerial(fqdn), serial, `after step ${step}`)
    const probed = await driver.probe(fqdn)
    assert.ok(probed.kind === 'seen' && probed.status === 200, `after step ${step}`)
    inUse = serial
    if (isWhole) break
  }
  process.stdout.write(`note: the helper was killed at ${killed} steps of renewing\n`)
  assert.ok(killed >= 10, String(killed))
  const record = JSON.parse(
    (await made.host.run(['/usr/bin/cat', `/var/lib/ranah-sites/records/${fqdn}.json`])).stdout,
  ) as { pending: boolean; sites: { id: string }[] }
  assert.equal(record.pending, false)
  const own = (await keys()).split('\n').filter((line) => line.includes(record.sites[0]!.id))
  assert.equal(own.length, 1, own.join())
})
