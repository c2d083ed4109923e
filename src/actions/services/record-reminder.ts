import { inScope } from '../../db/database.ts'
import type { Jobs } from '../../db/queue.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Records a reminder of re-registration once, and sends its mails with the same commit: neither without the other. */
export async function recordReminder(
  deps: Deps,
  actor: SystemActor,
  reminder: {
    readonly serviceId: string
    readonly fqdn: string
    readonly until: string
    readonly daysBefore: number
    readonly mails: readonly Jobs['send-mail'][]
  },
): Promise<void> {
  const row = {
    office_id: actor.officeId,
    service_id: reminder.serviceId,
    registered_until: reminder.until,
    days_before: reminder.daysBefore,
  }
  const known = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    tx
      .selectFrom('registration_reminders')
      .select('days_before')
      .where('service_id', '=', row.service_id)
      .where('registered_until', '=', row.registered_until)
      .where('days_before', '=', row.days_before)
      .executeTakeFirst(),
  )
  if (known) return
  await act(deps, actor, async (tx, write) => {
    const inserted = await tx
      .insertInto('registration_reminders')
      .values({ ...row, at: deps.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    const isFirst = (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
    if (isFirst) for (const mail of reminder.mails) await write.job('send-mail', mail)
    write.note({
      act: isFirst ? 'service.reminded' : 'service.reminder-kept',
      subject: { kind: 'service', id: reminder.fqdn },
      details: { until: reminder.until, days: reminder.daysBefore },
    })
  })
}
