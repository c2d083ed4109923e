import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { CheckFinding } from '../../../src/domain/office/server-drivers.ts'
import type { DnsDriver } from '../../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { apiKey, debianDns, powerDnsFor, startDebianDns, startPowerDnsApi } from '../../support/debian-dns.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import { driverFor, newZone, startDnsServer, testKey, testZone as zone } from '../../support/dns-server.ts'

/** "Test connection" against real servers that are set up wrongly: the sentence names what is wrong. */

async function faults(driver: DnsDriver, name = zone): Promise<string[]> {
  const findings = await driver.check(name)
  for (const { text } of findings) assert.ok(text.id.length > 10 && text.en.length > 10)
  return findings.filter(({ ok }) => !ok).map(({ text }) => text.en)
}

const said = (findings: readonly CheckFinding[]): string => findings.map(({ text }) => text.en).join(' ')

const wrongSecret = { ...testKey, secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }
const wrongName = { ...testKey, name: 'lain.contoh' }
const wrongAlgorithm = { ...testKey, algorithm: 'hmac-sha512' } as const

test('embedded: all is well, and a wrong key, zone and port are named', async (t) => {
  const { port } = await startDnsServer(t)
  await driverFor(port).createZone(newZone())
  assert.deepEqual(await faults(driverFor(port)), [])
  assert.match((await faults(driverFor(port, 'embedded', wrongSecret))).join(), /secret of the TSIG key/)
  assert.match((await faults(driverFor(port, 'embedded', wrongName))).join(), /does not know the TSIG key/)
  assert.match((await faults(driverFor(port), 'tidakada.go.id')).join(), /not authoritative for the zone/)
  assert.match((await faults(driverFor(await freePort()))).join(), /nothing listens on that port/)
})

/** How each says that our clock is two hours late; PowerDNS does not tell it from any other wrong signature. */
const clockFault = {
  BIND: /clocks of the two machines differ by 7\d{3} seconds/,
  Knot: /clocks of the two machines differ by 7\d{3} seconds/,
  PowerDNS: /signature of the TSIG key .* the clocks of both machines/,
} as const

for (const kind of debianDns) {
  test(`rfc2136 on ${kind}: each fault has its sentence`, async (t) => {
    const server = await startDebianDns(t, kind)
    const { port } = server
    const check = (key = testKey, name = zone): Promise<string[]> =>
      faults(driverFor(port, 'rfc2136', key), name)
    assert.deepEqual(await check(), [])
    const findings = await driverFor(port, 'rfc2136').check(zone)
    assert.ok(!said(findings).includes('without a key'), 'nobody transfers without the key')
    assert.match((await check(wrongSecret)).join(), /secret of the TSIG key|signature of the TSIG key/)
    assert.match((await check(wrongName)).join(), /does not know the TSIG key|signature of the TSIG key/)
    assert.match(
      (await check(wrongAlgorithm)).join(),
      /with the algorithm hmac-sha512|signature of the TSIG key/,
    )
    assert.match((await check(testKey, 'tidakada.go.id')).join(), /not authoritative for the zone tidakada/)
    await server.stop('SIGKILL')
    assert.match((await check()).join(), /nothing listens on that port/)
  })

  test(`rfc2136 on ${kind}: rights that are missing are told apart, and a clock that is wrong`, async (t) => {
    const start = async (rights: { update: boolean; transfer: boolean }): Promise<DnsDriver> => {
      const server = await startDebianDns(t, kind, {
        keys: [{ key: testKey, ...rights }],
      })
      return driverFor(server.port, 'rfc2136')
    }
    const withoutUpdate = await faults(await start({ update: false, transfer: true }))
    assert.equal(withoutUpdate.length, 1)
    assert.match(withoutUpdate[0]!, /refuses updates of the zone with this key/)
    const withoutTransfer = await faults(await start({ update: true, transfer: false }))
    assert.equal(withoutTransfer.length, 1)
    assert.match(withoutTransfer[0]!, /refuses the transfer of the zone/)
    const late = await start({ update: true, transfer: true })
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 7_200_000 })
    assert.match((await faults(late)).join(), clockFault[kind])
  })
}

test('a service that does not speak DNS is told from a server that is not there', async (t) => {
  const web = createServer((socket) =>
    socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  )
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  t.after(() => web.close())
  const { port } = web.address() as AddressInfo
  assert.match((await faults(driverFor(port))).join(), /does not answer DNS questions/)
  const lost = openDnsDriver('rfc2136', { host: 'tidakada.invalid', key: testKey })
  assert.match((await faults(lost)).join(), /the host name is not known/)
})

test('PowerDNS that hands the zone to anybody near it is advised against', async (t) => {
  const { port } = await startDebianDns(t, 'PowerDNS', { transferAddresses: '127.0.0.0/8' })
  const findings = await driverFor(port, 'rfc2136').check(zone)
  assert.ok(findings.every(({ ok }) => ok))
  assert.match(said(findings), /hands out the whole zone to this machine without a key/)
})

test('powerdns by HTTP: each fault has its sentence, and advice is given', async (t) => {
  const { url, port } = await startPowerDnsApi(t)
  const findings = await powerDnsFor(url, port).check(zone)
  assert.ok(findings.every(({ ok }) => ok))
  assert.match(
    said(findings),
    /API of PowerDNS 4\.\d+.* accepts the API key.*serial of contohkab\.go\.id does not rise/,
  )
  assert.ok(!said(findings).includes('default-api-rectify'))
  assert.match((await faults(powerDnsFor(url, port, 'salah'))).join(), /The API key is wrong/)
  assert.match((await faults(powerDnsFor(url, port), 'tidakada.go.id')).join(), /does not have the zone/)
  const nobody = `http://127.0.0.1:${await freePort()}`
  assert.match((await faults(powerDnsFor(nobody, port))).join(), /nothing listens on that port/)
  const other = openDnsDriver('powerdns', { url, apiKey, serverId: 'lain', host: '127.0.0.1', port })
  assert.match((await faults(other)).join(), /the API is off or there is no server "lain"/)
})

test('powerdns by HTTP: an API that is off, closed to us, slow or no API at all', async (t) => {
  const off = await startPowerDnsApi(t, { apiSettings: ['api=no', 'default-api-rectify=yes'] })
  assert.match((await faults(powerDnsFor(off.url, off.port))).join(), /the API is off/)
  const closed = await startPowerDnsApi(t, { apiSettings: ['webserver-allow-from=192.0.2.1'] })
  assert.match((await faults(powerDnsFor(closed.url, closed.port))).join(), /webserver-allow-from/)
  const slow = await startPowerDnsApi(t, { apiSettings: ['default-api-rectify=yes'] })
  assert.match(said(await powerDnsFor(slow.url, slow.port).check(zone)), /default-api-rectify=no/)
  const web = createServer((socket) =>
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalo\n')),
  )
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  t.after(() => web.close())
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  assert.match((await faults(powerDnsFor(url, 1))).join(), /not as the API of PowerDNS/)
})
