import assert from 'node:assert/strict'
import test from 'node:test'
import { indexPathOf, markOf } from '../../../src/domain/sop/marks.ts'
import { goodFiles, goodSop } from './sample.ts'

const [kukar, katingan] = [goodSop(goodFiles[0]), goodSop(goodFiles[1])]

test('a mark is found on its field, and on everything within it', () => {
  assert.equal(markOf(kukar, 'identity.warnings.2')?.kind, 'cut-off')
  assert.equal(markOf(kukar, 'steps.3.decision.outcomes.1.to')?.field, 'steps.3.decision')
  for (const part of ['text', 'actor', 'symbol', 'standardTime', 'requirements.1.text'])
    assert.equal(markOf(katingan, `steps.1.${part}`)?.kind, 'inferred')
})

test('what the source does say carries no mark', () => {
  for (const field of [
    'identity.name',
    'identity.number',
    'identity.madeOn',
    'steps.3.text',
    'steps.3.standardTime',
  ])
    assert.equal(markOf(kukar, field), null)
  for (const field of ['identity.name', 'steps.4.text', 'steps.5.text', 'steps', 'identity', ''])
    assert.equal(markOf(katingan, field), null)
})

test('every actor and arrow that our copies lost is marked', () => {
  for (const step of kukar.steps) {
    assert.ok(markOf(kukar, `steps.${step.no}.actor`))
    assert.ok(markOf(kukar, `steps.${step.no}.${step.decision ? 'decision' : 'next'}`))
  }
  for (const step of katingan.steps) {
    assert.ok(markOf(katingan, `steps.${step.no}.actor`))
    assert.ok(markOf(katingan, `steps.${step.no}.${step.decision ? 'decision' : 'next'}`))
  }
})

test('every note is there in both languages', () => {
  for (const sop of [kukar, katingan])
    for (const { field } of sop.marks) {
      const note = markOf(sop, field)?.note
      assert.ok(note)
      assert.notEqual(note.id, note.en)
    }
})

test('a note in one language serves for both', () => {
  const sop = goodSop('test/fixtures/sops/dasar-enam-langkah.yaml')
  assert.deepEqual(markOf(sop, 'identity.effectiveOn')?.note, { id: 'Tanggal kosong', en: 'Tanggal kosong' })
})

test('field paths lead to values by step number and position, and nowhere else', () => {
  assert.deepEqual(indexPathOf(kukar, 'steps.3.with.1'), ['steps', 2, 'with', 0])
  assert.deepEqual(indexPathOf(kukar, 'steps.1.remark'), ['steps', 0, 'remark'])
  assert.deepEqual(indexPathOf(kukar, 'office.unit'), ['office', 'unit'])
  for (const field of [
    'steps.0.text',
    'steps.7.text',
    'steps.3.with.2',
    'steps.3.nope',
    'identity.constructor',
  ])
    assert.equal(indexPathOf(kukar, field), null)
  for (const field of ['identity.warnings.0', 'identity.warnings.01', 'identity.name.length', 'toString'])
    assert.equal(indexPathOf(kukar, field), null)
})
