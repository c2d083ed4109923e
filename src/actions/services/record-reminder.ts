import { inScope } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Records a reminder of re-registration. @returns whether it had not been recorded before */
export async function recordReminder(
  deps: Deps,
  actor: SystemActor,
  reminder: {
    readonly serviceId: string
    readonly fqdn: string
    readonly until: string
    readonly daysBefore: number
  },
): Promise<boolean> {
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
  if (known) return false
  return act(deps, actor, async (tx, write) => {
    const inserted = await tx
      .insertInto('registration_reminders')
      .values({ ...row, at: deps.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    write.note({
      act: 'service.reminded',
      subject: { kind: 'service', id: reminder.fqdn },
      details: { until: reminder.until, days: reminder.daysBefore },
    })
    return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
  })
}
