import type { WorkCalendar } from './calendar.ts'
import type { StandardTime } from './duration.ts'
import { addMeasure, limitInMeasure, measureBetween, workingMsBetween } from './working-time.ts'

/**
 * What happened in one visit of a step. A pause has a cause, so that two reasons to wait at once are one wait;
 * `taken` and `given-back` do not touch the clock.
 */
export type StepEvent = {
  readonly kind: 'entered' | 'paused' | 'resumed' | 'taken' | 'given-back' | 'completed'
  readonly at: Date
  /** Why the clock stands still, e.g. `applicant` or the name of a document; one cause when left out. */
  readonly cause?: string
}

export type StepState = 'not-entered' | 'running' | 'paused' | 'completed'

/** When the first warning goes out, as a part of the standard time. */
export const WARNING_SHARE = 0.75

export type StepTime = {
  readonly state: StepState
  /** Time spent so far, pauses left out: working time, for running hours plain time. Milliseconds, never negative. */
  readonly workedMs: number
  /** Time left of the standard time in milliseconds, 0 when it is used up; null when none is set. */
  readonly remainingMs: number | null
  /** Spent part of the standard time, 100 and more when it is used up; null when none is set. */
  readonly percent: number | null
  /** When three quarters of the standard time are or were used up; null as with `dueAt`. */
  readonly warnAt: Date | null
  /** When the standard time is or was used up; null when none is set, and when a pause or the end came first. */
  readonly dueAt: Date | null
}

type Interval = { readonly from: Date; readonly to: Date }

/**
 * Folds the events of one visit over the office's calendar, as of `now`. The order of the list does not matter,
 * events that say the same thing twice count once, and what lies after `now` has not happened yet. A pause and its
 * end at the same instant cancel each other. Nothing is stored: a corrected calendar corrects every figure.
 */
export function foldStepTime(
  events: readonly StepEvent[],
  calendar: WorkCalendar,
  standard: StandardTime,
  now: Date,
): StepTime {
  const { state, intervals } = runningIntervals(events, now)
  const clock = standard === 'not set' ? 'hours' : standard.unit
  const workedMs = intervals.reduce((sum, part) => sum + spentMs(calendar, clock, part), 0)
  if (standard === 'not set')
    return { state, workedMs, remainingMs: null, percent: null, warnAt: null, dueAt: null }
  const limit = limitInMeasure(standard)
  const spent = intervals.map(({ from, to }) => measureBetween(calendar, clock, from, to))
  const sum = spent.reduce((total, part) => total + part, 0)
  const reached = (amount: number) => dueDate(calendar, clock, amount, intervals, spent, state === 'running')
  const remainingMs = remaining(calendar, clock, Math.max(0, limit - sum), now)
  const percent = Math.round((sum / limit) * 1e8) / 1e6
  return {
    state,
    workedMs,
    remainingMs,
    percent,
    warnAt: reached(limit * WARNING_SHARE),
    dueAt: reached(limit),
  }
}

type Clock = Exclude<StandardTime, 'not set'>['unit']

function spentMs(calendar: WorkCalendar, clock: Clock, { from, to }: Interval): number {
  return clock === 'running-hours' ? to.getTime() - from.getTime() : workingMsBetween(calendar, from, to)
}

/** What is left in milliseconds. Days are turned into the working time that they will have from now on. */
function remaining(calendar: WorkCalendar, clock: Clock, left: number, now: Date): number {
  if (clock !== 'working-days') return left
  return workingMsBetween(calendar, now, addMeasure(calendar, clock, now, left))
}

function dueDate(
  calendar: WorkCalendar,
  clock: Clock,
  limit: number,
  intervals: readonly Interval[],
  spent: readonly number[],
  running: boolean,
): Date | null {
  let left = limit
  for (const [i, { from }] of intervals.entries()) {
    const open = running && i === intervals.length - 1
    if (open || spent[i]! >= left) return addMeasure(calendar, clock, from, left)
    left -= spent[i]!
  }
  return null
}

/** The periods in which the clock ran, ascending and apart from each other. */
function runningIntervals(
  events: readonly StepEvent[],
  now: Date,
): { readonly state: StepState; readonly intervals: readonly Interval[] } {
  const past = events.filter(({ at }) => at.getTime() <= now.getTime())
  const entered = earliest(past, 'entered')
  if (entered === undefined) return { state: 'not-entered', intervals: [] }
  const within = past.filter(({ at }) => at.getTime() >= entered.getTime())
  const completed = earliest(within, 'completed')
  const end = completed ?? now
  const waits = within.filter(({ at }) => at.getTime() <= end.getTime())
  const { intervals, paused } = walkPauses(waits, entered, end)
  if (completed !== undefined) return { state: 'completed', intervals }
  return { state: paused ? 'paused' : 'running', intervals }
}

function earliest(events: readonly StepEvent[], kind: StepEvent['kind']): Date | undefined {
  const times = events.filter((event) => event.kind === kind).map(({ at }) => at.getTime())
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

/** Goes from instant to instant; the clock runs while no cause to wait is open. */
function walkPauses(events: readonly StepEvent[], start: Date, end: Date) {
  const intervals: Interval[] = []
  const causes = new Set<string>()
  let since: Date | undefined = start
  for (const [ms, changes] of [...changesByInstant(events)].sort(([a], [b]) => a - b)) {
    for (const [cause, kinds] of changes) {
      if (kinds.size > 1) continue
      if (kinds.has('paused')) causes.add(cause)
      else causes.delete(cause)
    }
    if (since !== undefined && causes.size > 0) {
      intervals.push({ from: since, to: new Date(ms) })
      since = undefined
    } else if (since === undefined && causes.size === 0) {
      since = new Date(ms)
    }
  }
  if (since !== undefined) intervals.push({ from: since, to: end })
  return { intervals, paused: causes.size > 0 }
}

/** Pauses and resumptions by instant and cause; a set, so that saying it twice changes nothing. */
function changesByInstant(events: readonly StepEvent[]): Map<number, Map<string, Set<string>>> {
  const instants = new Map<number, Map<string, Set<string>>>()
  for (const { kind, at, cause = '' } of events) {
    if (kind !== 'paused' && kind !== 'resumed') continue
    const changes = instants.get(at.getTime()) ?? new Map<string, Set<string>>()
    instants.set(at.getTime(), changes)
    changes.set(cause, (changes.get(cause) ?? new Set()).add(kind))
  }
  return instants
}
