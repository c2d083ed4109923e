import type { Role } from '../../domain/access/roles.ts'
import { Refused } from '../../domain/refused.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Actor, Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Nobody changes what they are themselves: so no administrator can be talked or tricked into it alone. */
export function requireOther(actor: Member, personId: string): void {
  if (actor.personId === personId) throw new Refused('own-roles', peopleTexts.ownRoles, { status: 403 })
}

/**
 * Sets the roles that a person has in the office itself. What they are for an agency stays as it is: that
 * comes by invitation and goes by deactivation.
 *
 * @param wanted all of the person's roles in the office from now on
 * @throws Refused: 403 unless an administrator changes somebody else's, 404 for nobody of this office,
 *   422 when nothing would be left
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
    const active = rows.some((row) => row.active)
    const added = wanted.filter((role) => !had.includes(role))
    const removed = had.filter((role) => !wanted.includes(role))
    for (const role of added)
      await tx
        .insertInto('memberships')
        .values({ office_id: actor.officeId, person_id: personId, role, active, since: deps.now() })
        .execute()
    if (removed.length > 0)
      await tx
        .deleteFrom('memberships')
        .where('office_id', '=', actor.officeId)
        .where('person_id', '=', personId)
        .where('role', 'in', removed)
        .execute()
    write.note({
      act: 'person.roles-changed',
      subject: { kind: 'person', id: personId },
      details: { added, removed },
    })
  })
}
