import { ancestorsOf } from '../../domain/dns/names.ts'
import { recordTypes } from '../../domain/dns/record-values.ts'
import { sql } from 'kysely'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import type { Tx } from '../database.ts'
import { json } from '../database.ts'

/** Rows of one statement: six parameters each, of the 65,535 that there may be. */
const rowsPerInsert = 1_000

/** @returns every record set that shall be in a zone: those of its live services, and those of no service */
export async function registeredSets(tx: Tx, zoneId: string): Promise<Rrset[]> {
  const services = await tx
    .selectFrom('services')
    .select('records')
    .where('zone_id', '=', zoneId)
    .where('status', '=', 'live')
    .execute()
  const own = services.flatMap(({ records }) => records as Rrset[]).filter(({ values }) => values.length > 0)
  const others = await tx
    .selectFrom('zone_records')
    .select(['name', 'type', 'ttl', 'values'])
    .where('zone_id', '=', zoneId)
    .execute()
  return [...others, ...own]
}

/** Adds record sets of no service; one that is known stays as it is. @returns how many were new */
export async function insertZoneRecords(
  tx: Tx,
  place: { readonly officeId: string; readonly zoneId: string },
  sets: readonly Rrset[],
  onProgress: (done: number) => Promise<void> = async () => {},
): Promise<number> {
  let added = 0
  for (let at = 0; at < sets.length; at += rowsPerInsert) {
    const rows = sets.slice(at, at + rowsPerInsert).map(({ name, type, ttl, values }) => ({
      office_id: place.officeId,
      zone_id: place.zoneId,
      name,
      type,
      ttl,
      values: json(values),
    }))
    const result = await tx
      .insertInto('zone_records')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['zone_id', 'name', 'type']).doNothing())
      .executeTakeFirst()
    added += Number(result.numInsertedOrUpdatedRows ?? 0)
    await onProgress(at + rows.length)
  }
  return added
}

type SetKey = { readonly zoneId: string; readonly name: string; readonly type: string }

export async function readZoneRecord(tx: Tx, key: SetKey): Promise<RrsetContent | null> {
  const row = await tx
    .selectFrom('zone_records')
    .select(['ttl', 'values'])
    .where('zone_id', '=', key.zoneId)
    .where('name', '=', key.name)
    .where('type', '=', key.type)
    .executeTakeFirst()
  return row ?? null
}

/** Puts one record set of no service in the place of what was known; null takes it out. */
export async function putZoneRecord(
  tx: Tx,
  officeId: string,
  { zoneId, name, type }: SetKey,
  content: RrsetContent | null,
): Promise<void> {
  await tx
    .deleteFrom('zone_records')
    .where('zone_id', '=', zoneId)
    .where('name', '=', name)
    .where('type', '=', type)
    .execute()
  if (content) await insertZoneRecords(tx, { officeId, zoneId }, [{ name, type, ...content }])
}

/** @returns records of no service, by name and type; `after` is the place of the last one shown */
export const listZoneRecords = (
  tx: Tx,
  zoneId: string,
  page: { readonly limit: number; readonly after?: readonly string[] },
): Promise<readonly Rrset[]> => {
  const query = tx
    .selectFrom('zone_records')
    .select(['name', 'type', 'ttl', 'values'])
    .where('zone_id', '=', zoneId)
    .orderBy('name')
    .orderBy('type')
    .limit(page.limit)
  const { after } = page
  if (!after) return query.execute()
  return query.where(sql<boolean>`(name, type) > (${after[0]}, ${after[1]})`).execute()
}

export async function countZoneRecords(tx: Tx, zoneId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('zone_records')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', zoneId)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Takes out what lies at or below names that agencies claim, each set for the nearest of the names.
 * @returns the sets by the name that claims them
 */
export async function claimRecords(
  tx: Tx,
  zoneId: string,
  claims: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Rrset[]>> {
  const sets = await tx
    .selectFrom('zone_records')
    .select(['name', 'type', 'ttl', 'values'])
    .where('zone_id', '=', zoneId)
    .where('type', 'in', recordTypes)
    .execute()
  const claimOf = ({ name }: Rrset): string => ancestorsOf(name).find((each) => claims.has(each)) ?? ''
  const claimed = Map.groupBy(sets, claimOf)
  claimed.delete('')
  const names = [...new Set([...claimed.values()].flat().map(({ name }) => name))]
  for (let at = 0; at < names.length; at += rowsPerInsert)
    await tx
      .deleteFrom('zone_records')
      .where('zone_id', '=', zoneId)
      .where('type', 'in', recordTypes)
      .where('name', 'in', names.slice(at, at + rowsPerInsert))
      .execute()
  return claimed
}
