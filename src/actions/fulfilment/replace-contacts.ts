import type { Contact } from '../../domain/requests/application.ts'
import { contactMails } from '../../domain/text/contact-mails.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { applicantsOf } from '../../db/requests/recipients.ts'
import { headsOf } from '../../db/requests/takeovers.ts'
import type { Deps, Write } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { sendMails } from '../send-mails.ts'
import { renewCredentials } from './renew-credentials.ts'

/** What the contacts of a service were before, by lower-case address, and whether its credentials are made anew. */
export type Replaced = {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly credentials: boolean
}

/**
 * The two people whom the application names answer for the service from now on. Another technical contact gets new
 * credentials. Whoever answers no longer, whoever does now, and the agency with its head are told, unless nobody changed.
 */
export async function replaceContacts(
  deps: Deps,
  tx: Tx,
  write: Write,
  { row }: LoadedRequest,
): Promise<Replaced> {
  const service = await tx
    .selectFrom('services')
    .select([
      'id',
      'office_id',
      'agency_id',
      'fqdn',
      'has_site',
      'administrative_contact',
      'technical_contact',
    ])
    .where('id', '=', row.service_id)
    .executeTakeFirstOrThrow()
  const { administrative, technical } = row.form as { administrative: Contact; technical: Contact }
  const old = [service.administrative_contact, service.technical_contact]
  await tx
    .updateTable('services')
    .set({ administrative_contact: json(administrative), technical_contact: json(technical) })
    .where('id', '=', service.id)
    .execute()
  const isAnother = addressOf(service.technical_contact) !== addressOf(technical)
  if (isAnother) await renewCredentials(deps, tx, write, service)
  const replaced = {
    before: old.map(addressOf),
    after: [administrative, technical].map(addressOf),
    credentials: isAnother && service.has_site,
  }
  await tell(deps, tx, write, { row, service, replaced, names: [administrative.name, technical.name] })
  return replaced
}

/** An address out of a registry that was imported may be missing. */
const addressOf = (contact: Partial<Contact>): string => (contact.email ?? '').toLowerCase()

type Change = {
  readonly row: LoadedRequest['row']
  readonly service: { readonly agency_id: string; readonly fqdn: string }
  readonly replaced: Replaced
  readonly names: readonly string[]
}

async function tell(deps: Deps, tx: Tx, write: Write, change: Change): Promise<void> {
  const { row, service, replaced, names } = change
  const { before, after, credentials } = replaced
  const gone = before.filter((each) => each && !after.includes(each))
  const come = after.filter((each) => !before.includes(each))
  if (gone.length + come.length === 0) return
  const { office, agency } = await tx
    .selectFrom('offices as o')
    .innerJoin('agencies as a', 'a.office_id', 'o.id')
    .select(['o.name as office', 'a.name as agency'])
    .where('a.id', '=', service.agency_id)
    .executeTakeFirstOrThrow()
  const about = { ticket: row.ticket, service: service.fqdn, office, agency }
  const heads = await headsOf(tx, service.agency_id, deps.now())
  const applicants = await applicantsOf(tx, service)
  const told = new Set([...gone, ...come])
  const others = [...heads, ...applicants].map(({ email }) => email.toLowerCase())
  await sendMails(deps, write, gone, contactMails.gone(about))
  await sendMails(deps, write, come, contactMails.come(about, credentials))
  await sendMails(
    deps,
    write,
    others.filter((each) => !told.has(each)),
    contactMails.changed(about, names, credentials),
  )
}
