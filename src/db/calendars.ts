import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { calendarRules, workCalendar } from '../domain/calendar/calendar.ts'
import type { Tx } from './database.ts'

/** Calendars change a few times a year, so that what was read is kept by its text; this many at the most. */
const cachedCalendars = 200
const cache = new Map<string, WorkCalendar>()

/** @returns the calendar that rules and holidays make, both as the JSON text that the database holds */
export function calendarFrom(rules: string, holidays: string): WorkCalendar {
  const key = `${rules} ${holidays}`
  const known = cache.get(key)
  if (known) return known
  const calendar = workCalendar(calendarRules.parse(JSON.parse(rules)), JSON.parse(holidays))
  if (cache.size >= cachedCalendars) cache.delete(cache.keys().next().value!)
  cache.set(key, calendar)
  return calendar
}

/** @returns the office's working calendar with its holidays, ready for computing */
export async function readCalendar(tx: Tx, officeId: string): Promise<WorkCalendar> {
  const row = await tx
    .selectFrom('calendars')
    .select(['rules'])
    .where('office_id', '=', officeId)
    .executeTakeFirstOrThrow()
  const holidays = await tx
    .selectFrom('holidays')
    .select(['date', 'name', 'kind'])
    .where('office_id', '=', officeId)
    .execute()
  return workCalendar(calendarRules.parse(row.rules), holidays)
}
