import { recordComparison, recordUncompared } from '../actions/zones/record-comparison.ts'
import { inScope } from '../db/database.ts'
import { registeredSets } from '../db/office/zone-records.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import type { JobDeps } from './deps.ts'

/** Compares one zone with the registry. A server that does not answer leaves every finding as it is. */
export async function compareZone(deps: JobDeps, { officeId, zoneId }: Jobs['compare-zone']): Promise<void> {
  const actor = { kind: 'system', officeId } as const
  const startedAt = deps.now()
  const read = await inScope(deps.db, { officeId }, async (tx) => {
    const zone = await findZone(tx, zoneId)
    return zone && { zone, registered: await registeredSets(tx, zoneId) }
  })
  if (!read) return
  const { zone, registered } = read
  try {
    const { findings, liveSets } = await deps.compareZone(zone, registered)
    await recordComparison(deps, actor, zone, { findings, liveSets, startedAt })
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    await recordUncompared(deps, actor, zone, error)
  }
}
