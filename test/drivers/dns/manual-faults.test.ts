import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test, type TestContext } from 'node:test'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { startDebianDns } from '../../support/debian-dns.ts'
import { nsupdate, testZone as zone } from '../../support/dns-server.ts'

/** Name servers that people work by hand, and that hang, refuse, lie or die: nothing is taken for the work. */

/** Far above what the driver waits for one answer, and far below for ever. */
const BOUND_MS = 60_000
const name = `tangan.${zone}`
const set = { name, type: 'A', ttl: 300, values: ['192.0.2.1'] }
const plan = planChanges({ zone, current: [], desired: [set] })
const driverAt = (port: number) =>
  openDnsDriver('manual', { nameServers: [{ name: `ns1.${zone}`, host: '127.0.0.1', port }] })

/** What answers each datagram, and each message over TCP, in this way; null says nothing. */
async function serverThat(t: TestContext, answer: (request: Buffer) => Buffer | null): Promise<number> {
  const udp = createSocket('udp4')
  udp.on('message', (request, from) => {
    const octets = answer(request)
    if (octets) udp.send(octets, from.port, from.address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const { port } = udp.address()
  const tcp = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (request) => {
      const octets = answer(request.subarray(2))
      if (octets)
        socket.write(Buffer.concat([Buffer.from([octets.length >> 8, octets.length & 255]), octets]))
    })
  }).listen(port, '127.0.0.1')
  await once(tcp, 'listening')
  t.after(() => {
    udp.close()
    tcp.close()
  })
  return port
}

/** A well-formed answer with this rcode and no records. */
const coded = (rcode: number) => (request: Buffer) => {
  const octets = Buffer.from(request)
  octets[2] = 0x84
  octets[3] = rcode
  return octets
}
const withOtherId = (request: Buffer) => {
  const octets = coded(0)(request)
  octets.writeUInt16BE((octets.readUInt16BE(0) + 1) & 0xffff, 0)
  return octets
}

const faults: Readonly<Record<string, readonly [(request: Buffer) => Buffer | null, DnsFailure['kind']]>> = {
  'says nothing': [() => null, 'unreachable'],
  refuses: [coded(5), 'refused'],
  fails: [coded(2), 'unreachable'],
  'answers noise': [() => Buffer.from('bukan DNS sama sekali'), 'unreachable'],
  'answers half a message': [(request) => coded(0)(request).subarray(0, 14), 'unreachable'],
  'answers another question': [withOtherId, 'unreachable'],
}

test(
  'servers worked by hand that hang, refuse or answer noise: nothing is taken for the work',
  { concurrency: true },
  async (t) => {
    const tried = Object.entries(faults).map(([what, [answer, kind]]) =>
      t.test(what, async (t) => {
        const driver = driverAt(await serverThat(t, answer))
        const began = performance.now()
        const [applied, reports, findings] = await Promise.all([
          driver.apply(plan).then(
            () => 'done',
            (error: unknown) => error,
          ),
          driver.probe({ zone, expected: [set] }),
          driver.check(zone),
        ])
        assert.ok(applied instanceof DnsFailure, String(applied))
        assert.equal(applied.kind, kind)
        assert.ok(applied.text.id.length > 40 && !/pekerjaan tangan/.test(applied.text.id), applied.text.id)
        for (const { verdict } of reports) assert.notEqual(verdict, 'agrees')
        assert.ok(findings.some(({ ok, text }) => !ok && text.id.length > 40))
        assert.ok(performance.now() - began < BOUND_MS)
      }),
    )
    await Promise.all(tried)
  },
)

test('a server worked by hand that is killed is unknown; back again, the work that was done is seen', async (t) => {
  const bind = await startDebianDns(t, 'BIND')
  const driver = driverAt(bind.port)
  assert.equal(await nsupdate(bind.port, zone, [`update add ${name} 300 A 192.0.2.1`]), 'NOERROR')
  await bind.stop('SIGKILL')
  await assert.rejects(
    driver.apply(plan),
    (error) => error instanceof DnsFailure && error.kind === 'unreachable',
  )
  const [report] = await driver.probe({ zone, expected: [set] })
  assert.notEqual(report?.verdict, 'agrees')
  await startDebianDns(t, 'BIND', bind.settings)
  assert.deepEqual(await driver.apply(plan), { result: 'already-applied' })
})
