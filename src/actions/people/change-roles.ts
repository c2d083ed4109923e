import type { Role } from '../../domain/access/roles.ts'
import { Refused } from '../../domain/refused.ts'
import { appointmentTexts } from '../../domain/text/appointments.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor, Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { requireGrant } from '../appointments/may-grant.ts'

/** Nobody changes what they are themselves: so no administrator can be talked or tricked into it alone. */
export function requireOther(actor: Member, personId: string): void {
  if (actor.personId === personId) throw new Refused('own-roles', peopleTexts.ownRoles, { status: 403 })
}

/**
 * Takes back roles that a person has in the office itself; what they are for an agency stays as it is: that comes by
 * invitation and goes by deactivation. A role taken back ends its appointments at once. A new one is given by recording
 * its appointment.
 *
 * @param wanted the roles that the person keeps
 * @throws Refused: 403 unless an administrator changes somebody else's, 404 for nobody of this office,
 *   422 when nothing would be left, 409 `appointment-first` for a role that they do not have
 */
export async function changeRoles(
  deps: Deps,
  actor: Actor,
  personId: string,
  wanted: readonly Exclude<Role, 'applicant'>[],
): Promise<void> {
  requireRole(actor, 'administrator')
  requireOther(actor, personId)
  await act(deps, actor, async (tx, write) => {
    const rows = await tx
      .selectFrom('memberships')
      .select(['role', 'active'])
      .where('office_id', '=', actor.officeId)
      .where('person_id', '=', personId)
      .forUpdate()
      .execute()
    if (rows.length === 0) throw notFound()
    const had = rows.map((row) => row.role).filter((role) => role !== 'applicant')
    if (wanted.length === 0 && had.length === rows.length)
      throw new Refused('no-role-left', peopleTexts.noRoleLeft, {
        issues: [{ field: 'roles', text: peopleTexts.noRoleLeft }],
      })
    if (wanted.some((role) => !had.includes(role)))
      throw new Refused('appointment-first', appointmentTexts.appointFirst, { status: 409 })
    const removed = had.filter((role) => !wanted.includes(role))
    for (const role of removed) await requireGrant(deps, tx, actor, { personId, role })
    if (removed.length > 0) await takeBack(deps, tx, actor, personId, removed)
    write.note({
      act: 'person.roles-changed',
      subject: { kind: 'person', id: personId },
      details: { removed },
    })
  })
}

async function takeBack(
  deps: Deps,
  tx: Tx,
  actor: Member,
  personId: string,
  removed: readonly Role[],
): Promise<void> {
  await tx
    .deleteFrom('memberships')
    .where('office_id', '=', actor.officeId)
    .where('person_id', '=', personId)
    .where('role', 'in', removed)
    .execute()
  await tx
    .updateTable('appointments')
    .set({ revoked_at: deps.now() })
    .where('person_id', '=', personId)
    .where('role', 'in', removed)
    .where('revoked_at', 'is', null)
    .execute()
}
