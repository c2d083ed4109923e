import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { FormatError } from '../../../src/domain/dns/format-error.ts'
import {
  canonicalRrset,
  parseRdata,
  printRdata,
  rdataFromWire,
  rdataToWire,
} from '../../../src/domain/dns/records.ts'
import { typeCode } from '../../../src/domain/dns/types.ts'

function canonical(type: string, text: string): string {
  return printRdata(parseRdata(type, text))
}

test('the text of each type has one spelling', () => {
  const cases: readonly [string, string, string][] = [
    ['A', ' 192.0.2.1 ', '192.0.2.1'],
    ['AAAA', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['AAAA', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['AAAA', '::', '::'],
    // RFC 5952 section 4.2: no run of one, the first of two equal runs
    ['AAAA', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['AAAA', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['AAAA', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['CNAME', 'Situs.Contohkab.GO.ID', 'situs.contohkab.go.id.'],
    ['TXT', 'v=spf1 -all', '"v=spf1" "-all"'],
    ['TXT', '"v=spf1 -all" b\\"c', '"v=spf1 -all" "b\\"c"'],
    ['TXT', '"é\\007"', '"\\195\\169\\007"'],
    ['MX', '10  Mail.contoh.id.', '10 mail.contoh.id.'],
    ['SRV', '1 2 443 .', '1 2 443 .'],
    ['CAA', '0 ISSUE "ca.example; x=1"', '0 issue "ca.example; x=1"'],
    ['SOA', 'NS1.c.id. h.c.id. 1 2 3 4 5', 'ns1.c.id. h.c.id. 1 2 3 4 5'],
    ['TYPE65280', '\\# 3 0a 0B0c', '\\# 3 0a0b0c'],
    ['TYPE65280', '\\# 0', '\\# 0'],
    // RFC 3597 section 5: known types may be given in the unknown form
    ['A', '\\# 4 c0000201', '192.0.2.1'],
    ['TYPE1', '192.0.2.1', '192.0.2.1'],
  ]
  for (const [type, text, expected] of cases) {
    assert.equal(canonical(type, text), expected)
    assert.equal(canonical(type, expected), expected)
  }
})

test('text that is no data of its type is refused as such', () => {
  const bad: readonly [string, string][] = [
    ['A', '192.0.2'],
    ['A', '192.0.2.256'],
    ['A', '192.0.2.01'],
    ['A', '2001:db8::1'],
    ['A', '\\# 3 c00002'],
    ['AAAA', '192.0.2.1'],
    ['AAAA', '1::2::3'],
    ['AAAA', '1:2:3:4:5:6:7:8:9'],
    ['AAAA', '1:2:3:4:5:6:7::8'],
    ['AAAA', 'fe80::1%eth0'],
    ['CNAME', ''],
    ['CNAME', 'a b'],
    ['MX', 'mail.contoh.id'],
    ['MX', '65536 mail.contoh.id'],
    ['MX', '-1 mail.contoh.id'],
    ['SRV', '1 2 70000 a.id'],
    ['TXT', ''],
    ['TXT', '"open'],
    ['TXT', `"${'a'.repeat(256)}"`],
    ['CAA', '0 bad-tag "x"'],
    ['CAA', '256 issue "x"'],
    ['SOA', 'a b 1 2 3 4'],
    ['SOA', 'a. b. 4294967296 2 3 4 5'],
    ['TYPE65280', 'x'],
    ['TYPE65280', '\\# 2 00'],
    ['NOSUCH', 'x'],
  ]
  for (const [type, text] of bad) assert.throws(() => canonical(type, text), FormatError, `${type} ${text}`)
})

test('strings of any octets survive text and wire', () => {
  const octets = fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(octets, (parts) => {
      const strings = parts.map((part) => Buffer.from(part).toString('latin1'))
      const data = parseRdata('TXT', printRdata({ type: 'TXT', strings }))
      assert.deepEqual(data, { type: 'TXT', strings })
      assert.deepEqual(rdataFromWire(typeCode('TXT'), rdataToWire(data)), data)
    }),
  )
})

test('a record set has one spelling whatever the order and the repeats', () => {
  const set = canonicalRrset({
    name: 'A.Contoh.id.',
    type: 'a',
    ttl: 60,
    values: ['192.0.2.2', '192.0.2.1', '192.0.2.2'],
  })
  assert.deepEqual(set, { name: 'a.contoh.id', type: 'A', ttl: 60, values: ['192.0.2.1', '192.0.2.2'] })
  for (const ttl of [-1, 0.5, 2 ** 31, Number.NaN]) {
    assert.throws(() => canonicalRrset({ name: 'a', type: 'A', ttl, values: [] }), FormatError)
  }
})
