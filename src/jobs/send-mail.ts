import type { Jobs } from '../db/queue.ts'
import type { JobDeps } from './deps.ts'

/** Hands one message to the mail transport; the queue repeats it until the transport took it. */
export async function sendMail(deps: Pick<JobDeps, 'mail'>, job: Jobs['send-mail']): Promise<void> {
  await deps.mail.send(job)
}
