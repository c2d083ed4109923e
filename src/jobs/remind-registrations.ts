import { recordReminder } from '../actions/services/record-reminder.ts'
import { inScope } from '../db/database.ts'
import type { ServiceRow } from '../db/services/services.ts'
import { applicantsOf } from '../db/requests/recipients.ts'
import { formatDate } from '../domain/dates/indonesian.ts'
import { localDate } from '../domain/dates/zones.ts'
import { reminderDue } from '../domain/fulfilment/term.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import { messagesOf } from './mail-out.ts'

/** Reminds agencies of services whose registration ends, once at each distance before the date and once after. */
export async function remindRegistrations(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select(['id', 'slug', 'name', 'timezone']).execute()
  for (const office of offices) {
    const today = localDate(deps.now(), office.timezone)
    const services = await inScope(deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('services')
        .selectAll()
        .where('status', '=', 'live')
        .where('registered_until', 'is not', null)
        .execute(),
    )
    for (const service of services) await remind(deps, office, service, today)
  }
}

type Office = { readonly id: string; readonly slug: string; readonly name: string }

async function remind(deps: JobDeps, office: Office, service: ServiceRow, today: string): Promise<void> {
  const until = service.registered_until!
  const due = reminderDue(today, until)
  if (due === null) return
  const to = await inScope(deps.db, { officeId: office.id }, (tx) => applicantsOf(tx, service))
  const contacts = [service.administrative_contact, service.technical_contact]
    .filter((each) => !to.some((known) => known.email === each.email))
    .map((each) => ({ personId: '', email: each.email, name: each.name }))
  const about = {
    fqdn: service.fqdn,
    service: service.fqdn,
    office: office.name,
    url: `${deps.settings.publicUrl}/o/${office.slug}/layanan/${service.id}`,
  }
  const words = { id: formatDate(until, 'id'), en: formatDate(until, 'en') }
  const mails = messagesOf({
    key: `registration ${service.id} ${until} ${due.mark}`,
    to: [...to, ...contacts],
    mail: mailTexts.reminder(about, words, due.days),
  })
  await recordReminder(
    deps,
    { kind: 'system', officeId: office.id },
    { serviceId: service.id, fqdn: service.fqdn, until, daysBefore: due.mark, mails },
  )
}
