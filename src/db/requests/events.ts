import { sql } from 'kysely'
import type { TimelineEvent, TimelineType } from '../../domain/requests/timeline.ts'
import type { Tx } from '../database.ts'
import { json } from '../database.ts'
import { sendAhead } from '../pipeline.ts'

/** Adds to the timeline of a request. */
export async function addEvents(
  tx: Tx,
  officeId: string,
  requestId: string,
  events: readonly TimelineEvent[],
): Promise<void> {
  await sendAhead(
    tx,
    tx.insertInto('request_events').values(
      events.map((event) => ({
        office_id: officeId,
        request_id: requestId,
        at: event.at,
        type: event.type,
        step: event.step,
        visit: event.visit,
        person_id: event.personId,
        data: json(event.data),
      })),
    ),
  )
}

/** The timeline as JSON, for {@link timelineFrom}: a column of a statement that reads a request. */
export const timelineJson = (request: string) => sql<readonly JsonEvent[]>`(
  select coalesce(json_agg(json_build_object('at', at, 'type', type, 'step', step, 'visit', visit,
    'personId', person_id, 'data', data) order by id), '[]')
  from request_events where request_id = ${sql.ref(request)})`

type JsonEvent = Omit<TimelineEvent, 'at'> & { readonly at: string }

/** @returns the timeline that was read with a request */
export const timelineFrom = (events: readonly JsonEvent[]): readonly TimelineEvent[] =>
  events.map((event) => ({ ...event, at: new Date(event.at) }))

/** @returns the timeline of a request in the order in which it happened */
export async function listEvents(tx: Tx, requestId: string): Promise<readonly TimelineEvent[]> {
  const rows = await tx
    .selectFrom('request_events')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    at: row.at,
    type: row.type as TimelineType,
    step: row.step,
    visit: row.visit,
    personId: row.person_id,
    data: row.data,
  }))
}
