import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { checkSop } from '../../../src/domain/sop/check.ts'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import { baseFile, findingsIn, goodFiles, goodSop, lineOf, spoil } from './sample.ts'

for (const file of goodFiles)
  test(`${file} has no finding`, () => {
    assert.deepEqual(findingsIn(readFileSync(file)), [])
  })

/**
 * One wrong file per finding: code, the passage of the good file, what it becomes, and the passage whose
 * line the finding must name.
 */
type Row = readonly [code: string, find: string, replace: string, at: string, ...more: readonly Edit[]]
type Edit = readonly [find: string, replace: string]

const rows: readonly Row[] = [
  ['duplicate-step', '- no: 4', '- no: 3 # x', 'no: 3 # x'],
  ['duplicate-actor', '- id: kabid', '- id: petugas # x', 'id: petugas\n'],
  ['duplicate-outcome', '- id: kurang', '- id: lengkap # x', 'id: lengkap # x'],
  ['duplicate-outcome-label', 'label: Kurang', 'label: lengkap # x', 'label: lengkap # x'],
  ['duplicate-kind', '- id: re-registration', '- id: subdomain # x', 'id: subdomain # x'],
  ['duplicate-field', '- id: uraian', '- id: bagian # x', 'id: bagian # x'],
  ['duplicate-option', '[Nama, Situs]', '[Nama, Nama]', 'options: [Nama'],
  [
    'duplicate-mark',
    'note: Tanggal kosong',
    'note: a\n  - { field: identity.effectiveOn, kind: blank, note: b }',
    '- { field: identity.eff',
  ],
  [
    'unknown-actor',
    'text: Memutuskan\n    actor: kabid',
    'text: Memutuskan\n    actor: kabit # x',
    'actor: kabit # x',
  ],
  ['unknown-actor', '- kabid\n', '- kabag\n', '- kabag'],
  ['with-repeated', '- kabid\n', '- petugas # x\n', '- petugas # x'],
  [
    'actor-without-step',
    'actors:',
    'actors:\n  - { id: arsiparis, title: Arsiparis, party: office }',
    '- { id: arsiparis',
  ],
  ['kind-without-fulfilment', '    fulfilment: manual\n', '', '- id: lapor-masalah'],
  ['no-term', 'term: { months: 12 }\n', '', '- id: re-registration'],
  ['choice-without-options', '        options: [Nama, Situs]\n', '', '- id: bagian'],
  ['options-without-choice', 'type: choice', 'type: text', 'options: [Nama'],
  ['revoked-basis', 'status: in-force', 'status: revoked', '- citation:'],
  ['first-not-submit', 'activity: submit', 'activity: record', 'activity: record'],
  ['provision-before-submit', 'activity: submit', 'activity: record', '- no: 5'],
  ['first-not-applicant', 'party: applicant', 'party: outside', 'actor: pemohon'],
  ['target-missing', 'next: 5', 'next: 50', 'next: 50'],
  ['target-missing', 'to: 3\n', 'to: 33\n', 'to: 33'],
  [
    'next-beside-decision',
    '    waitsFor:\n',
    '    decision: { outcomes: [{ id: a, label: A, to: 5 }, { id: b, label: B, to: 1 }] }\n    waitsFor:\n',
    'next: 5',
  ],
  ['arrow-to-itself', 'next: 5', 'next: 4', 'next: 4'],
  ['arrow-to-itself', 'to: 3\n', 'to: 2\n', 'to: 2\n'],
  [
    'return-not-back',
    'label: Setuju\n          to: 4',
    'label: Setuju\n          to: 4 # x\n          kind: return',
    'to: 4 # x',
  ],
  [
    'return-not-back',
    'label: Setuju\n          to: 4',
    'label: Setuju\n          to: end # x\n          kind: return',
    'to: end # x',
  ],
  ['decision-missing', 'activity: study', 'activity: decide', '- no: 4'],
  ['decision-missing', 'text: Menyiapkan', 'text: Menyiapkan\n    symbol: decision', 'symbol: decision'],
  [
    'effect-with-decision',
    'text: Membuat layanan',
    'text: Membuat layanan\n    decision: { outcomes: [{ id: a, label: A, to: 6 }, { id: b, label: B, to: 1 }] }',
    'decision: { outcomes',
  ],
  [
    'outcomes-alike',
    'to: 6\n          kind: refuse',
    'to: 4',
    'decision:\n      outcomes:\n        - id: setuju',
  ],
  ['symbol-mismatch', 'text: Menyiapkan', 'text: Menyiapkan\n    symbol: end', 'symbol: end'],
  ['refusal-step-missing', 'from: [2]', 'from: [22]', 'from: [22]'],
  ['refusal-step-missing', '  to: 6\nmarks', '  to: 66\nmarks', 'to: 66'],
  ['refusal-by-applicant', 'from: [2]', 'from: [2, 1]', 'from: [2, 1]'],
  ['refusal-after-provision', 'from: [2]', 'from: [2, 6]', 'from: [2, 6]'],
  ['unreachable-step', 'to: 4\n', 'to: 5\n', '- no: 4'],
  ['loop-without-exit', 'next: end', 'next: 5', '- no: 6'],
  ['no-path-to-end', 'next: end', 'next: 5', 'steps:'],
  // A return to the applicant comes straight back, so it is no way out.
  [
    'loop-without-exit',
    'to: 6\n          kind: refuse',
    'to: 1 # x\n          kind: return',
    '- no: 6',
    ['next: end', 'next: 3'],
    ['from: [2]\n  to: 6', 'from: [2]\n  to: end'],
  ],
  // A return to a step of the office that would end there comes back as well.
  [
    'loop-without-exit',
    'next: end',
    'decision: { outcomes: [{ id: a, label: A, to: 4 }, { id: b, label: B, to: 1 }] }',
    '- no: 6',
    ['next: 5', 'next: end'],
    ['label: Setuju\n          to: 4', 'label: Setuju\n          to: 5'],
    ['from: [2]\n  to: 6', 'from: [2]\n  to: end'],
  ],
  ['no-provision', 'activity: provision', 'activity: perform', '- id: subdomain'],
  [
    'refused-into-provision',
    'to: 6\n          kind: refuse',
    'to: 4 # x\n          kind: refuse',
    '- id: tolak',
  ],
  ['refused-into-provision', '  to: 6\nmarks', '  to: 3\nmarks', 'to: 3\nmarks'],
  [
    'effect-by-applicant',
    'text: Membuat layanan\n    actor: petugas',
    'text: Membuat layanan\n    actor: pemohon # x',
    'actor: pemohon # x',
  ],
  ['paper-before-provision', '          kind: refuse\n', '', '- no: 6'],
  ['end-without-provision', 'to: 6\n          kind: refuse', 'to: end', '- id: tolak'],
  ['requirement-from-nobody', 'from: pemohon', 'from: pemohom', 'from: pemohom'],
  [
    'requirement-too-early',
    'document: application-letter\n      - text',
    'document: application-letter\n        from: kabid\n      - text',
    'from: kabid',
  ],
  ['later-without-due', '        dueAt: 5\n', '', '- text: SK tim'],
  ['later-without-document', '        document: team-decree\n', '', '- text: SK tim'],
  ['due-without-later', '        need: later\n', '', 'dueAt: 5'],
  ['due-step-missing', 'dueAt: 5', 'dueAt: 55', 'dueAt: 55'],
  ['due-not-after', 'from: pemohon', 'from: pemohon\n        need: later\n        dueAt: 1', 'dueAt: 1'],
  [
    'waivable-without-document',
    '        document: team-decree\n        need: later\n        dueAt: 5\n',
    '        waivable: true\n',
    'waivable: true',
  ],
  ['nothing-to-deliver', 'activity: study', 'activity: deliver', 'activity: deliver'],
  [
    'nothing-to-check',
    'activity: study',
    'activity: check-completeness',
    'activity: check-completeness\n    text: Menyiapkan',
    [
      '    requirements:\n      - text: Surat permohonan\n        document: application-letter\n      - text: SK tim\n        document: team-decree\n        need: later\n        dueAt: 5\n',
      '',
    ],
  ],
  ['duplicate-requirement', 'document: team-decree', 'document: application-letter # x', '- text: SK tim'],
  [
    'revoked-basis',
    "kind: Peraturan Bupati\n      number: '1'\n      year: 2026",
    "kind: Peraturan Menteri\n      issuer: Menteri Komunikasi dan Informatika\n      number: '5'\n      year: 2015",
    '- citation:',
    ['status: in-force', 'status: unknown'],
  ],
  ['waits-for-nobody', '      - application-letter', '      - aplication-letter', '- aplication-letter'],
  [
    'waits-too-early',
    '    with:\n',
    '    waitsFor: [late]\n    with:\n',
    'waitsFor: [late]',
    ['text: Menyiapkan', 'text: Menyiapkan\n    requirements: [{ text: L, document: late }]'],
  ],
  ['duration-absurd', 'amount: 2\n', 'amount: 9000\n', 'standardTime:\n      amount: 9000'],
  [
    'duration-absurd',
    'amount: 2\n      unit: hours',
    'amount: 0.5\n      unit: minutes',
    'standardTime:\n      amount: 0.5',
  ],
  ['start-step-missing', 'startsAt: 3', 'startsAt: 33', 'startsAt: 33'],
  ['start-not-before', 'startsAt: 3', 'startsAt: 6', 'startsAt: 6'],
  ['mark-without-field', 'field: identity.effectiveOn', 'field: steps.9.actor', 'field: steps.9.actor'],
  [
    'mark-without-field',
    'field: identity.effectiveOn',
    'field: identity.warnings.2',
    'field: identity.warnings.2',
  ],
]

for (const [code, find, replace, at, ...more] of rows)
  test(`${code}: ${replace.trim().split('\n').at(-1) || `without ${find.trim()}`}`, () => {
    const source = spoil([find, replace], ...more)
    const found = findingsIn(source)
    const finding = found.find((each) => each.code === code && each.line === lineOf(source, at))
    assert.ok(
      finding,
      `expected ${code} at line ${lineOf(source, at)}, got ${JSON.stringify(found, null, 1)}`,
    )
    assert.ok(finding.text.id.length > 20 && finding.text.en.length > 20)
    assert.notEqual(finding.text.id, finding.text.en)
  })

test('an actor mapped to nobody is found; applicants join by themselves', () => {
  const parsed = parseSop(baseFile)
  assert.ok(parsed.ok)
  const codes = (mapping: Record<string, number>) =>
    checkSop(parsed.document, parsed.positions, mapping).map((each) => [each.code, each.path])
  assert.deepEqual(codes({ kabid: 1, petugas: 3 }), [])
  assert.deepEqual(codes({ kabid: 1, petugas: 0 }), [['actor-mapped-to-nobody', 'actors.3']])
  assert.deepEqual(codes({ kabid: 1, petugas: 1, pemohon: 0 }), [['actor-mapped-to-nobody', 'actors.1']])
  assert.deepEqual(codes({ constructor: 1, petugas: 1 }), [['actor-mapped-to-nobody', 'actors.2']])
})

test('an office may return to a step of its own that has another way out', () => {
  const source = spoil([
    'next: 5',
    'decision: { outcomes: [{ id: a, label: A, to: 5 }, { id: b, label: B, to: 2 }] }',
  ])
  assert.deepEqual(findingsIn(source), [])
})

test('findings come in the order of the file', () => {
  const source = spoil(['next: 5', 'next: 50'], ['status: in-force', 'status: revoked'])
  const lines = findingsIn(source).map((each) => each.line ?? 0)
  assert.ok(lines.length > 1)
  assert.deepEqual(
    lines,
    lines.toSorted((a, b) => a - b),
  )
})

test('the check of a document without positions gives paths without lines', () => {
  const sop = goodSop(goodFiles[0])
  const broken = { ...sop, refusal: { from: [99], to: 'end' as const } }
  assert.deepEqual(
    checkSop(broken).map((each) => [each.code, each.path, each.line]),
    [['refusal-step-missing', 'refusal.from.1', null]],
  )
})
