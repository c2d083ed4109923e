import { createTransport } from 'nodemailer'
import type { MailDriver } from './driver.ts'

const connectionTimeoutMs = 10_000
const greetingTimeoutMs = 10_000
const socketTimeoutMs = 30_000

/**
 * Mail through the office's own server.
 * @param url `smtp://` or `smtps://` with user and password where the server asks for them
 * @param from sender address
 */
export function smtpMail(url: string, from: string): MailDriver {
  const transport = createTransport(
    {
      url,
      connectionTimeout: connectionTimeoutMs,
      greetingTimeout: greetingTimeoutMs,
      socketTimeout: socketTimeoutMs,
    },
    { from },
  )
  return {
    kind: 'smtp',
    async send(mail) {
      await transport.sendMail({
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: `<${mail.messageId}>`,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}
