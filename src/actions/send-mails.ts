import type { MailText } from '../domain/text/mails.ts'
import { mailBody } from '../domain/text/mails.ts'
import type { Deps, Write } from './act.ts'

/** Sends one mail to each address once, whatever its letters' case, when the act commits. */
export async function sendMails(
  deps: Pick<Deps, 'newId'>,
  write: Write,
  to: readonly string[],
  mail: MailText,
): Promise<void> {
  for (const email of new Set(to.map((each) => each.toLowerCase())))
    await write.job('send-mail', {
      messageId: `${deps.newId()}@ranah.invalid`,
      to: email,
      subject: mail.subject.id,
      text: mailBody(mail, 'id'),
    })
}
