import type { StampTrouble } from '../../domain/letters/time-stamp.ts'
import { stampUntil } from '../../domain/letters/time-stamp.ts'
import { stampTexts, stampTroubles } from '../../domain/text/time-stamps.ts'
import { json } from '../../db/database.ts'
import { readLetter } from '../../db/letters/letters.ts'
import { lockSigning } from '../../db/letters/signings.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { SignedLetter } from './record-letter-signed.ts'

/**
 * Keeps what was signed where the office requires a time stamp and none came: the letter does not go out, a job goes on
 * asking, and nobody signs it again.
 */
export async function holdSigned(
  deps: Deps,
  member: Member,
  letterId: string,
  input: Omit<SignedLetter, 'stamping'> & { readonly trouble: StampTrouble },
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const signing = await lockSigning(tx, letterId)
    const letter = await readLetter(tx, letterId)
    if (!letter) throw notFound()
    const subject = { kind: 'letter', id: letter.number } as const
    if (signing?.attempt !== input.attempt || signing.signed_pdf) {
      write.note({ act: 'letter.already-signed', subject })
      return
    }
    await tx
      .updateTable('signings')
      .set({ signed_pdf: input.pdf })
      .where('letter_id', '=', letterId)
      .execute()
    const text = stampTexts.onDesk(stampTroubles[input.trouble])
    await tx
      .updateTable('letters')
      .set({
        certificate: json(input.certificate),
        signed_at: signing.decided_at,
        trouble: json({ text, at: deps.now().toISOString() }),
      })
      .where('id', '=', letterId)
      .execute()
    const until = stampUntil(deps.now())
    await write.job('stamp-letter', { officeId: member.officeId, letterId, until })
    write.note({
      act: 'letter.stamp-awaited',
      subject,
      role: 'signatory',
      details: { unsigned: signing.sha256, certificate: input.certificate.serial, trouble: input.trouble },
    })
  })
}
