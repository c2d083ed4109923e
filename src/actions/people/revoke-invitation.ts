import type { Actor, Deps } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Takes an open invitation back: its link does nothing any more. @throws Refused (404) when none is open */
export async function revokeInvitation(deps: Deps, actor: Actor, id: string): Promise<void> {
  requireRole(actor, 'administrator', 'operator')
  await act(deps, actor, async (tx, write) => {
    const revoked = await tx
      .updateTable('invitations')
      .set({ revoked_at: deps.now() })
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('role')
      .executeTakeFirst()
    if (!revoked) throw notFound()
    if (revoked.role !== 'applicant') requireRole(actor, 'administrator')
    write.note({ act: 'person.invitation-revoked', subject: { kind: 'invitation', id } })
  })
}
