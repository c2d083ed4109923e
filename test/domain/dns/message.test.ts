import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { FormatError } from '../../../src/domain/dns/format-error.ts'
import {
  decodeMessage,
  encodeMessage,
  messageOf,
  type ResourceRecord,
} from '../../../src/domain/dns/message.ts'
import { parseRdata, rdataToWire } from '../../../src/domain/dns/records.ts'
import { typeCode } from '../../../src/domain/dns/types.ts'

function record(name: string, type: string, value: string): ResourceRecord {
  return { name, type: typeCode(type), class: 1, ttl: 300, rdata: rdataToWire(parseRdata(type, value)) }
}

const rich = messageOf({
  id: 4711,
  isResponse: true,
  authoritative: true,
  recursionDesired: true,
  rcode: 16,
  questions: [{ name: 'Situs.contohkab.go.id', type: 1, class: 1 }],
  answers: [
    record('Situs.contohkab.go.id', 'CNAME', 'web.contohkab.go.id'),
    record('web.contohkab.go.id', 'A', '192.0.2.1'),
    record('web.contohkab.go.id', 'TXT', '"a" "b"'),
    record('contohkab.go.id', 'MX', '10 mail.contohkab.go.id'),
    record('_https._tcp.contohkab.go.id', 'SRV', '1 2 443 web.contohkab.go.id'),
    record('contohkab.go.id', 'CAA', '0 issue "ca.example"'),
  ],
  authority: [record('contohkab.go.id', 'SOA', 'ns1.contohkab.go.id h.contohkab.go.id 1 2 3 4 5')],
  additional: [
    record('ns1.contohkab.go.id', 'AAAA', '2001:db8::1'),
    record('x.id', 'TYPE65280', '\\# 2 0102'),
  ],
  edns: { udpSize: 1232, version: 0, dnssecOk: true },
})

test('a message comes back as it was, and smaller than without compression', () => {
  const octets = encodeMessage(rich)
  assert.deepEqual(decodeMessage(octets), rich)
  const text = octets.toString('latin1')
  assert.equal(
    text.split('\x09contohkab').length - 1,
    6,
    'owner names share one spelling; names in data are whole',
  )
})

function onlyFormatError(octets: Uint8Array): void {
  try {
    decodeMessage(octets)
  } catch (error) {
    assert.ok(error instanceof FormatError, String(error))
  }
}

test('no octets make the decoder throw anything but FormatError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), onlyFormatError), { numRuns: 2000 })
})

test('no damage to a real message does either, and what still reads can be written again', () => {
  const octets = encodeMessage(rich)
  const damage = fc.array(fc.tuple(fc.nat(octets.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(damage, fc.nat(octets.length), (changes, cut) => {
      const copy = Buffer.from(octets)
      for (const [at, value] of changes) copy[at] = value
      onlyFormatError(copy)
      onlyFormatError(copy.subarray(0, cut))
      try {
        const message = decodeMessage(copy)
        const again = encodeMessage({ ...message, tsig: null })
        assert.deepEqual(encodeMessage(decodeMessage(again)), again)
      } catch (error) {
        assert.ok(error instanceof FormatError, String(error))
      }
    }),
    { numRuns: 3000 },
  )
})

test('counts that lie, missing ends and trailing octets are refused', () => {
  const hostile = [
    Buffer.from('00010000ffffffffffffffff', 'hex'),
    Buffer.from('0001000000010000000000000161', 'hex'),
    Buffer.concat([encodeMessage(rich), Buffer.of(0)]),
    encodeMessage(rich).subarray(0, -1),
    Buffer.alloc(11),
  ]
  for (const octets of hostile) assert.throws(() => decodeMessage(octets), FormatError)
})

test('records of the wrong shape are refused when read', () => {
  const wrong: readonly [string, string][] = [
    ['A', '010203'],
    ['AAAA', '00'],
    ['TXT', ''],
    ['TXT', '0561'],
    ['MX', '0001'],
    ['NS', '016100ff'],
    ['SOA', '00000000'],
    ['CAA', '0000'],
    ['SRV', '000100020003'],
  ]
  for (const [type, hex] of wrong) {
    const bad: ResourceRecord = {
      name: 'x.id',
      type: typeCode(type),
      class: 1,
      ttl: 0,
      rdata: Buffer.from(hex, 'hex'),
    }
    const octets = encodeMessage(messageOf({ id: 1, answers: [bad] }))
    assert.throws(() => decodeMessage(octets), FormatError, type)
  }
})

test('a message over 65535 octets cannot be written', () => {
  const answers = Array.from({ length: 300 }, (_, index) =>
    record(`n${index}.id`, 'TXT', `"${'a'.repeat(250)}"`),
  )
  assert.throws(() => encodeMessage(messageOf({ id: 1, answers })), FormatError)
})
