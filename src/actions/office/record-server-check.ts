import { readServerFile, updateCheck } from '../../db/office/servers.ts'
import type { ServerCheck } from '../../domain/office/server-drivers.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Keeps what a test of the connection saw. */
export async function recordServerCheck(
  deps: Deps,
  member: Member,
  id: string,
  check: ServerCheck,
): Promise<void> {
  requireRole(member, 'administrator', 'operator')
  await act(deps, member, async (tx, write) => {
    const server = await readServerFile(tx, id)
    if (!server) throw notFound()
    await updateCheck(tx, id, check, deps.now())
    write.note({
      act: 'server.tested',
      subject: { kind: 'server', id: server.name },
      details: { ok: check.ok, findings: check.findings.filter(({ ok }) => !ok).map(({ text }) => text.en) },
    })
  })
}
