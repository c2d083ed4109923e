import { insertZoneRecords } from '../../db/office/zone-records.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Records that a zone is served and what Ranah itself put into it; doing it twice changes nothing but says so in the logbook. */
export async function recordZoneReady(
  deps: Deps,
  actor: SystemActor,
  zone: { id: string; name: string; records: readonly Rrset[] },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx.updateTable('zones').set({ status: 'ready' }).where('id', '=', zone.id).execute()
    await insertZoneRecords(tx, { officeId: actor.officeId, zoneId: zone.id }, zone.records)
    write.note({ act: 'zone.ready', subject: { kind: 'zone', id: zone.name } })
  })
}
