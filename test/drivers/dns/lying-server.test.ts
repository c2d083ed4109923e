import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { decodeMessage, encodeMessage, type Message } from '../../../src/domain/dns/message.ts'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import { signMessage } from '../../../src/domain/dns/tsig.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import {
  dig,
  driverFor,
  newZone,
  startDnsServer,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'

/** Servers and networks that lie, lose and repeat. */

/**
 * What a proxy does with one answer of the real server: the octets to pass on; `null` breaks the connection.
 * `request` is the first message of the connection.
 */
type Tamper = (answer: Buffer, request: Buffer) => Buffer[] | null

/** A TCP proxy before a name server that tampers with each answer. */
async function startProxy(t: TestContext, target: number, tamper: Tamper): Promise<number> {
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let asked = Buffer.alloc(0)
    let answered: Buffer = Buffer.alloc(0)
    const close = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('error', close).on('close', close)
    client.on('data', (chunk: Buffer) => {
      asked = Buffer.concat([asked, chunk])
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      answered = Buffer.concat([answered, chunk])
      while (answered.length >= 2 && answered.length >= 2 + answered.readUInt16BE(0)) {
        const length = answered.readUInt16BE(0)
        const passed = tamper(answered.subarray(2, 2 + length), asked.subarray(2, 2 + asked.readUInt16BE(0)))
        answered = answered.subarray(2 + length)
        if (passed === null) return close()
        for (const octets of passed)
          client.write(Buffer.concat([Buffer.from([octets.length >> 8, octets.length & 255]), octets]))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const situs = `situs.${zone}`
const plan = planChanges({
  zone,
  current: [],
  desired: [{ name: situs, type: 'A', ttl: 300, values: ['192.0.2.1'] }],
})

async function zoneOnServer(t: TestContext): Promise<number> {
  const { port } = await startDnsServer(t)
  await driverFor(port).createZone(newZone())
  return port
}

function isUpdateWithLines(request: Buffer): boolean {
  const message = decodeMessage(request)
  return message.opcode === 5 && message.authority.length > 0
}

async function serialOf(port: number): Promise<string | undefined> {
  return (await dig(port, [zone, 'SOA'])).answer[0]?.split(' ')[6]
}

test('an answer that is lost after the change was made is found out, and nothing is done twice', async (t) => {
  const port = await zoneOnServer(t)
  let lost = 0
  const proxy = await startProxy(t, port, (answer, request) => {
    if (isUpdateWithLines(request) && lost++ < 2) return null
    return [answer]
  })
  assert.deepEqual(await driverFor(proxy).apply(plan), { result: 'applied' })
  assert.equal(lost, 1, 'the change was found in the zone and not sent again')
  assert.equal(await serialOf(port), '2')
})

test('a request that never arrived is sent again, a bounded number of times', async (t) => {
  const port = await zoneOnServer(t)
  let refusals = 1
  const swallow = createServer((client) => {
    let first = true
    const upstream = connect(port, '127.0.0.1')
    const close = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('error', close).on('close', close)
    client.on('data', (chunk: Buffer) => {
      if (first && isUpdateWithLines(chunk.subarray(2)) && refusals-- > 0) return close()
      first = false
      upstream.write(chunk)
    })
    upstream.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(swallow, 'listening')
  t.after(() => swallow.close())
  const address = swallow.address()
  const proxy = typeof address === 'object' && address ? address.port : 0
  assert.deepEqual(await driverFor(proxy).apply(plan), { result: 'applied' })
  assert.equal(await serialOf(port), '2')
  refusals = Number.POSITIVE_INFINITY
  const other = planChanges({
    zone,
    current: [],
    desired: [{ name: `lain.${zone}`, type: 'A', ttl: 60, values: ['192.0.2.1'] }],
  })
  await assert.rejects(
    driverFor(proxy).apply(other),
    (error) => error instanceof DnsFailure && error.kind === 'unreachable',
  )
  assert.equal(await serialOf(port), '2')
})

test('an answer that is not signed, wrongly signed or to another question is never believed', async (t) => {
  const port = await zoneOnServer(t)
  const edit = (octets: Buffer, change: (message: Message) => Partial<Message>): Buffer => {
    const message = decodeMessage(octets)
    return encodeMessage({ ...message, ...change(message), tsig: null })
  }
  const forgeries: Readonly<Record<string, Tamper>> = {
    unsigned: (answer) => [edit(answer, () => ({ rcode: 0 }))],
    'signed with another key': (answer) => [
      signMessage(
        edit(answer, () => ({})),
        { ...testKey, secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
        { nowSeconds: Math.floor(Date.now() / 1000) },
      ).octets,
    ],
    'signed for another request': (answer) => [
      signMessage(
        edit(answer, () => ({})),
        testKey,
        { nowSeconds: Math.floor(Date.now() / 1000), priorMac: Buffer.alloc(32) },
      ).octets,
    ],
    'a flipped bit': (answer) => {
      const copy = Buffer.from(answer)
      copy[3]! ^= 1
      return [copy]
    },
    'the question itself': (_answer, request) => [request],
    'no message at all': (answer) => [answer.subarray(0, 13)],
    'nothing but a closed door': () => null,
  }
  for (const [what, tamper] of Object.entries(forgeries)) {
    const driver = driverFor(await startProxy(t, port, tamper))
    await assert.rejects(
      driver.isNameInUse(zone, situs),
      (error) => {
        assert.ok(error instanceof DnsFailure && error.kind === 'unreachable', `${what}: ${String(error)}`)
        return true
      },
      what,
    )
  }
})

test('a transfer that is cut, reordered or changed on its way is not believed', async (t) => {
  const port = await zoneOnServer(t)
  const desired = Array.from({ length: 3000 }, (_, index) => ({
    name: `n${index}.${zone}`,
    type: 'A',
    ttl: 60,
    values: ['192.0.2.1'],
  }))
  await driverFor(port).apply(planChanges({ zone, current: [], desired }))
  const tampers: Readonly<Record<string, () => Tamper>> = {
    'a message left out': () => {
      let count = 0
      return (answer) => (++count === 2 ? [] : [answer])
    },
    'a message twice': () => (answer) => [answer, answer],
    'a record changed': () => {
      let count = 0
      return (answer) => {
        const copy = Buffer.from(answer)
        if (++count === 2) copy[200]! ^= 1
        return [copy]
      }
    },
    'cut off': () => {
      let count = 0
      return (answer) => (++count > 2 ? null : [answer])
    },
  }
  for (const [what, tamper] of Object.entries(tampers)) {
    const driver = driverFor(await startProxy(t, port, tamper()))
    await assert.rejects(
      driver.transfer(zone),
      (error) => error instanceof DnsFailure && error.kind === 'unreachable',
      what,
    )
  }
})

/** A UDP server that answers as it is told. */
async function startUdp(
  t: TestContext,
  answer: (query: Message, send: (octets: Buffer) => void) => void,
): Promise<number> {
  const socket: UdpSocket = createSocket('udp4')
  socket.on('message', (octets: Buffer, peer: RemoteInfo) => {
    answer(decodeMessage(octets), (reply) => socket.send(reply, peer.port, peer.address))
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  return socket.address().port
}

function reply(query: Message, change: Partial<Message>, address = '192.0.2.66'): Buffer {
  const { name } = query.questions[0]!
  const rdata = Buffer.from(address.split('.').map(Number))
  const answers = [{ name, type: 1, class: 1, ttl: 60, rdata }]
  return encodeMessage({ ...query, isResponse: true, authoritative: true, answers, ...change })
}

test('a probe passes over forged answers and takes the real one', async (t) => {
  const port = await startUdp(t, (query, send) => {
    send(reply(query, { id: (query.id + 1) & 0xffff }))
    send(reply(query, { questions: [{ name: 'lain.id', type: 1, class: 1 }] }))
    send(reply(query, { isResponse: false }))
    send(reply(query, { opcode: 5 }))
    send(Buffer.from('sampah'))
    send(reply(query, {}, '192.0.2.1'))
  })
  const [report] = await driverFor(port).probe({
    zone,
    expected: [{ name: situs, type: 'A', ttl: 60, values: ['192.0.2.1'] }],
  })
  assert.deepEqual([report?.verdict, report?.answers], ['agrees', ['192.0.2.1']])
})

test('a probe tells each server apart: right, wrong, without authority, failing and silent', async (t) => {
  const good = await zoneOnServer(t)
  await driverFor(good).apply(plan)
  const wrong = await startUdp(t, (query, send) => send(reply(query, {})))
  const cached = await startUdp(t, (query, send) => send(reply(query, { authoritative: false }, '192.0.2.1')))
  const failing = await startUdp(t, (query, send) => send(reply(query, { rcode: 2, answers: [] })))
  const silent = await freePort()
  const { openDnsDriver } = await import('../../../src/drivers/dns/drivers.ts')
  const nameServers = [
    { name: `ns1.${zone}`, host: '127.0.0.1', port: good },
    ...Object.entries({ wrong, cached, failing, silent }).map(([name, port]) => ({
      name: `${name}.example`,
      host: '127.0.0.1',
      port,
    })),
  ]
  nameServers.push({ name: 'lost.example', host: 'tidakada.invalid', port: 53 })
  const driver = openDnsDriver('embedded', { host: '127.0.0.1', port: good, key: testKey, nameServers })
  const reports = await driver.probe({
    zone,
    expected: [{ name: situs, type: 'A', ttl: 300, values: ['192.0.2.1'] }],
  })
  assert.deepEqual(
    reports.map(({ server, verdict }) => [server.name, verdict]),
    [
      [`ns1.${zone}`, 'agrees'],
      ['wrong.example', 'differs'],
      ['cached.example', 'differs'],
      ['failing.example', 'no-answer'],
      ['silent.example', 'no-answer'],
      ['lost.example', 'no-answer'],
    ],
  )
})

test('a server that is not there is unreachable: neither a refusal nor a fault', async () => {
  const driver = driverFor(await freePort())
  const isUnreachable = (error: unknown): boolean =>
    error instanceof DnsFailure && error.kind === 'unreachable' && error.status === 503
  await assert.rejects(driver.apply(plan), isUnreachable)
  await assert.rejects(driver.readRrsets(zone, [situs]), isUnreachable)
  await assert.rejects(driver.transfer(zone), isUnreachable)
  await assert.rejects(driver.createZone(newZone()), isUnreachable)
})
