import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { foldStepTime } from '../../../src/domain/calendar/step-time.ts'
import type { StepEvent } from '../../../src/domain/calendar/step-time.ts'
import type { StandardTime } from '../../../src/domain/calendar/duration.ts'
import { workingMsBetween } from '../../../src/domain/calendar/working-time.ts'
import { CALENDARS, HOLIDAYS, at, sampleCalendar } from './sample.ts'

const calendar = sampleCalendar()
const HOUR = 3_600_000
const hour: StandardTime = { unit: 'hours', amount: 1 }

function event(kind: StepEvent['kind'], local: string, cause?: string): StepEvent {
  return cause === undefined ? { kind, at: at(local) } : { kind, at: at(local), cause }
}

test('a step that runs knows what is spent, what is left and when it is due', () => {
  const events = [event('entered', '2026-08-13 11:30'), event('taken', '2026-08-13 11:40')]
  const time = foldStepTime(events, calendar, hour, at('2026-08-13 13:15'))
  assert.deepEqual(time, {
    state: 'running',
    workedMs: 0.75 * HOUR,
    remainingMs: 0.25 * HOUR,
    percent: 75,
    warnAt: at('2026-08-13 13:15'),
    dueAt: at('2026-08-13 13:30'),
  })
  const late = foldStepTime(events, calendar, hour, at('2026-08-13 14:30'))
  assert.deepEqual([late.percent, late.remainingMs, late.dueAt], [200, 0, at('2026-08-13 13:30')])
})

test('"not set" is not zero: nothing is left, due or late', () => {
  const time = foldStepTime(
    [event('entered', '2026-08-13 08:00')],
    calendar,
    'not set',
    at('2026-08-13 09:00'),
  )
  assert.deepEqual(time, {
    state: 'running',
    workedMs: HOUR,
    remainingMs: null,
    percent: null,
    warnAt: null,
    dueAt: null,
  })
})

test('the clock stands still while the applicant must act and goes on afterwards', () => {
  const events = [
    event('entered', '2026-08-13 08:00'),
    event('paused', '2026-08-13 08:30'),
    event('resumed', '2026-08-18 09:00'),
  ]
  const paused = foldStepTime(events, calendar, hour, at('2026-08-15 09:00'))
  assert.deepEqual([paused.state, paused.workedMs, paused.dueAt], ['paused', 0.5 * HOUR, null])
  const running = foldStepTime(events, calendar, hour, at('2026-08-18 09:15'))
  assert.deepEqual([running.state, running.percent, running.dueAt], ['running', 75, at('2026-08-18 09:30')])
})

test('two causes to wait at once are one wait', () => {
  const events = [
    event('entered', '2026-08-13 08:00'),
    event('paused', '2026-08-13 08:10', 'applicant'),
    event('paused', '2026-08-13 08:20', 'document'),
    event('resumed', '2026-08-13 08:30', 'applicant'),
    event('resumed', '2026-08-13 08:40', 'document'),
  ]
  const time = foldStepTime(events, calendar, hour, at('2026-08-13 09:00'))
  assert.equal(time.workedMs, 0.5 * HOUR)
  assert.equal(foldStepTime(events, calendar, hour, at('2026-08-13 08:35')).state, 'paused')
})

test('a pause and its end at one instant change nothing, in whatever state', () => {
  const both = [event('paused', '2026-08-13 08:20'), event('resumed', '2026-08-13 08:20')]
  const entered = event('entered', '2026-08-13 08:00')
  const now = at('2026-08-13 09:00')
  assert.equal(foldStepTime([entered, ...both], calendar, hour, now).workedMs, HOUR)
  const waiting = [entered, event('paused', '2026-08-13 08:10')]
  assert.equal(foldStepTime([...waiting, ...both], calendar, hour, now).state, 'paused')
})

test('a completed step stops counting; one not yet entered has not begun', () => {
  const events = [
    event('completed', '2026-08-13 08:45'),
    event('entered', '2026-08-13 08:00'),
    event('paused', '2026-08-13 08:50'),
    event('entered', '2026-08-13 10:00'),
  ]
  const time = foldStepTime(events, calendar, hour, at('2026-08-20 09:00'))
  assert.deepEqual([time.state, time.percent, time.dueAt], ['completed', 75, null])
  assert.deepEqual(time.warnAt, at('2026-08-13 08:45'))
  const early = foldStepTime(events, calendar, hour, at('2026-08-13 07:00'))
  assert.deepEqual([early.state, early.workedMs], ['not-entered', 0])
  assert.equal(foldStepTime([], calendar, hour, at('2026-08-13 07:00')).state, 'not-entered')
})

test('a holiday that is declared while the request runs moves the deadline, one that is withdrawn moves it back', () => {
  const events = [event('entered', '2026-08-18 08:00')]
  const standard: StandardTime = { unit: 'working-days', amount: 2 }
  const now = at('2026-08-18 10:00')
  const before = foldStepTime(events, calendar, standard, now)
  const declared = sampleCalendar('Asia/Makassar', [
    ...HOLIDAYS,
    { date: '2026-08-19', name: 'Hari Jadi', kind: 'daerah', source: 'manual' },
  ])
  const after = foldStepTime(events, declared, standard, now)
  assert.equal(after.workedMs, before.workedMs)
  assert.deepEqual(before.dueAt, at('2026-08-20 08:00'))
  // Thursday has 7.5 working hours and so has Friday: half an hour into the day is half an hour into it.
  assert.deepEqual(after.dueAt, at('2026-08-21 08:00'))
  assert.deepEqual(foldStepTime(events, calendar, standard, now), before)
})

const start = at('2026-08-10 00:00').getTime()
const time = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minute) => new Date(start + minute * 60_000))
const kinds = ['paused', 'resumed', 'taken', 'given-back', 'completed', 'entered'] as const
const someEvent = fc.record({
  kind: fc.constantFrom(...kinds),
  at: time,
  cause: fc.constantFrom('applicant', 'document'),
})
const someEvents = fc.array(someEvent, { maxLength: 12 })
const standards = fc.constantFrom<StandardTime>(
  hour,
  { unit: 'minutes', amount: 135 },
  { unit: 'working-days', min: 3, max: 5 },
  { unit: 'running-hours', amount: 48 },
  'not set',
)
const anyCalendar = fc.constantFrom(...CALENDARS)

test('whatever happens: never negative, never double, the same in any order and when said twice', () => {
  fc.assert(
    fc.property(
      someEvents,
      time,
      standards,
      anyCalendar,
      fc.infiniteStream(fc.nat()),
      (events, now, standard, calendar, picks) => {
        const folded = foldStepTime(events, calendar, standard, now)
        const doubled = [...events, ...events]
        const keys = [...picks.take(doubled.length)]
        const shuffled = doubled.map((event, i) => ({ event, key: keys[i]! })).sort((a, b) => a.key - b.key)
        assert.deepEqual(
          foldStepTime(
            shuffled.map(({ event }) => event),
            calendar,
            standard,
            now,
          ),
          folded,
        )
        const entered = events
          .filter(({ kind, at }) => kind === 'entered' && at <= now)
          .map(({ at }) => at.getTime())
        const first = entered.length === 0 ? now : new Date(Math.min(...entered))
        const running = standard !== 'not set' && standard.unit === 'running-hours'
        const most = running ? now.getTime() - first.getTime() : workingMsBetween(calendar, first, now)
        assert.ok(folded.workedMs >= 0 && folded.workedMs <= most)
        if (standard === 'not set') return
        assert.ok(folded.remainingMs! >= 0 && folded.percent! >= 0)
        if (folded.dueAt !== null && folded.state === 'running') {
          assert.equal(folded.dueAt <= now, folded.percent! >= 100)
          assert.ok(folded.warnAt! <= folded.dueAt)
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('time only ever grows, and a pause that is over costs just what it lasted', () => {
  fc.assert(
    fc.property(fc.tuple(time, time, time, time), anyCalendar, (times, calendar) => {
      const [entered, paused, resumed, now] = times.sort((a, b) => a.getTime() - b.getTime())
      const fold = (events: StepEvent[], at: Date) => foldStepTime(events, calendar, hour, at).workedMs
      const plain: StepEvent[] = [{ kind: 'entered', at: entered }]
      const waited: StepEvent[] = [...plain, { kind: 'paused', at: paused }, { kind: 'resumed', at: resumed }]
      const pause = paused.getTime() === resumed.getTime() ? 0 : workingMsBetween(calendar, paused, resumed)
      assert.equal(fold(waited, now), fold(plain, now) - pause)
      assert.ok(fold(waited, resumed) <= fold(waited, now))
    }),
  )
})
