import { Refused } from '../../domain/refused.ts'
import { messageTexts } from '../../domain/text/messages.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { loadRequest } from './load.ts'

/** The longest message in characters. */
const maxMessageLength = 4000

/** Writes a message inside the case, from the applicant's side or the office's; the other side is told by mail. */
export async function postMessage(
  deps: Deps,
  member: Member,
  ticket: string,
  body: string,
): Promise<{ id: string }> {
  requireRole(member, 'applicant', 'operator', 'head-of-division', 'head-of-office')
  const text = body.trim()
  if (text === '' || text.length > maxMessageLength)
    throw new Refused('message-length', messageTexts.length, {
      issues: [{ field: 'body', text: messageTexts.length }],
    })
  return act(deps, member, async (tx, write) => {
    const { row } = await loadRequest(tx, member, ticket)
    const id = deps.newId()
    await tx
      .insertInto('messages')
      .values({
        id,
        office_id: row.office_id,
        request_id: row.id,
        author_id: member.personId,
        side: member.agencyIds.includes(row.agency_id) ? 'applicant' : 'office',
        body: text,
        at: deps.now(),
      })
      .execute()
    await write.job('notify-message', { officeId: row.office_id, messageId: id })
    write.note({
      act: 'message.posted',
      subject: { kind: 'request', id: ticket },
      details: { length: text.length },
    })
    return { id }
  })
}
