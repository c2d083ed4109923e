import { readLetter } from '../../db/letters/letters.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act, notFound } from '../act.ts'
import { fileLetter, issuedDetails } from './file-letter.ts'
import { awaitSignature } from './record-letter-prepared.ts'

/**
 * Files a set notice, or lays it before the person who signs for the office. Doing it twice changes nothing.
 */
export async function recordNoticeSet(
  deps: Deps,
  actor: SystemActor,
  input: { readonly letterId: string; readonly pdf: Buffer; readonly sha256: string },
): Promise<void> {
  const { letterId, pdf, sha256 } = input
  await act(deps, actor, async (tx, write) => {
    await tx.selectFrom('letters').select('id').where('id', '=', letterId).forUpdate().execute()
    const letter = await readLetter(tx, letterId)
    if (!letter) throw notFound()
    const subject = { kind: 'letter', id: letter.number } as const
    if (letter.status !== 'numbered') return write.note({ act: 'letter.already-issued', subject })
    await tx.updateTable('letters').set({ trouble: null }).where('id', '=', letterId).execute()
    const isElectronic = 'signature' in letter.data && letter.data.signature?.electronic !== undefined
    if (isElectronic && letter.signatory_id !== null) {
      await awaitSignature(deps, tx, write, { letter, pdf, sha256 })
      const { number, kind } = letter
      return write.note({ act: 'letter.prepared', subject, details: { number, kind, sha256 } })
    }
    await fileLetter(deps, actor, tx, write, { letter, pdf, sha256 })
    return write.note({ act: 'letter.issued', subject, details: issuedDetails(letter, sha256) })
  })
}
