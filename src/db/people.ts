import type { Role } from '../domain/access/roles.ts'
import type { Db, Tx } from './database.ts'

/** What one person is in one office. */
export type Membership = {
  readonly officeId: string
  readonly slug: string
  readonly officeName: string
  readonly roles: readonly Role[]
  readonly agencyIds: readonly string[]
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
}

/** The active memberships of a person, one per office, by the office's name. Needs the person in the scope. */
export async function membershipsOf(tx: Tx, personId: string): Promise<readonly Membership[]> {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('offices as o', 'o.id', 'm.office_id')
    .select(['m.office_id', 'm.role', 'm.agency_id', 'o.slug', 'o.name'])
    .where('m.person_id', '=', personId)
    .where('m.active', '=', true)
    .orderBy('o.name')
    .orderBy('m.since')
    .execute()
  const byOffice = Map.groupBy(rows, (row) => row.office_id)
  return [...byOffice].map(([officeId, of]) => ({
    officeId,
    slug: of[0]!.slug,
    officeName: of[0]!.name,
    roles: of.map((row) => row.role),
    agencyIds: of.flatMap((row) => row.agency_id ?? []),
  }))
}

/** @returns the office of that slug; offices are public facts, so no scope is needed */
export async function findOffice(db: Db | Tx, slug: string): Promise<OfficeFacts | undefined> {
  return db
    .selectFrom('offices')
    .select((eb) => [
      'id',
      'slug',
      'government',
      'name',
      'region',
      'timezone',
      eb('logo', 'is not', null).$castTo<boolean>().as('hasLogo'),
    ])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

/** All offices of the installation, by name. */
export async function listOffices(db: Db | Tx): Promise<readonly OfficeFacts[]> {
  return db
    .selectFrom('offices')
    .select((eb) => [
      'id',
      'slug',
      'government',
      'name',
      'region',
      'timezone',
      eb('logo', 'is not', null).$castTo<boolean>().as('hasLogo'),
    ])
    .orderBy('name')
    .execute()
}
