import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { type ArchiveEntry, planArchive } from '../../../src/domain/hosting/archive.ts'
import { Refused } from '../../../src/domain/refused.ts'

const MAX_BYTES = 1_000_000

/** Honest entries, one after the other as a packer lays them out. */
function listed(...paths: string[]): ArchiveEntry[] {
  let offset = 0
  return paths.map((path) => {
    const nameBytes = Buffer.byteLength(path)
    const entry = { path, nameBytes, packedBytes: 10, bytes: path.endsWith('/') ? 0 : 20, offset }
    offset += 30 + nameBytes + 10
    return { ...entry, unixMode: 0, encrypted: false, method: 8 }
  })
}

const planned = (...paths: string[]) => planArchive(listed(...paths), MAX_BYTES)
const filesOf = (...paths: string[]) => planned(...paths).files.map(({ path }) => path.join('/'))
const refusal = (reason: string) => (error: unknown) => error instanceof Refused && error.reason === reason

test('whatever the names, an accepted archive stays within its root and names nothing twice', () => {
  const part = fc.constantFrom(
    'a',
    'A',
    'b',
    '..',
    '.',
    '.. ',
    '...',
    '',
    'index.html',
    'c:',
    '\\',
    'é',
    'é',
    '\0',
    '__MACOSX',
  )
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  fc.assert(
    fc.property(fc.array(fc.oneof(name, fc.string()), { maxLength: 6 }), (names) => {
      let plan
      try {
        plan = planned(...names)
      } catch (error) {
        assert.ok(error instanceof Refused)
        return
      }
      const all = plan.files.map(({ path }) => path.join('/'))
      for (const path of all) {
        assert.equal(posix.normalize(path), path)
        assert.ok(!path.startsWith('/') && !path.includes('\\') && path !== '')
        for (const part of path.split('/')) assert.match(part, /[^. ]/)
      }
      const folded = all.map((path) => path.normalize('NFC').toLowerCase())
      assert.equal(new Set(folded).size, all.length)
    }),
    { numRuns: 500 },
  )
})

test('a folder around everything is taken off only when it holds the index', () => {
  assert.deepEqual(filesOf('s/', 's/index.html', 's/a/b.css'), ['index.html', 'a/b.css'])
  assert.deepEqual(filesOf('s/a.html', 's/b.html'), ['s/a.html', 's/b.html'])
  assert.deepEqual(filesOf('s/x/index.html'), ['s/x/index.html'])
  assert.deepEqual(filesOf('s/index.html', 'a.txt'), ['s/index.html', 'a.txt'])
  assert.deepEqual(filesOf('s/index.html', '__MACOSX/s/._index.html'), ['index.html'])
  assert.deepEqual(filesOf('.well-known/index.html'), ['.well-known/index.html'])
  assert.equal(planned('index.html').strippedFolder, null)
})

test('data that overlap are refused, touching ones are not', () => {
  const [a, b] = listed('a', 'b') as [ArchiveEntry, ArchiveEntry]
  assert.equal(planArchive([b, a], MAX_BYTES).files.length, 2)
  const closer = { ...b, offset: b.offset - 1 }
  assert.throws(() => planArchive([a, closer], MAX_BYTES), refusal('archive-overlap'))
})

test('limits are met exactly', () => {
  const [a] = listed('a') as [ArchiveEntry]
  const sized = (bytes: number, packedBytes: number) => [{ ...a, bytes, packedBytes }]
  assert.equal(planArchive(sized(MAX_BYTES, 1_000), MAX_BYTES).bytes, MAX_BYTES)
  assert.throws(() => planArchive(sized(MAX_BYTES + 1, 1_000), MAX_BYTES), refusal('archive-too-large'))
  const large = 20 * 1024 * 1024
  assert.equal(planArchive(sized(large, large / 100), large).bytes, large)
  assert.throws(() => planArchive(sized(large, large / 100 - 1), large), refusal('archive-bomb'))
})

test('a refusal repeats a hostile name without its control and direction characters', () => {
  const hostile = `\u202egpj.exe\u0007\u2066${'x'.repeat(500)}`
  try {
    planned(hostile)
    assert.fail('accepted')
  } catch (error) {
    assert.ok(error instanceof Refused)
    assert.doesNotMatch(error.text.id, /[\u0000-\u001f\u202e\u2066]/)
    assert.ok(error.text.id.length < 300)
  }
})
