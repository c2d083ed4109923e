import { localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { appointmentTexts } from '../../domain/text/appointments.ts'
import { readAppointment } from '../../db/appointments.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import { requireGrant } from './may-grant.ts'

/**
 * Ends an appointment: with a last day, or at once. From then on the role counts for nothing, also in sessions that are
 * open and for tokens.
 *
 * @param untilDay the last day; left out: it ends now
 * @throws Refused: 404, 403 for what is not the actor's to take back, `appointment-ended` (409), `appointment-day` (422)
 */
export async function endAppointment(
  deps: Deps,
  member: Member,
  id: string,
  untilDay?: string,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const found = await readAppointment(tx, member.officeId, id)
    if (!found) throw notFound()
    await requireGrant(deps, tx, member, { personId: found.personId, role: found.role })
    const { timezone } = await tx
      .selectFrom('offices')
      .select('timezone')
      .where('id', '=', member.officeId)
      .executeTakeFirstOrThrow()
    const today = localDate(deps.now(), timezone)
    if (found.revokedAt || (found.untilDay !== null && found.untilDay < today))
      throw new Refused('appointment-ended', appointmentTexts.ended, { status: 409 })
    if (untilDay !== undefined && (untilDay < found.fromDay || untilDay > (found.untilDay ?? untilDay)))
      throw new Refused('appointment-day', appointmentTexts.badEnd, {
        issues: [{ field: 'untilDay', text: appointmentTexts.badEnd }],
      })
    await tx
      .updateTable('appointments')
      .set(untilDay === undefined ? { revoked_at: deps.now() } : { until_day: untilDay })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
    write.note({
      act: 'appointment.ended',
      subject: { kind: 'appointment', id },
      details: { person: found.personId, role: found.role, until: untilDay ?? null },
    })
  })
}
