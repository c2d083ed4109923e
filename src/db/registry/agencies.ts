import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export type AgencyRow = {
  readonly id: string
  readonly name: string
  readonly shortName: string | null
  readonly address: string | null
  readonly email: string | null
  readonly headPost: string | null
  readonly archivedAt: Date | null
  readonly services: number
}

/** @returns agencies by name; `after` is the name of the last one shown */
export async function listAgencies(
  tx: Tx,
  page: { readonly limit: number; readonly after?: string },
): Promise<readonly AgencyRow[]> {
  const query = selectAgencies(tx).orderBy('a.name').limit(page.limit)
  return (page.after === undefined ? query : query.where('a.name', '>', page.after)).execute()
}

export async function readAgency(tx: Tx, id: string): Promise<AgencyRow | undefined> {
  return selectAgencies(tx).where('a.id', '=', id).executeTakeFirst()
}

const selectAgencies = (tx: Tx) =>
  tx
    .selectFrom('agencies as a')
    .select([
      'a.id',
      'a.name',
      'a.short_name as shortName',
      'a.address',
      'a.email',
      'a.head_post as headPost',
      'a.archived_at as archivedAt',
      sql<number>`(select count(*)::int from services s where s.agency_id = a.id and s.status = 'live')`.as(
        'services',
      ),
    ])

/** @returns the people who may apply for an agency, by name */
export const listApplicants = (
  tx: Tx,
  agencyId: string,
): Promise<readonly { readonly name: string; readonly email: string }[]> =>
  tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .select(['u.name', 'u.email'])
    .where('m.agency_id', '=', agencyId)
    .where('m.active', '=', true)
    .orderBy('u.name')
    .execute()
