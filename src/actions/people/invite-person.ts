import { paperOf } from '../../domain/access/appointments.ts'
import { inviters } from '../../domain/access/duties.ts'
import { refusalOfGrant } from '../../domain/access/grants.ts'
import type { InvitationInput } from '../../domain/access/people.ts'
import { Refused } from '../../domain/refused.ts'
import { findPersonByEmail } from '../../db/accounts.ts'
import type { Actor, Deps } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { inviteInto } from './invite.ts'
import { officeOf } from './office-of.ts'

/**
 * Invites somebody into the office by mail. Whoever opens the one-time link within a week becomes what the
 * invitation says; operators invite applicants, administrators anybody.
 *
 * @param linkOf makes the address under which the token is accepted
 * @returns the id of the invitation; the token goes by mail only
 */
export async function invitePerson(
  deps: Deps,
  actor: Actor,
  input: InvitationInput,
  linkOf: (token: string) => string,
): Promise<string> {
  requireRole(actor, ...inviters)
  return act(deps, actor, async (tx, write) => {
    const office = await officeOf(tx, actor.officeId)
    const { name, email, role, agency, ...paper } = input
    const personId = (await findPersonByEmail(tx, email))?.id ?? ''
    const text = refusalOfGrant(actor, { personId, role }, false)
    if (text)
      throw new Refused(personId === actor.personId ? 'own-roles' : 'not-allowed', text, { status: 403 })
    const invited = { name, email, role, agency, paper: paperOf(paper) }
    const { id } = await inviteInto(deps, tx, write, {
      ...invited,
      office,
      invitedBy: actor.personId,
      linkOf,
    })
    write.note({
      act: 'person.invited',
      subject: { kind: 'invitation', id },
      details: { role: input.role, agency: input.agency ?? null },
      personal: { email: input.email },
    })
    return id
  })
}
