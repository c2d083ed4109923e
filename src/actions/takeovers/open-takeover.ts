import { createHash } from 'node:crypto'
import { localDate } from '../../domain/dates/zones.ts'
import { formatDate } from '../../domain/dates/indonesian.ts'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import type { Application, Contact } from '../../domain/requests/application.ts'
import { objectionDays, objectionMs } from '../../domain/requests/takeover.ts'
import { applicationTexts } from '../../domain/text/application.ts'
import { mailBody } from '../../domain/text/mails.ts'
import { takeoverMail, takeoverTexts } from '../../domain/text/takeover.ts'
import type { Tx } from '../../db/database.ts'
import { headsOf, readTakeover } from '../../db/requests/takeovers.ts'
import { lockService } from '../../db/services/services.ts'
import type { Deps, Member, Write } from '../act.ts'
import { notFound } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'

/** Octets of the secret in the link by which an old contact objects. */
const tokenBytes = 32

/** @param token of the link in the warning */
export type ObjectionLinks = (officeSlug: string, token: string) => string

/**
 * Opens the take-over when its request is sent: one at a time for a service, and its old contacts are warned once.
 * @throws Refused `takeover-pending`, `still-contact` (409), `application-incomplete` for a letter that cannot be
 */
export async function openTakeover(
  deps: Deps,
  member: Member,
  tx: Tx,
  write: Write,
  { row }: LoadedRequest,
  application: Application,
  linkOf: ObjectionLinks,
): Promise<void> {
  const service = await lockService(tx, row.service_id!)
  if (!service || service.agency_id !== row.agency_id) throw notFound()
  const old = [service.administrative_contact, service.technical_contact] as readonly Contact[]
  const emails = [...new Set(old.map(({ email }) => email.toLowerCase()))]
  if (emails.includes(member.email.toLowerCase()))
    throw new Refused('still-contact', takeoverTexts.stillContact, { status: 409 })
  const issues = [
    ...contactIssues(application, emails),
    ...(await letterIssues(tx, row, application, deps.now())),
  ]
  if (issues.length > 0) throw new Refused('application-incomplete', applicationTexts.incomplete, { issues })
  if (await readTakeover(tx, row.id)) return
  await requireOnly(tx, row.id, service.id)
  await tx
    .insertInto('service_takeovers')
    .values({
      request_id: row.id,
      office_id: row.office_id,
      service_id: service.id,
      opened_at: deps.now(),
      object_until: new Date(deps.now().getTime() + objectionMs),
    })
    .execute()
  await warn(deps, tx, write, row, { service: service.fqdn, old, linkOf })
  write.note({
    act: 'takeover.opened',
    subject: { kind: 'request', id: row.ticket },
    details: { service: service.fqdn, warned: emails.length, days: objectionDays },
  })
}

const contactIssues = (application: Application, old: readonly string[]): readonly FieldIssue[] =>
  (['administrative', 'technical'] as const)
    .filter((role) => old.includes(application[role].email.toLowerCase()))
    .map((role) => ({ field: `${role}.email`, text: takeoverTexts.sameContact }))

/** A letter counts from the term of the head on record, and not from tomorrow. */
async function letterIssues(
  tx: Tx,
  row: Pick<LoadedRequest['row'], 'office_id' | 'agency_id'>,
  { letter }: Application,
  now: Date,
): Promise<readonly FieldIssue[]> {
  const field = 'letter.date'
  const { timezone } = await tx
    .selectFrom('offices')
    .select('timezone')
    .where('id', '=', row.office_id)
    .executeTakeFirstOrThrow()
  if (letter.date > localDate(now, timezone)) return [{ field, text: takeoverTexts.letterInFuture }]
  const [head] = await headsOf(tx, row.agency_id, now)
  if (!head || letter.date >= head.since) return []
  const since = { id: formatDate(head.since, 'id'), en: formatDate(head.since, 'en') }
  return [{ field, text: takeoverTexts.letterBeforeHead(since) }]
}

/** The service is locked, so of two who send at once one sees the other. */
async function requireOnly(tx: Tx, requestId: string, serviceId: string): Promise<void> {
  const other = await tx
    .selectFrom('service_takeovers as t')
    .innerJoin('requests as r', 'r.id', 't.request_id')
    .select('r.id')
    .where('t.service_id', '=', serviceId)
    .where('r.id', '!=', requestId)
    .where('r.phase', '!=', 'ended')
    .executeTakeFirst()
  if (other) throw new Refused('takeover-pending', takeoverTexts.pending, { status: 409 })
}

async function warn(
  deps: Deps,
  tx: Tx,
  write: Write,
  row: LoadedRequest['row'],
  about: { readonly service: string; readonly old: readonly Contact[]; readonly linkOf: ObjectionLinks },
): Promise<void> {
  const { office, slug, agency } = await tx
    .selectFrom('offices as o')
    .innerJoin('agencies as a', 'a.office_id', 'o.id')
    .select(['o.name as office', 'o.slug', 'a.name as agency'])
    .where('a.id', '=', row.agency_id)
    .executeTakeFirstOrThrow()
  const each = new Map(about.old.map((contact) => [contact.email.toLowerCase(), contact]))
  for (const [email, { name }] of each) {
    const token = deps.randomBytes(tokenBytes).toString('base64url')
    await tx
      .insertInto('takeover_warnings')
      .values({
        office_id: row.office_id,
        request_id: row.id,
        email,
        name,
        token_hash: hashOfToken(token),
        sent_at: deps.now(),
      })
      .execute()
    const link = about.linkOf(slug, token)
    const mail = takeoverMail({ name, service: about.service, agency, office, days: objectionDays, link })
    await write.job('send-mail', {
      messageId: `${deps.newId()}@ranah.invalid`,
      to: email,
      subject: mail.subject.id,
      text: mailBody(mail, 'id'),
    })
  }
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
