import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, zoneOffsetMs } from '../dates/zones.ts'
import type { Span, WorkCalendar } from './calendar.ts'
import { limitOf } from './duration.ts'
import type { Duration } from './duration.ts'

/** Longest period that is looked through, in days. A century: beyond it lies a mistake. */
const MAX_DAYS = 36_525

/** Fractions of a working day that differ by less than this are the same. */
const EPSILON = 1e-9

/** Working time between two instants in milliseconds; 0 when b is not after a. */
export function workingMsBetween(calendar: WorkCalendar, a: Date, b: Date): number {
  let sum = 0
  for (const day of daysBetween(calendar, a.getTime(), b.getTime()))
    sum += overlap(day, a.getTime(), b.getTime())
  return sum
}

/**
 * What a clock of that unit has gone on by between two instants: working milliseconds for minutes and hours,
 * plain milliseconds for running hours, working days with fractions for working days.
 */
export function measureBetween(calendar: WorkCalendar, unit: Duration['unit'], a: Date, b: Date): number {
  if (unit === 'running-hours') return Math.max(0, b.getTime() - a.getTime())
  if (unit !== 'working-days') return workingMsBetween(calendar, a, b)
  let sum = 0
  for (const day of daysBetween(calendar, a.getTime(), b.getTime())) {
    const length = total(day)
    if (length > 0) sum += overlap(day, a.getTime(), b.getTime()) / length
  }
  return sum
}

/** The upper end of a duration in the measure of {@link measureBetween}. */
export function limitInMeasure(duration: Duration): number {
  const scale = {
    minutes: MS_PER_MINUTE,
    hours: MS_PER_HOUR,
    'running-hours': MS_PER_HOUR,
    'working-days': 1,
  }
  return limitOf(duration) * scale[duration.unit]
}

/**
 * The first instant at which {@link measureBetween} from start reaches the amount.
 *
 * @throws RangeError when the calendar has not that much working time within a century
 */
export function addMeasure(
  calendar: WorkCalendar,
  unit: Duration['unit'],
  start: Date,
  amount: number,
): Date {
  if (unit === 'running-hours') return new Date(start.getTime() + Math.ceil(amount))
  if (amount <= 0) return start
  const first = dayAt(calendar, start.getTime())
  let left = amount
  for (let day = first; day < first + MAX_DAYS; day += 1) {
    const spans = calendar.spansOn(day)
    if (spans.length === 0) continue
    const scale = unit === 'working-days' ? total(spans) : 1
    const open = overlap(spans, start.getTime(), Number.POSITIVE_INFINITY)
    if (left * scale <= open + EPSILON * scale)
      return atWorked(spans, start, Math.ceil(left * scale - EPSILON * scale))
    left -= open / scale
  }
  throw new RangeError(`no such amount of working time within ${MAX_DAYS} days`)
}

/** The first instant from start at which so much of a day's working time has passed, given that there is so much. */
function atWorked(spans: readonly Span[], start: Date, ms: number): Date {
  let left = ms
  if (left <= 0) return start
  for (const { from, to } of spans) {
    const begin = Math.max(from, start.getTime())
    if (begin >= to) continue
    if (left <= to - begin) return new Date(begin + left)
    left -= to - begin
  }
  return new Date(spans.at(-1)!.to)
}

/** The working spans of each local day that the period touches. */
function* daysBetween(calendar: WorkCalendar, a: number, b: number): Generator<readonly Span[]> {
  if (!(b > a)) return
  const last = dayAt(calendar, b)
  const first = dayAt(calendar, a)
  if (last - first > MAX_DAYS) throw new RangeError(`a period of more than ${MAX_DAYS} days`)
  for (let day = first; day <= last; day += 1) yield calendar.spansOn(day)
}

function dayAt(calendar: WorkCalendar, ms: number): number {
  return Math.floor((ms + zoneOffsetMs(calendar.zone)) / MS_PER_DAY)
}

function overlap(spans: readonly Span[], a: number, b: number): number {
  return spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, b) - Math.max(from, a)), 0)
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0)
}
