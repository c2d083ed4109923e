import type { ExpressionBuilder } from 'kysely'
import { sql } from 'kysely'
import type { ActingForm, Basis } from '../domain/access/appointments.ts'
import type { Role } from '../domain/access/roles.ts'
import type { Tx } from './database.ts'
import { behind, idText, type PageOf } from './page.ts'
import type { Tables } from './schema.ts'

/** An appointment as it is listed. */
export type Appointment = {
  readonly id: string
  readonly personId: string
  readonly person: string
  readonly role: Role
  readonly agency: string | null
  readonly basis: Basis
  readonly number: string | null
  readonly dated: string | null
  readonly acting: ActingForm | null
  readonly principalId: string | null
  readonly principal: string | null
  readonly fromDay: string
  readonly untilDay: string | null
  readonly documentId: string | null
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

const select = (tx: Tx) =>
  tx
    .selectFrom('appointments as a')
    .innerJoin('auth_user as u', 'u.id', 'a.person_id')
    .leftJoin('auth_user as p', 'p.id', 'a.principal_id')
    .leftJoin('agencies as g', 'g.id', 'a.agency_id')
    .select(columns)

const columns = (
  _eb: ExpressionBuilder<
    Tables & { a: Tables['appointments']; u: Tables['auth_user']; p: Tables['auth_user'] },
    'a'
  >,
) =>
  [
    'a.id',
    'a.person_id as personId',
    'u.name as person',
    'a.role',
    'g.name as agency',
    'a.basis',
    'a.number',
    'a.dated',
    'a.acting',
    'a.principal_id as principalId',
    'p.name as principal',
    'a.from_day as fromDay',
    'a.until_day as untilDay',
    'a.document_id as documentId',
    'a.created_at as createdAt',
    'a.revoked_at as revokedAt',
  ] as const

/** Appointments of the office in scope, newest first; only those of one person when given. */
export async function listAppointments(
  tx: Tx,
  officeId: string,
  page: PageOf,
  personId?: string,
): Promise<readonly Appointment[]> {
  return select(tx)
    .where('a.office_id', '=', officeId)
    .$if(personId !== undefined, (query) => query.where('a.person_id', '=', personId!))
    .where(behind('desc', { at: 'a.created_at', id: 'a.id' }, page.after))
    .orderBy('a.created_at', 'desc')
    .orderBy(idText('a.id'), 'desc')
    .limit(page.limit)
    .execute()
}

/** One appointment of the office in scope. */
export async function readAppointment(
  tx: Tx,
  officeId: string,
  id: string,
): Promise<Appointment | undefined> {
  return select(tx)
    .where('a.office_id', '=', officeId)
    .where(sql<string>`a.id::text`, '=', id)
    .executeTakeFirst()
}

/** Whether the office has an administrator beside this person. */
export async function hasOtherAdministrator(
  tx: Tx,
  officeId: string,
  personId: string,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select has_other_administrator(${officeId}, ${personId}, ${at}) as has`.execute(tx)
  return rows[0]!.has
}

/** An appointment that ends, with whom to tell. */
export type EndingAppointment = {
  readonly id: string
  readonly personId: string
  readonly person: string
  readonly email: string
  readonly role: Role
  readonly untilDay: string
}

/** Appointments that end on these days and that no other one of the same person and role outlasts. */
export async function endingAppointments(
  tx: Tx,
  officeId: string,
  since: string,
  until: string,
): Promise<readonly EndingAppointment[]> {
  return tx
    .selectFrom('appointments as a')
    .innerJoin('auth_user as u', 'u.id', 'a.person_id')
    .innerJoin('memberships as m', 'm.person_id', 'a.person_id')
    .select([
      'a.id',
      'a.person_id as personId',
      'u.name as person',
      'u.email',
      'a.role',
      'a.until_day as untilDay',
    ])
    .distinct()
    .where('a.office_id', '=', officeId)
    .where('m.active', '=', true)
    .where('a.revoked_at', 'is', null)
    .where('a.until_day', '>=', since)
    .where('a.until_day', '<=', until)
    .where(
      sql<boolean>`not exists (select from appointments b where b.office_id = a.office_id and b.person_id = a.person_id
        and b.role = a.role and b.acting is not distinct from a.acting and b.revoked_at is null and b.id <> a.id
        and coalesce(b.until_day, 'infinity') > a.until_day)`,
    )
    .$narrowType<{ untilDay: string }>()
    .execute()
}
