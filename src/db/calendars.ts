import { sql } from 'kysely'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { calendarRules, workCalendar } from '../domain/calendar/calendar.ts'
import type { Tx } from './database.ts'

/** Calendars change a few times a year, so that what was read is kept by its text; this many at the most. */
const cachedCalendars = 200
const cache = new Map<string, WorkCalendar>()

/** A column for {@link calendarFrom}: rules and holidays of the office that `office` refers to, as one JSON text. */
export const calendarText = (office: string) => sql<string>`(
  select json_build_object('rules', rules, 'holidays', (
    select coalesce(json_agg(json_build_object('date', date, 'name', name, 'kind', kind) order by date), '[]')
    from holidays where holidays.office_id = calendars.office_id))::text
  from calendars where calendars.office_id = ${sql.ref(office)})`

/** @returns the calendar that the text of {@link calendarText} makes, ready for computing */
export function calendarFrom(text: string): WorkCalendar {
  const known = cache.get(text)
  if (known) return known
  const { rules, holidays } = JSON.parse(text)
  const calendar = workCalendar(calendarRules.parse(rules), holidays)
  if (cache.size >= cachedCalendars) cache.delete(cache.keys().next().value!)
  cache.set(text, calendar)
  return calendar
}

/** @returns the office's working calendar with its holidays */
export async function readCalendar(tx: Tx, officeId: string): Promise<WorkCalendar> {
  const { text } = await tx
    .selectFrom('calendars as c')
    .select(calendarText('c.office_id').as('text'))
    .where('c.office_id', '=', officeId)
    .executeTakeFirstOrThrow()
  return calendarFrom(text)
}
