import { paperOf } from '../../domain/access/appointments.ts'
import type { RegistrationDecision } from '../../domain/access/people.ts'
import { Refused } from '../../domain/refused.ts'
import { registrationRefusedMail } from '../../domain/text/people-mails.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import { separationTexts } from '../../domain/text/separation.ts'
import type { Actor, Deps } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { inviteInto } from './invite.ts'
import { officeOf } from './office-of.ts'

/**
 * Decides about somebody who asked for an account: approval sends an invitation for their agency, refusal
 * sends the reason.
 *
 * @throws Refused: 404 for an unknown one, 409 when it was decided already (of two at once one decides)
 */
export async function decideRegistration(
  deps: Deps,
  actor: Actor,
  id: string,
  decision: RegistrationDecision,
  linkOf: (token: string) => string,
): Promise<void> {
  requireRole(actor, 'administrator', 'operator')
  await act(deps, actor, async (tx, write) => {
    const asked = await tx
      .selectFrom('self_registrations')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!asked) throw notFound()
    if (asked.status !== 'pending')
      throw new Refused('already-decided', peopleTexts.alreadyDecided, { status: 409 })
    if (asked.email.toLowerCase() === actor.email.toLowerCase())
      throw new Refused('same-person', separationTexts.ownRegistration, { status: 403 })
    const status = decision.approve ? 'approved' : 'refused'
    await tx
      .updateTable('self_registrations')
      .set({ status, decided_by: actor.personId, decided_at: deps.now(), decision_text: decision.text })
      .where('id', '=', id)
      .execute()
    const office = await officeOf(tx, actor.officeId)
    const { name, email, agency_name: agency } = asked
    if (decision.approve) {
      const { approve: _approve, text: _text, ...paper } = decision
      const invitation = {
        name,
        email,
        agency,
        role: 'applicant',
        office,
        linkOf,
        paper: paperOf(paper),
      } as const
      await inviteInto(deps, tx, write, { ...invitation, invitedBy: actor.personId })
    } else {
      const mail = registrationRefusedMail({ name, office: office.name, reason: decision.text })
      await write.job('send-mail', { messageId: id, to: email, ...mail })
    }
    write.note({
      act: `registration.${status}`,
      subject: { kind: 'registration', id },
      details: { agency, text: decision.text },
      personal: { email },
    })
  })
}
