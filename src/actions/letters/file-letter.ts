import { decide } from '../../domain/requests/decide.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor, Deps, Write } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { move } from '../requests/move.ts'

/**
 * Files the finished PDF of a letter in the caller's transaction and lets the request go on, where it waits for it.
 * @param loaded the request that the letter is about; a notice about a service has none
 */
export async function fileLetter(
  deps: Deps,
  actor: Actor,
  tx: Tx,
  write: Write,
  {
    loaded,
    letter,
    pdf,
    sha256,
  }: { loaded?: LoadedRequest | undefined; letter: LetterRow; pdf: Buffer; sha256: string },
): Promise<void> {
  const at = deps.now()
  const documentId = deps.newId()
  await tx
    .insertInto('documents')
    .values({
      id: documentId,
      office_id: letter.office_id,
      request_id: letter.request_id,
      kind: letter.kind,
      filename: `${letter.verification_code}.pdf`,
      media_type: 'application/pdf',
      size: pdf.length,
      sha256,
      bytes: pdf,
      created_at: at,
    })
    .execute()
  await tx
    .updateTable('letters')
    .set({ status: 'issued', document_id: documentId, sha256, issued_at: at })
    .where('id', '=', letter.id)
    .execute()
  if (!loaded) return
  const { row, sop } = loaded
  if (row.stage !== 'working' || row.visit !== letter.visit || row.step === null) return
  const decision = decide(sop, row.state, { type: 'effect-done', step: row.step }, { kind: 'system' })
  const data = { effect: letter.kind, letter: letter.number, documentId }
  await move(deps, actor, tx, write, loaded, decision, { type: 'effect-done', data })
}

/** What the logbook says about a letter that was issued: enough to check a file against an export of the logbook. */
export const issuedDetails = (letter: LetterRow, sha256: string) => ({
  number: letter.number,
  kind: letter.kind,
  register: letter.register,
  dated: letter.dated,
  code: letter.verification_code,
  signatory: 'signature' in letter.data && letter.data.signature ? postOf(letter.data.signature) : '-',
  ...('outcome' in letter.data && { decision: letter.data.outcome }),
  sha256,
})

/** The post under which a letter is signed, `Plh. Kepala Dinas ...`. */
const postOf = ({ acting, post }: { acting?: string | undefined; post: string }): string =>
  acting ? `${acting} ${post}` : post
