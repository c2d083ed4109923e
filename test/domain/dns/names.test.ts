import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { FormatError } from '../../../src/domain/dns/format-error.ts'
import {
  ancestorsOf,
  canonicalName,
  isWithin,
  labelsOf,
  nameToWire,
  parentOf,
  readName,
} from '../../../src/domain/dns/names.ts'

const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 8 })

function wireOf(parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...parts.flatMap((part) => [Buffer.of(part.length), part]), Buffer.of(0)])
}

test('any octets in labels survive the way to text and back', () => {
  fc.assert(
    fc.property(labels, (parts) => {
      const wire = wireOf(parts)
      const { name, next } = readName(wire, 0)
      assert.equal(next, wire.length)
      assert.deepEqual(nameToWire(name), wire)
      assert.equal(canonicalName(canonicalName(name)), canonicalName(name))
    }),
  )
})

test('case, trailing dot and needless escapes do not make another name', () => {
  for (const spelling of [
    'Situs.Contohkab.GO.ID',
    'situs.contohkab.go.id.',
    '\\083itus.contohkab.go.id',
    '\\situs.contohkab.go.id',
  ]) {
    assert.equal(canonicalName(spelling), 'situs.contohkab.go.id')
  }
  assert.equal(canonicalName('.'), '.')
  assert.equal(canonicalName(''), '.')
})

test('a dot inside a label is not a border of labels', () => {
  const name = canonicalName('a\\.contoh.id')
  assert.equal(labelsOf(name).length, 2)
  assert.equal(parentOf(name), 'id')
  assert.equal(isWithin('a\\.contoh', 'contoh'), false)
  assert.equal(isWithin('a.contoh', 'contoh'), true)
  assert.equal(isWithin('acontoh', 'contoh'), false)
  assert.deepEqual(ancestorsOf('a.b'), ['a.b', 'b', '.'])
})

test('names that break a limit of RFC 1035 are refused', () => {
  const long = 'a'.repeat(63)
  assert.doesNotThrow(() => nameToWire(`${long}.${long}.${long}.${'a'.repeat(61)}`))
  for (const bad of [
    `${long}a`,
    `${long}.${long}.${long}.${'a'.repeat(62)}`,
    'a..b',
    '.a',
    'a\\',
    'a\\256',
    'a\\1b',
    'é.id',
  ]) {
    assert.throws(() => canonicalName(bad), FormatError, bad)
  }
})

test('compression pointers are followed backwards only', () => {
  const message = Buffer.from('0162026964000161c00000', 'hex')
  assert.deepEqual(readName(message, 6), { name: 'a.b.id', next: 10 })
  const hostile = ['c000', '0161c000', 'c001c000', '40', 'ff', '3f61', '']
  for (const hex of hostile) assert.throws(() => readName(Buffer.from(hex, 'hex'), 0), FormatError, hex)
})

test('a chain of pointers cannot build a name over 255 octets', () => {
  const parts: Buffer[] = []
  let at = 0
  for (let index = 0; index < 20; index += 1) {
    const label = Buffer.concat([Buffer.of(20), Buffer.alloc(20, 0x61)])
    const end =
      index === 0
        ? Buffer.of(0)
        : Buffer.from([0xc0 | ((at - (index === 1 ? 22 : 23)) >> 8), (at - (index === 1 ? 22 : 23)) & 255])
    parts.push(label, end)
    at += label.length + end.length
  }
  assert.throws(() => readName(Buffer.concat(parts), at - 23), /longer than 255/)
})
