import { absolute, canonicalName } from '../../../domain/dns/names.ts'
import {
  batchesOf,
  holds,
  meets,
  type DnsChange,
  type DnsPlan,
  type PlanBatch,
} from '../../../domain/dns/plan.ts'
import { dnsText } from '../../../domain/text/dns.ts'
import { DnsFailure } from '../driver.ts'
import { ApiSilence, callApi, refusal, unreachable, zonePath, type ApiAnswer } from './api.ts'
import type { PowerDnsConfig } from './config.ts'
import { asOneWriter } from './one-writer.ts'
import { readRrsets } from './read.ts'

/**
 * Writing through the API. It knows no prerequisites: what must hold is read before, by one writer per zone. One
 * call is all or nothing, yet between our reading and our writing somebody who does not write through this process
 * may change the same set, and that change is lost (docs/decisions/0201).
 */

/** How often a change is sent whose answer was lost, after the zone was read and found unchanged. */
const MAX_SENDS = 3

type Outcome = 'applied' | 'already-applied'

function rrsetOf({ name, type, after }: DnsChange): object {
  const set = { name: absolute(name), type }
  if (after === null) return { ...set, changetype: 'DELETE' }
  const records = after.values.map((content) => ({ content, disabled: false }))
  return { ...set, ttl: after.ttl, changetype: 'REPLACE', records }
}

/** Sets go before others come, so that an alias and the data it takes the place of never meet. */
function bodyOf(changes: readonly DnsChange[]): object {
  const gone = changes.filter(({ after }) => after === null)
  const come = changes.filter(({ after }) => after !== null)
  return { rrsets: [...gone, ...come].map(rrsetOf) }
}

/** @returns the silence when the answer was lost or the server failed: SQLite answers 500 when it is busy */
async function send(config: PowerDnsConfig, zone: string, batch: PlanBatch): Promise<ApiAnswer | ApiSilence> {
  try {
    return await callApi(config, 'PATCH', zonePath(zone), bodyOf(batch.changes))
  } catch (error) {
    if (error instanceof ApiSilence) return error
    throw error
  }
}

async function applyBatch(config: PowerDnsConfig, zone: string, batch: PlanBatch): Promise<Outcome> {
  const { changes, prerequisites } = batch
  const names = changes.map(({ name }) => name)
  let lost: ApiSilence | undefined
  for (let sends = 0; sends <= MAX_SENDS; sends += 1) {
    const current = await readRrsets(config, zone, names)
    if (holds('after', changes, current)) return sends > 0 ? 'applied' : 'already-applied'
    const isAsPlanned = holds('before', changes, current) && meets(prerequisites, current)
    if (!isAsPlanned) throw new DnsFailure('conflict', dnsText.conflict(zone), 'changed')
    if (sends === MAX_SENDS) break
    const answer = await send(config, zone, batch)
    if (answer instanceof ApiSilence) lost = answer
    else if (answer.status < 300) return 'applied'
    else throw refusal(config, answer)
  }
  throw unreachable(config, lost?.detail ?? 'no answer to the change', lost)
}

/** See `DnsDriver.apply`. */
export async function applyPlan(config: PowerDnsConfig, plan: DnsPlan): Promise<{ result: Outcome }> {
  const zone = canonicalName(plan.zone)
  return asOneWriter(`${config.url} ${zone}`, async () => {
    const outcomes: Outcome[] = []
    for (const batch of batchesOf(plan)) outcomes.push(await applyBatch(config, zone, batch))
    return { result: outcomes.includes('applied') ? 'applied' : 'already-applied' }
  })
}
