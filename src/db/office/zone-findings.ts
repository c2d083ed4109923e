import type { Selectable } from 'kysely'
import type { FindingStatus } from '../../domain/dns/drift.ts'
import type { Tx } from '../database.ts'
import type { PageOf } from '../page.ts'
import { behind, idText } from '../page.ts'
import type { Tables } from '../schema.ts'

type FindingRow = Selectable<Tables['zone_findings']>

/** Findings that are not at their end. */
export const unsettled = ['open', 'reverting'] as const satisfies readonly FindingStatus[]

/** A difference as people see it, with the name of its zone and of whoever decided. */
const selectFindings = (tx: Tx) =>
  tx
    .selectFrom('zone_findings as f')
    .innerJoin('zones as z', 'z.id', 'f.zone_id')
    .leftJoin('auth_user as u', 'u.id', 'f.decided_by')
    .selectAll('f')
    .select(['z.name as zone', 'u.name as decider'])

export type Finding = FindingRow & { readonly zone: string; readonly decider: string | null }

/** @returns differences, the newest first */
export async function listFindings(
  tx: Tx,
  filter: { readonly zone?: string; readonly statuses: readonly FindingStatus[] },
  page: PageOf,
): Promise<readonly Finding[]> {
  let query = selectFindings(tx).where('f.status', 'in', filter.statuses)
  if (filter.zone !== undefined) query = query.where('z.name', '=', filter.zone)
  return query
    .where(behind('desc', { at: 'f.found_at', id: 'f.id' }, page.after))
    .orderBy('f.found_at', 'desc')
    .orderBy(idText('f.id'), 'desc')
    .limit(page.limit)
    .execute()
}

export const readFinding = (tx: Tx, id: string): Promise<Finding | undefined> =>
  selectFindings(tx).where('f.id', '=', id).executeTakeFirst()

/** Locks a difference for the transaction. */
export const lockFinding = (tx: Tx, id: string): Promise<FindingRow | undefined> =>
  tx.selectFrom('zone_findings').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** How a zone stands: when its server answered last, and what was wrong since. */
export type Comparison = Pick<
  Selectable<Tables['zones']>,
  'id' | 'name' | 'status' | 'compare_asked_at' | 'compare_tried_at' | 'compared_at' | 'compare_trouble'
>

export const listComparisons = (tx: Tx): Promise<readonly Comparison[]> =>
  tx
    .selectFrom('zones')
    .select([
      'id',
      'name',
      'status',
      'compare_asked_at',
      'compare_tried_at',
      'compared_at',
      'compare_trouble',
    ])
    .orderBy('name')
    .execute()

/** @returns names that the system is working on right now, whose records are about to change */
export async function busyNames(tx: Tx, zoneId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('requests as r')
    .leftJoin('services as s', 's.id', 'r.service_id')
    .select((eb) => eb.fn.coalesce('r.fqdn', 's.fqdn').as('name'))
    .where('r.stage', '=', 'working')
    .where('r.phase', '=', 'running')
    .where((eb) => eb.or([eb('r.zone_id', '=', zoneId), eb('s.zone_id', '=', zoneId)]))
    .execute()
  return rows.flatMap(({ name }) => (name === null ? [] : [name]))
}
