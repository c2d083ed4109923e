import { inScope } from '../db/database.ts'
import { listEvents } from '../db/requests/events.ts'
import { applicantsOf } from '../db/requests/recipients.ts'
import { readRequestById } from '../db/requests/requests.ts'
import type { Jobs } from '../db/queue.ts'
import type { Contact } from '../domain/requests/application.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { aboutRequest, mailOut } from './mail-out.ts'
import { reasonsOf } from './notify-turn.ts'

/** Tells the applicants, and the technical contact of a new service, how a request ended. */
export async function notifyEnded(deps: JobDeps, job: Jobs['notify-ended']): Promise<void> {
  const mails = await inScope(deps.db, { officeId: job.officeId }, async (tx): Promise<MailOut[]> => {
    const row = (await readRequestById(tx, job.requestId))!
    const { ending } = row.state
    if (ending === null) return []
    const { about } = await aboutRequest(tx, row, deps.settings.publicUrl)
    const to = [...(await applicantsOf(tx, row))]
    const technical = row.form.technical as Contact | undefined
    if (technical && !to.some((each) => each.email === technical.email))
      to.push({ personId: '', email: technical.email, name: technical.name })
    const mail =
      ending === 'refused'
        ? mailTexts.refused(about, reasonsOf(await listEvents(tx, row.id)))
        : ending === 'withdrawn'
          ? mailTexts.withdrawn(about)
          : mailTexts.completed(about)
    return [{ key: `ended ${row.id} ${row.visit}`, to, mail }]
  })
  await mailOut(deps, job.officeId, mails)
}
