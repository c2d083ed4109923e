import type { ExpressionBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Acting, ActingForm, Lapsed } from '../domain/access/appointments.ts'
import type { Role } from '../domain/access/roles.ts'
import type { Db, Tx } from './database.ts'
import { behind, idText, type PageOf } from './page.ts'
import type { Tables } from './schema.ts'

/** What one person is in one office. */
export type Membership = {
  readonly office: OfficeFacts
  readonly roles: readonly Role[]
  readonly agencyIds: readonly string[]
  /** Roles by an appointment of their own; the others are in `acting`. */
  readonly ownRoles: readonly Role[]
  readonly acting: readonly Acting[]
  readonly lapsed: readonly Lapsed[]
  /** The last days of those that have one. */
  readonly ends: readonly { readonly role: Role; readonly untilDay: string }[]
}

/** An office as everybody may know it. */
export type OfficeFacts = {
  readonly id: string
  readonly slug: string
  readonly government: string
  readonly name: string
  readonly region: string
  readonly timezone: 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
  readonly hasLogo: boolean
  /** Applicants need a second factor too; staff always do. */
  readonly applicantsNeedFactor: boolean
}

/**
 * What a person is in their offices now, by the office's name: a role counts from the first to the last day of its
 * appointment. Needs the person in the scope.
 */
export async function membershipsOf(tx: Tx, personId: string, now: Date): Promise<readonly Membership[]> {
  const rows = await tx
    .selectFrom(standingsAt(now).as('m'))
    .innerJoin('offices as o', 'o.id', 'm.office_id')
    .leftJoin('auth_user as p', 'p.id', 'm.principal_id')
    .select(['m.role', 'm.agency_id', 'm.acting', 'm.principal_id', 'p.name as principal'])
    .select(['m.holds', 'm.ended_on', 'm.until_day'])
    .select(officeFacts)
    .where('m.person_id', '=', personId)
    .orderBy('o.name')
    .orderBy('m.since')
    .orderBy('m.role')
    .execute()
  const byOffice = Map.groupBy(rows, (row) => row.id)
  return [...byOffice.values()].map((of) => {
    const { role: _role, agency_id: _agency, acting: _acting, principal_id: _id, ...first } = of[0]!
    const { principal: _name, holds: _holds, ended_on: _ended, until_day: _until, ...office } = first
    const valid = of.filter((row) => row.holds)
    return {
      office,
      roles: [...new Set(valid.map((row) => row.role))],
      agencyIds: valid.flatMap((row) => row.agency_id ?? []),
      ownRoles: valid.filter((row) => row.acting === null).map((row) => row.role),
      acting: valid.flatMap(({ role, acting: form, principal_id: id, principal: name }) =>
        form ? [{ role, form, principal: id === null ? null : { id, name: name ?? '' } }] : [],
      ),
      lapsed: of.filter((row) => !row.holds).map((row) => ({ role: row.role, endedOn: row.ended_on })),
      ends: valid.flatMap(({ role, until_day: untilDay }) => (untilDay ? [{ role, untilDay }] : [])),
    }
  })
}

/** @returns names and short names of agencies of the office in scope */
export async function agencyNames(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('agencies').select(['name', 'short_name']).where('id', 'in', ids).execute()
  return rows.flatMap(({ name, short_name }) => [name, short_name ?? ''])
}

type Standing = {
  office_id: string
  person_id: string
  role: Role
  agency_id: string | null
  acting: ActingForm | null
  principal_id: string | null
  holds: boolean
  until_day: string | null
  ended_on: string | null
  since: Date
}

/** What everybody whom the scope shows is at an instant. */
export const standingsAt = (at: Date) => sql<Standing>`standings(${at})`

/** The columns of an office that everybody may know; the statement calls it o. */
const officeFacts = (eb: ExpressionBuilder<{ o: Tables['offices'] }, 'o'>) =>
  [
    'o.id',
    'o.slug',
    'o.government',
    'o.name',
    'o.region',
    'o.timezone',
    eb('o.logo', 'is not', null).$castTo<boolean>().as('hasLogo'),
    'o.applicants_need_factor as applicantsNeedFactor',
  ] as const

const isSlug = /^[a-z0-9]{2,16}$/

/** @returns the office of that slug; offices are public facts, so no scope is needed */
export async function findOffice(db: Db | Tx, slug: string): Promise<OfficeFacts | undefined> {
  if (!isSlug.test(slug)) return undefined
  return db.selectFrom('offices as o').select(officeFacts).where('slug', '=', slug).executeTakeFirst()
}

/** @returns the short name of an office */
export async function readOfficeSlug(db: Db | Tx, officeId: string): Promise<string> {
  const row = await db
    .selectFrom('offices')
    .select('slug')
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
  return row.slug
}

/** All offices of the installation, by name. */
export async function listOffices(db: Db | Tx): Promise<readonly OfficeFacts[]> {
  return db.selectFrom('offices as o').select(officeFacts).orderBy('name').execute()
}

/** A person of the office with everything they are there. */
export type OfficePerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly agency: string | null
  readonly active: boolean
  readonly hasSecondFactor: boolean
  /** An administrator took the factors away, and the new one is not set up yet. */
  readonly awaitsFactor: boolean
  readonly since: Date
}

/**
 * People of the office by name, one page of them.
 * @param after name and id of the last person of the page before
 */
export async function listPeople(
  tx: Tx,
  officeId: string,
  page: { limit: number; after?: readonly string[] },
): Promise<readonly OfficePerson[]> {
  const { limit, after } = page
  return tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .leftJoin('agencies as a', 'a.id', 'm.agency_id')
    .where('m.office_id', '=', officeId)
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('u.name', '>', after![0]!),
          eb.and([eb('u.name', '=', after![0]!), eb('u.id', '>', after![1]!)]),
        ]),
      ),
    )
    .groupBy(['u.id', 'u.name', 'u.email', 'u.twoFactorEnabled', 'u.enrolmentHash'])
    .select((eb) => [
      'u.id',
      'u.name',
      'u.email',
      'u.twoFactorEnabled as hasSecondFactor',
      eb('u.enrolmentHash', 'is not', null).$castTo<boolean>().as('awaitsFactor'),
      eb.fn.agg<Role[]>('array_agg', ['m.role']).as('roles'),
      eb.fn.max('a.name').as('agency'),
      eb.fn.agg<boolean>('bool_or', ['m.active']).as('active'),
      eb.fn.min('m.since').as('since'),
    ])
    .orderBy('u.name')
    .orderBy('u.id')
    .limit(limit)
    .execute()
}

/** Somebody who asked for an account. */
export type Registration = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly post: string
  readonly agency: string
  readonly reason: string
  readonly createdAt: Date
}

/** Who waits for a decision, oldest first. */
export async function pendingRegistrations(
  tx: Tx,
  officeId: string,
  page: PageOf,
): Promise<readonly Registration[]> {
  return tx
    .selectFrom('self_registrations')
    .select(['id', 'name', 'email', 'post', 'agency_name as agency', 'reason', 'created_at as createdAt'])
    .where('office_id', '=', officeId)
    .where('status', '=', 'pending')
    .where(behind('asc', { at: 'created_at', id: 'id' }, page.after))
    .orderBy('created_at')
    .orderBy(idText('id'))
    .limit(page.limit)
    .execute()
}

/** @returns how many wait for a decision */
export async function countRegistrations(tx: Tx, officeId: string): Promise<number> {
  const row = await tx
    .selectFrom('self_registrations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('office_id', '=', officeId)
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow()
  return row.count
}

/** @returns the id of the active member of the office with this e-mail address */
export async function findMember(tx: Tx, officeId: string, email: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .select('u.id')
    .where('m.office_id', '=', officeId)
    .where('m.active', '=', true)
    .where(sql<boolean>`lower(u.email) = ${email.trim().toLowerCase()}`)
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** A token as it may be shown: never the token itself. */
export type ListedToken = {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly scopes: readonly string[] | null
  readonly names: readonly string[] | null
  readonly recordTypes: readonly string[] | null
  readonly networks: readonly string[] | null
  readonly refusedUses: number
}

/** Tokens of the office that are not revoked, newest first; only those of one person when given. */
export async function listTokens(
  tx: Tx,
  officeId: string,
  personId: string | undefined,
  page: PageOf,
): Promise<readonly ListedToken[]> {
  return tx
    .selectFrom('api_tokens as t')
    .innerJoin('auth_user as u', 'u.id', 't.person_id')
    .select([
      't.id',
      't.name',
      'u.name as owner',
      't.created_at as createdAt',
      't.expires_at as expiresAt',
      't.last_used_at as lastUsedAt',
      't.scopes',
      't.names',
      't.record_types as recordTypes',
      't.networks',
      't.refused_uses as refusedUses',
    ])
    .where('t.office_id', '=', officeId)
    .where('t.revoked_at', 'is', null)
    .$if(personId !== undefined, (query) => query.where('t.person_id', '=', personId!))
    .where(behind('desc', { at: 't.created_at', id: 't.id' }, page.after))
    .orderBy('t.created_at', 'desc')
    .orderBy(idText('t.id'), 'desc')
    .limit(page.limit)
    .execute()
}
