import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { lookAtSite } from '../../../src/drivers/hosting/look-at-site.ts'
import { NotAllowed, setReach } from '../../../src/drivers/outgoing.ts'
import { ownNetworks } from '../../support/own-networks.ts'

/** The look of a visitor, at servers of our own: a careless one, a careful one, and ones that lie. */

const fqdn = 'situs.contohkab.example'
const folder = mkdtempSync(join(tmpdir(), 'ranah-look-'))
const open: Server[] = []
let [key, cert] = ['', '']
before(() => {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=${fqdn}`
  const files = ['-addext', `subjectAltName=DNS:${fqdn}`, '-keyout', keyFile, '-out', certFile]
  execFileSync('/usr/bin/openssl', [...request.split(' '), ...files])
  key = readFileSync(keyFile, 'utf8')
  cert = readFileSync(certFile, 'utf8')
})
after(() => {
  for (const server of open) server.close()
  rmSync(folder, { recursive: true })
})

async function serve(listener: RequestListener, tls?: { readonly old: boolean }) {
  const old = tls?.old ? ({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const) : {}
  const server = tls ? createSecureServer({ key, cert, ...old }, listener) : createServer(listener)
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { address: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

test('what a careless site shows is seen, and nothing but reading is asked of it', async () => {
  const asked: string[] = []
  const careless: RequestListener = ({ method, url, headers }, response) => {
    asked.push(`${method} ${url}`)
    if (url === '/.env') return void response.end('APP_KEY=rahasia\n')
    response.setHeader('server', 'Apache/2.2.1')
    response.setHeader('set-cookie', ['sid=1', 'lang=id; Secure; HttpOnly; SameSite=Lax'])
    response.setHeader('access-control-allow-origin', headers.origin ?? '')
    response.end(url === '/' ? '<title>Index of /</title>' : 'Stack trace: #0 /srv/index.php')
  }
  const web = await serve(careless)
  const secure = { ...(await serve(careless, { old: true })), root: cert }
  const seen = await lookAtSite(fqdn, web, secure)
  assert.equal(seen.plain?.status, 200)
  assert.equal(seen.secure?.trusted, true)
  assert.ok(seen.secure.notAfter.getTime() > Date.now())
  assert.equal(seen.secure.headers.server, 'Apache/2.2.1')
  assert.equal(seen.secure.headers['access-control-allow-origin'], 'https://luar.example')
  assert.deepEqual(seen.secure.cookies, ['sid=1', 'lang=id; Secure; HttpOnly; SameSite=Lax'])
  assert.equal(seen.oldTls, true)
  assert.match(seen.nowhere?.body ?? '', /Stack trace/)
  assert.deepEqual(seen.exposed, ['/.env'])
  assert.ok(asked.every((each) => each.startsWith('GET ')) && asked.length < 12, asked.join())
})

test('a careful site is seen as one; another name, an unknown root and a redirect are not followed', async () => {
  const hosts = new Set<string | undefined>()
  const web = await serve(({ headers }, response) => {
    hosts.add(headers.host)
    response.writeHead(301, { location: 'https://192.0.2.1/' }).end()
  })
  const secure = await serve((_, response) => void response.writeHead(404).end(), { old: false })
  const seen = await lookAtSite(fqdn, web, secure)
  assert.equal(seen.plain?.headers.location, 'https://192.0.2.1/')
  assert.deepEqual([...hosts], [`${fqdn}:${web.port}`])
  assert.equal(seen.secure?.trusted, false)
  assert.equal(seen.oldTls, false)
  assert.deepEqual(seen.exposed, [])
})

test('no answer, half an answer and one without end are bounded, and say no more than they know', async () => {
  const endless = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(8_192)), 1)
    response.on('close', () => clearInterval(timer))
  })
  assert.ok(((await lookAtSite(fqdn, endless)).plain?.body.length ?? 0) >= 64 * 1024)
  const broken = await serve(({ socket }) => socket.destroy())
  const nothing = { plain: null, secure: null, oldTls: false, nowhere: null, exposed: [] }
  assert.deepEqual(await lookAtSite(fqdn, broken, broken), nothing)
  const silent = await serve(() => {})
  const started = Date.now()
  assert.deepEqual(await lookAtSite(fqdn, silent), nothing)
  assert.ok(Date.now() - started < 120_000, 'it does not wait for ever')
})

test('an answer that comes a letter at a time is given up, and a header without end is none', async () => {
  const drip = await serve((_, response) => {
    response.write('<title>')
    const timer = setInterval(() => response.write('x'), 500)
    response.on('close', () => clearInterval(timer))
  })
  const started = Date.now()
  const seen = await lookAtSite(fqdn, drip)
  assert.deepEqual([seen.plain, seen.nowhere, seen.exposed], [null, null, []])
  assert.ok(Date.now() - started < 120_000, 'it does not wait for ever')
  const heads = await serve((request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => request.socket.write(`x-a: ${'x'.repeat(4_096)}\r\n`), 1)
    request.socket.on('close', () => clearInterval(timer))
    request.socket.on('error', () => {})
  })
  assert.equal((await lookAtSite(fqdn, heads)).plain, null)
})

test('a host at an inner address is not asked unless the operator named its network', async () => {
  let asked = 0
  const inner = await serve((_, response) => {
    asked += 1
    response.end('rahasia')
  })
  setReach({ networks: [], places: () => [] })
  try {
    await assert.rejects(lookAtSite(fqdn, inner), NotAllowed)
    await assert.rejects(lookAtSite(fqdn, { address: '169.254.169.254', port: 80 }), NotAllowed)
  } finally {
    setReach({ networks: ownNetworks, places: () => [] })
  }
  assert.equal(asked, 0)
  assert.equal((await lookAtSite(fqdn, inner)).plain?.body, 'rahasia')
})
