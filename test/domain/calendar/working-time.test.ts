import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { WorkCalendar } from '../../../src/domain/calendar/calendar.ts'
import { parseCalendarRules, weeklyMinutes, workCalendar } from '../../../src/domain/calendar/calendar.ts'
import { NORMAL_WEEK, RAMADAN_WEEK, defaultRules } from '../../../src/domain/calendar/defaults.ts'
import {
  addMeasure,
  limitInMeasure,
  measureBetween,
  workingMsBetween,
} from '../../../src/domain/calendar/working-time.ts'
import type { Duration } from '../../../src/domain/calendar/duration.ts'
import { zoneOffsetMs } from '../../../src/domain/dates/zones.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { CALENDARS, at, sampleCalendar } from './sample.ts'

const MINUTE = 60_000
const isWorkingTime = ({ zone, spansOn }: WorkCalendar, when: Date): boolean =>
  spansOn(Math.floor((when.getTime() + zoneOffsetMs(zone)) / (24 * 60 * MINUTE))).some(
    ({ from, to }) => from <= when.getTime() && when.getTime() < to,
  )
const dueAfter = (of: WorkCalendar, start: Date, duration: Duration): Date =>
  addMeasure(of, duration.unit, start, limitInMeasure(duration))

const calendar = sampleCalendar()
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) })
  .map((ms) => new Date(ms))
const anyCalendar = fc.constantFrom(...CALENDARS)
const unit = fc.constantFrom(
  'minutes' as const,
  'hours' as const,
  'working-days' as const,
  'running-hours' as const,
)

test('the default weeks are those of Perpres 21/2023', () => {
  assert.equal(weeklyMinutes(NORMAL_WEEK), 37 * 60 + 30)
  assert.equal(weeklyMinutes(RAMADAN_WEEK), 32 * 60 + 30)
})

test('working time begins and ends to the minute, with breaks, Friday, Ramadan, weekends and holidays', () => {
  const works: [string, boolean][] = [
    ['2026-08-13 07:29', false],
    ['2026-08-13 07:30', true],
    ['2026-08-13 11:59', true],
    ['2026-08-13 12:00', false],
    ['2026-08-13 13:00', true],
    ['2026-08-13 16:00', false],
    ['2026-08-14 11:29', true],
    ['2026-08-14 11:30', false],
    ['2026-08-14 12:59', false],
    ['2026-08-14 16:29', true],
    ['2026-08-15 09:00', false],
    ['2026-08-17 09:00', false],
    ['2026-08-18 09:00', true],
    ['2026-02-18 07:45', false],
    ['2026-02-18 12:15', false],
    ['2026-02-18 12:30', true],
    ['2026-02-18 15:00', false],
    ['2026-02-17 07:45', true],
    ['2026-03-20 07:45', true],
  ]
  for (const [local, expected] of works) assert.equal(isWorkingTime(calendar, at(local)), expected, local)
  assert.equal(calendar.holidayOn('2026-08-17')?.name, 'Proklamasi Kemerdekaan')
})

test('deadlines jump over breaks, nights, weekends and holidays', () => {
  const cases: [string, Duration, string][] = [
    ['2026-08-13 11:45', { unit: 'minutes', amount: 30 }, '2026-08-13 13:15'],
    ['2026-08-13 11:45', { unit: 'minutes', amount: 15 }, '2026-08-13 12:00'],
    ['2026-08-14 16:00', { unit: 'hours', amount: 1 }, '2026-08-18 08:00'],
    ['2026-08-16 23:00', { unit: 'hours', amount: 7.5 }, '2026-08-18 16:00'],
    ['2026-08-12 14:00', { unit: 'working-days', amount: 1 }, '2026-08-13 14:00'],
    ['2026-08-14 16:30', { unit: 'working-days', amount: 1 }, '2026-08-18 16:00'],
    ['2026-08-15 10:00', { unit: 'working-days', min: 3, max: 5 }, '2026-08-24 16:00'],
    ['2026-08-14 16:00', { unit: 'running-hours', amount: 48 }, '2026-08-16 16:00'],
  ]
  for (const [start, duration, due] of cases) {
    assert.equal(dueAfter(calendar, at(start), duration).toISOString(), at(due).toISOString(), start)
  }
})

test('a duration without a positive amount, or a calendar without work, is an error and not an endless walk', () => {
  assert.throws(() => dueAfter(calendar, at('2026-08-13 08:00'), { unit: 'hours' }), RangeError)
  assert.throws(() => dueAfter(calendar, at('2026-08-13 08:00'), { unit: 'hours', amount: 0 }), RangeError)
  const empty = { ...calendar, spansOn: () => [] }
  assert.throws(() => dueAfter(empty, at('2026-08-13 08:00'), { unit: 'minutes', amount: 1 }), RangeError)
  assert.throws(
    () => dueAfter(empty, at('2026-08-13 08:00'), { unit: 'working-days', amount: 1 }),
    RangeError,
  )
  assert.throws(() => workingMsBetween(calendar, new Date(0), new Date(8e15)), RangeError)
})

test('working time agrees with counting the minutes one by one', () => {
  const start = at('2026-01-01 00:00').getTime()
  const minute = fc.integer({ min: 0, max: 365 * 24 * 60 })
  fc.assert(
    fc.property(minute, fc.integer({ min: 0, max: 5 * 24 * 60 }), anyCalendar, (from, length, calendar) => {
      let counted = 0
      for (let i = from; i < from + length; i += 1) {
        if (isWorkingTime(calendar, new Date(start + i * MINUTE))) counted += 1
      }
      const a = new Date(start + from * MINUTE)
      const b = new Date(start + (from + length) * MINUTE)
      assert.equal(workingMsBetween(calendar, a, b), counted * MINUTE)
    }),
    { numRuns: 30 },
  )
})

test('it is never negative, never more than the clock, and adds up', () => {
  fc.assert(
    fc.property(fc.tuple(instant, instant, instant), anyCalendar, unit, (instants, calendar, unit) => {
      const [a, b, c] = instants.sort((x, y) => x.getTime() - y.getTime())
      const whole = measureBetween(calendar, unit, a, c)
      const parts = measureBetween(calendar, unit, a, b) + measureBetween(calendar, unit, b, c)
      assert.ok(whole >= 0 && Math.abs(whole - parts) < 1e-6)
      assert.ok(workingMsBetween(calendar, a, c) <= c.getTime() - a.getTime())
      assert.equal(measureBetween(calendar, unit, c, a), a.getTime() === c.getTime() ? whole : 0)
    }),
  )
})

test('a deadline is the first instant at which the time is used up', () => {
  const share = fc.double({ min: 0.001, max: 30, noNaN: true })
  fc.assert(
    fc.property(instant, share, anyCalendar, unit, (start, share, calendar, unit) => {
      const amount = unit === 'working-days' ? share : Math.ceil(share * 60 * MINUTE)
      const due = addMeasure(calendar, unit, start, amount)
      assert.ok(due >= start)
      assert.ok(measureBetween(calendar, unit, start, due) >= amount - 1e-6)
      const before = new Date(due.getTime() - 1)
      assert.ok(measureBetween(calendar, unit, start, before) < amount)
    }),
  )
})

test('new hours apply from their day on and leave the days before as they were', () => {
  const rules = defaultRules('Asia/Jakarta')
  const early = [{ from: '06.00', to: '08.00' }]
  const changed = workCalendar(
    {
      ...rules,
      hours: [...rules.hours, { from: '2026-08-19', weekly: Array.from({ length: 7 }, () => early) }],
    },
    [],
  )
  const plain = workCalendar(rules, [])
  const [a, change, b] = ['2026-08-10 00:00', '2026-08-19 00:00', '2026-08-21 00:00'].map((text) =>
    at(text, 'Asia/Jakarta'),
  ) as [Date, Date, Date]
  assert.equal(workingMsBetween(changed, a, change), workingMsBetween(plain, a, change))
  assert.equal(workingMsBetween(changed, change, b), 4 * 60 * MINUTE)
  assert.equal(workingMsBetween(plain, new Date('1999-01-01'), new Date('1999-12-01')), 0)
})

test('rules that make no sense are refused with the field and a sentence', () => {
  const rules = defaultRules('Asia/Jakarta')
  const week = (day: unknown) => ({ ...rules, ramadanHours: [day, [], [], [], [], [], []] })
  const wrong: [unknown, string, RegExp][] = [
    [{ ...rules, zone: 'Asia/Singapore' }, 'zone', /malformed/],
    [{ ...rules, extra: 1 }, '', /malformed/],
    [{ ...rules, hours: [] }, 'hours', /malformed/],
    [{ ...rules, ramadan: [{ from: '2026-03-19', to: '2026-02-18' }] }, 'ramadan.0', /last day/],
    [{ ...rules, ramadan: [{ from: '2026-02-30', to: '2026-03-18' }] }, 'ramadan.0.from', /no such day/],
    [week([{ from: '25.00', to: '26.00' }]), 'ramadanHours.0.0.from', /no such time/],
    [week([{ from: '10.00', to: '09.00' }]), 'ramadanHours.0.0', /end must come/],
    [week([]), 'ramadanHours', /must have working hours/],
    [
      week([
        { from: '08.00', to: '12.00' },
        { from: '11.00', to: '13.00' },
      ]),
      'ramadanHours.0',
      /overlap/,
    ],
    [null, '', /malformed/],
  ]
  for (const [value, field, sentence] of wrong) {
    assert.throws(
      () => parseCalendarRules(value),
      (error) =>
        error instanceof Refused &&
        error.issues.some((issue) => issue.field === field && sentence.test(issue.text.en)),
      field,
    )
  }
  assert.deepEqual(parseCalendarRules(JSON.parse(JSON.stringify(rules))), rules)
})
