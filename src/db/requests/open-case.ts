import { sql } from 'kysely'
import type { ActorPeople } from '../../domain/access/requests.ts'
import type { WorkCalendar } from '../../domain/calendar/calendar.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import { calendarFrom, calendarText } from '../calendars.ts'
import type { Tx } from '../database.ts'
import { sendAhead } from '../pipeline.ts'
import { actorPeopleJson } from '../sops.ts'
import { timelineFrom, timelineJson } from './events.ts'
import type { PeoplesRoles, RequestRow } from './requests.ts'
import { peoplesRoles } from './requests.ts'

/** A locked request with what decides about it. */
export type OpenCase = {
  readonly row: RequestRow & PeoplesRoles
  readonly people: ActorPeople
  readonly timeline: readonly TimelineEvent[]
  readonly calendar: () => WorkCalendar
}

/**
 * Locks a request for the transaction, so that two people at once are one after the other, and reads it with the
 * people of its actors, its timeline and the office's calendar. The reading is a statement of its own: one that
 * waited for the lock would see the timeline as it was before the wait.
 */
export async function openCase(
  tx: Tx,
  by: { readonly ticket: string } | { readonly id: string },
): Promise<OpenCase | undefined> {
  const one = 'ticket' in by ? sql<boolean>`ticket = ${by.ticket}` : sql<boolean>`id = ${by.id}`
  await sendAhead(tx, sql`select from requests where ${one} for update`)
  const found = await tx
    .selectFrom('requests')
    .selectAll()
    .select([
      actorPeopleJson('requests.sop_id').as('people'),
      ...peoplesRoles('requests'),
      timelineJson('requests.id').as('timeline'),
      calendarText('requests.office_id').as('calendar'),
    ])
    .where(one)
    .executeTakeFirst()
  if (!found) return undefined
  const { people, timeline, calendar, ...row } = found
  return {
    row,
    people: new Map(Object.entries(people)),
    timeline: timelineFrom(timeline),
    calendar: () => calendarFrom(calendar),
  }
}
