import { forgetVerifications } from '../../db/accounts.ts'
import type { Tx } from '../../db/database.ts'
import { forgetSecondFactors } from '../../db/passkeys.ts'
import { belongsElsewhere } from '../../db/personal-data.ts'
import { enrolmentHours } from '../../domain/access/second-factor.ts'
import { hashToken, tokenBytes } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { factorsForgottenMail } from '../../domain/text/people-mails.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Actor, Deps } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { requireOther } from './change-roles.ts'

const hourMs = 60 * 60 * 1000

/**
 * Takes the authenticator app, the passkeys and the recovery codes of a person away who lost them all, ends their
 * sessions and mails them a link. They sign in with their password and set up a second factor anew, which takes that link:
 * whoever knows the password alone gets no further. Asked for again, the link that was sent before works no more.
 *
 * @param reason how the administrator made sure who asks
 * @param linkOf makes the address under which the token is used
 * @throws Refused: 403 unless an administrator does it to somebody else who belongs to this office alone, 404 for nobody
 *   of this office or without a second factor
 */
export async function forgetFactorsOf(
  deps: Deps,
  actor: Actor,
  personId: string,
  reason: string,
  linkOf: (token: string) => string,
): Promise<void> {
  requireRole(actor, 'administrator')
  requireOther(actor, personId)
  await act(deps, actor, async (tx, write) => {
    if (!(await isMember(tx, actor.officeId, personId))) throw notFound()
    if (await belongsElsewhere(tx, personId))
      throw new Refused('person-elsewhere', peopleTexts.personElsewhere, { status: 403 })
    const token = deps.randomBytes(tokenBytes).toString('base64url')
    const until = new Date(deps.now().getTime() + enrolmentHours * hourMs)
    const person = await forgetSecondFactors(tx, personId, { hash: hashToken(token), until })
    if (!person) throw notFound()
    await forgetVerifications(tx, personId)
    const mail = { to: person.email, ...factorsForgottenMail(person.name, linkOf(token), enrolmentHours) }
    await write.job('send-mail', { messageId: deps.newId(), ...mail })
    write.note({
      act: 'person.second-factors-forgotten',
      subject: { kind: 'person', id: personId },
      details: { linkHours: enrolmentHours },
      personal: { reason },
    })
  })
}

async function isMember(tx: Tx, officeId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('memberships')
    .select('role')
    .where('office_id', '=', officeId)
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
