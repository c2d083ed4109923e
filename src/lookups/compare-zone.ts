import type { ZoneFinding } from '../domain/dns/compare.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { lineOf } from '../domain/dns/whole-zone.ts'
import type { Text } from '../domain/refused.ts'
import type { DnsDriverKind } from '../drivers/dns/drivers.ts'
import { DnsFailure, type FailureKind } from '../drivers/dns/driver.ts'
import { currentReach } from '../drivers/outgoing.ts'
import { inWorker } from './in-worker.ts'

/** A transfer of a million records over a slow line, and its comparison. */
const TIMEOUT_MS = 600_000

export type ZoneQuestion = {
  readonly kind: DnsDriverKind
  /** as the driver of that kind reads it */
  readonly config: unknown
  readonly zone: string
  readonly registered: readonly Rrset[]
}

/** The question as it goes to the thread: one text, a line for each set, instead of a hundred thousand objects. */
export type Sent = Omit<ZoneQuestion, 'registered'> & {
  readonly registered: string
  readonly reach: ReturnType<typeof currentReach>
}

export type ZoneAnswer =
  | { readonly findings: readonly ZoneFinding[]; readonly liveSets: number }
  | { readonly failure: { readonly kind: FailureKind; readonly text: Text; readonly detail: string } }

/**
 * Compares a zone as its primary has it with the registry, in a thread of its own.
 * @throws DnsFailure `unreachable` or `refused`: then nothing is known about the zone, least of all that it is empty
 */
export async function compareZone(
  question: ZoneQuestion,
): Promise<{ readonly findings: readonly ZoneFinding[]; readonly liveSets: number }> {
  const file = new URL('./compare-zone.worker.ts', import.meta.url)
  const registered = question.registered.map(lineOf).join('\n')
  const sent: Sent = { ...question, registered, reach: currentReach() }
  const answer = await inWorker<ZoneAnswer>(file, sent, TIMEOUT_MS)
  if (!('failure' in answer)) return answer
  const { kind, text, detail } = answer.failure
  throw new DnsFailure(kind, text, detail)
}
