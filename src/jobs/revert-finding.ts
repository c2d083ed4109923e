import { recordReverted } from '../actions/zones/record-reverted.ts'
import { inScope } from '../db/database.ts'
import { withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import type { Finding } from '../db/office/zone-findings.ts'
import { readFinding } from '../db/office/zone-findings.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { isSameContent, planChanges } from '../domain/dns/plan.ts'
import type { Text } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { driftTexts } from '../domain/text/drift.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import type { JobDeps } from './deps.ts'

/** Puts one record set of a zone back to what is registered, provided that it still is what the finding says. */
export function revertFinding(deps: JobDeps, job: Jobs['revert-finding']): Promise<void> {
  return withOutsideLock(deps.db, job.findingId, async () => {
    const { officeId, findingId } = job
    const read = await inScope(deps.db, { officeId }, async (tx) => {
      const finding = await readFinding(tx, findingId)
      return finding && { finding, zone: (await findZone(tx, finding.zone_id))! }
    })
    if (read?.finding.status !== 'reverting') return
    const why = await putBack(deps, read.zone, read.finding)
    await recordReverted(deps, { kind: 'system', officeId }, { findingId, why })
  })
}

/** @returns why it cannot be done; null when the zone is as registered. @throws DnsFailure `unreachable` */
async function putBack(deps: JobDeps, zone: ServedZone, finding: Finding): Promise<Text | null> {
  const { name, type, live, registered } = finding
  const dns = deps.dnsOf(zone)
  try {
    const current = await dns.readRrsets(zone.name, [name])
    const set = { name, type, ttl: registered?.ttl ?? 0, values: registered?.values ?? [] }
    const plan = planChanges({ zone: zone.name, current, desired: [set] })
    const change = plan.changes[0]
    if (!change) return null
    if (!isSameContent(change.before, live)) return driftTexts.changedAgain
    await dns.apply(plan)
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error instanceof DnsFailure && error.kind === 'unreachable') throw error
    const isConflict = error instanceof DnsFailure && error.kind === 'conflict'
    return isConflict ? driftTexts.changedAgain : error.text
  }
}
