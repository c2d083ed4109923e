import { inScope } from '../../../db/database.ts'
import type { StoredCalendar } from '../../../db/calendar-admin.ts'
import { readCalendarFile } from '../../../db/calendar-admin.ts'
import type { Attempt } from '../form-values.ts'
import type { OfficeVisit } from '../visit.ts'

/** What the parts of the page show. */
export type Seen = {
  readonly visit: OfficeVisit
  readonly calendar: StoredCalendar
  readonly attempt: Attempt
  readonly edits: boolean
}

/** The calendar as it is kept now. */
export const stored = (visit: OfficeVisit): Promise<StoredCalendar> =>
  inScope(visit.deps.db, visit.member, (tx) => readCalendarFile(tx, visit.member.officeId))
