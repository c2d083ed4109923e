import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mergeHolidays, parseHolidayCsv } from '../../../src/domain/calendar/holidays.ts'
import type { Holiday } from '../../../src/domain/calendar/calendar.ts'
import { Refused } from '../../../src/domain/refused.ts'

function issuesOf(source: string): string[] {
  try {
    parseHolidayCsv(source)
  } catch (error) {
    assert.ok(error instanceof Refused)
    return error.issues.map(({ field, text }) => `${field}: ${text.en}`)
  }
  return []
}

test('a holiday file is read with remarks, quotes, CRLF and byte order mark', () => {
  const source =
    '\ufeff# SKB\r\ntanggal, nama, jenis\r\n2026-08-17,"Proklamasi, ""17-an""",nasional\r\n\r\n2026-12-24 , Cuti bersama Natal , Cuti-Bersama\r\n'
  assert.deepEqual(parseHolidayCsv(source), [
    { date: '2026-08-17', name: 'Proklamasi, "17-an"', kind: 'nasional', source: 'import' },
    { date: '2026-12-24', name: 'Cuti bersama Natal', kind: 'cuti-bersama', source: 'import' },
  ])
})

test('each bad line is reported with its number', () => {
  const bad = [
    'date,name,kind',
    '2026-02-30,A,nasional',
    '17-08-2026,A,nasional',
    '2026-08-17,,nasional',
    '2026-08-17,A,libur',
    '2026-08-17,A',
    '2026-08-17,"A,nasional',
    '2026-08-18,A,nasional',
    '2026-08-18,B,daerah',
  ]
  const issues = issuesOf(bad.join('\n'))
  assert.deepEqual(
    issues.map((issue) => issue.split(':')[0]),
    [2, 3, 4, 5, 6, 7, 9].map((line) => `line ${line}`),
  )
  assert.match(issues.at(-1)!, /already on line 8/)
})

test('a file without header, without rows or without end is refused', () => {
  assert.match(issuesOf('2026-08-17,A,nasional\n').join(), /line 1: The first line/)
  assert.match(issuesOf('date,name,kind\n').join(), /no holidays/)
  assert.match(issuesOf('').join(), /no holidays/)
  assert.match(issuesOf('\n'.repeat(5000)).join(), /more than 1000 lines/)
})

const row = (date: string, name: string, source: Holiday['source'] = 'import'): Holiday => ({
  date,
  name,
  kind: 'nasional',
  source,
})

test('an import replaces its years, keeps other years, and never touches a manual row', () => {
  const manual = row('2026-05-04', 'Hari Jadi', 'manual')
  const table = [
    row('2025-01-01', 'Lama'),
    row('2026-01-01', 'Tahun Baru'),
    row('2026-03-20', 'Ditarik'),
    manual,
  ]
  const merged = mergeHolidays(table, [
    row('2026-01-01', 'Tahun Baru'),
    row('2026-03-21', 'Baru'),
    row('2026-05-04', 'Lain'),
  ])
  assert.deepEqual(
    merged.holidays.map(({ date }) => date),
    ['2025-01-01', '2026-01-01', '2026-03-21', '2026-05-04'],
  )
  assert.deepEqual(merged.added, [row('2026-03-21', 'Baru')])
  assert.deepEqual(merged.removed, [row('2026-03-20', 'Ditarik')])
  assert.deepEqual(merged.kept, [manual])
  assert.equal(merged.holidays.at(-1), manual)
})

test('the files that are shipped hold days of their own year only', () => {
  for (const year of ['2026', '2027']) {
    const source = readFileSync(new URL(`../../../calendars/id-${year}.csv`, import.meta.url), 'utf8')
    const holidays = parseHolidayCsv(source)
    assert.equal(holidays.length, 5)
    assert.ok(holidays.every(({ date, kind }) => date.startsWith(year) && kind === 'nasional'))
  }
})
