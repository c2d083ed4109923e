import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parseZoneFile, zoneFileText } from '../../../src/domain/dns/master-file.ts'
import { canonicalRrset } from '../../../src/domain/dns/records.ts'

const zone = 'contohkab.go.id'
const head = `$TTL 1h
@ IN SOA ns1 hostmaster ( 2026010100 ; serial
   1h 10m 4w2d ; (times)
   60 )
`

function lines(content: string): string[] {
  const { sets, faults } = parseZoneFile(content, zone)
  assert.deepEqual(faults, [])
  return sets.flatMap(({ name, type, ttl, values }) =>
    values.map((value) => `${name} ${ttl} ${type} ${value}`),
  )
}

test('the forms that master files take are read', () => {
  assert.deepEqual(
    lines(`${head}
        NS      ns1
        IN 2h NS  ns2.example.org.
ns1     600 IN A 192.0.2.1 ; an address
        IN 600 AAAA 2001:DB8::1
Situs   CNAME   @
_sip._tcp SRV 1 2 5060 ns1
@       MX 10 mail
teks    TXT "a;b" ( "c (d)"
          e\\"f )
kecil\\.titik A 192.0.2.9
$ORIGIN anak.${zone}.
@       1w A 192.0.2.2
dua     A 192.0.2.3
$ORIGIN cucu
tiga    A 192.0.2.4
$TTL 30
${zone}. CAA 0 issue "ca.example"
`),
    [
      `${zone} 3600 SOA ns1.${zone}. hostmaster.${zone}. 2026010100 3600 600 2592000 60`,
      // one TTL per set: the smallest counts
      `${zone} 3600 NS ns1.${zone}.`,
      `${zone} 3600 NS ns2.example.org.`,
      `ns1.${zone} 600 A 192.0.2.1`,
      `ns1.${zone} 600 AAAA 2001:db8::1`,
      `situs.${zone} 3600 CNAME ${zone}.`,
      `_sip._tcp.${zone} 3600 SRV 1 2 5060 ns1.${zone}.`,
      `${zone} 3600 MX 10 mail.${zone}.`,
      `teks.${zone} 3600 TXT "a;b" "c (d)" "e\\"f"`,
      `kecil\\.titik.${zone} 3600 A 192.0.2.9`,
      `anak.${zone} 604800 A 192.0.2.2`,
      `dua.anak.${zone} 3600 A 192.0.2.3`,
      `tiga.cucu.anak.${zone} 3600 A 192.0.2.4`,
      `${zone} 30 CAA 0 issue "ca.example"`,
    ],
  )
})

test('without $TTL the TTL of the record before holds, and the minimum of the SOA before that', () => {
  assert.deepEqual(
    lines('@ SOA a. b. 1 2 3 4 77\na A 192.0.2.1\nb 5 A 192.0.2.1\nc A 192.0.2.1\n').slice(1),
    [`a.${zone} 77 A 192.0.2.1`, `b.${zone} 5 A 192.0.2.1`, `c.${zone} 5 A 192.0.2.1`],
  )
})

test('what cannot be read is named with its line, and the rest is read', () => {
  const cases: readonly [string, number, RegExp][] = [
    ['$INCLUDE /etc/passwd\n', 1, /INCLUDE is not followed/],
    ['$include lain.zone\n', 1, /INCLUDE is not followed/],
    ['$GENERATE 1-10 a$ A 192.0.2.$\n', 1, /GENERATE is not supported/],
    ['$TTL\n', 1, /\$TTL.*not known or its value/],
    ['$TTL lama\n', 1, /not a TTL/],
    ['$TTL 99999999999999999999w\n', 1, /not a TTL/],
    ['$TTL 9999999999w\n', 1, /exceeds the standard/],
    ['  A 192.0.2.1\n', 1, /must name its owner/],
    ['\n\na CH TXT x\n', 3, /only IN/],
    ['a 60 A 192.0.2.300\n', 1, /not valid/],
    ['a 60 NOSUCH x\n', 1, /not a record type/],
    ['a 60 AXFR x\n', 1, /not a type that a zone holds/],
    ['a 60\n', 1, /type of the record is missing/],
    ['a.lain.id. 60 A 192.0.2.1\n', 1, /does not lie under/],
    ['a 60 TXT "x\ny"\n', 1, /quote is not closed/],
    ['a 60 TXT ( "x"\n\n', 1, /parenthesis that opens here/],
    ['a 60 TXT x )\n', 1, /closed that was not opened/],
    ['a 60 TXT \\\n', 1, /cannot be read/],
    ['a A 192.0.2.1\n', 1, /No TTL is given/],
    ['lain 60 SOA a. b. 1 2 3 4 5\n', 1, /SOA of another zone/],
  ]
  for (const [content, line, expected] of cases) {
    const { faults } = parseZoneFile(content, zone)
    assert.equal(faults[0]?.line, line, content)
    assert.match(faults[0].text.en, expected, content)
  }
  const mixed = parseZoneFile(`${head}a A satu\nb A 192.0.2.1\nc A dua\n`, zone)
  assert.deepEqual(
    mixed.faults.map(({ line }) => line),
    [5, 7],
  )
  assert.ok(mixed.sets.some(({ name }) => name === `b.${zone}`))
})

test('an owner that cannot be read does not give its followers to the name before it', () => {
  const { sets, faults } = parseZoneFile(`$TTL 60\na A 192.0.2.1\nb..c A 192.0.2.2\n  A 192.0.2.3\n`, zone)
  assert.equal(faults.length, 2)
  assert.deepEqual(
    sets.map(({ name, values }) => [name, ...values]),
    [[`a.${zone}`, '192.0.2.1']],
  )
})

test('types that are only passed on keep their octets', () => {
  const got = lines(`$TTL 60
a DS 12345 13 2 ( 0011223344556677
  8899aabbccddeeff00112233445566778899aabbccddeeff )
b SSHFP 4 2 00ff
c TLSA 3 1 1 00ff
d NAPTR 1 2 "s" "SIP+D2U" "" _sip._udp
e TYPE65280 \\# 2 0a0b
`)
  assert.deepEqual(got, [
    `a.${zone} 60 DS \\# 36 30390d0200112233445566778899aabbccddeeff00112233445566778899aabbccddeeff`,
    `b.${zone} 60 SSHFP \\# 4 040200ff`,
    `c.${zone} 60 TLSA \\# 5 03010100ff`,
    `d.${zone} 60 NAPTR \\# 42 000100020173075349502b44325500045f736970045f75647009636f6e746f686b616202676f0269640` +
      '0',
    `e.${zone} 60 TYPE65280 \\# 2 0a0b`,
  ])
})

test('types of others are read as their own servers write them, and keep their numbers', () => {
  // the octets are those of named-rrchecker -u of BIND 9.18
  const got = lines(`$TTL 60
a HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.5
b SVCB 2 svc port=8443 mandatory=port
c SVCB 1 . key65000=abc ipv6hint=2001:db8::1 ech=AEP+DQ== no-default-alpn alpn=h2
d LOC 0 30 12.000 S 117 9 0.000 E 10m 1m 10000m 10m
e LOC 52 14 05 N 00 08 50.25 W -10.5
f URI 10 1 "ftp://ftp.example/a"
g SPF "v=spf1 -all" ( "lagi" )
h AFSDB 1 svc
i KX 10 svc
j EUI48 00-00-5e-00-53-2a
k SMIMEA 3 1 1 ( 0011
  2233 )
`)
  assert.deepEqual(got, [
    `a.${zone} 60 TYPE65 \\# 21 0001000001000602683202683300040004c0000205`,
    `b.${zone} 60 TYPE64 \\# 35 00020373766309636f6e746f686b616202676f026964000000000200030003000220fb`,
    `c.${zone} 60 TYPE64 \\# 49 0001000001000302683200020000000500040043fe0d0006001020010db8000000000000000000000001fde80003616263`,
    `d.${zone} 60 TYPE29 \\# 16 001216137fe459e099233de000989a68`,
    `e.${zone} 60 TYPE29 \\# 16 001216138b3556c87ff7e8b600989266`,
    `f.${zone} 60 TYPE256 \\# 23 000a00016674703a2f2f6674702e6578616d706c652f61`,
    `g.${zone} 60 TYPE99 \\# 17 0b763d73706631202d616c6c046c616769`,
    `h.${zone} 60 TYPE18 \\# 23 00010373766309636f6e746f686b616202676f02696400`,
    `i.${zone} 60 TYPE36 \\# 23 000a0373766309636f6e746f686b616202676f02696400`,
    `j.${zone} 60 TYPE108 \\# 6 00005e00532a`,
    `k.${zone} 60 TYPE53 \\# 7 03010100112233`,
  ])
})

test('texts of those types that are wrong are named', () => {
  for (const record of [
    'HTTPS 1 . alpn',
    'HTTPS 1 . port=70000',
    'HTTPS 1 . port=1 port=2',
    'HTTPS 1 . entah=1',
    'SVCB 1 . no-default-alpn=1',
    'SVCB satu .',
    'LOC 91 N 0 E 0m',
    'LOC 1 2 3 4 N 0 E 0m',
    'LOC 1 61 N 0 E 0m',
    'LOC 1 N 2 E',
    'LOC 1 N 2 E 0m 1m 1m 1m 1m',
    'LOC 1 N 2 E -200000m',
    'EUI48 00:00:5e',
    'URI 1 1',
  ]) {
    const { faults } = parseZoneFile(`$TTL 60\na ${record}\n`, zone)
    assert.match(faults[0]?.text.en ?? '', /not valid/, record)
  }
})

test('a file that is not UTF-8 keeps its octets, and one that is UTF-16 is named as such', () => {
  const valueIn = (file: Buffer) => lines(zoneFileText(file))
  const text = '$TTL 60\na TXT "caf\u00e9" ; catatan \u00e9\n'
  assert.deepEqual(valueIn(Buffer.from(text, 'latin1')), [`a.${zone} 60 TXT "caf\\233"`])
  assert.deepEqual(valueIn(Buffer.from(text)), [`a.${zone} 60 TXT "caf\\195\\169"`])
  assert.deepEqual(valueIn(Buffer.from(`\ufeff${text}`)), [`a.${zone} 60 TXT "caf\\195\\169"`])
  for (const file of [Buffer.from(text, 'utf16le'), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
    const { sets, faults } = parseZoneFile(zoneFileText(file), zone)
    assert.deepEqual([sets, faults.length], [[], 1])
    assert.match(faults[0]!.text.en, /UTF-16/)
  }
  const { faults } = parseZoneFile('$TTL 60\na \u0001\u001b[2J x\n', zone)
  assert.doesNotMatch(faults[0]!.text.en, /[\u0000-\u001f]/)
})

test('hostile files neither crash nor hang it, and what it reads is canonical', () => {
  const piece = fc.constantFrom(
    '$ORIGIN ',
    '$TTL ',
    '@',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '(',
    ')',
    '"',
    '\\',
    '\\0',
    '\\300',
    ';',
    'a',
    'a.b',
    '*',
    '.',
    '..',
    'IN ',
    '60 ',
    '1h ',
    ' A ',
    ' TXT ',
    ' MX ',
    ' SOA ',
    '192.0.2.1',
    '10 a',
    '\\# 2 ',
    '\u0000',
    '\ufeff',
    'é',
    'x'.repeat(70),
    'contohkab.go.id.',
  )
  const file = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )
  fc.assert(
    fc.property(file, (content) => {
      for (const set of parseZoneFile(content, zone).sets) assert.deepEqual(canonicalRrset(set), set)
    }),
    { numRuns: 3_000 },
  )
  for (const bomb of [
    '('.repeat(100_000),
    '"'.repeat(100_001),
    'a '.repeat(200_000),
    '\\'.repeat(99_999),
    '(\n'.repeat(50_000),
    'a A (\n'.repeat(20_000),
    '1w'.repeat(50_000),
    ';'.repeat(300_000),
  ]) {
    assert.deepEqual(parseZoneFile(bomb, zone).sets, [])
  }
  assert.ok(parseZoneFile('a 60 A x\n'.repeat(5_000), zone).faults.length <= 100)
})
