import { inScope } from '../db/database.ts'
import { readLetter } from '../db/letters/letters.ts'
import { readSignatory } from '../db/letters/signatories.ts'
import { readSigning } from '../db/letters/signings.ts'
import { readRequestById } from '../db/requests/requests.ts'
import type { Jobs } from '../db/queue.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { aboutRequest, mailOut } from './mail-out.ts'

/** Tells the person who holds the office that a letter waits for them. One that is signed by now is not told. */
export async function notifySignature(deps: JobDeps, job: Jobs['notify-signature']): Promise<void> {
  const mails = await inScope(deps.db, { officeId: job.officeId }, async (tx): Promise<MailOut[]> => {
    const signing = await readSigning(tx, job.letterId)
    const letter = await readLetter(tx, job.letterId)
    if (!signing || !letter?.request_id) return []
    const signatory = (await readSignatory(tx, signing.signatory_id))!
    const row = (await readRequestById(tx, letter.request_id))!
    const { about } = await aboutRequest(tx, row, deps.settings.publicUrl)
    const to = await tx
      .selectFrom('auth_user')
      .select(['id as personId', 'email', 'name'])
      .where('id', '=', signatory.personId)
      .execute()
    const url = about.url.replace(/\/permohonan\/.*/, `/tanda-tangan/${letter.id}`)
    const mail = mailTexts.signature({ ...about, url }, letter.number)
    return [{ key: `signature ${letter.id} ${signatory.id}`, to, mail }]
  })
  await mailOut(deps, job.officeId, mails)
}
