import assert from 'node:assert/strict'
import test from 'node:test'
import { compareSops } from '../../../src/domain/sop/compare.ts'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import { goodFiles, goodSop, spoil } from './sample.ts'

const base = goodSop('test/fixtures/sops/dasar-enam-langkah.yaml')

/** @returns the changes from the base file to a version of it with passages replaced. */
function changes(...edits: readonly (readonly [find: string, replace: string])[]) {
  const parsed = parseSop(spoil(...edits))
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return compareSops(base, parsed.document)
}

/** @returns one line per change: path, kind and the sentence in English. */
const said = (...edits: readonly (readonly [string, string])[]) =>
  changes(...edits).map(({ path, kind, text }) => `${path} ${kind}: ${text.en}`)

test('a document does not differ from itself', () => {
  for (const file of goodFiles) assert.deepEqual(compareSops(goodSop(file), goodSop(file)), [])
})

test('single values are told with before and after', () => {
  assert.deepEqual(
    said(['      amount: 2\n      unit: hours', '      min: 2\n      max: 4\n      unit: working-days']),
    ['steps.2.standardTime changed: Step 2. Changed standard time: from "2 hours" to "2–4 working days".'],
  )
  assert.deepEqual(said(['term: { months: 12 }\n', '']), [
    'term changed: Changed registration period: from "12 months" to nothing.',
  ])
  assert.deepEqual(said(['text: Memutuskan\n    actor: kabid', 'text: Memutuskan\n    actor: petugas']), [
    'steps.3.actor changed: Step 3. Changed actor: from "Kepala Bidang" to "Petugas".',
  ])
  assert.deepEqual(said(['madeOn: 2026-01-05', 'madeOn: 2026-02-05']), [
    'identity.madeOn changed: Changed date made: from "2026-01-05" to "2026-02-05".',
  ])
})

test('lists tell what was added, removed and changed', () => {
  assert.deepEqual(said(['- Lengkapi berkas', '- Lengkapi berkas\n    - Jaga sandi']), [
    'identity.warnings.2 added: Added to warnings: "Jaga sandi".',
  ])
  assert.deepEqual(said(['  - id: re-registration\n', '']), [
    'serves.2 removed: Removed from request kinds: "re-registration".',
  ])
  assert.deepEqual(said(['status: in-force', 'status: revoked']).length, 1)
  assert.deepEqual(said(['dueAt: 5', 'dueAt: 6']), [
    'steps.1.requirements.2 changed: Step 1. Changed in requirements: "SK tim".',
  ])
})

test('arrows tell where they led and where they lead', () => {
  assert.deepEqual(
    said(['label: Kurang\n          to: 1', 'label: Kurang\n          to: 6\n          kind: refuse']),
    [
      'steps.2.decision changed: Step 2. The arrow "Kurang" that was returning to step 1 "Mengajukan permohonan" is now refusing to step 6 "Mengirim balasan".',
    ],
  )
  assert.deepEqual(said(['next: 5', 'next: 6']), [
    'steps.4.next changed: Step 4. The arrow that was going on to step 5 "Membuat layanan" is now going on to step 6 "Mengirim balasan".',
  ])
})

test('an inserted step is one new step, and the others only move', () => {
  const found = said(
    ['- no: 6', '- no: 7'],
    ['- no: 5', '- no: 6'],
    ['next: 5', 'next: 6'],
    ['dueAt: 5', 'dueAt: 6'],
    ['to: 6\n          kind', 'to: 7\n          kind'],
    ['  to: 6\nmarks', '  to: 7\nmarks'],
    ['- no: 4', '- no: 5'],
    ['label: Setuju\n          to: 4', 'label: Setuju\n          to: 4 # new'],
    [
      '  - no: 5\n    activity: study',
      '  - no: 4\n    activity: inform\n    text: Memberi tahu\n    actor: kabid\n    standardTime: not set\n  - no: 5\n    activity: study',
    ],
  )
  assert.deepEqual(found, [
    'steps.3.decision changed: Step 3. The arrow "Setuju" that was going on to step 4 "Menyiapkan" is now going on to step 4 "Memberi tahu".',
    'steps.4 added: New step 4: Memberi tahu',
    'steps.5 changed: Step 4 becomes step 5.',
    'steps.6 changed: Step 5 becomes step 6.',
    'steps.7 changed: Step 6 becomes step 7.',
    'refusal changed: Changed final refusal: from "2 → 6" to "2 → 7".',
  ])
})

test('a removed step is told with its wording', () => {
  const found = said(
    ['  - no: 4\n', '  - no: 40\n'],
    ['text: Menyiapkan', 'text: Menata'],
    ['label: Setuju\n          to: 4', 'label: Setuju\n          to: 40'],
  )
  assert.ok(found.includes('steps.4 removed: Step 4 removed: Menyiapkan'))
  assert.ok(found.includes('steps.40 added: New step 40: Menata'))
})

test('every change is said in both languages', () => {
  const other = goodSop(goodFiles[1])
  for (const { text } of compareSops(goodSop(goodFiles[0]), other)) {
    assert.ok(text.id.length > 10 && text.en.length > 10)
    assert.doesNotMatch(`${text.id}${text.en}`, /undefined|\[object/)
  }
})
