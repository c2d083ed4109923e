import type { CalendarRules, Holiday } from '../domain/calendar/calendar.ts'
import { calendarRules } from '../domain/calendar/calendar.ts'
import type { Tx } from './database.ts'
import { json } from './database.ts'

export type StoredCalendar = {
  readonly rules: CalendarRules
  readonly version: number
  readonly holidays: readonly Holiday[]
}

/** @returns the office's calendar as it is edited; locked, so that two editors come one after the other */
export async function readCalendarFile(
  tx: Tx,
  officeId: string,
  options: { lock?: boolean } = {},
): Promise<StoredCalendar> {
  const query = tx.selectFrom('calendars').select(['rules', 'version']).where('office_id', '=', officeId)
  const row = await (options.lock ? query.forUpdate() : query).executeTakeFirstOrThrow()
  const holidays = await tx
    .selectFrom('holidays')
    .select(['date', 'name', 'kind', 'source'])
    .where('office_id', '=', officeId)
    .orderBy('date')
    .execute()
  return { rules: calendarRules.parse(row.rules), version: row.version, holidays }
}

/** Stores rules, or only that the calendar changed, under its next version. */
export async function saveCalendarFile(
  tx: Tx,
  officeId: string,
  at: Date,
  rules?: CalendarRules,
): Promise<void> {
  await tx
    .updateTable('calendars')
    .set((row) => ({
      version: row('version', '+', 1),
      updated_at: at,
      ...(rules && { rules: json(rules) }),
    }))
    .where('office_id', '=', officeId)
    .execute()
}

/** Makes the table of holidays exactly this one. */
export async function replaceHolidays(tx: Tx, officeId: string, holidays: readonly Holiday[]): Promise<void> {
  await tx.deleteFrom('holidays').where('office_id', '=', officeId).execute()
  if (holidays.length === 0) return
  await tx
    .insertInto('holidays')
    .values(holidays.map((holiday) => ({ ...holiday, office_id: officeId })))
    .execute()
}
