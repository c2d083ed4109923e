import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe, test, type TestContext } from 'node:test'
import ssh2, { type ServerChannel } from 'ssh2'
import { Refused } from '../../../src/domain/refused.ts'
import { swarmHosting } from '../../../src/drivers/hosting/swarm/driver.ts'
import { makeKeyPair } from '../../../src/servers/sites/host-key.ts'
import { stored, wish, zipOf } from './story.ts'
import '../../support/own-networks.ts'

/**
 * A node of a Docker Swarm that refuses, hangs or lies, over a real SSH connection. What the driver does not know is
 * unknown: never absent, never done, and never awaited for ever.
 */

const FQDN = 'aset.contohkab.go.id'
/** Far above what the driver waits for one answer, and far below for ever. */
const BOUND_MS = 60_000
const NODE = 'n1'
const MEBIBYTE = Buffer.alloc(1024 * 1024, 32)

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown
type Fault = {
  readonly reason: string
  /** So much to take in that it is asked for alone: several at once would be slow by themselves. */
  readonly isLarge?: boolean
  readonly says?: RegExp
  /** What is done with a channel that is asked for, in place of speaking HTTP on it. */
  readonly channel?: (accept: () => ServerChannel, reject: () => void, end: () => void) => void
  readonly refusesKey?: boolean
  readonly answer?: Answer
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
const raw =
  (text: string): NonNullable<Fault['channel']> =>
  (accept) =>
    void accept().end(text)
const says =
  (status: number, body: string): Answer =>
  (_request, response) =>
    response.writeHead(status).end(body)
const silent: Answer = () => undefined

const drip: Answer = (_request, response) => {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 500)
  response.on('close', () => clearInterval(timer))
}
const endless: Answer = (_request, response) => {
  response.on('error', () => undefined)
  const more = (): void => {
    while (!response.destroyed && response.write(MEBIBYTE)) continue
  }
  response.on('drain', more)
  more()
}

/** What a node of a healthy Swarm says when it is only looked at. */
const healthy: Answer = ({ url = '' }, response) => {
  const path = url.replace(/^\/v1\.41/, '').replace(/\?.*$/, '')
  const swarm = { NodeID: NODE, LocalNodeState: 'active', ControlAvailable: true }
  if (path === '/info') return json(response, 200, { Name: 'node1', ServerVersion: '20.10.24', Swarm: swarm })
  if (path === '/nodes') {
    const spec = { Labels: { 'ranah-sites': 'yes' } }
    const node = { ID: NODE, Version: { Index: 1 }, Spec: spec, Description: { Hostname: 'node1' } }
    return json(response, 200, [{ ...node, Status: { State: 'ready' } }])
  }
  if (path.startsWith('/images/')) {
    const image = { Architecture: 'amd64', Os: 'linux', RootFS: { Layers: ['sha256:00'] } }
    return json(response, path === `/images/sha256:dasar/json` ? 200 : 404, image)
  }
  return json(response, 200, [])
}

/** Takes the wish for a site, so that its labels are known, and says no to it. */
const keepsLabels =
  (kept: { labels: Record<string, string> }, answer: Answer): Answer =>
  (request, response, body) => {
    const { method, url = '' } = request
    if (method === 'POST' && url.includes('/configs/create')) return json(response, 201, { ID: 'c1' })
    if (method !== 'POST' || !url.includes('/services/create')) return answer(request, response, body)
    kept.labels = (JSON.parse(body) as { Labels: Record<string, string> }).Labels
    return json(response, 500, { message: 'no' })
  }

/** Healthy but for one path. */
const but =
  (method: string, path: RegExp, answer: Answer): Answer =>
  (request, response, body) =>
    request.method === method && path.test(request.url ?? '')
      ? answer(request, response, body)
      : healthy(request, response, body)

const faults: Readonly<Record<string, Fault>> = {
  'hangs before it opens a channel': { channel: () => undefined, reason: 'site-host-too-slow' },
  'takes the question and says nothing': { answer: silent, reason: 'site-host-too-slow' },
  'answers an octet at a time': { answer: drip, reason: 'site-host-too-slow' },
  'drops the connection when asked': {
    channel: (_accept, _reject, end) => end(),
    reason: 'site-host-unreachable',
  },
  'forbids the channel': { channel: (_accept, reject) => reject(), reason: 'site-host-unreachable' },
  'breaks off in the middle': {
    channel: raw('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n[{"ID"'),
    reason: 'site-host-unreachable',
  },
  'speaks no HTTP': { channel: raw('\u0000\u0001 bukan Docker\r\n\r\n'), reason: 'swarm-answer' },
  'answers without end': { answer: endless, isLarge: true, reason: 'swarm-answer' },
  'answers half a JSON': { answer: says(200, '[{"ID":"a"'), reason: 'swarm-answer' },
  'answers nothing': { answer: says(200, ''), reason: 'swarm-answer' },
  'answers in another form': { answer: says(200, '{"Swarm":[]}'), reason: 'swarm-answer' },
  redirects: { answer: says(302, ''), reason: 'swarm-refused' },
  'refuses with a page': {
    answer: says(502, `<h1>Bad ${'gateway '.repeat(900)}</h1>`),
    reason: 'swarm-refused',
    says: /^[^]{40,700}$/,
  },
  'has lost its majority': {
    answer: but(
      'GET',
      /\/(nodes|services)/,
      says(503, '{"message":"rpc error: The swarm does not have a leader."}'),
    ),
    reason: 'swarm-refused',
    says: /does not have a leader/,
  },
  'is of no Swarm': {
    answer: (_request, response) =>
      json(response, 200, {
        Name: 'node1',
        ServerVersion: '20.10.24',
        Swarm: { NodeID: '', LocalNodeState: 'inactive', ControlAvailable: false },
      }),
    reason: 'swarm-inactive',
  },
  'takes the key no more': {
    refusesKey: true,
    reason: 'site-host-key-refused',
    says: /akun "ranah"/,
  },
}

/** @returns a driver for a Swarm of this one node */
async function nodeThat(
  t: TestContext,
  {
    channel,
    refusesKey,
    answer = healthy,
    webPort = 9,
  }: Omit<Fault, 'reason'> & { readonly webPort?: number },
) {
  const [hostKey, own] = [makeKeyPair(), makeKeyPair()]
  const docker = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')))
    request.on('end', () => void answer(request, response, body))
  })
  const open = new Set<{ end: () => void }>()
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    open.add(client)
    client.on('error', () => undefined)
    client.on('authentication', (given) => {
      if (refusesKey) given.reject(['publickey'])
      else given.accept()
    })
    client.on('openssh.streamlocal', (accept, reject) => {
      const taken = () => {
        const opened = accept()
        opened.on('error', () => undefined)
        return opened
      }
      if (channel) channel(taken, reject, () => client.end())
      else docker.emit('connection', taken() as Duplex)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const client of open) client.end()
    server.close()
    docker.closeAllConnections()
  })
  const { port } = server.address() as { port: number }
  const settings = {
    nodes: [{ host: '127.0.0.1', port, hostKey: hostKey.publicKey }],
    image: 'sha256:dasar',
    addresses: ['127.0.0.1'],
    webPort,
    replicas: 2,
    memoryMebibytes: 64,
  }
  return swarmHosting(settings, { privateKey: own.privateKey })
}

/** @returns how it was refused, and after how long */
async function refusalOf(doing: Promise<unknown>): Promise<{ error: Refused; ms: number }> {
  const began = performance.now()
  try {
    await doing
  } catch (error) {
    assert.ok(error instanceof Refused, String(error))
    assert.equal(error.status, 503)
    assert.ok(error.text.id.length > 40 && error.text.en.length > 40)
    return { error, ms: performance.now() - began }
  }
  return assert.fail('it was not refused')
}

describe('a node of a Swarm that lies', { concurrency: true }, () => {
  test(
    'a node that refuses, hangs or answers garbage is told apart, in time, and nothing is known of its sites',
    { concurrency: true },
    async (t) => {
      const tried = async ([name, fault]: readonly [string, Fault]) =>
        t.test(name, async (t) => {
          const driver = await nodeThat(t, fault)
          const plan = { driver: 'swarm', fqdn: FQDN, token: 'req-1', changes: [creation], lines: [] }
          const planning = refusalOf(driver.plan(wish(FQDN, 'req-1')))
          if (fault.isLarge) await planning
          const applying = refusalOf(driver.apply(plan))
          if (fault.isLarge) await applying
          const looking = driver.inspect(FQDN)
          if (fault.isLarge) await looking
          const [planned, applied, seen, findings] = await Promise.all([
            planning,
            applying,
            looking,
            driver.check(),
          ])
          // What was given up for its slowness has a reason of its own: nothing else came by waiting.
          assert.deepEqual([planned.error.reason, applied.error.reason], [fault.reason, fault.reason])
          if (fault.says) assert.match(planned.error.text.id, fault.says)
          assert.equal(seen.kind, 'unknown')
          assert.ok(findings.some(({ ok, text }) => !ok && text.id.length > 40))
          for (const { ms } of [planned, applied]) assert.ok(ms < BOUND_MS, `${ms} ms`)
        })
      const all = Object.entries(faults)
      await Promise.all(all.filter(([, { isLarge }]) => !isLarge).map(tried))
      for (const each of all.filter(([, { isLarge }]) => isLarge)) await tried(each)
    },
  )

  const site = { fqdn: FQDN, title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  const creation = { do: 'create', site } as const

  test('a site of another name is never taken for the one that was asked for', async (t) => {
    const kept = { labels: {} as Record<string, string> }
    const driver = await nodeThat(t, {
      answer: keepsLabels(kept, (request, response, body) => {
        if (!kept.labels['ranah.fqdn'] || !request.url?.includes('/services?'))
          return healthy(request, response, body)
        const spec = { Name: 'ranah-site-x', Labels: kept.labels }
        return json(response, 200, [{ ID: 's1', Version: { Index: 1 }, Spec: spec }])
      }),
    })
    await refusalOf(driver.apply(stored(await driver.plan(wish(FQDN, 'req-1')))))
    assert.equal((await driver.inspect(FQDN)).kind, 'present')
    assert.equal((await driver.inspect('lain.contohkab.go.id')).kind, 'absent')
  })

  test('a full disk of a node is told as such: by a refusal, and within an answer that began well', async (t) => {
    const full = 'write /var/lib/docker/tmp/x: no space left on device'
    let labels: Record<string, string> = {}
    let room = true
    const driver = await nodeThat(t, {
      answer: (request, response, body) => {
        const { method, url = '' } = request
        if (method === 'POST' && url.includes('/configs/create'))
          return room ? json(response, 201, { ID: 'c1' }) : json(response, 500, { message: full })
        if (method === 'POST' && url.includes('/services/create')) {
          labels = (JSON.parse(body) as { Labels: Record<string, string> }).Labels
          return json(response, 500, { message: full })
        }
        if (method === 'POST' && url.includes('/images/load'))
          return response
            .writeHead(200)
            .end(
              `{"stream":"Loading"}\r\n${JSON.stringify({ errorDetail: { message: full }, error: full })}\r\n`,
            )
        if (labels['ranah.fqdn'] && url.includes('/services?')) {
          const spec = { Name: 'ranah-site-x', Labels: labels }
          return json(response, 200, [{ ID: 's1', Version: { Index: 1 }, Spec: spec }])
        }
        return healthy(request, response, body)
      },
    })
    const plan = stored(await driver.plan(wish(FQDN, 'req-1')))
    for (room of [false, true]) {
      const { error } = await refusalOf(driver.apply(plan))
      assert.equal(error.reason, 'host-full')
      assert.match(error.text.id, /penuh/)
    }
    const { error } = await refusalOf(driver.deploy(FQDN, zipOf('Baru'), 'unggah-1'))
    assert.equal(error.reason, 'host-full')
  })

  test('an update that is out of step is told again only while the service still is what was read', async (t) => {
    const outOfStep = { message: 'rpc error: code = Unknown desc = update out of sequence' }
    for (const isChanged of [false, true]) {
      const kept = { labels: {} as Record<string, string> }
      const told: string[] = []
      const driver = await nodeThat(t, {
        answer: keepsLabels(kept, (request, response, body) => {
          const { url = '' } = request
          const service = (index: number, more: object = {}) => ({
            ID: 's1',
            Version: { Index: index },
            Spec: { Name: 'ranah-site-x', Labels: kept.labels, ...more },
          })
          if (url.includes('/services/s1/update')) {
            told.push(new URL(url, 'http://docker').searchParams.get('version')!)
            return told.length < 3 ? json(response, 500, outOfStep) : json(response, 200, {})
          }
          if (url.includes('/services/s1'))
            return json(response, 200, service(7 + told.length, isChanged ? { Mode: 'lain' } : {}))
          if (url.includes('/tasks')) return json(response, 500, { message: 'sampai di sini' })
          if (kept.labels['ranah.fqdn'] && url.includes('/services?'))
            return json(response, 200, [service(7)])
          return healthy(request, response, body)
        }),
      })
      await refusalOf(driver.apply(stored(await driver.plan(wish(FQDN, 'req-1')))))
      const update = stored(await driver.plan(wish(FQDN, 'req-2', 'Sistem lain')))
      const { error } = await refusalOf(driver.apply(update))
      if (isChanged) assert.deepEqual([error.reason, told], ['swarm-out-of-step', ['7']])
      else assert.deepEqual([/sampai di sini/.test(error.text.id), told], [true, ['7', '8', '9']])
    }
  })

  test('a service is not removed while the Swarm still forgets its tasks', async (t) => {
    const kept = { labels: {} as Record<string, string> }
    let [looks, removedAt] = [0, 0]
    const task = (NodeID: string | null, DesiredState: string, State: string) => ({
      NodeID,
      DesiredState,
      Status: { State },
      Spec: { ContainerSpec: { Labels: {} } },
    })
    const stay = [task(NODE, 'shutdown', 'shutdown'), task('n2', 'remove', 'running')]
    const web = createServer((_request, response) => response.writeHead(404).end())
    web.listen(0, '127.0.0.1')
    await once(web, 'listening')
    t.after(() => web.close())
    const driver = await nodeThat(t, {
      webPort: (web.address() as { port: number }).port,
      answer: keepsLabels(kept, (request, response, body) => {
        const { method, url = '' } = request
        if (method === 'POST' && url.includes('/services/s1/update')) return json(response, 200, {})
        if (method === 'DELETE' && url.includes('/services/s1')) {
          removedAt = looks
          return response.writeHead(200).end()
        }
        if (url.includes('/images/json')) return json(response, 200, [])
        if (url.includes('/tasks')) {
          looks += 1
          const going = looks < 6 ? [task(NODE, 'remove', looks < 4 ? 'shutdown' : 'complete')] : []
          return json(response, 200, [...stay, ...going])
        }
        if (kept.labels['ranah.fqdn'] && url.includes('/services?')) {
          const spec = { Name: 'ranah-site-x', Labels: kept.labels }
          return json(response, 200, [{ ID: 's1', Version: { Index: 7 }, Spec: spec }])
        }
        return healthy(request, response, body)
      }),
    })
    const plan = stored(await driver.plan(wish(FQDN, 'req-1')))
    await refusalOf(driver.apply(plan))
    await driver.undo(plan)
    assert.equal(removedAt, 6)
  })

  test('a node whose clock is wrong is named by the test of the connection', async (t) => {
    const info: Answer = (_request, response) => {
      const swarm = { NodeID: NODE, LocalNodeState: 'active', ControlAvailable: true }
      const clock = `${new Date(Date.now() - 7_200_000).toISOString().slice(0, -1)}123456Z`
      json(response, 200, { Name: 'node1', ServerVersion: '20.10.24', SystemTime: clock, Swarm: swarm })
    }
    const driver = await nodeThat(t, { answer: but('GET', /\/info/, info) })
    const said = (await driver.check()).filter(({ ok }) => !ok).map(({ text }) => text.id)
    assert.ok(
      said.some((text) => /Jam server 127\.0\.0\.1:\d+ lebih lambat (2 jam|1 jam 59 menit)/.test(text)),
    )
  })
})
