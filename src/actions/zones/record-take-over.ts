import type { Rrset } from '../../domain/dns/records.ts'
import type { Text } from '../../domain/refused.ts'
import { inScope, json } from '../../db/database.ts'
import type { ZoneImport } from '../../db/office/zone-imports.ts'
import { updateProgress } from '../../db/office/zone-imports.ts'
import { insertZoneRecords } from '../../db/office/zone-records.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

type Zone = { readonly id: string; readonly name: string }

/**
 * Takes record sets in, all of them or none: how far it has come is told beside the transaction. Those that the
 * registry knows stay as they are.
 */
export async function recordTakeOver(
  deps: Deps,
  actor: SystemActor,
  { zone, taken, sets }: { readonly zone: Zone; readonly taken: ZoneImport; readonly sets: readonly Rrset[] },
): Promise<void> {
  const { officeId } = actor
  const total = sets.length
  const tell = (done: number): Promise<void> =>
    inScope(deps.db, { officeId }, (tx) => updateProgress(tx, taken.id, { done, total }))
  await tell(0)
  await act(deps, actor, async (tx, write) => {
    const added = await insertZoneRecords(tx, { officeId, zoneId: zone.id }, sets, tell)
    await tx
      .updateTable('zone_imports')
      .set({ status: 'done', done: total, total, added, file: null, ended_at: deps.now() })
      .where('id', '=', taken.id)
      .execute()
    // What stood there as a difference is registered now.
    await write.job('compare-zone', { officeId, zoneId: zone.id })
    const details = { source: taken.source, sets: total, added }
    write.note({ act: 'zone.taken-over', subject: { kind: 'zone', id: zone.name }, details })
  })
}

/** Records why nothing was taken in. */
export async function recordNotTakenOver(
  deps: Deps,
  actor: SystemActor,
  { zone, taken, why }: { readonly zone: Zone; readonly taken: ZoneImport; readonly why: Text },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx
      .updateTable('zone_imports')
      .set({ status: 'failed', trouble: json(why), file: null, ended_at: deps.now() })
      .where('id', '=', taken.id)
      .execute()
    const details = { source: taken.source, why: why.en.slice(0, 2_000) }
    write.note({ act: 'zone.take-over-failed', subject: { kind: 'zone', id: zone.name }, details })
  })
}
