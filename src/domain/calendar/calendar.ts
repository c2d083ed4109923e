import * as z from 'zod'
import {
  MS_PER_DAY,
  MS_PER_MINUTE,
  ZONES,
  dayNumber,
  isLocalDate,
  weekdayOf,
  zoneOffsetMs,
} from '../dates/zones.ts'
import type { LocalDate, Zone } from '../dates/zones.ts'
import { Refused } from '../refused.ts'
import { calendarText, ruleFaults } from '../text/calendar.ts'

/**
 * The working calendar of an office, as data. Hours carry the day from which they apply, and holidays are days, so a
 * change of the calendar leaves the past as it was and a computation always uses what applied on each day.
 */
// The error of a check is the name of its sentence in `ruleFaults`.
const localDate = z.string().refine(isLocalDate, { error: 'noSuchDay' })
const timeOfDay = z.string().regex(/^([01]\d|2[0-3])[.:][0-5]\d$|^24[.:]00$/, { error: 'noSuchTime' })

const span = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), { error: 'emptySpan' })

const dayHours = z.array(span).max(6).refine(ascending, { error: 'overlap' })

/** Working spans of Monday to Sunday; what lies between two spans of a day is the break. */
export const weeklyHours = z
  .array(dayHours)
  .length(7)
  .refine((week) => week.some((day) => day.length > 0), { error: 'emptyWeek' })
export type WeeklyHours = z.infer<typeof weeklyHours>

export const HOLIDAY_KINDS = ['nasional', 'cuti-bersama', 'daerah'] as const

export const holiday = z.strictObject({
  date: localDate,
  name: z.string().trim().min(1).max(200),
  kind: z.enum(HOLIDAY_KINDS),
  /** A row that a person entered is never overwritten by an import. */
  source: z.enum(['import', 'manual']),
})
export type Holiday = z.infer<typeof holiday>

const period = z
  .strictObject({ from: localDate, to: localDate })
  .refine(({ from, to }) => from <= to, { error: 'reversedPeriod' })

/** The part of a calendar that changes seldom. Holidays are kept beside it, one row a day. */
export const calendarRules = z.strictObject({
  zone: z.enum(ZONES),
  /** The hours with the latest `from` that has come apply. Before the first one there is no working time. */
  hours: z
    .array(z.strictObject({ from: localDate, weekly: weeklyHours }))
    .min(1)
    .max(100),
  ramadanHours: weeklyHours,
  /** First and last day of fasting of each year, both inclusive; from the office's own announcement. */
  ramadan: z.array(period).max(100),
})
export type CalendarRules = z.infer<typeof calendarRules>

/** Reads rules strictly. @throws Refused `calendar-rules` with an issue for each thing that is wrong */
export function parseCalendarRules(value: unknown): CalendarRules {
  const read = calendarRules.safeParse(value)
  if (read.success) return read.data
  const issues = read.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    text: isRuleFault(message) ? ruleFaults[message] : ruleFaults.malformed,
  }))
  throw new Refused('calendar-rules', calendarText.rulesRefused, { issues })
}

function isRuleFault(message: string): message is keyof typeof ruleFaults {
  return Object.hasOwn(ruleFaults, message)
}

/** A calendar made ready for computing. */
export type WorkCalendar = {
  readonly zone: Zone
  /** Working spans of a day (days since 1970-01-01) as UTC milliseconds, ascending. */
  readonly spansOn: (day: number) => readonly Span[]
  readonly holidayOn: (date: LocalDate) => Pick<Holiday, 'date' | 'name' | 'kind'> | undefined
}

/** From inclusive, to exclusive, UTC milliseconds. */
export type Span = { readonly from: number; readonly to: number }

/** Makes rules that were parsed by {@link calendarRules} and holidays ready for computing. */
export function workCalendar(
  rules: CalendarRules,
  holidays: readonly Pick<Holiday, 'date' | 'name' | 'kind'>[],
): WorkCalendar {
  const offset = zoneOffsetMs(rules.zone)
  const off = new Map(holidays.map((row) => [dayNumber(row.date), row]))
  const periods = rules.hours
    .map(({ from, weekly }) => ({ from: dayNumber(from), week: weekly.map(minuteSpans) }))
    .sort((a, b) => b.from - a.from)
  const fasting = rules.ramadan.map(({ from, to }) => ({ from: dayNumber(from), to: dayNumber(to) }))
  const fastingWeek = rules.ramadanHours.map(minuteSpans)

  const spansOn = (day: number): readonly Span[] => {
    const week = periods.find(({ from }) => from <= day)?.week
    if (week === undefined || off.has(day)) return []
    const hours = fasting.some(({ from, to }) => from <= day && day <= to) ? fastingWeek : week
    const midnight = day * MS_PER_DAY - offset
    return hours[weekdayOf(day)]!.map(({ from, to }) => ({
      from: midnight + from * MS_PER_MINUTE,
      to: midnight + to * MS_PER_MINUTE,
    }))
  }
  return { zone: rules.zone, spansOn, holidayOn: (date) => off.get(dayNumber(date)) }
}

function minuteSpans(day: WeeklyHours[number]): { from: number; to: number }[] {
  return day.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
}

/** Working minutes of a week without holidays. */
export function weeklyMinutes(week: WeeklyHours): number {
  return week.flat().reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0)
}

/** Minutes after midnight of `07.30` or `07:30`. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function ascending(day: readonly { from: string; to: string }[]): boolean {
  return day.every(({ from }, i) => i === 0 || minutesOf(day[i - 1]!.to) <= minutesOf(from))
}
