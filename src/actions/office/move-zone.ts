import { readServerFile } from '../../db/office/servers.ts'
import { countWorking, findZone } from '../../db/office/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { serverRefusals } from '../../domain/text/office-servers.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/**
 * Says on which name server a zone is kept from now on. Records are not copied.
 * @param serverId null for the embedded name server
 * @throws Refused `server-wrong-kind`, or `zone-busy` (409) while the system works on a request in the zone
 */
export async function moveZone(
  deps: Deps,
  member: Member,
  zoneId: string,
  serverId: string | null,
): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const zone = await findZone(tx, zoneId)
    const server = serverId === null ? null : await readServerFile(tx, serverId)
    if (!zone || server === undefined) throw notFound()
    if (server && server.kind !== 'dns')
      throw new Refused('server-wrong-kind', serverRefusals.wrongKind, { status: 409 })
    if ((await countWorking(tx, zone.id)) > 0)
      throw new Refused('zone-busy', serverRefusals.zoneBusy, { status: 409 })
    await tx
      .updateTable('zones')
      .set({ server_id: serverId, status: serverId === null ? 'creating' : 'ready' })
      .where('id', '=', zone.id)
      .execute()
    if (serverId === null) await write.job('create-zone', { officeId: member.officeId, zoneId: zone.id })
    write.note({
      act: 'zone.moved',
      subject: { kind: 'zone', id: zone.name },
      details: { server: server?.name ?? 'embedded' },
    })
  })
}
