import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { MAX_NUMBER_IN_WORDS, numberInWords } from '../../../src/domain/dates/number-words.ts'
import { dateInWords, formatDate, formatInstant, monthName } from '../../../src/domain/dates/indonesian.ts'
import {
  ZONES,
  dateOfDayNumber,
  dayNumber,
  isLocalDate,
  localDate,
  localTime,
  startOfDay,
} from '../../../src/domain/dates/zones.ts'

test('numbers are said as the language says them', () => {
  const said: [number, string, string][] = [
    [0, 'nol', 'zero'],
    [1, 'satu', 'one'],
    [10, 'sepuluh', 'ten'],
    [11, 'sebelas', 'eleven'],
    [12, 'dua belas', 'twelve'],
    [21, 'dua puluh satu', 'twenty-one'],
    [100, 'seratus', 'one hundred'],
    [111, 'seratus sebelas', 'one hundred eleven'],
    [200, 'dua ratus', 'two hundred'],
    [1000, 'seribu', 'one thousand'],
    [1100, 'seribu seratus', 'one thousand one hundred'],
    [2025, 'dua ribu dua puluh lima', 'two thousand twenty-five'],
    [11_000, 'sebelas ribu', 'eleven thousand'],
    [101_000, 'seratus satu ribu', 'one hundred one thousand'],
    [1_001_000, 'satu juta seribu', 'one million one thousand'],
    [1_000_000_000, 'satu miliar', 'one billion'],
    [MAX_NUMBER_IN_WORDS, 'satu kuadriliun', 'one quadrillion'],
  ]
  for (const [number, id, en] of said) {
    assert.equal(numberInWords(number), id)
    assert.equal(numberInWords(number, 'en'), en)
  }
  for (const number of [-1, 1.5, Number.NaN, MAX_NUMBER_IN_WORDS + 1]) {
    assert.throws(() => numberInWords(number), RangeError)
  }
})

test('no two numbers are said alike, and no spaces are doubled', () => {
  const number = fc.integer({ min: 0, max: MAX_NUMBER_IN_WORDS })
  fc.assert(
    fc.property(number, number, (a, b) => {
      for (const locale of ['id', 'en'] as const) {
        assert.equal(numberInWords(a, locale) === numberInWords(b, locale), a === b)
        assert.match(numberInWords(a, locale), /^[a-z]+([ -][a-z]+)*$/)
      }
    }),
  )
})

test('dates and times stand in both languages with the label of the zone', () => {
  assert.equal(formatDate('2025-08-05'), '5 Agustus 2025')
  assert.equal(
    dateInWords('2025-08-25'),
    'Senin, tanggal dua puluh lima bulan Agustus tahun dua ribu dua puluh lima',
  )
  assert.equal(
    dateInWords('2024-02-29', 'en'),
    'Thursday, day twenty-nine of February two thousand twenty-four',
  )
  const at = new Date('2025-08-25T06:05:00Z')
  assert.equal(formatInstant(at, 'Asia/Makassar'), '25 Agustus 2025 pukul 14.05 WITA')
  assert.equal(formatInstant(at, 'Asia/Jakarta'), '25 Agustus 2025 pukul 13.05 WIB')
  assert.equal(formatInstant(at, 'Asia/Jayapura', 'en'), '25 August 2025 at 15:05 WIT')
  assert.equal(
    formatInstant(new Date('2025-12-31T17:00:00Z'), 'Asia/Jakarta'),
    '1 Januari 2026 pukul 00.00 WIB',
  )
  assert.throws(() => monthName(13), RangeError)
})

test('days that do not exist are refused', () => {
  for (const text of ['2025-02-29', '2025-13-01', '2025-00-10', '25-08-25', '2025-8-5', '', '2025-04-31']) {
    assert.equal(isLocalDate(text), false, text)
    assert.throws(() => formatDate(text), RangeError)
  }
  assert.equal(isLocalDate('2024-02-29'), true)
})

test('local days agree with the zone database of the runtime', () => {
  const noInvalidDate = { min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(noInvalidDate), fc.constantFrom(...ZONES), (at, zone) => {
      const form = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'short',
      })
      assert.equal(`${localDate(at, zone)} ${localTime(at, zone)}`, form.format(at))
      const date = localDate(at, zone)
      assert.equal(dateOfDayNumber(dayNumber(date)), date)
      assert.equal(localDate(startOfDay(date, zone), zone), date)
      assert.notEqual(localDate(new Date(startOfDay(date, zone).getTime() - 1), zone), date)
    }),
  )
})
