import { lockDisposal } from '../../db/archive/disposals.ts'
import { readLetter } from '../../db/letters/letters.ts'
import { archivists } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { disposalTexts } from '../../domain/text/disposal.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { numberRecord } from './number-record.ts'

/**
 * Issues the record of a destruction again, with a new number: the one before was voided, or given back unsigned.
 * @throws Refused `record-stands` (409) while there is one that is not voided
 */
export async function reissueRecord(
  deps: Deps,
  member: Member,
  id: string,
  publicUrl: string,
): Promise<{ number: string }> {
  requireRole(member, ...archivists)
  return act(deps, member, async (tx, write) => {
    const row = await lockDisposal(tx, id)
    if (!row) throw notFound()
    const before = row.letter_id ? await readLetter(tx, row.letter_id) : undefined
    if (before?.status !== 'voided' || before.data.kind !== 'destruction-record')
      throw new Refused('record-stands', disposalTexts.notVoided, { status: 409 })
    const { consent, approver, items, witnesses } = before.data
    const said = { consent, approver, items, witnesses }
    const { letterId, number } = await numberRecord(deps, tx, write, {
      officeId: member.officeId,
      publicUrl,
      said,
    })
    await tx.updateTable('disposals').set({ letter_id: letterId }).where('id', '=', id).execute()
    write.note({
      act: 'archive.record-reissued',
      subject: { kind: 'disposal', id },
      details: { record: number, before: before.number },
    })
    return { number }
  })
}
