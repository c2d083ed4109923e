import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export type ZoneOption = { readonly id: string; readonly name: string }
export type AgencyOption = { readonly id: string; readonly name: string }
export type ServiceOption = {
  readonly id: string
  readonly fqdn: string
  readonly agency_id: string
  readonly has_site: boolean
  readonly registered_until: string | null
}

/** @returns the parent domains under which names are given out */
export function listReadyZones(tx: Tx): Promise<ZoneOption[]> {
  return tx.selectFrom('zones').select(['id', 'name']).where('status', '=', 'ready').orderBy('name').execute()
}

/** @param ids only these agencies; all of the office when left out */
export function listAgencyOptions(tx: Tx, ids?: readonly string[]): Promise<AgencyOption[]> {
  return tx
    .selectFrom('agencies')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where(sql<string>`id::text`, 'in', [...(ids ?? []), '']))
    .orderBy('name')
    .execute()
}

/** @returns the live services of these agencies; all of the office's when left out */
export function listServiceOptions(tx: Tx, agencyIds?: readonly string[]): Promise<ServiceOption[]> {
  return tx
    .selectFrom('services')
    .select(['id', 'fqdn', 'agency_id', 'has_site', 'registered_until'])
    .where('status', '=', 'live')
    .$if(agencyIds !== undefined, (query) =>
      query.where(sql<string>`agency_id::text`, 'in', [...(agencyIds ?? []), '']),
    )
    .orderBy('fqdn')
    .execute()
}
