import { createHash } from 'node:crypto'
import type { SignerCertificate, Stamping } from '../../domain/letters/signing.ts'
import { json } from '../../db/database.ts'
import { readLetter } from '../../db/letters/letters.ts'
import { lockSigning } from '../../db/letters/signings.ts'
import type { Actor, Deps } from '../act.ts'
import { act, notFound } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { fileLetter, issuedDetails } from './file-letter.ts'

/** A signed file, and which decision it carries out. */
export type SignedLetter = {
  readonly attempt: string
  readonly pdf: Buffer
  readonly certificate: SignerCertificate
  readonly stamping: Stamping
}

/**
 * Files the signed letter and lets the request go on: bytes, digest and logbook entry in one transaction. A letter
 * that is signed already keeps its first signature.
 *
 * @param actor whoever signed; the system where the letter waited for its time stamp
 */
export async function recordLetterSigned(
  deps: Deps,
  actor: Actor,
  letterId: string,
  input: SignedLetter,
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
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
    await fileLetter(deps, actor, tx, write, { loaded, letter, pdf: input.pdf, sha256 })
    const report = input.stamping.kind === 'done' ? input.stamping.report : ({ kind: 'none' } as const)
    await tx
      .updateTable('letters')
      .set({
        certificate: json(input.certificate),
        signed_at: signing.decided_at,
        time_stamp: json(report),
        trouble: null,
      })
      .where('id', '=', letterId)
      .execute()
    await tx.deleteFrom('signings').where('letter_id', '=', letterId).execute()
    write.note({
      act: 'letter.signed',
      subject: loaded ? { kind: 'request', id: loaded.row.ticket } : { kind: 'letter', id: letter.number },
      ...(actor.kind === 'person' && { role: 'signatory' }),
      details: {
        ...issuedDetails(letter, sha256),
        unsigned: signing.sha256,
        certificate: input.certificate.serial,
        ...stampDetails(input.stamping),
      },
      personal: { signer: input.certificate.commonName, issuer: input.certificate.issuer },
    })
  })
}

/** What the logbook says of the time stamp: nothing where the office has none. */
function stampDetails(stamping: Stamping): Readonly<Record<string, string>> {
  if (stamping.kind === 'missing') return { stampMissing: stamping.trouble }
  const { report } = stamping
  if (report.kind === 'none') return {}
  return report.kind === 'bad'
    ? { stampBad: report.why }
    : { stampedAt: report.at, stampedBy: report.authority }
}
