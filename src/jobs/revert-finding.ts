import { recordRevertWaiting, recordReverted } from '../actions/zones/record-reverted.ts'
import { inScope } from '../db/database.ts'
import { keyAround, withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import type { Finding } from '../db/office/zone-findings.ts'
import { readFinding } from '../db/office/zone-findings.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { refuseDangling } from '../domain/dns/dangling.ts'
import { nameLeft } from '../domain/dns/drift.ts'
import { ancestorsOf, isWithin } from '../domain/dns/names.ts'
import { isSameContent, planChanges } from '../domain/dns/plan.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { Refused } from '../domain/refused.ts'
import { driftTexts } from '../domain/text/drift.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { JobDeps } from './deps.ts'
import { lookAtRecords, untilSeen } from './prove-records.ts'

/**
 * Puts one record set of a zone back to what is registered, provided that it still is what the finding says, and
 * is done when every authoritative server was seen to follow.
 */
export async function revertFinding(deps: JobDeps, job: Jobs['revert-finding']): Promise<void> {
  const { officeId, findingId } = job
  const key = await inScope(deps.db, { officeId }, async (tx) => {
    const finding = await readFinding(tx, findingId)
    return finding ? keyAround(tx, finding.zone_id, finding.name) : findingId
  })
  await withOutsideLock(deps.db, key, async () => {
    const actor = { kind: 'system', officeId } as const
    const read = await inScope(deps.db, { officeId }, async (tx) => {
      const finding = await readFinding(tx, findingId)
      return finding && { finding, zone: (await findZone(tx, finding.zone_id))! }
    })
    if (read?.finding.status !== 'reverting') return
    const { finding, zone } = read
    try {
      await putBack(deps.dnsOf(zone), zone, finding)
      await recordReverted(deps, actor, { findingId, why: null })
    } catch (error) {
      const why = error instanceof Refused ? error.text : fulfilmentTexts.fault
      if (!isFinal(error)) {
        await recordRevertWaiting(deps, actor, { findingId, known: finding.trouble, why })
        throw error
      }
      const hasChanged = error instanceof DnsFailure && error.kind === 'conflict'
      await recordReverted(deps, actor, { findingId, why: hasChanged ? driftTexts.changedAgain : why })
    }
  })
}

/** A server that does not answer, or not all of them yet, is asked again; a refusal leaves the zone as it is. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Refused) || error.reason === 'not-yet-visible') return false
  return !(error instanceof DnsFailure && error.kind === 'unreachable')
}

/** @throws DnsFailure, or Refused `dns-dangling`, `zone-changed-again`, `not-yet-visible` */
async function putBack(dns: DnsDriver, zone: ServedZone, finding: Finding): Promise<void> {
  const { name, type, live, registered } = finding
  const above = ancestorsOf(name).filter((each) => each !== zone.name && isWithin(each, zone.name))
  const read = await dns.readRrsets(zone.name, [...new Set([name, ...above])])
  const current = read.filter((set) => set.name === name)
  const set: Rrset = { name, type, ttl: registered?.ttl ?? 0, values: registered?.values ?? [] }
  const plan = planChanges({ zone: zone.name, current, desired: [set] })
  const change = plan.changes[0]
  if (change) {
    if (!isSameContent(change.before, live))
      throw new Refused('zone-changed-again', driftTexts.changedAgain, { status: 409 })
    await refuseLeftPointers(dns, zone.name, finding, current)
    await dns.apply(plan)
  }
  const cuts = read.filter((each) => each.type === 'NS' && each.name !== name)
  await untilSeen(() => lookAtRecords(dns, zone.name, [...cuts, set]))
}

/** What the registry does not know may point at the name too: the zone itself is asked, where it may be read. */
async function refuseLeftPointers(
  dns: DnsDriver,
  zone: string,
  finding: Finding,
  current: readonly Rrset[],
): Promise<void> {
  const names = nameLeft(finding, current)
  if (names.length === 0) return
  const sets = await dns.transfer(zone).catch((error: unknown) => {
    if (error instanceof DnsFailure && error.kind === 'refused') return []
    throw error
  })
  const others = sets.filter(({ name, type }) => name !== finding.name || type !== finding.type)
  refuseDangling({ names, addresses: [] }, others)
}
