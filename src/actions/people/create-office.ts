import type { InvitationInput, OfficeInput } from '../../domain/access/people.ts'
import type { Actor, Deps } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { inviteInto } from './invite.ts'
import type { ReadSop } from './lay-office.ts'
import { layOffice } from './lay-office.ts'

/**
 * Adds an office to the installation. Its first administrator comes by invitation; the administrator who adds
 * it becomes nothing in it and sees nothing of it.
 *
 * @returns the id of the new office
 * @throws Refused: 403 unless the actor is an administrator, 409 when slug or zone are taken
 */
export async function createOffice(
  deps: Deps,
  actor: Actor,
  input: { office: OfficeInput; sop: ReadSop; administrator: Pick<InvitationInput, 'name' | 'email'> },
  linkOf: (token: string) => string,
): Promise<string> {
  requireRole(actor, 'administrator')
  const id = deps.newId()
  const { office, sop, administrator } = input
  await act(deps, { ...actor, officeId: id }, async (tx, write) => {
    await layOffice(deps, tx, write, { ...office, id, sop, createdBy: actor.personId })
    await inviteInto(deps, tx, write, {
      ...administrator,
      role: 'administrator',
      office: { id, slug: office.slug, name: office.name },
      invitedBy: actor.personId,
      linkOf,
    })
    write.note({
      act: 'office.created',
      subject: { kind: 'office', id: office.slug },
      details: { name: office.name, zone: office.zone, sop: sop.document.id, by: actor.officeId },
      personal: { administrator: administrator.email },
    })
  })
  return id
}
