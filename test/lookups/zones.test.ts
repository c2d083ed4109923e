import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import assert from 'node:assert/strict'
import { parseZoneFile } from '../../src/domain/dns/master-file.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import { DnsFailure } from '../../src/drivers/dns/driver.ts'
import { compareZone } from '../../src/lookups/compare-zone.ts'
import { readZoneFile } from '../../src/lookups/read-zone-file.ts'
import { startDebianDns } from '../support/debian-dns.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { dig, driverFor, temporaryDirectory, testKey, testZone as zone } from '../support/dns-server.ts'

const run = promisify(execFile)
const toolTimeoutMs = 60_000

const awkward = `$TTL 1h
@ SOA ns1 hostmaster.${zone}. ( 7 1h
  10m 4w ; comment ( with "quotes"
  60 )
    IN NS ns1
ns1 5m IN A 192.0.2.53
    IN 5m AAAA 2001:DB8::53
$ORIGIN dalam.${zone}.
@ MX 10 surat
surat A 192.0.2.25
teks TXT "satu; dua" ( "tiga"
  empat\\;lima ) ; end
kutip TXT "a \\"b\\" \\\\ \\195\\169"
titik\\.nama A 192.0.2.26
_sip._udp SRV 1 2 5060 surat
$TTL 2m
ds DS 12345 13 2 00112233445566778899AABBCCDDEEFF00112233 445566778899AABBCCDDEEFF
ds NS ns.example.org.
kunci SSHFP 4 2 ( 00112233445566778899AABBCCDDEEFF
  00112233445566778899AABBCCDDEEFF )
naptr NAPTR 100 10 "S" "SIP+D2U" "!^.*$!sip:a@b.c!" _sip._udp
caa CAA 0 ISSUE "ca.example; x=1"
asing TYPE65280 \\# 3 0a0b0c
dname DNAME lain.example.
* TXT bintang
`

const sorted = (sets: readonly Rrset[]): Rrset[] =>
  sets.toSorted((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))

test('a zone file is read as named-compilezone reads it', async (t) => {
  const directory = await temporaryDirectory(t)
  const [source, compiled] = [join(directory, 'asal.zone'), join(directory, 'jadi.zone')]
  await writeFile(source, awkward)
  const argv = [
    '-k',
    'ignore',
    '-i',
    'none',
    '-r',
    'ignore',
    '-f',
    'text',
    '-F',
    'text',
    '-o',
    compiled,
    zone,
    source,
  ]
  await run('/usr/bin/named-compilezone', argv, { timeout: toolTimeoutMs })
  const [ours, theirs] = await Promise.all([
    readZoneFile(awkward, zone),
    readZoneFile(await readFile(compiled, 'utf8'), zone),
  ])
  assert.deepEqual([ours.faults, theirs.faults], [[], []])
  assert.equal(ours.records, theirs.records)
  assert.deepEqual(sorted(ours.sets), sorted(theirs.sets))
})

const many = 20_000

function largeZone(): string {
  const lines = Array.from({ length: many }, (_, index) => `n${index} A 192.0.2.${index % 250}`)
  return `$TTL 300\n@ SOA ns1 h 1 3600 600 86400 60\n@ NS ns1\nns1 A 127.0.0.1\n${lines.join('\n')}\n`
}

test('a large zone is compared with the registry in a thread, and each difference is found', async (t) => {
  const server = await startDebianDns(t, 'BIND', { zones: { [zone]: largeZone() } })
  const config = { host: '127.0.0.1', port: server.port, key: testKey }
  const printed = (await dig(server.port, [zone, 'AXFR', '+onesoa'], true)).text
  const registered = parseZoneFile(printed, zone)
  assert.deepEqual(registered.faults, [], 'what dig prints is a zone file')
  assert.deepEqual(sorted(registered.sets), sorted(await driverFor(server.port, 'rfc2136').transfer(zone)))
  const question = { kind: 'rfc2136', config, zone, registered: registered.sets } as const
  assert.deepEqual(await compareZone(question), { findings: [], liveSets: many + 3 })
  const changed = registered.sets
    .filter(({ name }) => name !== `n1.${zone}`)
    .map((set) => (set.name === `n2.${zone}` ? { ...set, values: ['192.0.2.255'] } : set))
  changed.push({ name: `tambahan.${zone}`, type: 'A', ttl: 300, values: ['192.0.2.1'] })
  const { findings } = await compareZone({ ...question, registered: changed })
  assert.deepEqual(
    findings.map(({ kind, name }) => `${kind} ${name}`),
    [`unexpected n1.${zone}`, `differs n2.${zone}`, `missing tambahan.${zone}`],
  )
})

test('a server that does not answer is unknown, never an empty zone', async () => {
  const config = { host: '127.0.0.1', port: await freePort(), key: testKey }
  await assert.rejects(
    compareZone({ kind: 'rfc2136', config, zone, registered: [] }),
    (error) => error instanceof DnsFailure && error.kind === 'unreachable',
  )
})

test('a file of 100,000 records is read to its end', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `n${index} 300 IN A 192.0.2.1`)
  const file = await readZoneFile(`@ 60 SOA ns1 h 1 2 3 4 5\n${lines.join('\n')}\n`, zone)
  assert.deepEqual([file.records, file.sets.length, file.faults], [100_001, 100_001, []])
})
