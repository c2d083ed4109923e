import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { calendarRules, workCalendar } from '../domain/calendar/calendar.ts'
import type { Tx } from './database.ts'

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
