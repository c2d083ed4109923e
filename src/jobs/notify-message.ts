import { inScope } from '../db/database.ts'
import { applicantsOf, peopleOfActor } from '../db/requests/recipients.ts'
import { readRequestById } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import type { Jobs } from '../db/queue.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { aboutRequest, mailOut } from './mail-out.ts'

/** Tells the other side of a case about a message: the applicants, or whoever must act for the office. */
export async function notifyMessage(deps: JobDeps, job: Jobs['notify-message']): Promise<void> {
  const mails = await inScope(deps.db, { officeId: job.officeId }, async (tx): Promise<MailOut[]> => {
    const message = await tx
      .selectFrom('messages')
      .selectAll()
      .where('id', '=', job.messageId)
      .executeTakeFirst()
    if (!message) return []
    const row = (await readRequestById(tx, message.request_id))!
    const { about } = await aboutRequest(tx, row, deps.settings.publicUrl)
    const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
    const actor =
      row.turn === 'office' ? row.actor : (sop.actors.find((each) => each.party === 'office')?.id ?? null)
    const to =
      message.side === 'office'
        ? await applicantsOf(tx, row)
        : actor === null
          ? []
          : await peopleOfActor(tx, sop, row, actor, deps.now())
    return [{ key: `message ${message.id}`, to, mail: mailTexts.message(about) }]
  })
  await mailOut(deps, job.officeId, mails)
}
