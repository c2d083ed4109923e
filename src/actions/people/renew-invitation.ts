import { openInvitation } from '../../db/invitations.ts'
import { hashToken } from '../../domain/access/tokens.ts'
import type { Actor, Deps } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { invitationExpiry, mailInvitation, newInvitationToken } from './invite.ts'
import { officeOf } from './office-of.ts'

/**
 * Sends an open invitation again, good for another week. The link sent before does nothing any more.
 * @param linkOf makes the address under which the token is accepted
 * @throws Refused (404) when none is open
 */
export async function renewInvitation(
  deps: Deps,
  actor: Actor,
  id: string,
  linkOf: (token: string) => string,
): Promise<void> {
  requireRole(actor, 'administrator', 'operator')
  await act(deps, actor, async (tx, write) => {
    const invitation = await openInvitation(tx, actor.officeId, id)
    if (!invitation) throw notFound()
    if (invitation.role !== 'applicant') requireRole(actor, 'administrator')
    const office = await officeOf(tx, actor.officeId)
    const token = newInvitationToken(deps, office.slug)
    await tx
      .updateTable('invitations')
      .set({ token_hash: hashToken(token), expires_at: invitationExpiry(deps) })
      .where('id', '=', id)
      .execute()
    const { name, email, role, agency } = invitation
    await mailInvitation(deps, write, {
      to: email,
      name,
      office: office.name,
      role,
      agency,
      link: linkOf(token),
    })
    write.note({ act: 'person.invitation-renewed', subject: { kind: 'invitation', id } })
  })
}
