import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import { powerDnsFor, startPowerDnsApi } from '../../support/debian-dns.ts'
import { testZone as zone } from '../../support/dns-server.ts'

/** An API that answers with garbage, fails after the work, or falls silent. */

type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  real: () => Promise<Response>,
) => Promise<void>

/** An HTTP server before the real API that answers as it is told. */
async function startLiar(t: TestContext, target: string, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
      const headers = { 'X-API-Key': String(request.headers['x-api-key']) }
      const real = (): Promise<Response> =>
        fetch(target + String(request.url), { method: request.method ?? 'GET', headers, ...body })
      void answer(request, response, real)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function pass(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
}

const name = `situs.${zone}`
const plan = planChanges({
  zone,
  current: [],
  desired: [{ name, type: 'A', ttl: 300, values: ['192.0.2.1'] }],
})
const isUnreachable = (error: unknown): boolean => error instanceof DnsFailure && error.kind === 'unreachable'

test('a failure after the work was done is found out, and nothing is sent twice', async (t) => {
  const { url, port } = await startPowerDnsApi(t)
  let patches = 0
  const liar = await startLiar(t, url, async (request, response, real) => {
    const answer = await real()
    if (request.method !== 'PATCH') return pass(response, answer)
    patches += 1
    response.writeHead(500).end('{"error": "database is locked"}')
  })
  assert.deepEqual(await powerDnsFor(liar, port).apply(plan), { result: 'applied' })
  assert.equal(patches, 1)
})

test('a failure before the work is tried again, a bounded number of times', async (t) => {
  const { url, port } = await startPowerDnsApi(t)
  let refusals = 2
  let patches = 0
  const liar = await startLiar(t, url, async (request, response, real) => {
    if (request.method !== 'PATCH') return pass(response, await real())
    patches += 1
    if (refusals-- > 0) response.destroy()
    else await pass(response, await real())
  })
  assert.deepEqual(await powerDnsFor(liar, port).apply(plan), { result: 'applied' })
  assert.equal(patches, 3)
  refusals = Number.POSITIVE_INFINITY
  const other = planChanges({
    zone,
    current: [],
    desired: [{ name: `lain.${zone}`, type: 'A', ttl: 60, values: ['192.0.2.1'] }],
  })
  await assert.rejects(powerDnsFor(liar, port).apply(other), isUnreachable)
  assert.equal(patches, 6)
})

test('garbage is never taken for an empty zone or for a change that was made', async (t) => {
  const { url, port } = await startPowerDnsApi(t)
  for (const garbage of ['', 'halo', '[]', '{"rrsets": 7}', '{"rrsets": [{"name": "x"}]}']) {
    const liar = await startLiar(
      t,
      url,
      async (_request, response) => void response.writeHead(200).end(garbage),
    )
    await assert.rejects(powerDnsFor(liar, port).readRrsets(zone, [name]), isUnreachable, garbage)
    await assert.rejects(powerDnsFor(liar, port).transfer(zone), isUnreachable, garbage)
    await assert.rejects(powerDnsFor(liar, port).apply(plan), isUnreachable, garbage)
  }
  assert.deepEqual(await powerDnsFor(url, port).readRrsets(zone, [name]), [])
})
