import type { AppointmentInput } from '../../domain/access/appointments.ts'
import { daysBeforeRecording } from '../../domain/access/appointments.ts'
import type { Role } from '../../domain/access/roles.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { appointmentTexts } from '../../domain/text/appointments.ts'
import type { Tx } from '../../db/database.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act } from '../act.ts'
import { requireGrant } from './may-grant.ts'

/**
 * Records the paper behind a role; with it the person holds the role from its first to its last day. A substitute holds
 * it beside their own, for the holder or for a vacant post.
 *
 * @returns its id
 * @throws Refused: 403 for what is not the actor's to give, `person-unknown`, `principal-unfit` (422)
 */
export async function recordAppointment(
  deps: Deps,
  member: Member,
  input: AppointmentInput,
): Promise<{ id: string }> {
  return act(deps, member, async (tx, write) => {
    await requireGrant(deps, tx, member, input)
    const person = await tx
      .selectFrom('memberships')
      .select(['role', 'agency_id'])
      .where('person_id', '=', input.personId)
      .where('active', '=', true)
      .execute()
    if (person.length === 0) throw refuse('person-unknown', 'personId', 'personUnknown')
    const agencyId = person.find((each) => each.agency_id !== null)?.agency_id ?? null
    if (input.role === 'applicant' && agencyId === null)
      throw refuse('agency-unknown', 'personId', 'agencyUnknown')
    const isStaff = person.some((each) => each.role !== 'applicant')
    if (input.acting && !isStaff) throw refuse('person-unknown', 'personId', 'personUnknown')
    if (input.acting && input.principalId) await requirePrincipal(tx, input.principalId, input)
    else if (!input.acting) await joinAs(deps, tx, member, input.personId, input.role)
    const id = await insertAppointment(deps, tx, member, {
      ...input,
      agencyId: input.role === 'applicant' ? agencyId : null,
    })
    noteAppointment(write, id, input)
    return { id }
  })
}

/** Whoever is substituted holds the role by a paper of their own on all of these days. */
async function requirePrincipal(tx: Tx, principalId: string, { role, fromDay, untilDay }: AppointmentInput) {
  const held = await tx
    .selectFrom('appointments as a')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.person_id', '=', 'a.person_id').onRef('m.role', '=', 'a.role'),
    )
    .select('a.id')
    .where('a.person_id', '=', principalId)
    .where('a.role', '=', role)
    .where('m.active', '=', true)
    .where('a.acting', 'is', null)
    .where('a.revoked_at', 'is', null)
    .where('a.from_day', '<=', fromDay)
    .where((eb) => eb.or([eb('a.until_day', 'is', null), eb('a.until_day', '>=', untilDay!)]))
    .executeTakeFirst()
  if (!held) throw refuse('principal-unfit', 'principalId', 'principalUnfit')
}

/** The role itself, which the paper lets count. */
async function joinAs(deps: Deps, tx: Tx, member: Member, personId: string, role: Role): Promise<void> {
  if (role === 'applicant') return
  await tx
    .insertInto('memberships')
    .values({ office_id: member.officeId, person_id: personId, role, since: deps.now() })
    .onConflict((conflict) => conflict.columns(['office_id', 'person_id', 'role']).doNothing())
    .execute()
}

type NewAppointment = Omit<AppointmentInput, 'basis'> & { readonly agencyId: string | null } & (
    | Pick<AppointmentInput, 'basis'>
    | { readonly basis: 'before-recording' }
  )

async function insertAppointment(
  deps: Deps,
  tx: Tx,
  by: { readonly officeId: string; readonly personId?: string },
  appointment: NewAppointment,
): Promise<string> {
  const id = deps.newId()
  const isEmpty = appointment.basis === 'before-recording'
  await tx
    .insertInto('appointments')
    .values({
      id,
      office_id: by.officeId,
      person_id: appointment.personId,
      role: appointment.role,
      agency_id: appointment.agencyId,
      basis: appointment.basis,
      number: isEmpty ? null : appointment.number,
      dated: isEmpty ? null : appointment.dated,
      acting: appointment.acting ?? null,
      principal_id: appointment.principalId ?? null,
      from_day: appointment.fromDay,
      until_day: appointment.untilDay ?? null,
      document_id: null,
      recorded_by: by.personId ?? null,
      created_at: deps.now(),
    })
    .execute()
  return id
}

function noteAppointment(write: Write, id: string, input: Omit<NewAppointment, 'agencyId'>): void {
  const { basis, number, dated, personId, role, fromDay, untilDay, acting, principalId } = input
  write.note({
    act: 'appointment.recorded',
    subject: { kind: 'appointment', id },
    details: {
      person: personId,
      role,
      basis,
      ...(basis !== 'before-recording' && { number, dated }),
      from: fromDay,
      ...(untilDay && { until: untilDay }),
      ...(acting && { acting }),
      ...(principalId && { for: principalId }),
    },
  })
}

type Joined = {
  readonly officeId: string
  readonly personId: string
  readonly role: Role
  readonly agencyId: string | null
  /** The paper that came with the invitation. */
  readonly paper?: Pick<AppointmentInput, 'basis' | 'number' | 'dated' | 'fromDay' | 'untilDay'> | undefined
  /** Whether somebody must begin: the first administrator of an office, who makes their paper good later. */
  readonly begins: boolean
}

/** The appointment of somebody who joins, in the transaction of the joining; none where no paper is known yet. */
export async function appointJoined(deps: Deps, tx: Tx, write: Write, joined: Joined): Promise<void> {
  const { officeId, personId, role, agencyId, paper, begins } = joined
  const { timezone } = await tx
    .selectFrom('offices')
    .select('timezone')
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
  const today = localDate(deps.now(), timezone)
  const lastDay = localDate(new Date(deps.now().getTime() + daysBeforeRecording * 86_400_000), timezone)
  const none = {
    basis: 'before-recording',
    number: '',
    dated: '',
    fromDay: today,
    untilDay: lastDay,
  } as const
  const given = paper ?? (begins ? none : undefined)
  if (!given) return
  const appointment = { ...given, personId, role, agencyId }
  noteAppointment(write, await insertAppointment(deps, tx, { officeId }, appointment), appointment)
}

function refuse(
  reason: string,
  field: string,
  text: 'personUnknown' | 'agencyUnknown' | 'principalUnfit',
): Refused {
  return new Refused(reason, appointmentTexts[text], { issues: [{ field, text: appointmentTexts[text] }] })
}
