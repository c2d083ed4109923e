import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import * as fc from 'fast-check'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import { maxSopBytes } from '../../../src/domain/sop/read-yaml.ts'
import { baseFile, findingsIn, goodFiles, lineOf, spoil } from './sample.ts'

/** What the shape of a file may get wrong: code, passage, what it becomes, passage on the line to name. */
type Row = readonly [code: string, find: string, replace: string, at: string]

const shapes: readonly Row[] = [
  ['missing', '    text: Membuat layanan\n', '', '- no: 5'],
  ['missing', 'id: contoh-dasar\n', '', 'format:'],
  ['unknown-field', 'text: Menyiapkan', 'teks: Menyiapkan', 'teks: Menyiapkan'],
  ['unknown-field', 'serves:', 'serve: []\nserves:', 'serve: []'],
  ['unknown-value', 'activity: provision', 'activity: provisoin', 'activity: provisoin'],
  ['unknown-value', 'format: ranah-sop/1', 'format: ranah-sop/9', 'format: ranah'],
  ['unknown-value', 'Asia/Jakarta', 'Asia/Pontianak', 'timezone:'],
  ['wrong-type', "number: '1'", 'number: 1', 'number: 1\n'],
  ['wrong-type', 'acting: false', 'acting: yes', 'acting: yes'],
  ['wrong-type', 'qualifications: []', 'qualifications: Mampu', 'qualifications: Mampu'],
  ['wrong-type', '    post: KEPALA DINAS\n    acting: false\n', '', 'ratifiedBy:'],
  ['wrong-type', '- no: 4', "- no: '4'", "no: '4'"],
  ['wrong-type', 'next: 5', 'next: lima', 'next: lima'],
  ['wrong-type', 'note: Tanggal kosong', 'note: [a]', 'note: [a]'],
  ['wrong-type', '      amount: 2\n      unit: hours', '      2 hours', 'standardTime:\n      2'],
  ['wrong-format', 'madeOn: 2026-01-05', 'madeOn: 5 Januari 2026', 'madeOn: 5'],
  ['wrong-format', 'madeOn: 2026-01-05', 'madeOn: 2026-02-30', 'madeOn: 2026-02-30'],
  ['wrong-format', '- id: kabid', '- id: Kepala Bidang', 'id: Kepala Bidang'],
  ['wrong-format', 'field: identity.effectiveOn', 'field: identity/effectiveOn', 'field: identity/'],
  ['too-small', 'amount: 2\n', 'amount: 0\n', 'amount: 0'],
  ['too-small', 'amount: 2\n', 'amount: -3\n', 'amount: -3'],
  ['too-small', '- no: 4', '- no: 0', 'no: 0'],
  ['too-small', 'text: Menyiapkan', "text: ' '", "text: ' '"],
  ['too-small', 'options: [Nama, Situs]', 'options: [Nama]', 'options: [Nama]'],
  ['too-big', 'amount: 2\n', 'amount: 1e9\n', 'amount: 1e9'],
  ['too-big', 'text: Menyiapkan', `text: ${'x'.repeat(4001)}`, 'text: xxx'],
  [
    'bad-duration',
    'amount: 2\n',
    'amount: 2\n      min: 1\n      max: 3\n',
    'standardTime:\n      amount: 2',
  ],
  ['bad-duration', '      amount: 2\n', '', 'standardTime:\n      unit'],
  ['bad-duration', '      max: 3\n', '', 'standardTime:\n      min: 1'],
  ['bad-duration', 'min: 1\n', 'min: 3 # x\n', 'standardTime:\n      min: 3 # x'],
]

const hostile: readonly Row[] = [
  ['duplicate-key', 'next: 5', 'next: 5\n    next: 6', 'next: 6'],
  ['alias', 'text: Membuat layanan', 'text: &a Membuat layanan', 'text: &a'],
  ['tag', 'text: Membuat layanan', 'text: !!js/function "x"', 'text: !!js'],
  ['tag', 'text: Membuat layanan', 'text: !!binary aGk=', 'text: !!binary'],
  ['key-not-allowed', 'next: 5', 'next: 5\n    __proto__: { no: 9 }', '__proto__'],
  ['key-not-allowed', 'next: 5', 'next: 5\n    constructor: { no: 9 }', 'constructor'],
  ['key-not-allowed', 'next: 5', 'next: 5\n    <<: { no: 9 }', '<<'],
  ['key-not-allowed', 'next: 5', 'next: 5\n    ? [a]\n    : b', '? [a]'],
  ['hidden-character', 'text: Membuat layanan', 'text: "Membuat\\x07 layanan"', 'text: "Membuat'],
  ['hidden-character', 'text: Membuat layanan', 'text: Membuat \u202Enanayal', 'text: Membuat'],
  ['yaml-tab-as-indent', '    text: Membuat layanan', '\ttext: Membuat layanan', '\ttext: Membuat'],
  ['yaml-block-as-implicit-key', 'text: Membuat layanan', 'text: Membuat: layanan', 'text: Membuat:'],
  ['yaml-bad-scalar-start', 'text: Membuat layanan', 'text: @layanan', 'text: @layanan'],
  ['yaml-multiple-docs', 'steps:', '---\nsteps:', '---'],
]

for (const [code, find, replace, at] of [...shapes, ...hostile])
  test(`${code}: ${replace.trim().slice(0, 60)}`, () => {
    const source = spoil([find, replace])
    const found = findingsIn(source)
    const finding = found.find((each) => each.code === code)
    assert.ok(finding, `expected ${code}, got ${JSON.stringify(found, null, 1)}`)
    assert.equal(finding.line, lineOf(source, at))
    assert.ok(finding.text.id.length > 20 && finding.text.en.length > 20)
    assert.doesNotMatch(finding.text.en, /undefined|\[object|Invalid|expected/)
  })

test('a bad duration or a missing target does not hide what else is wrong', () => {
  const found = findingsIn(
    spoil(
      ['amount: 2', 'amount: -2'],
      ['          to: 3\n', ''],
      ['    actor: kabid\n    standardTime:\n      min', '    actor: kabit\n    standardTime:\n      min'],
      ['waitsFor:\n      - application-letter', 'waitsFor:\n      - application-leter'],
    ),
  )
  const codes = found.map(({ code }) => code)
  for (const code of ['too-small', 'missing', 'unknown-actor', 'waits-for-nobody'])
    assert.ok(codes.includes(code), code)
})

test('one tab, one missing bracket or one deep nest is told once, not with all that follows from it', () => {
  assert.deepEqual(
    findingsIn(spoil(['    activity: decide', '\tactivity: decide'])).map(({ code }) => code),
    ['yaml-tab-as-indent'],
  )
  assert.deepEqual(
    findingsIn(`a: ${'['.repeat(5000)}`).map(({ code }) => code),
    ['yaml-too-deep'],
  )
})

test('the sentence proposes the word that was meant', () => {
  const sentence = (find: string, replace: string) => findingsIn(spoil([find, replace]))[0]!.text.en
  assert.match(sentence('activity: provision', 'activity: provisoin'), /Perhaps "provision" is meant/)
  assert.match(sentence('    waitsFor:', '    waitFor:'), /Perhaps "waitsFor" is meant/)
})

test('bombs, floods and foreign encodings are refused with one sentence', { timeout: 120_000 }, () => {
  const lol = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`)
  const sources: readonly (readonly [string, string | Uint8Array])[] = [
    ['alias', `a0: &a0 lol\n${lol.join('\n')}\n`],
    ['file-too-large', 'x'.repeat(maxSopBytes + 1)],
    ['file-empty', ' \n\n'],
    ['not-utf8', Uint8Array.of(0xff, 0xfe, 0x61, 0)],
    ['not-utf8', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9, 0x0a)],
    ['yaml-too-deep', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['too-many-values', `a: [${'x,'.repeat(100_000)}]`],
    ['too-many-values', `{${Array.from({ length: 25_000 }, (_, n) => `k${n}: 1`).join(',')}}`],
  ]
  for (const [code, source] of sources) {
    const found = findingsIn(source)
    assert.equal(found[0]?.code, code)
  }
})

test('a file of another kind is told so, not crashed on', () => {
  for (const source of ['5', 'true', '- a', '"text"', '{}', 'null', '~'])
    assert.ok(findingsIn(source).length > 0, source)
})

test('a byte order mark, CRLF and JSON are read like any other file', () => {
  for (const source of [`\uFEFF${baseFile}`, baseFile.replaceAll('\n', '\r\n')])
    assert.deepEqual(findingsIn(new TextEncoder().encode(source)), [])
  const parsed = parseSop(baseFile)
  assert.ok(parsed.ok)
  assert.deepEqual(findingsIn(JSON.stringify(parsed.document)), [])
})

const files = goodFiles.map((file) => readFileSync(file, 'utf8'))
const junk = [
  '',
  ':',
  '-',
  '  ',
  '\t',
  '*a',
  '&a',
  '!x',
  '{',
  ']',
  '"',
  "'",
  '#',
  '0',
  '-1',
  '999',
  'end',
  'null',
  '\0',
  '𝒳',
]

test('a mutated file is read or explained, never crashed on', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(40),
    put: fc.oneof(fc.constantFrom(...junk), fc.string({ maxLength: 8 })),
  })
  const run = (index: number, edits: readonly { at: number; cut: number; put: string }[]) => {
    const source = edits.reduce((text, { at, cut, put }) => {
      const from = Math.floor(at * text.length)
      return text.slice(0, from) + put + text.slice(from + cut)
    }, files[index]!)
    for (const finding of findingsIn(source)) {
      assert.ok(finding.text.id.length > 10 && finding.text.en.length > 10, JSON.stringify(finding))
      assert.ok(finding.line === null || finding.line <= source.split('\n').length + 1)
    }
  }
  fc.assert(fc.property(fc.nat(files.length - 1), fc.array(edit, { minLength: 1, maxLength: 4 }), run), {
    numRuns: 150,
  })
})

test('swapped, doubled and dropped lines are read or explained, never crashed on', () => {
  const change = fc.record({ a: fc.nat(400), b: fc.nat(400), how: fc.constantFrom('swap', 'double', 'drop') })
  const run = (index: number, changes: readonly { a: number; b: number; how: string }[]) => {
    const lines = files[index]!.split('\n')
    for (const { a, b, how } of changes) {
      const [i, j] = [a % lines.length, b % lines.length]
      if (how === 'swap') [lines[i], lines[j]] = [lines[j]!, lines[i]!]
      else if (how === 'double') lines.splice(j, 0, lines[i]!)
      else lines.splice(i, 1)
    }
    for (const finding of findingsIn(lines.join('\n'))) assert.ok(finding.text.en.length > 10)
  }
  fc.assert(fc.property(fc.nat(files.length - 1), fc.array(change, { minLength: 1, maxLength: 3 }), run), {
    numRuns: 150,
  })
})
