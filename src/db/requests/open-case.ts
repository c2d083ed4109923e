import { sql } from 'kysely'
import type { ActorPeople } from '../../domain/access/requests.ts'
import type { WorkCalendar } from '../../domain/calendar/calendar.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import { calendarFrom } from '../calendars.ts'
import type { Tx } from '../database.ts'
import { sendAhead } from '../pipeline.ts'
import type { RequestRow } from './requests.ts'

/** A locked request with what decides about it. */
export type OpenCase = {
  readonly row: RequestRow
  readonly people: ActorPeople
  readonly timeline: readonly TimelineEvent[]
  readonly calendar: () => WorkCalendar
}

type Facts = {
  people: Readonly<Record<string, readonly string[]>>
  timeline: readonly (Omit<TimelineEvent, 'at'> & { readonly at: string })[]
  rules: string
  holidays: string
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
  const one = 'ticket' in by ? sql`ticket = ${by.ticket}` : sql`id = ${by.id}`
  await sendAhead(tx, sql`select from requests where ${one} for update`)
  const { rows } = await sql<RequestRow & Facts>`
    select requests.*,
      (select coalesce(json_object_agg(actor, persons), '{}') from (
        select actor, json_agg(person_id) as persons from sop_actors
        where sop_actors.sop_id = requests.sop_id group by actor) as mapped) as people,
      (select coalesce(json_agg(json_build_object('at', at, 'type', type, 'step', step, 'visit', visit,
          'personId', person_id, 'data', data) order by id), '[]')
        from request_events where request_id = requests.id) as timeline,
      (select rules::text from calendars where calendars.office_id = requests.office_id) as rules,
      (select coalesce(json_agg(json_build_object('date', date, 'name', name, 'kind', kind)), '[]')::text
        from holidays where holidays.office_id = requests.office_id) as holidays
    from requests where ${one}`.execute(tx)
  const found = rows[0]
  if (!found) return undefined
  const { people, timeline, rules, holidays, ...row } = found
  return {
    row,
    people: new Map(Object.entries(people)),
    timeline: timeline.map((event) => ({ ...event, at: new Date(event.at) })),
    calendar: () => calendarFrom(rules, holidays),
  }
}
