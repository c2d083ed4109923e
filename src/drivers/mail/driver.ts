/** One message to one person. */
export type Mail = {
  /** Stable over retries: the same message is never delivered twice under two names. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Carries mail. Each transport is one file beside this one. */
export type MailDriver = {
  readonly kind: 'outbox' | 'smtp'
  /** @throws Error when it is unknown whether the message went; sending it again is safe */
  readonly send: (mail: Mail) => Promise<void>
}
