import { setTimeout as sleep } from 'node:timers/promises'
import { authorityLies } from '../../../domain/text/certificates.ts'
import type { AcmeConfig } from './config.ts'
import { retryAfterMs } from './session.ts'
import { lie, type Reply } from './transport.ts'

export type Limits = AcmeConfig['limits']

/** Longest pause between two looks, whatever the authority asks for. */
const MAX_PAUSE_MS = 10_000

/** Looks until `look` finds something. @throws CertificateFailure `wrong-answer` when it takes too long */
export async function until<T>(
  { workMs, pollMs }: Limits,
  host: string,
  look: () => Promise<{ readonly found: T | undefined; readonly reply: Reply }>,
): Promise<T> {
  const deadline = performance.now() + workMs
  for (;;) {
    const { found, reply } = await look()
    if (found !== undefined) return found
    const asked = Math.min(retryAfterMs(reply.retryAfter, Date.now()) ?? pollMs, MAX_PAUSE_MS)
    const pause = Math.max(asked, pollMs)
    if (performance.now() + pause > deadline) throw lie(host, authorityLies.endless, 'work without end')
    await sleep(pause)
  }
}
