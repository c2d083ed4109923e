import { batchesOf, holds, type DnsPlan, type PlanBatch } from '../../../domain/dns/plan.ts'
import { RCODE } from '../../../domain/dns/types.ts'
import { updateMessage } from '../../../domain/dns/update.ts'
import { dnsText } from '../../../domain/text/dns.ts'
import { DnsFailure } from '../driver.ts'
import { NoAnswer, overTcp } from '../exchange.ts'
import { ServerRefusal, failureOf, type Primary } from './primary.ts'
import { readRrsets } from './read.ts'

/** How often an update is sent whose answer was lost, after the zone was read and found unchanged. */
const MAX_SENDS = 3

/** Longest wait for the answer to an update: PowerDNS works a large one off record by record. */
const UPDATE_TIMEOUT_MS = 8_000
const TIMEOUT_PER_RECORD_MS = 20

const PREREQUISITE_FAILED: ReadonlySet<number> = new Set([
  RCODE.YXDOMAIN,
  RCODE.YXRRSET,
  RCODE.NXDOMAIN,
  RCODE.NXRRSET,
])

type Outcome = 'applied' | 'already-applied'

/** @returns the response code, or nothing when the answer was lost */
async function send(primary: Primary, zone: string, batch: PlanBatch): Promise<number | undefined> {
  const { prerequisites, lines } = batch
  try {
    const answer = await overTcp(primary.endpoint, (session) =>
      session.ask(
        (id) => updateMessage({ id, zone, prerequisites, lines }),
        primary.key,
        UPDATE_TIMEOUT_MS + (prerequisites.length + lines.length) * TIMEOUT_PER_RECORD_MS,
      ),
    )
    return answer.rcode
  } catch (error) {
    if (error instanceof NoAnswer) return undefined
    throw failureOf(primary, error)
  }
}

async function applyBatch(primary: Primary, zone: string, batch: PlanBatch): Promise<Outcome> {
  const names = batch.changes.map((change) => change.name)
  let lost: NoAnswer | ServerRefusal | undefined
  for (let sends = 1; sends <= MAX_SENDS; sends += 1) {
    const rcode = await send(primary, zone, batch)
    if (rcode === RCODE.NOERROR) return 'applied'
    const isLost = rcode === undefined || rcode === RCODE.SERVFAIL
    if (isLost)
      lost = rcode === undefined ? new NoAnswer('no answer to the update') : new ServerRefusal(rcode)
    else if (!PREREQUISITE_FAILED.has(rcode)) throw failureOf(primary, new ServerRefusal(rcode))
    // Either the outcome is unknown, or the zone is not as planned: what it holds now decides.
    const current = await readRrsets(primary, zone, names)
    if (holds('after', batch.changes, current)) return lost ? 'applied' : 'already-applied'
    const mayTryAgain = isLost && holds('before', batch.changes, current)
    if (!mayTryAgain) throw new DnsFailure('conflict', dnsText.conflict(zone), String(rcode ?? 'changed'))
  }
  throw failureOf(primary, lost)
}

/** See `DnsDriver.apply`. */
export async function applyPlan(primary: Primary, plan: DnsPlan): Promise<{ result: Outcome }> {
  const outcomes: Outcome[] = []
  for (const batch of batchesOf(plan)) outcomes.push(await applyBatch(primary, plan.zone, batch))
  return { result: outcomes.includes('applied') ? 'applied' : 'already-applied' }
}
