import * as z from 'zod'
import { Refused } from '../../domain/refused.ts'
import { takeoverTexts } from '../../domain/text/takeover.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { loadRequest } from '../requests/load.ts'

/** How the office made sure that the old contacts left. */
export const leftReason = z.string().trim().min(10).max(1000)

/**
 * Confirms that the old contacts of a service have left: nothing is waited for then, and objections so far are answered.
 * Whoever applied cannot; whoever confirms does not decide, which the database holds too.
 * @throws Refused `same-person` (403), `takeover-not-open` (409)
 */
export async function confirmContactsLeft(
  deps: Deps,
  member: Member,
  ticket: string,
  reason: string,
): Promise<void> {
  requireRole(member, 'operator')
  await act(deps, member, async (tx, write) => {
    const { row } = await loadRequest(tx, member, ticket)
    if ([row.applicant_id, row.created_by].includes(member.personId))
      throw new Refused('same-person', takeoverTexts.ownApplication, { status: 403 })
    const at = deps.now()
    const changed =
      row.phase === 'running' &&
      (await tx
        .updateTable('service_takeovers')
        .set({ confirmed_by: member.personId, confirmed_at: at, confirmed_reason: reason })
        .where('request_id', '=', row.id)
        .returning('request_id')
        .executeTakeFirst())
    if (!changed) throw new Refused('takeover-not-open', takeoverTexts.notOpen, { status: 409 })
    write.note({
      act: 'takeover.contacts-left',
      subject: { kind: 'request', id: ticket },
      role: 'operator',
      personal: { reason },
    })
  })
}
