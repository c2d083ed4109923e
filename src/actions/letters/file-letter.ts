import type { DeactivationNotice } from '../../domain/letters/papers.ts'
import { decide } from '../../domain/requests/decide.ts'
import { contactMails } from '../../domain/text/contact-mails.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import type { Tx } from '../../db/database.ts'
import { applicantsOf } from '../../db/requests/recipients.ts'
import { headsOf } from '../../db/requests/takeovers.ts'
import type { Actor, Deps, Write } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { move } from '../requests/move.ts'
import { sendMails } from '../send-mails.ts'

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
  if (letter.data.kind === 'deactivation-notice')
    await tellOfNotice(deps, tx, write, letter.office_id, letter.data)
  if (!loaded) return
  const { row, sop } = loaded
  if (row.stage !== 'working' || row.visit !== letter.visit || row.step === null) return
  const decision = decide(sop, row.state, { type: 'effect-done', step: row.step }, { kind: 'system' })
  const data = { effect: letter.kind, letter: letter.number, documentId }
  await move(deps, actor, tx, write, loaded, decision, { type: 'effect-done', data })
}

/** Whoever answers for the service hears of the notice as soon as it is issued; the letter itself goes its own way. */
async function tellOfNotice(
  deps: Deps,
  tx: Tx,
  write: Write,
  officeId: string,
  notice: DeactivationNotice,
): Promise<void> {
  const service = await tx
    .selectFrom('services')
    .select(['agency_id', 'administrative_contact', 'technical_contact'])
    .where('office_id', '=', officeId)
    .where('fqdn', '=', notice.fqdn)
    .where('status', '=', 'live')
    .executeTakeFirst()
  if (!service) return
  const { name: office } = await tx
    .selectFrom('offices')
    .select('name')
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
  const people = [
    service.administrative_contact,
    service.technical_contact,
    ...(await headsOf(tx, service.agency_id, deps.now())),
    ...(await applicantsOf(tx, service)),
  ]
  const about = { service: notice.fqdn, number: notice.number, on: notice.deactivatedOn, office }
  await sendMails(
    deps,
    write,
    people.flatMap(({ email }) => (email ? [email] : [])),
    contactMails.notice({ ...about, url: notice.verification.url }),
  )
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
