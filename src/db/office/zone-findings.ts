import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { FindingStatus } from '../../domain/dns/drift.ts'
import { revertWindowMs } from '../../domain/dns/drift.ts'
import type { PlanImpact } from '../../domain/dns/plan-guard.ts'
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
    .leftJoin('auth_user as p', 'p.id', 'f.proposed_by')
    .selectAll('f')
    .select(['z.name as zone', 'u.name as decider', 'p.name as proposer'])

export type Finding = FindingRow & {
  readonly zone: string
  readonly proposer: string | null
  readonly decider: string | null
}

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

/** @returns how many proposals wait for a second person who is not the one asked about */
export async function countProposals(tx: Tx, notBy: string): Promise<number> {
  const { count } = await tx
    .selectFrom('zone_findings')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('status', '=', 'open')
    .where('proposal', 'is not', null)
    .where('proposed_by', '!=', notBy)
    .executeTakeFirstOrThrow()
  return count
}

/** @returns how much of the zone a revert would touch, together with the others of the last day */
export async function revertImpact(
  tx: Tx,
  finding: Pick<FindingRow, 'id' | 'zone_id' | 'live'>,
  now: Date,
): Promise<PlanImpact> {
  const { live_sets: live } = await tx
    .selectFrom('zones')
    .select('live_sets')
    .where('id', '=', finding.zone_id)
    .executeTakeFirstOrThrow()
  const { count } = await tx
    .selectFrom('zone_findings')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', finding.zone_id)
    .where('id', '!=', finding.id)
    .where('status', 'in', ['reverting', 'reverted'])
    .where('live', 'is not', null)
    .where('decided_at', '>', new Date(now.getTime() - revertWindowMs))
    .executeTakeFirstOrThrow()
  const touched = count + (finding.live ? 1 : 0)
  return { touched, total: Math.max(live ?? 0, touched) }
}

/** @returns reverts of a zone that have not come to their end */
export const listReverting = (tx: Tx, zoneId: string): Promise<readonly { readonly id: string }[]> =>
  tx
    .selectFrom('zone_findings')
    .select('id')
    .where('zone_id', '=', zoneId)
    .where('status', '=', 'reverting')
    .execute()

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
