import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compareZones } from '../../../src/domain/dns/compare.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { lineOf, merged, ZoneComparison } from '../../../src/domain/dns/whole-zone.ts'

const part = fc.record({
  name: fc.constantFrom('a.contoh.go.id', 'b.contoh.go.id', '_acme-challenge.a.contoh.go.id', 'contoh.go.id'),
  type: fc.constantFrom('A', 'TXT', 'SOA', 'RRSIG'),
  ttl: fc.constantFrom(60, 300),
  values: fc.constantFrom(['192.0.2.1'], ['192.0.2.2'], ['192.0.2.1', '192.0.2.2']),
})
const zone = fc.array(part, { maxLength: 14 })
/** The registry has each set once. */
const registry = zone.map(merged)

function differences(parts: readonly Rrset[], registered: readonly Rrset[]) {
  const comparison = new ZoneComparison(registered.map(lineOf))
  for (const part of parts) comparison.add(part)
  return comparison.finish()
}

test('a whole zone in lines differs exactly as record set by record set, in whatever order and parts it comes', () => {
  fc.assert(
    fc.property(zone, registry, fc.array(fc.nat(13), { maxLength: 4 }), (parts, other, changed) => {
      // against another registry, and against its own with some sets taken out and some moved to the end
      const own = merged(parts).filter((_, index) => !changed.includes(index))
      const moved = [...own.slice(changed[0] ?? 0), ...own.slice(0, changed[0] ?? 0)]
      for (const registered of [other, own, moved]) {
        const { findings, liveSets } = differences(parts, registered)
        assert.deepEqual(findings, compareZones(merged(parts), registered))
        assert.equal(liveSets, merged(parts).length)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('one of ten thousand sets that was added, changed or removed is found, and nothing else', () => {
  const sets = Array.from({ length: 10_000 }, (_, index): Rrset => {
    return { name: `n${index}.contoh.go.id`, type: 'A', ttl: 300, values: ['192.0.2.1'] }
  })
  const middle = sets[5_000]!
  const kindOf = (live: readonly Rrset[], registered: readonly Rrset[]) =>
    differences(live, registered).findings.map(({ kind, name }) => `${kind} ${name}`)
  assert.deepEqual(kindOf(sets, sets), [])
  assert.deepEqual(kindOf(sets, sets.toReversed()), [])
  assert.deepEqual(kindOf(sets, sets.toSpliced(5_000, 1)), [`unexpected ${middle.name}`])
  assert.deepEqual(kindOf(sets.toSpliced(5_000, 1), sets), [`missing ${middle.name}`])
  assert.deepEqual(kindOf(sets.with(5_000, { ...middle, ttl: 60 }), sets), [`differs ${middle.name}`])
  // the same address sent twice, apart from each other, is one record
  assert.deepEqual(kindOf([...sets, middle], sets), [])
})
