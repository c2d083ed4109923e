import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { parseZoneFile } from '../../../src/domain/dns/master-file.ts'
import type { DnsDriver } from '../../../src/drivers/dns/driver.ts'
import { masterFile, powerDnsFor, startDebianDns, startPowerDnsApi } from '../../support/debian-dns.ts'
import { driverFor, testZone as zone } from '../../support/dns-server.ts'

/** Records of types that Ranah does not work on itself, in a zone that it takes over or compares. */

const content = `${masterFile}
layanan HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.5
_dns SVCB 2 layanan.${zone}. port=8443
kantor LOC 0 30 12.000 S 117 9 0.000 E 10m 1m 10000m 10m
_ftp._tcp URI 10 1 "ftp://ftp.example/a"
lama SPF "v=spf1 -all"
sel AFSDB 1 ns1
kunci KX 10 ns1.${zone}.
perangkat EUI48 00-00-5e-00-53-2a
surat SMIMEA 3 1 1 00112233
titik NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@contoh.example!" .
sidik SSHFP 4 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
cabang DNAME lain.example.
`

const byUpdate =
  (kind: 'BIND' | 'Knot' | 'PowerDNS') =>
  async (t: TestContext): Promise<DnsDriver> => {
    const { port } = await startDebianDns(t, kind, { zones: { [zone]: content } })
    return driverFor(port, 'rfc2136')
  }
const subjects: Readonly<Record<string, (t: TestContext) => Promise<DnsDriver>>> = {
  BIND: byUpdate('BIND'),
  Knot: byUpdate('Knot'),
  PowerDNS: byUpdate('PowerDNS'),
  'PowerDNS by HTTP': async (t) => {
    const { url, port } = await startPowerDnsApi(t, { zones: { [zone]: content } })
    return powerDnsFor(url, port)
  },
}

for (const [kind, start] of Object.entries(subjects))
  test(`${kind}: what it hands out is what its zone file says, whatever the types`, async (t) => {
    const driver = await start(t)
    const { sets, faults } = parseZoneFile(content, zone)
    assert.deepEqual(faults, [])
    const lines = (all: typeof sets): readonly string[] =>
      all
        .filter(({ type }) => type !== 'SOA')
        .map(({ name, type, ttl, values }) => `${name} ${ttl} ${type} ${values.join(' ')}`)
        .toSorted()
    assert.deepEqual(lines(await driver.transfer(zone)), lines(sets))
  })
