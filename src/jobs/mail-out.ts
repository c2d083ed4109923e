import { createHash } from 'node:crypto'
import { inScope } from '../db/database.ts'
import type { Tx } from '../db/database.ts'
import type { Recipient } from '../db/requests/recipients.ts'
import type { Jobs } from '../db/queue.ts'
import type { RequestRow } from '../db/requests/requests.ts'
import type { MailText } from '../domain/text/mails.ts'
import { mailBody } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'

/** One mail to several people, told apart by `key`; the key is the same for every try. */
export type MailOut = { readonly key: string; readonly to: readonly Recipient[]; readonly mail: MailText }

/** One message a recipient, so that one bad address holds up nobody else. The same for every try. */
export function messagesOf({ key, to, mail }: MailOut): readonly Jobs['send-mail'][] {
  return to.map(({ email }) => ({
    messageId: `${digestOf(key, email).slice(0, 32)}@ranah.invalid`,
    to: email,
    subject: mail.subject.id,
    text: mailBody(mail, 'id'),
  }))
}

/** Enqueues mails. The id of a job comes from its message, so that a repeated call enqueues nothing twice. */
export async function mailOut(
  deps: Pick<JobDeps, 'db' | 'enqueue'>,
  officeId: string,
  mails: readonly MailOut[],
): Promise<void> {
  await inScope(deps.db, { officeId }, async (tx) => {
    for (const mail of mails)
      for (const message of messagesOf(mail))
        await deps.enqueue(tx, 'send-mail', message, { id: uuidOf(digestOf(mail.key, message.to)) })
  })
}

const digestOf = (key: string, email: string): string =>
  createHash('sha256').update(`${key} ${email}`).digest('hex')

const uuidOf = (digest: string): string =>
  `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`

/** What every mail about a request names. */
export async function aboutRequest(tx: Tx, row: RequestRow, publicUrl: string) {
  const office = await tx
    .selectFrom('offices')
    .select(['slug', 'name', 'timezone'])
    .where('id', '=', row.office_id)
    .executeTakeFirstOrThrow()
  return {
    timezone: office.timezone,
    about: {
      ticket: row.ticket,
      service: row.fqdn ?? row.kind,
      url: `${publicUrl}/o/${office.slug}/permohonan/${row.ticket}`,
      office: office.name,
    },
  }
}
