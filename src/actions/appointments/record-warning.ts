import { inScope } from '../../db/database.ts'
import type { Jobs } from '../../db/queue.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Records a warning that an appointment ends once, and sends its mails with the same commit. */
export async function recordAppointmentWarning(
  deps: Deps,
  actor: SystemActor,
  warning: {
    readonly appointmentId: string
    readonly until: string
    readonly daysBefore: number
    readonly mails: readonly Jobs['send-mail'][]
  },
): Promise<void> {
  const { appointmentId, until, daysBefore, mails } = warning
  const row = {
    office_id: actor.officeId,
    appointment_id: appointmentId,
    until_day: until,
    days_before: daysBefore,
  }
  const known = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    tx
      .selectFrom('appointment_warnings')
      .select('days_before')
      .where('appointment_id', '=', appointmentId)
      .where('until_day', '=', until)
      .where('days_before', '=', daysBefore)
      .executeTakeFirst(),
  )
  if (known) return
  await act(deps, actor, async (tx, write) => {
    const inserted = await tx
      .insertInto('appointment_warnings')
      .values({ ...row, at: deps.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    const isFirst = (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
    if (isFirst) for (const mail of mails) await write.job('send-mail', mail)
    write.note({
      act: isFirst ? 'appointment.warned' : 'appointment.warning-kept',
      subject: { kind: 'appointment', id: appointmentId },
      details: { until, days: daysBefore },
    })
  })
}
