import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parseZoneFile } from '../../../src/domain/dns/master-file.ts'
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
