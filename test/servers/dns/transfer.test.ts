import { test } from 'node:test'
import assert from 'node:assert/strict'
import { freePort } from '../../../src/servers/free-port.ts'
import {
  dig,
  driverFor,
  eventually,
  newZone,
  nsupdate,
  startDnsServer,
  temporaryDirectory,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'
import { startDebianDns } from '../../support/debian-dns.ts'
import { planChanges } from '../../../src/domain/dns/plan.ts'

const LARGE = 5_000

function large(): { name: string; type: string; ttl: number; values: string[] }[] {
  return Array.from({ length: LARGE }, (_, index) => ({
    name: `n${index}.${zone}`,
    type: 'A',
    ttl: 300,
    values: [`192.0.2.${index % 250}`],
  }))
}

function transferred(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith(';') && !line.includes('TSIG'))
}

test('a zone of 5,000 names reaches dig whole, signed message by message', async (t) => {
  const server = await startDnsServer(t)
  const driver = driverFor(server.port)
  await driver.createZone(newZone())
  assert.deepEqual(await driver.apply(planChanges({ zone, current: [], desired: large() })), {
    result: 'applied',
  })
  const { text } = await dig(server.port, [zone, 'AXFR'], true)
  const lines = transferred(text)
  assert.equal(lines.length, LARGE + 4)
  assert.match(lines[0]!, /\sSOA\s/)
  assert.equal(lines.at(-1), lines[0])
  assert.match(text, new RegExp(`XFR size: ${LARGE + 4} records \\(messages ([2-9]|\\d\\d)`))
  assert.doesNotMatch(text, /could not be validated|failed/i)
  assert.equal((await driver.transfer(zone)).length, LARGE + 3)
  assert.match((await dig(server.port, [zone, 'AXFR'])).text, /Transfer failed/)
  assert.equal((await dig(server.port, [zone, 'AXFR', '+notcp'], true)).status, 'none')
})

test('IXFR gets the whole zone, or the SOA alone when nothing is new (RFC 1995)', async (t) => {
  const server = await startDnsServer(t)
  await driverFor(server.port).createZone(newZone())
  await nsupdate(server.port, zone, [`update add satu.${zone} 300 A 192.0.2.1`])
  const old = transferred((await dig(server.port, [zone, 'IXFR=1'], true)).text)
  assert.deepEqual([/\sSOA\s/.test(old[0]!), old.at(-1)], [true, old[0]])
  assert.ok(old.some((line) => /^satu\..*192\.0\.2\.1$/.test(line)))
  const current = transferred((await dig(server.port, [zone, 'IXFR=2'], true)).text)
  assert.deepEqual(
    current.map((line) => line.split(/\s+/)[3]),
    ['SOA'],
  )
  assert.match((await dig(server.port, [zone, 'IXFR=1'])).text, /Transfer failed/, 'unsigned')
  assert.equal((await dig(server.port, ['example.org', 'AXFR'], true)).answer.length, 0)
})

test("Debian's BIND follows as a secondary, through NOTIFY, restarts and outages", async (t) => {
  const secondaryPort = await freePort()
  const server = await startDnsServer(t, { secondaries: [{ host: '127.0.0.1', port: secondaryPort }] })
  const driver = driverFor(server.port)
  await driver.createZone(newZone())
  const statements = `zone "${zone}" {
    type secondary; file "DIRECTORY/zone.db"; masterfile-format text; allow-notify { 127.0.0.1; };
    primaries { 127.0.0.1 port ${server.port} key "${testKey.name}"; };
  };`
  const agrees = (name: string, value: string): Promise<void> =>
    eventually(async () => {
      const { answer } = await dig(secondaryPort, [name, 'A'])
      assert.deepEqual(answer, [`${name}. 300 IN A ${value}`])
    })
  await nsupdate(server.port, zone, [`update add satu.${zone} 300 A 192.0.2.1`])
  const directory = await temporaryDirectory(t)
  const secondary = { directory, port: secondaryPort, zones: {}, statements }
  const bind = await startDebianDns(t, 'BIND', secondary)
  await agrees(`satu.${zone}`, '192.0.2.1')

  // One change at a time, faster than the SOA refresh: only NOTIFY can bring it.
  await nsupdate(server.port, zone, [`update add dua.${zone} 300 A 192.0.2.2`])
  await agrees(`dua.${zone}`, '192.0.2.2')

  await driver.apply(planChanges({ zone, current: [], desired: large() }))
  await agrees(`n${LARGE - 1}.${zone}`, `192.0.2.${(LARGE - 1) % 250}`)
  await eventually(async () => {
    const [ours, theirs] = await Promise.all(
      [server.port, secondaryPort].map((port) => dig(port, [zone, 'SOA'])),
    )
    assert.deepEqual(theirs?.answer, ours?.answer)
  })
  const [ours, theirs] = await Promise.all([
    dig(server.port, [zone, 'AXFR'], true),
    dig(secondaryPort, [zone, 'AXFR'], true),
  ])
  const tidy = (text: string): string[] =>
    transferred(text)
      .map((line) => line.replace(/\s+/g, ' '))
      .sort()
  assert.deepEqual(tidy(theirs.text), tidy(ours.text))

  // The secondary misses a change; NOTIFY is tried again until it is back.
  await bind.stop('SIGKILL')
  await nsupdate(server.port, zone, [`update add tiga.${zone} 300 A 192.0.2.3`])
  await startDebianDns(t, 'BIND', secondary)
  await agrees(`tiga.${zone}`, '192.0.2.3')
})
