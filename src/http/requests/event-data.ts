import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import { isDesk } from './lists.ts'
import type { Case } from './open-case.ts'

/** What the applicant's side may read of an event: not the office's instructions and notes among itself. */
const forApplicants = ['activity', 'outcome', 'grounds', 'document', 'documentId', 'reason', 'effect', 'why']

/** @returns what one member may read of an event */
export function eventDataFor(view: Case, event: TimelineEvent): Readonly<Record<string, unknown>> {
  if (isDesk(view.member)) return event.data
  return Object.fromEntries(Object.entries(event.data).filter(([name]) => forApplicants.includes(name)))
}
