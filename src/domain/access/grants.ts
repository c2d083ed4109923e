import type { Text } from '../refused.ts'
import { appointmentTexts } from '../text/appointments.ts'
import type { Role } from './roles.ts'

/** Who gives a role: what they hold themselves, and what by standing in for somebody. */
export type Granter = {
  readonly personId: string
  readonly roles: readonly Role[]
  /** Roles that they hold by a paper of their own. */
  readonly ownRoles?: readonly Role[]
}

export type Grant = { readonly personId: string; readonly role: Role }

/**
 * The one rule of giving and taking roles: nobody grants more than they hold. Applicants are let in by operators and
 * administrators; everything else by administrators; an administrator only by one who is that in their own right.
 * Nobody grants themselves anything, except that the last administrator of an office may have their own paper recorded.
 *
 * @param lastAdministrator nobody else is administrator of the office today
 * @returns why not
 */
export function refusalOfGrant(granter: Granter, grant: Grant, lastAdministrator: boolean): Text | undefined {
  const own = granter.ownRoles ?? granter.roles
  const needed: readonly Role[] =
    grant.role === 'applicant' ? ['administrator', 'operator'] : ['administrator']
  if (granter.personId === grant.personId) {
    const makesGood = lastAdministrator && grant.role === 'administrator'
    return makesGood ? undefined : appointmentTexts.ownGrant
  }
  if (!granter.roles.some((role) => needed.includes(role))) return appointmentTexts.notGrantable
  if (grant.role === 'administrator' && !own.includes('administrator'))
    return appointmentTexts.notBySubstitute
  return undefined
}
