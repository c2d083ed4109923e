import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Records that a zone is served; doing it twice changes nothing but says so in the logbook. */
export async function recordZoneReady(
  deps: Deps,
  actor: SystemActor,
  zone: { id: string; name: string },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx.updateTable('zones').set({ status: 'ready' }).where('id', '=', zone.id).execute()
    write.note({ act: 'zone.ready', subject: { kind: 'zone', id: zone.name } })
  })
}
