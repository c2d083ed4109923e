import { localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import { readSignatory } from '../../db/letters/signatories.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/**
 * Ends an appointment with a day; what was signed before stays. A day before the first one is refused.
 * @throws Refused `signatory-day` (422)
 */
export async function endSignatory(deps: Deps, member: Member, id: string, untilDay: string): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const known = await readSignatory(tx, id)
    if (!known) throw notFound()
    const { timezone } = await tx
      .selectFrom('offices')
      .select('timezone')
      .where('id', '=', member.officeId)
      .executeTakeFirstOrThrow()
    const today = localDate(deps.now(), timezone)
    const hasEnded = known.untilDay !== null && known.untilDay < today
    if (untilDay < known.fromDay || hasEnded || (known.untilDay !== null && untilDay > known.untilDay))
      throw new Refused('signatory-day', signingTexts.badEnd, {
        status: 422,
        issues: [{ field: 'untilDay', text: signingTexts.badEnd }],
      })
    await tx.updateTable('signatories').set({ until_day: untilDay }).where('id', '=', id).execute()
    write.note({
      act: 'signatory.ended',
      subject: { kind: 'signatory', id },
      details: { post: known.post, until: untilDay },
    })
  })
}
