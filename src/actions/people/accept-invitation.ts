import { findPersonByEmail, insertAccount } from '../../db/accounts.ts'
import type { Tx } from '../../db/database.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { hasOtherAdministrator } from '../../db/appointments.ts'
import { lockInvitation } from '../../db/invitations.ts'
import type { Invitation } from '../../db/invitations.ts'
import { refusalOfGrant } from '../../domain/access/grants.ts'
import { hashToken } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import { appointJoined } from '../appointments/record-appointment.ts'

/** Who accepts: somebody new with a checked password, or the person who is signed in under that address. */
export type Accepting =
  | { readonly kind: 'new'; readonly name: string; readonly passwordHash: string }
  | { readonly kind: 'signed-in'; readonly personId: string }

/**
 * Accepts an invitation: creates the account if there is none, and the membership, in one transaction.
 * A token works once; of two at once one wins.
 *
 * @throws Refused: 404 for an unknown token, 410 for one used, revoked or over, 409 when the address has an
 *   account whose owner is not signed in, 403 for whoever invited themselves
 */
export async function acceptInvitation(
  deps: Deps,
  officeId: string,
  token: string,
  accepting: Accepting,
): Promise<Member> {
  const newId = deps.newId()
  const personId = accepting.kind === 'new' ? newId : accepting.personId
  const actor = { kind: 'person', officeId, personId, name: '', email: '', agencyIds: [] } as const
  return act(deps, { ...actor, roles: [] }, async (tx, write) => {
    const invitation = await lockInvitation(tx, officeId, hashToken(token))
    if (!invitation) throw notFound()
    requireOpen(invitation, deps.now())
    if (invitation.invitedBy === personId) await requireNobodyElse(deps, tx, invitation, personId)
    const name = await ensurePerson(deps, tx, invitation, personId, accepting)
    await join(deps, tx, invitation, personId)
    const { officeId: office, role, agencyId, paper } = invitation
    const isAdministrator = role === 'administrator' && paper === null
    await appointJoined(deps, tx, write, {
      officeId: office,
      personId,
      role,
      agencyId,
      paper: paper ?? undefined,
      begins: isAdministrator && !(await hasOtherAdministrator(tx, office, personId, deps.now())),
    })
    write.note({
      act: 'person.joined',
      role: invitation.role,
      subject: { kind: 'person', id: personId },
      details: { role: invitation.role, invitation: invitation.id },
      personal: { email: invitation.email },
    })
    const agencyIds = invitation.agencyId ? [invitation.agencyId] : []
    return { ...actor, name, email: invitation.email, roles: [invitation.role], agencyIds }
  })
}

function requireOpen(invitation: Invitation, now: Date): void {
  if (invitation.acceptedAt || invitation.revokedAt || invitation.expiresAt <= now)
    throw new Refused('invitation-over', peopleTexts.invitationOver, { status: 410 })
}

/**
 * Nobody lets themselves in as something else, under whatever address they had at the time; but whoever adds an office may
 * be its first administrator.
 */
async function requireNobodyElse(
  deps: Deps,
  tx: Tx,
  { officeId, role }: Invitation,
  personId: string,
): Promise<void> {
  const isOnlyOne = !(await hasOtherAdministrator(tx, officeId, personId, deps.now()))
  const text = refusalOfGrant({ personId, roles: [] }, { personId, role }, isOnlyOne)
  if (text) throw new Refused('own-roles', text, { status: 403 })
}

const hasAccount = (): Refused =>
  new Refused('sign-in-to-accept', peopleTexts.signInToAccept, { status: 409 })

async function ensurePerson(
  deps: Deps,
  tx: Tx,
  invitation: Invitation,
  personId: string,
  accepting: Accepting,
): Promise<string> {
  const existing = await findPersonByEmail(tx, invitation.email)
  if (accepting.kind === 'signed-in' && existing?.id === personId) return existing.name
  if (accepting.kind === 'signed-in' || existing) throw hasAccount()
  const { name, passwordHash } = accepting
  const { email } = invitation
  try {
    const now = deps.now()
    await insertAccount(tx, { id: personId, name, email, passwordHash, accountId: deps.newId(), now })
  } catch (error) {
    // Another office's invitation to the same address was accepted at the same moment.
    if (isUniqueViolation(error)) throw hasAccount()
    throw error
  }
  return name
}

async function join(deps: Deps, tx: Tx, invitation: Invitation, personId: string): Promise<void> {
  const now = deps.now()
  const { role, agencyId } = invitation
  await tx
    .insertInto('memberships')
    .values({ office_id: invitation.officeId, person_id: personId, role, agency_id: agencyId, since: now })
    .onConflict((conflict) =>
      conflict
        .columns(['office_id', 'person_id', 'role'])
        .doUpdateSet({ agency_id: agencyId, active: true, since: now }),
    )
    .execute()
  await tx.updateTable('invitations').set({ accepted_at: now }).where('id', '=', invitation.id).execute()
}
