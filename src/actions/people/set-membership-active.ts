import type { Actor, Deps } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { requireOther } from './change-roles.ts'

/**
 * Deactivates a person in this office, or lets them back in. A deactivated person sees nothing of the office
 * from their next request on, whatever sessions and tokens they hold; their account stays, for it may belong
 * to other offices.
 *
 * @throws Refused: 403 unless an administrator does it to somebody else, 404 when nothing would change
 */
export async function setMembershipActive(
  deps: Deps,
  actor: Actor,
  personId: string,
  active: boolean,
): Promise<void> {
  requireRole(actor, 'administrator')
  requireOther(actor, personId)
  await act(deps, actor, async (tx, write) => {
    const changed = await tx
      .updateTable('memberships')
      .set({ active })
      .where('office_id', '=', actor.officeId)
      .where('person_id', '=', personId)
      .where('active', '=', !active)
      .returning('role')
      .execute()
    if (changed.length === 0) throw notFound()
    write.note({
      act: active ? 'person.activated' : 'person.deactivated',
      subject: { kind: 'person', id: personId },
    })
  })
}
