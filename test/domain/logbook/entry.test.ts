import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { canonical } from '../../../src/domain/logbook/canonical.ts'
import { commit, entryParts, entryText, genesisHash, nextHash } from '../../../src/domain/logbook/entry.ts'
import type { EntryInput } from '../../../src/domain/logbook/entry.ts'
import { verifyChain } from '../../../src/domain/logbook/chain.ts'
import { OFFICE, SALT, sampleChain } from './sample.ts'

const facts = {
  office: OFFICE,
  at: new Date('2026-01-05T01:02:03.004Z'),
  actor: { role: 'operator', ref: 'person-7' },
  act: 'step.taken',
  subject: { kind: 'request', id: 'RNH-2026-0001' },
}

test('the text of an entry is canonical JSON with sorted keys', () => {
  const text = entryText({ ...facts, seq: 3, details: { b: 1, a: 'x' } })
  assert.equal(
    text,
    '{"act":"step.taken","actor":{"ref":"person-7","role":"operator"},"at":"2026-01-05T01:02:03.004Z",' +
      '"commitments":{},"details":{"a":"x","b":1},"format":"ranah-logbook-1","office":"dinas-contoh","seq":3,' +
      '"subject":{"id":"RNH-2026-0001","kind":"request"}}',
  )
  const { before, after } = entryParts({ ...facts, details: { a: 'x', b: 1 } })
  assert.equal(`${before}3${after}`, text)
  assert.equal(canonical(JSON.parse(text)), text)
})

test('what has no canonical form or could identify a person is refused', () => {
  const wrong: Partial<EntryInput>[] = [
    { details: { a: 1.5 } },
    { details: { a: Number.NaN } },
    { details: { '1a': 1 } },
    { details: { 'a b': 1 } },
    { details: { email: 'x@contoh.go.id' } },
    { details: { contacts: [{ nip: '1' }] } },
    { actor: { role: 'operator', ref: 'Budi Santoso' } },
    { actor: { role: 'operator', ref: 'budi@contoh.go.id' } },
    { office: 'Dinas Contoh' },
    { act: 'Did something' },
    { subject: { kind: 'request', id: '' } },
    { subject: { kind: 'request', id: 'a\u0000b' } },
    { details: { note: 'x'.repeat(100_001) } },
    { commitments: { name: 'Budi' } },
    { seq: 0 },
    { seq: 1.5 },
    { at: new Date(Number.NaN) },
  ]
  for (const part of wrong) {
    assert.throws(
      () => entryText({ ...facts, seq: 1, ...part }),
      /TypeError|RangeError|logbook|canonical|Invalid/,
    )
  }
})

test('a lone surrogate is recorded as U+FFFD, the same in every reading', () => {
  const text = entryText({ ...facts, seq: 1, details: { a: 'x\ud800y' } })
  assert.ok(text.includes('x\ufffdy'))
  assert.equal(Buffer.from(text, 'utf8').toString('utf8'), text)
})

test('canonical text survives parse and write, whatever it holds', () => {
  const key = fc.stringMatching(/^[a-z][A-Za-z0-9-]{0,8}$/)
  const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
  const tree = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)))
  fc.assert(
    fc.property(tree, (value) => {
      const text = canonical(value)
      assert.equal(canonical(JSON.parse(text)), text)
      assert.equal(JSON.stringify(JSON.parse(text)), text)
    }),
  )
})

test('a commitment hides the value and opens only with the salt and the value', () => {
  assert.equal(commit(SALT, 'Budi'), commit(SALT, 'Budi'))
  assert.notEqual(commit(SALT, 'Budi'), commit(SALT, 'Budi '))
  assert.notEqual(commit(SALT, 'Budi'), commit(new Uint8Array(16), 'Budi'))
  assert.throws(() => commit(new Uint8Array(8), 'Budi'), TypeError)
  assert.throws(() => commit(SALT, 'x'.repeat(100_001)), TypeError)
})

test('a whole chain is accepted, an empty one too, another office refuses it', () => {
  const chain = sampleChain(4)
  assert.deepEqual(verifyChain(OFFICE, chain), { ok: true, entries: 4, head: chain[3]!.hash })
  assert.deepEqual(verifyChain(OFFICE, []), { ok: true, entries: 0, head: genesisHash(OFFICE) })
  assert.equal(verifyChain('dinas-lain', chain).ok, false)
})

test('the first bad entry is named with its reason', () => {
  const chain = sampleChain(5)
  const at = (i: number) => chain[i]!
  const cases: [string, typeof chain, number, string][] = [
    ['dropped', [at(0), at(1), at(3), at(4)], 3, 'sequence'],
    ['doubled', [at(0), at(1), at(1), at(2)], 3, 'sequence'],
    ['swapped', [at(0), at(2), at(1), at(3)], 2, 'sequence'],
    ['first dropped', chain.slice(1), 1, 'sequence'],
    ['text', chain.with(2, { ...at(2), text: at(2).text.replace('"step":1', '"step":2') }), 3, 'hash'],
    ['hash', chain.with(2, { ...at(2), hash: at(1).hash }), 3, 'hash'],
    ['prev', chain.with(2, { ...at(2), prev: at(0).prev }), 3, 'prev'],
    ['renumbered', [at(0), at(1), { ...at(3), seq: 3 }], 3, 'prev'],
  ]
  for (const [name, entries, seq, why] of cases) {
    const verdict = verifyChain(OFFICE, entries)
    assert.ok(!verdict.ok, name)
    assert.deepEqual([verdict.seq, verdict.why, verdict.entries], [seq, why, seq - 1], name)
  }
})

test('a well-chained entry that names another number or office is bad', () => {
  const prev = genesisHash(OFFICE)
  for (const text of [
    entryText({ ...facts, seq: 9 }),
    entryText({ ...facts, office: 'lain', seq: 1 }),
    'x',
  ]) {
    const verdict = verifyChain(OFFICE, [{ seq: 1, prev, hash: nextHash(prev, text), text }])
    assert.ok(!verdict.ok)
    assert.equal(verdict.why, 'text')
  }
})
