import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { decodeMessage, encodeMessage, messageOf } from '../../../src/domain/dns/message.ts'
import { signMessage } from '../../../src/domain/dns/tsig.ts'
import { updateMessage } from '../../../src/domain/dns/update.ts'
import {
  dig,
  driverFor,
  end,
  eventually,
  newZone,
  startDnsServer,
  testKey,
  testZone as zone,
  type DnsServerProcess,
} from '../../support/dns-server.ts'

/** Whatever is thrown at it, the server goes on answering and its zone stays as it is. */

async function start(t: TestContext, more: object = {}): Promise<DnsServerProcess> {
  const server = await startDnsServer(t, more)
  await driverFor(server.port).createZone(newZone())
  return server
}

/** A question may be lost among thousands of packets, as UDP loses them; one of the next is answered. */
async function assertAlive({ port, child }: DnsServerProcess, serial = '1'): Promise<void> {
  assert.equal(child.exitCode, null)
  await eventually(async () => {
    const { answer } = await dig(port, [zone, 'SOA'])
    assert.equal(answer[0]?.split(' ')[6], serial)
  })
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

function framed(octets: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([octets.length >> 8, octets.length & 255]), octets])
}

const question = encodeMessage(messageOf({ id: 1, questions: [{ name: zone, type: 6, class: 1 }] }))
const update = updateMessage({
  id: 2,
  zone,
  prerequisites: [],
  lines: [{ op: 'add', name: `x.${zone}`, type: 'A', ttl: 60, value: '192.0.2.1' }],
})
const signed = (nowSeconds: number): Buffer =>
  signMessage(encodeMessage(update), testKey, { nowSeconds }).octets

test('random and damaged packets over both transports', async (t) => {
  const server = await start(t)
  const udp = createSocket('udp4')
  t.after(() => udp.close())
  udp.on('message', () => {})
  const real = [question, signed(Math.floor(Date.now() / 1000))]
  const damaged = fc
    .tuple(
      fc.constantFrom(...real),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(400),
    )
    .map(([octets, changes, cut]) => {
      const copy = Buffer.from(octets)
      for (const [at, value] of changes) copy[2 + (at % (copy.length - 2))]! ^= value || 1
      return copy.subarray(0, Math.max(12, copy.length - (cut % 40)))
    })
  const packets = fc.sample(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), 3000)
  for (const [index, packet] of packets.entries()) {
    udp.send(packet, server.port, '127.0.0.1')
    if (index % 200 === 0) await sleep(5)
  }
  const tcp = await open(server.port)
  for (const packet of packets) tcp.write(framed(packet))
  tcp.end()
  await once(tcp.resume(), 'close')
  await assertAlive(server)
})

test('a response is never answered, so that two servers cannot talk for ever', async (t) => {
  const server = await start(t)
  const socket = await open(server.port)
  const response = Buffer.from(question)
  response[2]! |= 0x80
  const garbage = Buffer.alloc(20, 0xff)
  socket.write(Buffer.concat([framed(response), framed(garbage), framed(question)]))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.equal(answer.readUInt16BE(0), answer.length - 2, 'one answer, to the question alone')
  assert.equal(decodeMessage(answer.subarray(2)).rcode, 0)
  socket.destroy()
})

test('octets that are no message get FORMERR with their id', async (t) => {
  const server = await start(t)
  const socket = await open(server.port)
  socket.write(framed(Buffer.concat([question, Buffer.of(7)])))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  const message = decodeMessage(answer.subarray(2))
  assert.deepEqual([message.id, message.rcode, message.isResponse], [1, 1, true])
  socket.destroy()
})

test('names that point at themselves, at each other or past the end are FORMERR at once', async (t) => {
  const server = await start(t)
  const socket = await open(server.port)
  const header = Buffer.from('000300000001000000000000', 'hex')
  const ask = Buffer.from('00010001', 'hex')
  const names = ['c00c', 'c00ec00c', '01610161c00e', 'c0ff', '40', '3f', 'c0']
  for (const name of names) {
    socket.write(framed(Buffer.concat([header, Buffer.from(name, 'hex'), ask])))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.deepEqual([answer.readUInt16BE(2), answer[5]! & 15], [3, 1], name)
  }
  socket.destroy()
  await assertAlive(server)
})

test('updates that are unsigned, old, of the future or replayed with changes do nothing', async (t) => {
  const server = await start(t)
  const socket = await open(server.port)
  const now = Math.floor(Date.now() / 1000)
  const replayed = Buffer.from(signed(now))
  replayed[20]! ^= 1
  const attempts = [encodeMessage(update), signed(now - 400), signed(now + 400), replayed]
  for (const attempt of attempts) {
    socket.write(framed(attempt))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.ok([1, 5, 9].includes(decodeMessage(answer.subarray(2)).rcode))
  }
  await assertAlive(server)
  socket.write(framed(signed(now)))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.equal(decodeMessage(answer.subarray(2)).rcode, 0)
  await assertAlive(server, '2')
  socket.destroy()
})

test('idle, slow and greedy connections do not keep others out', async (t) => {
  const server = await start(t)
  const idle = await Promise.all(Array.from({ length: 150 }, () => open(server.port)))
  for (const socket of idle) socket.write(Buffer.of(0xff))
  await assertAlive(server)
  assert.equal((await dig(server.port, [zone, 'SOA', '+tcp'])).answer.length, 1)
  for (const socket of idle) socket.destroy()
  // Far more connections than allowed: UDP goes on, and TCP is back as soon as they are gone.
  const many = await Promise.all(Array.from({ length: 400 }, () => open(server.port)))
  await assertAlive(server)
  for (const socket of many) socket.destroy()
  await eventually(async () => assert.equal((await dig(server.port, [zone, 'SOA', '+tcp'])).answer.length, 1))
})

test('a client that asks without end and never reads does not fill the memory', async (t) => {
  const server = await start(t)
  const greedy = await open(server.port)
  greedy.pause()
  const batch = Buffer.concat(Array.from({ length: 500 }, () => framed(question)))
  for (let round = 0; round < 400 && greedy.writableLength < 4_000_000; round += 1) {
    greedy.write(batch)
    await sleep(1)
  }
  await assertAlive(server)
  assert.ok(greedy.writableLength > 0 || greedy.destroyed, 'the server has stopped reading from it')
  greedy.destroy()
})

test('one address that floods is held to its share', async (t) => {
  const server = await start(t, { queriesPerSecondPerAddress: 50 })
  const udp = createSocket('udp4')
  t.after(() => udp.close())
  let answers = 0
  udp.on('message', () => (answers += 1))
  const started = performance.now()
  for (let index = 0; index < 500; index += 1) udp.send(question, server.port, '127.0.0.1')
  await eventually(async () => assert.ok(answers > 0))
  await sleep(500)
  // its share of every second that was begun meanwhile
  const share = 50 * (Math.floor((performance.now() - started) / 1000) + 2)
  assert.ok(answers <= share, `${answers} answers to 500 questions`)
  assert.equal((await dig(server.port, [zone, 'SOA', '+tcp'])).answer.length, 1, 'TCP proves the address')
  assert.equal(await end(server.child, 'SIGTERM'), 0)
})
