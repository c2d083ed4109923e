import { recordAppointmentWarning } from '../actions/appointments/record-warning.ts'
import { endingAppointments } from '../db/appointments.ts'
import { inScope } from '../db/database.ts'
import { administratorsOf } from '../db/requests/recipients.ts'
import { warningDays } from '../domain/access/appointments.ts'
import { formatDate } from '../domain/dates/indonesian.ts'
import { localDate } from '../domain/dates/zones.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import { messagesOf } from './mail-out.ts'

const dayMs = 86_400_000

/**
 * Warns whoever holds an appointment and the administrators before it ends, once at each distance and once after. One
 * that another appointment of the same role outlasts is not worth a warning.
 */
export async function watchAppointments(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select(['id', 'slug', 'name', 'timezone']).execute()
  for (const office of offices) {
    const today = localDate(deps.now(), office.timezone)
    const until = localDate(new Date(deps.now().getTime() + warningDays[0] * dayMs), office.timezone)
    const since = localDate(new Date(deps.now().getTime() + warningDays[2] * dayMs), office.timezone)
    const { ending, administrators } = await inScope(deps.db, { officeId: office.id }, async (tx) => ({
      ending: await endingAppointments(tx, office.id, since, until),
      administrators: await administratorsOf(tx, deps.now()),
    }))
    for (const each of ending) {
      const days = Math.round((Date.parse(each.untilDay) - Date.parse(today)) / dayMs)
      const mark = warningDays.findLast((distance) => days <= distance)
      if (mark === undefined) continue
      const to = [{ personId: each.personId, email: each.email, name: each.person }, ...administrators]
      const mail = mailTexts.appointment({
        person: each.person,
        role: each.role,
        until: { id: formatDate(each.untilDay, 'id'), en: formatDate(each.untilDay, 'en') },
        days,
        office: office.name,
        url: `${deps.settings.publicUrl}/o/${office.slug}/penugasan`,
      })
      await recordAppointmentWarning(
        deps,
        { kind: 'system', officeId: office.id },
        {
          appointmentId: each.id,
          until: each.untilDay,
          daysBefore: mark,
          mails: messagesOf({
            key: `appointment ${each.id} ${each.untilDay} ${mark}`,
            to: [...new Map(to.map((one) => [one.email, one])).values()],
            mail,
          }),
        },
      )
    }
  }
}
