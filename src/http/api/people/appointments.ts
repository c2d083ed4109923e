import { z } from '@hono/zod-openapi'
import { attachScan } from '../../../actions/appointments/attach-scan.ts'
import { endAppointment } from '../../../actions/appointments/end-appointment.ts'
import { recordAppointment } from '../../../actions/appointments/record-appointment.ts'
import type { Appointment } from '../../../db/appointments.ts'
import { listAppointments } from '../../../db/appointments.ts'
import { inScope } from '../../../db/database.ts'
import { actingForms, appointmentInput, bases } from '../../../domain/access/appointments.ts'
import { roles } from '../../../domain/access/roles.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import type { AppointmentState } from '../../appointments.ts'
import { appointmentOf, scanAnswer, stateOf } from '../../appointments.ts'
import { endForm } from '../../pages/people/appointment.tsx'
import { maxUploadBytes, readUpload } from '../../requests/intake.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from '../paging.ts'
import { appointmentSheet } from '../../sheets/people.ts'

const states = [
  'valid',
  'later',
  'over',
  'revoked',
  'endsSoon',
  'makeGood',
] as const satisfies AppointmentState[]
const appointment = z
  .object({
    id: z.uuid(),
    personId: z.string(),
    person: z.string(),
    role: z.enum(roles),
    agency: z.string().nullable(),
    basis: z.enum(bases),
    number: z.string().nullable(),
    dated: z.iso.date().nullable(),
    acting: z.enum(actingForms).nullable(),
    principalId: z.string().nullable(),
    principal: z.string().nullable(),
    fromDay: z.iso.date(),
    untilDay: z.iso.date().nullable(),
    scanned: z.boolean(),
    recordedAt: z.iso.datetime(),
    state: z.enum(states),
  })
  .openapi('Appointment', {
    description: 'The paper behind a role: it counts from the first to the last day.',
  })
const params = officeParams({ appointment: z.uuid() })
const pdf = z.string().openapi({ format: 'binary' })

function answerOf(
  { createdAt, revokedAt: _revoked, documentId, ...row }: Appointment,
  state: AppointmentState,
) {
  return { ...row, scanned: documentId !== null, recordedAt: createdAt.toISOString(), state }
}

/** By which paper everybody is what they are, over the API. */
export function registerAppointmentsApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/appointments',
      summary: 'Appointments of the office, newest first',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('Appointments, newest first.', pageOf(appointment)) },
    },
    async (c) => {
      const { member, office } = c.var
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      const rows = await inScope(deps.db, member, (tx) =>
        listAppointments(tx, member.officeId, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.createdAt, row.id))
      const today = localDate(deps.now(), office.timezone)
      return c.json(
        { items: page.rows.map((row) => answerOf(row, stateOf(row, today))), next: page.next },
        200,
      )
    },
    { sheet: (reader) => appointmentSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/appointments',
      summary: 'Record the paper behind a role; with it the person holds the role on its days',
      request: { params: officeParams({}), body: jsonOf('The paper.', appointmentInput) },
      responses: { 201: jsonOf('Recorded.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await recordAppointment(deps, c.var.member, c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/appointments/{appointment}',
      summary: 'One appointment',
      request: { params },
      responses: { 200: jsonOf('The appointment.', appointment) },
    },
    async (c) => {
      const { member, office } = c.var
      const row = await appointmentOf(deps.db, member, c.req.valid('param').appointment)
      return c.json(answerOf(row, stateOf(row, localDate(deps.now(), office.timezone))), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/appointments/{appointment}/end',
      summary: 'End an appointment with a last day, or at once where none is given',
      request: { params, body: jsonOf('The last day.', z.strictObject(endForm.shape)) },
      responses: { 200: jsonOf('Ended.', z.object({ ended: z.boolean() })) },
    },
    async (c) => {
      const { untilDay } = c.req.valid('json')
      await endAppointment(deps, c.var.member, c.req.valid('param').appointment, untilDay)
      return c.json({ ended: true }, 200)
    },
  )
  registerScanApi(api)
}

function registerScanApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'put',
      path: '/appointments/{appointment}/scan',
      summary: 'File the scan of the letter: the PDF as the body, or a multipart form with `file`',
      request: { params },
      responses: { 200: jsonOf('Filed.', z.object({ sha256: z.string() })) },
    },
    async (c) => {
      const upload = await readUpload(c)
      return c.json(await attachScan(deps, c.var.member, c.req.valid('param').appointment, upload), 200)
    },
    { maxBytes: maxUploadBytes },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/appointments/{appointment}/scan',
      summary: 'Download the scan of the letter',
      request: { params },
      responses: { 200: { description: 'The file.', content: { 'application/pdf': { schema: pdf } } } },
    },
    async (c) => scanAnswer(deps, c.var.member, c.req.valid('param').appointment),
  )
}
