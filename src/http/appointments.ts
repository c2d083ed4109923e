import type { Deps, Member } from '../actions/act.ts'
import { notFound } from '../actions/act.ts'
import { noteReading } from '../actions/oversight/note-reading.ts'
import type { Appointment } from '../db/appointments.ts'
import { readAppointment } from '../db/appointments.ts'
import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readDocument } from '../db/documents.ts'
import { warningDays } from '../domain/access/appointments.ts'
import { downloadResponse } from './requests/intake.ts'

/** What an appointment is worth on a day. */
export type AppointmentState = 'valid' | 'later' | 'over' | 'revoked' | 'endsSoon' | 'makeGood'

/** @param today local day of the office */
export function stateOf(each: Appointment, today: string): AppointmentState {
  if (each.revokedAt) return 'revoked'
  if (each.fromDay > today) return 'later'
  if (each.untilDay !== null && each.untilDay < today) return 'over'
  if (each.basis === 'before-recording') return 'makeGood'
  const soon = new Date(Date.parse(today) + warningDays[0] * 86_400_000).toISOString().slice(0, 10)
  return each.untilDay !== null && each.untilDay <= soon ? 'endsSoon' : 'valid'
}

/** @throws Refused (404) */
export async function appointmentOf(db: Db, member: Member, id: string): Promise<Appointment> {
  const found = await inScope(db, member, (tx) => readAppointment(tx, member.officeId, id))
  if (!found) throw notFound()
  return found
}

/** The scan of the letter as a download. @throws Refused (404) */
export async function scanAnswer(deps: Deps, member: Member, id: string): Promise<Response> {
  const found = await inScope(deps.db, member, async (tx) => {
    const appointment = await readAppointment(tx, member.officeId, id)
    return appointment?.documentId ? readDocument(tx, appointment.documentId) : undefined
  })
  if (!found) throw notFound()
  const { filename, bytes, mediaType } = found
  await noteReading(deps, member, found.id)
  return downloadResponse({ filename, bytes, media_type: mediaType })
}
