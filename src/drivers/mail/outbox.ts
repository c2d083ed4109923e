import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { MailDriver } from './driver.ts'

/**
 * Mail as files in a folder, for an installation without a mail server: one `.eml` a message, named after the
 * message, so that a repeated job writes the same file again.
 *
 * @param directory created when missing, readable by the installation's user only
 * @param from sender address
 */
export function outboxMail(directory: string, from: string): MailDriver {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    kind: 'outbox',
    async send(mail) {
      const { message } = await composer.sendMail({
        from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: `<${mail.messageId}>`,
      })
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const name = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32)
      const temporary = join(directory, `.${name}.${randomUUID()}.part`)
      const file = await open(temporary, 'w', 0o600)
      await file.writeFile(message as Buffer)
      await file.sync()
      await file.close()
      await rename(temporary, join(directory, `${name}.eml`))
    },
  }
}
