import type { Grant } from '../../domain/access/grants.ts'
import { refusalOfGrant } from '../../domain/access/grants.ts'
import { Refused } from '../../domain/refused.ts'
import { hasOtherAdministrator } from '../../db/appointments.ts'
import type { Tx } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'

/** @throws Refused (403) for a role that is not the member's to give or take: `domain/access/grants.ts` says which */
export async function requireGrant(deps: Deps, tx: Tx, member: Member, grant: Grant): Promise<void> {
  const isOwn = member.personId === grant.personId
  // two at once must see each other: the last administrator is counted under the lock of their office
  if (isOwn)
    await tx.selectFrom('offices').select('id').where('id', '=', member.officeId).forUpdate().execute()
  const last =
    isOwn &&
    (isAdministrator(member) || lapsedAdministrator(member)) &&
    !(await hasOtherAdministrator(tx, member.officeId, member.personId, deps.now()))
  const text = refusalOfGrant(member, grant, last)
  if (text) throw new Refused(isOwn ? 'own-roles' : 'not-allowed', text, { status: 403 })
}

const isAdministrator = ({ roles, ownRoles = roles }: Member): boolean => ownRoles.includes('administrator')
const lapsedAdministrator = ({ lapsed = [] }: Member): boolean =>
  lapsed.some(({ role }) => role === 'administrator')
