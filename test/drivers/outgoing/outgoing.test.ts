import { randomBytes } from 'node:crypto'
import { rootCertificates } from 'node:tls'
/**
 * The door to the outside: whatever a name, an address or an answer says, nothing is sent to this machine, this network
 * or a metadata service unless the operator named it.
 */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { Resolver, type LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, createServer as createTcpServer } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { decodeMessage, encodeMessage } from '../../../src/domain/dns/message.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { lookAtSite } from '../../../src/drivers/hosting/look-at-site.ts'
import { probeSite } from '../../../src/drivers/hosting/probe.ts'
import { probeSerial } from '../../../src/drivers/hosting/probe-serial.ts'
import { readShownKey } from '../../../src/drivers/hosting/linux-host/ssh.ts'
import {
  addressesOf,
  isPublicAddress,
  NotAllowed,
  placeOf,
  reachingFetch,
  setReach,
  wayTo,
} from '../../../src/drivers/outgoing.ts'
import { openSignature, openAuthority } from '../../../src/drivers/servers.ts'

let server: Server
let port: number
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked = 0

before(async () => {
  server = createServer((request, response) => {
    asked += 1
    answer(request, response)
  })
  server.on('connection', () => (asked += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
beforeEach(() => {
  asked = 0
  answer = (_, response) => response.end('inside')
  setReach({ networks: [], places: () => [] })
})
after(() => server.close())

const allowLoopback = () => setReach({ networks: ['127.0.0.0/8'], places: () => [] })

/** Ways to write this machine, this network and the metadata services of clouds. */
const inside = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '0',
  '0.0.0.0',
  'localhost',
  'localhost.',
  'LOCALHOST',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::a9fe:a9fe]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '169.254.169.254',
  '2852039166',
  '[::ffff:169.254.169.254]',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '[fe80::1]',
  '10.0.0.1',
  '192.168.1.1',
  '172.31.255.255',
  '255.255.255.255',
  '①②⑦.⓪.⓪.①',
  'public@127.0.0.1',
  '8.8.8.8@127.0.0.1',
  '8.8.8.8:443@127.0.0.1',
]

test('no way of writing an inner address gets through, as an address of a page or as a host', async () => {
  for (const host of inside) {
    for (const scheme of ['http', 'https'])
      await assert.rejects(
        async () => reachingFetch(`${scheme}://${host}:${port}/`),
        isNotAllowed(host),
        host,
      )
    if (host.includes('@')) continue
    const bare = host.replace(/^\[|\]$/g, '')
    await assert.rejects(addressesOf({ host: bare, port }), isNotAllowed(host), host)
  }
  assert.equal(asked, 0, 'somebody was asked')
})

/** Some systems read one or the other of them as a name that nobody has. */
const isNotAllowed = (host: string) => (error: Error & { cause?: unknown; code?: string }) => {
  const { code } = (error.cause ?? error) as { code?: string }
  const mayBeUnknown = host === 'localhost.' || host.startsWith('①')
  return error instanceof NotAllowed || (mayBeUnknown && code === 'ENOTFOUND') || host.includes('@')
}

test('what the operator named is reached, by a network or by one port of one address, and nothing beside it', async () => {
  allowLoopback()
  assert.equal(await (await reachingFetch(`http://localhost:${port}/`)).text(), 'inside')
  setReach({ networks: [], places: () => [{ host: '127.0.0.1', port }] })
  assert.equal(await (await reachingFetch(`http://127.0.0.1:${port}/`)).text(), 'inside')
  await assert.rejects(reachingFetch(`http://127.0.0.1:${port === 1 ? 2 : port - 1}/`), NotAllowed)
  await assert.rejects(reachingFetch(`http://127.0.0.2:${port}/`), NotAllowed)
  await assert.rejects(reachingFetch('http://169.254.169.254/'), NotAllowed)
  assert.equal(isPublicAddress('8.8.8.8'), true)
  assert.equal(isPublicAddress('2606:4700::1111'), true)
  assert.equal(isPublicAddress('fe80::1%eth0'), false)
})

test('a name server that answers otherwise the second time leads nowhere else', async () => {
  const names = createSocket('udp4')
  let questions = 0
  const answers = ['127.0.0.2', '127.0.0.1', '169.254.169.254']
  setReach({ networks: ['127.0.0.2'], places: () => [] })
  names.on('message', (octets, from) => {
    const { id, questions: asks } = decodeMessage(octets)
    const data = Buffer.from(answers[Math.min(questions++, 2)]!.split('.').map(Number))
    const record = { name: asks[0]!.name, type: 1, class: 1, ttl: 0, rdata: data }
    const reply = { ...decodeMessage(octets), id, isResponse: true, answers: [record], additional: [] }
    names.send(encodeMessage(reply), from.port, from.address)
  })
  names.bind(0, '127.0.0.1')
  await once(names, 'listening')
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${names.address().port}`])
  const find = (name: string, _: unknown, done: (error: Error | null, found: LookupAddress[]) => void) =>
    resolver.resolve4(name, (error, found) =>
      done(
        error,
        (found ?? []).map((address) => ({ address, family: 4 })),
      ),
    )
  try {
    const place = { host: 'berubah.contohkab.example', port }
    const way = await wayTo(place, { find })
    assert.equal(questions, 1)
    const socket = connect({ ...place, lookup: way })
    const [seen] = (await once(socket, 'error')) as [{ address: string }]
    assert.equal(seen.address, '127.0.0.2', 'the address that was judged is the one that is gone to')
    assert.equal(questions, 1, 'the name was looked up again')
    await assert.rejects(wayTo(place, { find }), NotAllowed, 'this machine')
    await assert.rejects(wayTo(place, { find }), NotAllowed, 'the metadata service')
  } finally {
    names.close()
  }
})

test('a redirect is an answer and not a way', async () => {
  allowLoopback()
  for (const location of ['http://169.254.169.254/', 'http://[::1]/', `http://127.0.0.1:${port}/again`]) {
    asked = 0
    answer = (_, response) => response.writeHead(302, { location }).end()
    assert.equal((await reachingFetch(`http://127.0.0.1:${port}/`)).status, 302)
    assert.equal(asked, 2, 'one connection with one request')
  }
})

test('an answer without end, without haste or without sense costs a bounded time and memory', async () => {
  allowLoopback()
  const place = `http://127.0.0.1:${port}/`
  answer = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
  await assert.rejects(async () => (await reachingFetch(place)).text(), /the answer has no end|terminated/)
  const limits = { timeoutMs: 300 }
  answer = () => {}
  await assert.rejects(reachingFetch(place, {}, limits), { name: 'TimeoutError' })
  answer = (_, response) => {
    const timer = setInterval(() => response.write('x'), 50)
    response.on('close', () => clearInterval(timer))
  }
  const started = performance.now()
  await assert.rejects(async () => (await reachingFetch(place, {}, limits)).text())
  assert.ok(performance.now() - started < 60_000, 'an answer that drips is given up')
  const odd = createTcpServer((socket) => socket.end('HTTP/1.1 999 Nonsense\r\nContent-Length: 0\r\n\r\n'))
  odd.listen(0, '127.0.0.1')
  await once(odd, 'listening')
  const at = (odd.address() as AddressInfo).port
  await assert.rejects(reachingFetch(`http://127.0.0.1:${at}/`), TypeError)
  odd.close()
})

test('every driver that goes where an office says asks at the door', async () => {
  const host = '127.0.0.1'
  const key = { name: 'k.', algorithm: 'hmac-sha256', secret: Buffer.alloc(32).toString('base64') }
  const zone = 'contohkab.example'
  for (const [kind, config] of [
    ['rfc2136', { host, port, key, nameServers: [] }],
    ['powerdns', { url: `http://${host}:${port}`, apiKey: 'k', host, port, nameServers: [] }],
    ['manual', { nameServers: [{ name: 'ns1.contohkab.example', host, port }] }],
  ] as const)
    await assert.rejects(openDnsDriver(kind, config).readRrsets(zone, [zone]), NotAllowed, kind)
  const web = { address: host, port }
  const seen = await probeSite(zone, async () => web, web)
  assert.match(seen.kind === 'unknown' ? seen.why.en : '', /RANAH_OWN_NETWORKS/)
  await assert.rejects(lookAtSite(zone, web, web), NotAllowed)
  await assert.rejects(probeSerial(web, zone), NotAllowed)
  await assert.rejects(readShownKey({ host, port }), NotAllowed)
  const stampDeps = { now: () => new Date(), randomBytes }
  const bsre = {
    driver: 'bsre',
    settings: { url: `http://${host}:${port}`, username: 'u' },
    secret: { password: 'p' },
  } as const
  await assert.rejects(openSignature(bsre, '/nowhere', stampDeps).check(), NotAllowed)
  const p12 = {
    driver: 'p12',
    settings: { file: 'k.p12', stampUrl: `http://${host}:${port}/`, stampRoot: rootCertificates[0]! },
    secret: {},
  } as const
  const stamps = (await openSignature(p12, '/nowhere', stampDeps).check()).at(-1)
  assert.deepEqual(stamps, { ok: false, stamps: 'not-allowed' })
  const acme = {
    driver: 'acme',
    settings: { directory: `https://${host}:${port}/d`, challenge: 'dns-01' },
    secret: { accountKey: 'x' },
  } as const
  const [finding] = await openAuthority(acme).check()
  assert.match(finding!.text.en, /RANAH_OWN_NETWORKS/)
  assert.equal(asked, 0, 'somebody was asked')
  assert.deepEqual(placeOf(new URL('https://[::1]/')), { host: '::1', port: 443 })
})
