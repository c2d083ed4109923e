import { deskRoles } from '../../domain/access/roles.ts'
import { stampUntil } from '../../domain/letters/time-stamp.ts'
import { Refused } from '../../domain/refused.ts'
import { stampTexts } from '../../domain/text/time-stamps.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { lockAwaited } from './awaited.ts'

/**
 * Asks for the time stamp of a letter that waits for one at once, instead of at the next turn of the queue. Where Ranah gave
 * up, it begins to try again by itself.
 * @throws Refused `not-found`, `letter-not-awaiting`, `no-stamp-awaited` (409)
 */
export async function askStamp(deps: Deps, member: Member, letterId: string): Promise<void> {
  requireRole(member, ...deskRoles)
  await act(deps, member, async (tx, write) => {
    const { letter, signing } = await lockAwaited(deps, tx, member, letterId)
    if (!signing.signed_pdf) throw new Refused('no-stamp-awaited', stampTexts.notAwaited, { status: 409 })
    const { officeId } = member
    if (letter.trouble?.gaveUp)
      await write.job('stamp-letter', { officeId, letterId, until: stampUntil(deps.now()) })
    else await write.job('stamp-letter', { officeId, letterId }, { once: true })
    write.note({ act: 'letter.stamp-asked', subject: { kind: 'letter', id: letter.number } })
  })
}
