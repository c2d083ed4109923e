import { inScope } from '../db/database.ts'
import { readLetter } from '../db/letters/letters.ts'
import { readSignatory } from '../db/letters/signatories.ts'
import { readSigning } from '../db/letters/signings.ts'
import { readRequestById } from '../db/requests/requests.ts'
import type { Jobs } from '../db/queue.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { mailOut } from './mail-out.ts'

/** Tells the person who holds the office that a letter waits for them. One that is signed by now is not told. */
export async function notifySignature(deps: JobDeps, job: Jobs['notify-signature']): Promise<void> {
  const mails = await inScope(deps.db, { officeId: job.officeId }, async (tx): Promise<MailOut[]> => {
    const signing = await readSigning(tx, job.letterId)
    const letter = await readLetter(tx, job.letterId)
    if (!signing || !letter) return []
    const signatory = (await readSignatory(tx, signing.signatory_id))!
    const to = await tx
      .selectFrom('auth_user')
      .select(['id as personId', 'email', 'name'])
      .where('id', '=', signatory.personId)
      .execute()
    const office = await tx
      .selectFrom('offices')
      .select(['slug', 'name'])
      .where('id', '=', job.officeId)
      .executeTakeFirstOrThrow()
    const url = `${deps.settings.publicUrl}/o/${office.slug}/tanda-tangan/${letter.id}`
    const row = letter.request_id ? await readRequestById(tx, letter.request_id) : undefined
    const mail = row
      ? mailTexts.signature(
          { ticket: row.ticket, service: row.fqdn ?? row.kind, url, office: office.name },
          letter.number,
        )
      : mailTexts.noticeToSign({ url, office: office.name }, letter.kind, letter.number)
    return [{ key: `signature ${letter.id} ${signatory.id}`, to, mail }]
  })
  await mailOut(deps, job.officeId, mails)
}
