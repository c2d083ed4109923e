import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { Refused } from '../../../src/domain/refused.ts'
import {
  countedClass,
  formatNumber,
  parsePattern,
  runsTogether,
  romanMonth,
} from '../../../src/domain/registers/number-pattern.ts'

test('the patterns that offices use give their numbers', () => {
  const cases: [string, string][] = [
    ['B-{seq:3}/DISKOMINFO/000.8.3.3/{month:2}/{year}', 'B-019/DISKOMINFO/000.8.3.3/08/2025'],
    ['555/{seq}/DISKOMINFO-2/{romanMonth}/{year}', '555/19/DISKOMINFO-2/VIII/2025'],
    ['{class}/{seq}/M/Diskominfo.{month}.{year}', '000.8.3.3/19/M/Diskominfo.8.2025'],
  ]
  for (const [pattern, number] of cases) {
    assert.equal(
      formatNumber(parsePattern(pattern), { seq: 19, date: '2025-08-25', class: '000.8.3.3' }),
      number,
    )
  }
})

test('a number wider than its place is never cut', () => {
  assert.equal(formatNumber(parsePattern('{seq:3}/{year}'), { seq: 12345, date: '2025-01-01' }), '12345/2025')
})

test('a wrong pattern is refused with a sentence that points at the place', () => {
  const wrong: [string, RegExp][] = [
    ['', /1 to 100/],
    ['x'.repeat(101), /1 to 100/],
    ['B/{year}', /\{seq\} exactly once/],
    ['{seq}/{seq}/{year}', /exactly once/],
    ['{seq}/DISKOMINFO', /\{year\}/],
    ['{seq}/{year}/{bulan}', /"\{bulan\}" is not known/],
    ['{seq:0}/{year}', /width/],
    ['{seq:12}/{year}', /width/],
    ['{seq:3:4}/{year}', /not known/],
    ['{year:2}/{seq}', /not known/],
    ['{seq}/{year', /brace at character 7/],
    ['{seq}}/{year}', /brace at character 6/],
    ['{{seq}}/{year}', /brace at character 1/],
    ['{seq}/{year}\n', /character "\n" \(number 13\)/],
    ['<b>{seq}</b>/{year}', /character "<"/],
    ['{}/{seq}/{year}', /not known/],
    ['№{seq}/{year}', /character "№"/],
  ]
  for (const [pattern, sentence] of wrong) {
    assert.throws(
      () => parsePattern(pattern),
      (error) => error instanceof Refused && error.issues.some(({ text }) => sentence.test(text.en)),
      pattern,
    )
  }
})

test('within a year no two numbers of a register are alike', () => {
  const pattern = parsePattern('B-{seq:2}/X/{month:2}/{year}')
  const seq = fc.integer({ min: 1, max: 100_000 })
  const date = fc.constantFrom('2025-01-31', '2025-11-01', '2025-12-31')
  fc.assert(
    fc.property(seq, date, seq, date, (a, day, b, other) => {
      const same =
        formatNumber(pattern, { seq: a, date: day }) === formatNumber(pattern, { seq: b, date: other })
      assert.equal(same, a === b && day === other)
    }),
  )
})

test('the class counts where the number names it, and months are roman', () => {
  assert.equal(countedClass(parsePattern('{class}/{seq}/{year}'), '000.8.3.3'), '000.8.3.3')
  assert.equal(countedClass(parsePattern('555/{seq}/{year}'), '000.8.3.3'), '')
  assert.deepEqual([1, 4, 9, 12].map(romanMonth), ['I', 'IV', 'IX', 'XII'])
  assert.throws(() => romanMonth(0), RangeError)
  assert.throws(() => formatNumber(parsePattern('{seq}/{year}'), { seq: 0, date: '2025-01-01' }), RangeError)
})

test('class and sequence that run together are told apart by nobody, so they are refused', () => {
  const number = (pattern: string, seq: number, archiveClass: string) =>
    formatNumber(parsePattern(pattern), { seq, class: archiveClass, date: '2025-01-01' })
  for (const pattern of [
    '{class}{seq}/{year}',
    '{seq}{class}/{year}',
    '{class}7{seq}/{year}',
    '{class}{month:2}{seq}/{year}',
  ])
    assert.match(runsTogether(parsePattern(pattern))!.en, /separator/, pattern)
  assert.equal(number('{class}{seq}/{year}', 31, '000.8'), number('{class}{seq}/{year}', 1, '000.83'))
  for (const pattern of [
    '{class}/{seq}/{year}',
    '{seq}.{class}/{year}',
    '{seq}/{year}',
    'B-{seq}/X/{class}/{year}',
  ])
    assert.equal(runsTogether(parsePattern(pattern)), undefined, pattern)
})
