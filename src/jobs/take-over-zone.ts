import { recordNotTakenOver, recordTakeOver } from '../actions/zones/record-take-over.ts'
import { inScope } from '../db/database.ts'
import { withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import { readImport, readImportFile } from '../db/office/zone-imports.ts'
import type { ZoneImport } from '../db/office/zone-imports.ts'
import { registeredSets } from '../db/office/zone-records.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { isKeptByServer } from '../domain/dns/compare.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { Refused } from '../domain/refused.ts'
import { takeOverTexts } from '../domain/text/take-over.ts'
import type { JobDeps } from './deps.ts'

/** Brings what a zone has into the registry. One that fails took nothing in, and says why. */
export function takeOverZone(deps: JobDeps, job: Jobs['take-over-zone']): Promise<void> {
  return withOutsideLock(deps.db, job.importId, async () => {
    const { officeId, importId } = job
    const actor = { kind: 'system', officeId } as const
    const read = await inScope(deps.db, { officeId }, async (tx) => {
      const taken = await readImport(tx, importId)
      return taken && { taken, zone: (await findZone(tx, taken.zone_id))! }
    })
    if (read?.taken.status !== 'running') return
    const { taken, zone } = read
    try {
      await recordTakeOver(deps, actor, {
        zone,
        taken,
        sets: await setsOf(deps, actor.officeId, zone, taken),
      })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      await recordNotTakenOver(deps, actor, { zone, taken, why: error.text })
    }
  })
}

/** @returns what the zone has and the registry does not know. @throws Refused, or DnsFailure without an answer */
async function setsOf(
  deps: JobDeps,
  officeId: string,
  zone: ServedZone,
  taken: ZoneImport,
): Promise<readonly Rrset[]> {
  const registered = await inScope(deps.db, { officeId }, (tx) => registeredSets(tx, zone.id))
  if (taken.source === 'transfer') {
    const { findings } = await deps.compareZone(zone, registered)
    return findings.flatMap(({ kind, name, type, live }) =>
      kind === 'unexpected' && live ? [{ name, type, ...live }] : [],
    )
  }
  const content = await inScope(deps.db, { officeId }, (tx) => readImportFile(tx, taken.id))
  const { sets, faults } = await deps.readZoneFile(content, zone.name)
  if (faults.length > 0) throw new Refused('zone-file-invalid', takeOverTexts.faults(faults))
  const keyOf = ({ name, type }: Rrset): string => `${name} ${type}`
  const known = new Set(registered.map(keyOf))
  return sets.filter((set) => !isKeptByServer(set.type) && !known.has(keyOf(set)))
}
