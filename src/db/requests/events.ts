import type { Tx } from '../database.ts'
import { json } from '../database.ts'

/** The timeline of a request: what its working time is folded from and what its page shows. */
export type TimelineType =
  | 'entered'
  | 'left'
  | 'taken'
  | 'given-back'
  | 'completed'
  | 'returned'
  | 'refused'
  | 'withdrawn'
  | 'appealed'
  | 'delivered'
  | 'waived'
  | 'ended'
  | 'effect-done'
  | 'trouble'

export type TimelineEvent = {
  readonly id: number
  readonly at: Date
  readonly type: TimelineType
  readonly step: number | null
  readonly visit: number
  readonly personId: string | null
  readonly data: Readonly<Record<string, unknown>>
}
export type NewTimelineEvent = Omit<TimelineEvent, 'id'>

export async function addEvents(
  tx: Tx,
  officeId: string,
  requestId: string,
  events: readonly NewTimelineEvent[],
): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('request_events')
    .values(
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
    )
    .execute()
}

export async function listEvents(tx: Tx, requestId: string): Promise<readonly TimelineEvent[]> {
  const rows = await tx
    .selectFrom('request_events')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    type: row.type as TimelineType,
    step: row.step,
    visit: row.visit,
    personId: row.person_id,
    data: row.data,
  }))
}
