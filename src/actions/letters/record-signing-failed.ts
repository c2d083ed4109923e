import type { SignRefusal } from '../../domain/letters/signing.ts'
import { readLetter } from '../../db/letters/letters.ts'
import { lockSigning } from '../../db/letters/signings.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'

/** How an attempt ended without a signature in hand: surely unsigned with its reason, or unknown. */
export type SigningFailure =
  | { readonly reason: SignRefusal }
  | { readonly reason: 'unknown'; readonly documentId?: string | undefined }

/** Records that an attempt to sign failed. Surely unsigned, the letter may be signed anew; unknown, it must be settled. */
export async function recordSigningFailed(
  deps: Deps,
  member: Member,
  letterId: string,
  attempt: string,
  failure: SigningFailure,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const signing = await lockSigning(tx, letterId)
    const letter = await readLetter(tx, letterId)
    if (!letter) throw notFound()
    if (signing?.attempt === attempt) {
      const isUnknown = failure.reason === 'unknown'
      await tx
        .updateTable('signings')
        .set(
          isUnknown
            ? { lease_until: deps.now(), remote_id: failure.documentId ?? signing.remote_id }
            : { attempt: null, decided_at: null, lease_until: null, remote_id: null },
        )
        .where('letter_id', '=', letterId)
        .execute()
    }
    write.note({
      act: 'letter.signing-failed',
      subject: { kind: 'letter', id: letter.number },
      role: 'signatory',
      details: { reason: failure.reason },
    })
  })
}
