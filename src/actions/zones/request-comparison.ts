import { comparers } from '../../domain/access/duties.ts'
import { findZone } from '../../db/office/zones.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Has a zone compared with the registry now. */
export async function requestComparison(deps: Deps, member: Member, idOrName: string): Promise<void> {
  requireRole(member, ...comparers)
  await act(deps, member, async (tx, write) => {
    const zone = await findZone(tx, idOrName)
    if (!zone) throw notFound()
    await tx.updateTable('zones').set({ compare_asked_at: deps.now() }).where('id', '=', zone.id).execute()
    await write.job('compare-zone', { officeId: member.officeId, zoneId: zone.id })
    write.note({ act: 'zone.compare-requested', subject: { kind: 'zone', id: zone.name } })
  })
}
