import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parseRecords, type RecordInput } from '../../../src/domain/dns/record-input.ts'
import { recordTypes } from '../../../src/domain/dns/record-values.ts'
import { canonicalRrset } from '../../../src/domain/dns/records.ts'
import { Refused } from '../../../src/domain/refused.ts'

const zone = 'contohkab.go.id'

function row(type: RecordInput['type'], value: string, name = 'situs', ttl = 3600): RecordInput {
  return { name, type, ttl, value }
}

function faultsOf(...rows: RecordInput[]): string[] {
  try {
    parseRecords(rows, zone)
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    assert.equal(error.reason, 'dns-records-invalid')
    for (const { text } of error.issues) assert.ok(text.id.length > 15 && text.en.length > 15)
    return error.issues.map(({ field, text }) => `${field} ${text.en}`)
  }
}

test('values as people type them come to their one spelling', () => {
  const long = 'x'.repeat(300)
  const cases: readonly [RecordInput['type'], string, string][] = [
    ['A', ' 192.0.2.10 ', '192.0.2.10'],
    ['AAAA', '2001:DB8:0:0::10', '2001:db8::10'],
    ['AAAA', '[2001:db8::10]', '2001:db8::10'],
    ['CNAME', 'WEB.Contoh.GO.ID.', 'web.contoh.go.id.'],
    ['CNAME', 'web.contoh.go.id', 'web.contoh.go.id.'],
    ['TXT', 'v=spf1 mx -all', '"v=spf1 mx -all"'],
    ['TXT', '"v=spf1 mx -all"', '"v=spf1 mx -all"'],
    ['TXT', '"satu" "dua"', '"satu" "dua"'],
    ['TXT', 'sebut "ini" dan \\itu', '"sebut \\"ini\\" dan \\\\itu"'],
    ['TXT', '"sebut \\"ini\\""', '"sebut \\"ini\\""'],
    ['TXT', long, `"${'x'.repeat(255)}" "${'x'.repeat(45)}"`],
    ['TXT', `"${long}"`, `"${'x'.repeat(255)}" "${'x'.repeat(45)}"`],
    ['TXT', 'é', '"\\195\\169"'],
    ['MX', '10 Mail.Contoh.go.id', '10 mail.contoh.go.id.'],
    ['MX', '010   mail.contoh.go.id.', '10 mail.contoh.go.id.'],
    ['MX', '0 .', '0 .'],
    ['CAA', '0 issue letsencrypt.org', '0 issue "letsencrypt.org"'],
    ['CAA', '128 ISSUE "ca.example; policy=ev"', '128 issue "ca.example; policy=ev"'],
    ['CAA', '0 issue ";"', '0 issue ";"'],
    ['CAA', '0 iodef mailto:keamanan@contoh.go.id', '0 iodef "mailto:keamanan@contoh.go.id"'],
    ['NS', 'ns1.contoh.go.id', 'ns1.contoh.go.id.'],
  ]
  for (const [type, typed, canonical] of cases) {
    const [set] = parseRecords([row(type, typed)], zone)
    assert.deepEqual(set, { name: `situs.${zone}`, type, ttl: 3600, values: [canonical] }, typed)
    assert.deepEqual(canonicalRrset(set), set, 'the form is the canonical one of every other reader')
  }
  const srv = parseRecords([row('SRV', '10 5 5060 SIP.contoh.go.id', '_sip._tcp')], zone)
  assert.deepEqual(srv[0]?.values, ['10 5 5060 sip.contoh.go.id.'])
})

test('a long text is never cut inside a character', () => {
  const [set] = parseRecords([row('TXT', `${'x'.repeat(254)}é`)], zone)
  assert.deepEqual(set?.values, [`"${'x'.repeat(254)}" "\\195\\169"`])
})

test('names may be short, full, with a dot, the zone itself or a wildcard', () => {
  const names: readonly [string, string][] = [
    ['situs', `situs.${zone}`],
    ['Situs.ContohKab.go.id', `situs.${zone}`],
    [`situs.${zone}.`, `situs.${zone}`],
    ['@', zone],
    ['', zone],
    [zone, zone],
    ['*.acara', `*.acara.${zone}`],
    ['_dmarc', `_dmarc.${zone}`],
  ]
  for (const [typed, full] of names) {
    assert.equal(parseRecords([row('TXT', 'x', typed)], zone)[0]?.name, full, typed)
  }
})

test('each fault has its own sentence on its own cell', () => {
  const cases: readonly [RecordInput, RegExp][] = [
    [row('A', '2001:db8::1'), /^records\.0\.value This is an IPv6 address/],
    [row('A', '192.0.2.01'), /value This is not an IPv4 address/],
    [row('A', 'http://192.0.2.1/'), /value Write the IP address only/],
    [row('A', ''), /value The value of the record is missing/],
    [row('AAAA', '192.0.2.1'), /value This is an IPv4 address/],
    [row('AAAA', 'fe80::1%eth0'), /value An IPv6 address with %/],
    [row('AAAA', '2001:db8::/32'), /value Write the IP address only/],
    [row('CNAME', '192.0.2.1'), /value The target must be a host name, not an IP address/],
    [row('CNAME', 'https://contoh.go.id'), /value The target must be a host name, not a web address/],
    [row('CNAME', 'web'), /value "web" is not a full name/],
    [row('CNAME', 'web .contoh.go.id'), /value "web .contoh.go.id" is not a valid host name/],
    [row('CNAME', 'web.contoh.go.id', '@'), /type A CNAME cannot stand at/],
    [row('CNAME', `situs.${zone}`), /value This CNAME points to its own name/],
    [row('MX', 'mail.contoh.go.id'), /value MX is a preference/],
    [row('MX', '70000 mail.contoh.go.id'), /value MX is a preference/],
    [row('MX', '10 192.0.2.1'), /value The target must be a host name, not an IP/],
    [row('MX', '10 .'), /value The target name is missing/],
    [row('SRV', '1 2 3 a.b', 'situs'), /name The name of an SRV record/],
    [row('SRV', '1 2 a.b', '_a._tcp'), /value SRV is priority/],
    [row('TXT', '"terbuka'), /value The quotes/],
    [row('TXT', 'a\nb'), /value .* line break/],
    [row('TXT', 'x'.repeat(4_001)), /value .* at most 4000 octets/],
    [row('CAA', 'issue letsencrypt.org'), /value CAA is flags/],
    [row('CAA', '1 issue letsencrypt.org'), /value The flags of CAA/],
    [row('CAA', '0 terbitkan letsencrypt.org'), /value This property of CAA/],
    [row('CAA', '0 iodef keamanan'), /value The value of iodef/],
    [row('NS', 'ns.contoh.go.id', '@'), /type The name servers of contohkab\.go\.id itself/],
    [row('NS', 'ns.contoh.go.id', '*.a'), /type A name with an asterisk/],
    [row('A', '192.0.2.1', 'situs.lain.id.'), /name .* does not lie under/],
    [row('A', '192.0.2.1', 'a b'), /name The name "a b" is not valid/],
    [row('A', '192.0.2.1', '-a'), /name The name "-a" is not valid/],
    [row('A', '192.0.2.1', 'a..b'), /name The name "a\.\.b" is not valid/],
    [row('A', '192.0.2.1', Array(60).fill('abcd').join('.')), /name The name .* is not valid/],
    [row('A', '192.0.2.1', 'situs', 5), /ttl The TTL must be a whole number/],
    [row('A', '192.0.2.1', 'situs', 3600.5), /ttl The TTL/],
  ]
  for (const [input, expected] of cases) {
    const faults = faultsOf(input)
    assert.equal(faults.length, 1, JSON.stringify(input))
    assert.match(faults[0]!, expected)
  }
})

test('rows are judged together, and every fault comes at once', () => {
  assert.deepEqual(faultsOf(row('A', '192.0.2.1'), row('A', '192.0.2.2'), row('AAAA', '2001:db8::1')), [])
  assert.match(
    faultsOf(row('A', '192.0.2.1'), row('A', '192.0.2.1')).join(),
    /^records\.1\.value This record stands/,
  )
  assert.match(
    faultsOf(row('A', '192.0.2.1'), row('A', '192.0.2.2', 'situs', 60)).join(),
    /^records\.1\.ttl All A/,
  )
  assert.match(faultsOf(row('CNAME', 'a.id.'), row('CNAME', 'b.id.')).join(), /one CNAME only/)
  assert.match(
    faultsOf(row('A', '192.0.2.1'), row('CNAME', 'a.b.id')).join(),
    /^records\.1\.type .* CNAME beside/,
  )
  assert.match(faultsOf(row('NS', 'ns.b.id'), row('A', '192.0.2.1')).join(), /delegated by NS/)
  assert.equal(faultsOf(row('A', 'x'), row('MX', 'x'), row('TXT', '')).length, 3)
})

test('no input makes it fail in any other way, and what it takes is canonical', () => {
  const input = fc.record({
    name: fc.oneof(fc.string(), fc.constantFrom('a', '@', '*.b', 'a.b')),
    type: fc.constantFrom(...recordTypes),
    ttl: fc.oneof(fc.integer(), fc.constant(3600)),
    value: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string().map((text) => `0 issue ${text}`),
      fc.string().map((text) => `"${text}"`),
    ),
  })
  fc.assert(
    fc.property(fc.array(input, { maxLength: 4 }), (rows) => {
      try {
        for (const set of parseRecords(rows, zone)) assert.deepEqual(canonicalRrset(set), set)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a name that takes no mail has no other MX', () => {
  assert.deepEqual(faultsOf(row('MX', '0 .')), [])
  for (const rows of [
    [row('MX', '0 .'), row('MX', '10 surel.contoh.go.id')],
    [row('MX', '10 surel.contoh.go.id'), row('MX', '0 .')],
  ])
    assert.match(
      faultsOf(...rows).join(),
      /^records\.1\.value The MX "0 \." says that situs\..* takes no mail/,
    )
})
