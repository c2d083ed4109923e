import { createHash } from 'node:crypto'
import type { SignerCertificate } from '../../domain/letters/signing.ts'
import { json } from '../../db/database.ts'
import { readLetter } from '../../db/letters/letters.ts'
import { lockSigning } from '../../db/letters/signings.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { fileLetter, issuedDetails } from './file-letter.ts'

/**
 * Files the signed letter and lets the request go on: bytes, digest and logbook entry in one transaction. A letter
 * that is signed already keeps its first signature.
 */
export async function recordLetterSigned(
  deps: Deps,
  member: Member,
  letterId: string,
  input: { readonly attempt: string; readonly pdf: Buffer; readonly certificate: SignerCertificate },
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const known = await readLetter(tx, letterId)
    if (!known) throw notFound()
    const loaded = known.request_id ? await loadRequestById(tx, known.request_id) : undefined
    const signing = await lockSigning(tx, letterId)
    const letter = (await readLetter(tx, letterId))!
    if (!signing || signing.attempt !== input.attempt || letter.status !== 'awaiting') {
      write.note({ act: 'letter.already-signed', subject: { kind: 'letter', id: letter.number } })
      return
    }
    const sha256 = createHash('sha256').update(input.pdf).digest('hex')
    await fileLetter(deps, member, tx, write, { loaded, letter, pdf: input.pdf, sha256 })
    await tx
      .updateTable('letters')
      .set({ certificate: json(input.certificate), signed_at: signing.decided_at })
      .where('id', '=', letterId)
      .execute()
    await tx.deleteFrom('signings').where('letter_id', '=', letterId).execute()
    write.note({
      act: 'letter.signed',
      subject: loaded ? { kind: 'request', id: loaded.row.ticket } : { kind: 'letter', id: letter.number },
      role: 'signatory',
      details: {
        ...issuedDetails(letter, sha256),
        unsigned: signing.sha256,
        certificate: input.certificate.serial,
      },
      personal: { signer: input.certificate.commonName, issuer: input.certificate.issuer },
    })
  })
}
