import { reassigners } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { signatureOf } from '../../domain/letters/signature-of.ts'
import { signatoryOn } from '../../domain/letters/signing.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import { json } from '../../db/database.ts'
import { listSignatories } from '../../db/letters/signatories.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole, roleAmong } from '../act.ts'
import { lockAwaited } from './awaited.ts'

/**
 * Sets a letter anew for whoever holds the office today: its number and content stay, its signature block changes.
 * @throws Refused `same-signatory`, `signing-under-way` (409)
 */
export async function reassignLetter(deps: Deps, member: Member, letterId: string): Promise<void> {
  requireRole(member, ...reassigners)
  await act(deps, member, async (tx, write) => {
    const { letter, signing, signatory, today } = await lockAwaited(deps, tx, member, letterId)
    if (signing.attempt !== null)
      throw new Refused('signing-under-way', signingTexts.underWay, { status: 409 })
    const next = signatoryOn(await listSignatories(tx), today)
    if (!next || next.id === signatory.id)
      throw new Refused('same-signatory', signingTexts.sameSignatory, { status: 409 })
    await tx.deleteFrom('signings').where('letter_id', '=', letterId).execute()
    await tx
      .updateTable('letters')
      .set({
        status: 'numbered',
        signatory_id: next.id,
        data: json({ ...letter.data, signature: signatureOf(next) }),
      })
      .where('id', '=', letterId)
      .execute()
    const { officeId } = member
    const { request_id: requestId, visit } = letter
    if (requestId === null || visit === null) await write.job('issue-notice', { officeId, letterId })
    else await write.job('issue-letter', { officeId, requestId, visit })
    write.note({
      act: 'letter.reassigned',
      role: roleAmong(member, reassigners),
      subject: { kind: 'letter', id: letter.number },
      details: { from: signatory.id, to: next.id },
    })
  })
}
