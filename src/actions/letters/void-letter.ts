import { voiders } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { letterTexts } from '../../domain/text/oversight.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/**
 * Voids an issued letter. Its number stays used and its file stays on record; whoever verifies it learns that it
 * no longer stands.
 *
 * @throws Refused `letter-voided` (409) the second time, `letter-not-issued` (409) while it is being set
 */
export async function voidLetter(deps: Deps, member: Member, id: string, reason: string): Promise<void> {
  requireRole(member, ...voiders)
  await act(deps, member, async (tx, write) => {
    const letter = await tx
      .selectFrom('letters')
      .select(['number', 'register', 'status', 'sha256'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!letter) throw notFound()
    if (letter.status === 'voided')
      throw new Refused('letter-voided', letterTexts.alreadyVoided, { status: 409 })
    if (letter.status === 'numbered' || letter.status === 'awaiting')
      throw new Refused('letter-not-issued', letterTexts.notIssued, { status: 409 })
    await tx
      .updateTable('letters')
      .set({ status: 'voided', voided_at: deps.now(), void_reason: reason })
      .where('id', '=', id)
      .execute()
    write.note({
      act: 'letter.voided',
      subject: { kind: 'letter', id: letter.number },
      details: { register: letter.register, sha256: letter.sha256 },
      personal: { reason },
    })
  })
}
