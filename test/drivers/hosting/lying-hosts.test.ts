import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { RUNNING_FILE } from '../../../src/domain/hosting/control.ts'
import type { HostingPlan } from '../../../src/domain/hosting/plan.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { embeddedHosting } from '../../../src/drivers/hosting/embedded/driver.ts'
import { manualHosting } from '../../../src/drivers/hosting/manual/driver.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import '../../support/own-networks.ts'

/** Site hosts that hang, refuse or lie: what is not known is unknown, never absent, never done, never awaited for ever. */

/** Far above what the drivers wait for one answer, and far below for ever. */
const BOUND_MS = 60_000
const fqdn = 'aset.contohkab.go.id'
const site = { fqdn, title: 'Sistem Contoh', agency: 'Dinas Contoh' }
const creation = (driver: string): HostingPlan => ({
  driver,
  fqdn,
  token: 'req-1',
  changes: [{ do: 'create', site }],
  lines: [{ id: 'Buat situs.', en: 'Make the site.' }],
})

async function portOf(t: TestContext, server: Server, port = 0): Promise<number> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}

const answering = (answer: (response: ServerResponse) => unknown): Server =>
  createServer((request, response) => {
    request.resume().on('end', () => void answer(response))
  })
const drip = (response: ServerResponse): void => {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 500)
  response.on('close', () => clearInterval(timer))
}

/** What both kinds of host may meet. */
const faults: Readonly<Record<string, (() => Server) | null>> = {
  'nobody listens': null,
  'takes the connection and says nothing': () => createTcpServer(() => undefined),
  'hangs up': () => createTcpServer((socket) => void socket.end()),
  'speaks no HTTP': () => createTcpServer((socket) => void socket.end('\u0000\u0001 bukan HTTP\r\n\r\n')),
  'takes the question and says nothing': () => answering(() => undefined),
  'answers an octet at a time': () => answering(drip),
  'breaks off': () =>
    answering((response) => response.writeHead(200, { 'content-length': 900 }).end('<title>')),
  fails: () => answering((response) => response.writeHead(500).end('galat')),
  'is forbidden': () => answering((response) => response.writeHead(403).end('dilarang')),
  'answers half a JSON': () => answering((response) => response.end('{"site":')),
  'answers in another form': () => answering((response) => response.end('{"site":{"fqdn":7}}')),
}

async function refusalOf(doing: Promise<unknown>): Promise<Refused> {
  try {
    await doing
  } catch (error) {
    assert.ok(error instanceof Refused, String(error))
    return error
  }
  return assert.fail('it was taken for done')
}

describe('site hosts that hang, refuse or lie', { concurrency: true }, () => {
  test(
    'the embedded sites hang, refuse or answer garbage: nothing is known, and it is told in time',
    { concurrency: true },
    async (t) => {
      const tried = Object.entries(faults).map(([what, server]) =>
        t.test(what, async (t) => {
          const dataDir = await mkdtemp(join(tmpdir(), 'ranah-lying-sites-'))
          t.after(() => rm(dataDir, { recursive: true }))
          const controlPort = server ? await portOf(t, server()) : await freePort()
          const running = { pid: process.pid, webPort: 9, sftpPort: 9, controlPort }
          await writeFile(join(dataDir, RUNNING_FILE), JSON.stringify(running))
          const controlSecretFile = join(dataDir, 'secret')
          await writeFile(controlSecretFile, 'x'.repeat(64))
          const webTarget = async () => ({ address: '127.0.0.1', port: controlPort })
          const driver = embeddedHosting({ dataDir, controlSecretFile, webTarget })
          const began = performance.now()
          const [applied, seen, findings] = await Promise.all([
            refusalOf(driver.apply(creation('embedded'))),
            driver.inspect(fqdn),
            driver.check(),
          ])
          assert.deepEqual([applied.reason, applied.status], ['site-host-unreachable', 503])
          assert.equal(seen.kind, 'unknown')
          assert.ok(findings.every(({ ok, text }) => !ok && text.id.length > 40))
          assert.ok(performance.now() - began < BOUND_MS)
        }),
      )
      await Promise.all(tried)
    },
  )

  test(
    'a host worked by hand hangs, refuses or answers garbage: nothing is taken for the work',
    { concurrency: true },
    async (t) => {
      const tried = Object.entries(faults).map(([what, server]) =>
        t.test(what, async (t) => {
          const webPort = server ? await portOf(t, server()) : await freePort()
          const driver = manualHosting({ addresses: ['127.0.0.1'], webPort, place: 'situs/' })
          const began = performance.now()
          const applied = await refusalOf(driver.apply(creation('manual')))
          assert.deepEqual([applied.reason, applied.status], ['hand-work-waiting', 503])
          assert.ok(applied.text.id.length > 20)
          assert.ok(performance.now() - began < BOUND_MS)
        }),
      )
      await Promise.all(tried)
    },
  )
})

test('a web server worked by hand that died is unknown; back again, the work that was done is seen', async (t) => {
  const site = () =>
    createServer(({ headers }, response) => {
      response.statusCode = headers.host?.startsWith(fqdn) ? 200 : 404
      response.end(`<title>${headers.host}</title>`)
    })
  const webPort = await freePort()
  const driver = manualHosting({ addresses: ['127.0.0.1'], webPort, place: 'situs/' })
  await refusalOf(driver.apply(creation('manual')))
  assert.equal((await driver.probe(fqdn)).kind, 'unknown')
  assert.ok((await driver.check()).every(({ ok, text }) => !ok && text.id.length > 40))
  await portOf(t, site(), webPort)
  await driver.apply(creation('manual'))
  assert.equal((await driver.probe(fqdn)).kind, 'seen')
})
