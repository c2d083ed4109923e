import { listUses, readServerFile } from '../../db/office/servers.ts'
import { Refused } from '../../domain/refused.ts'
import { serverRefusals } from '../../domain/text/office-servers.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Names of what keeps a server in use that a refusal lists. */
const namedUses = 5

/**
 * Disconnects a server that nothing lies on; its key is erased. Nothing changes on the server itself.
 * @throws Refused `server-in-use` (409) with what still lies on it
 */
export async function archiveServer(deps: Deps, member: Member, id: string): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const server = await readServerFile(tx, id)
    if (!server) throw notFound()
    const uses = await listUses(tx, id, deps.now().toISOString().slice(0, 10))
    if (uses.length > 0) {
      const named = uses.slice(0, namedUses).join(', ') + (uses.length > namedUses ? ', …' : '')
      throw new Refused('server-in-use', serverRefusals.inUse(named), { status: 409 })
    }
    await tx
      .updateTable('servers')
      .set({ archived_at: deps.now(), is_default: false, secret: null, name: `${server.name} (${id})` })
      .where('id', '=', id)
      .execute()
    write.note({ act: 'server.disconnected', subject: { kind: 'server', id: server.name } })
  })
}
