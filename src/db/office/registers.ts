import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { RegisterCode } from '../schema/letters.ts'

export type RegisterRow = {
  readonly code: RegisterCode
  readonly pattern: string
  readonly class: string
  /** The last number taken in this year and class. */
  readonly lastSeq: number
}

/** @returns the registers of the office with the last number of the year and class */
export async function listRegisters(tx: Tx, officeId: string, year: number): Promise<readonly RegisterRow[]> {
  const rows = await tx
    .selectFrom('registers as r')
    .leftJoin('register_years as y', (join) =>
      join
        .onRef('y.office_id', '=', 'r.office_id')
        .onRef('y.code', '=', 'r.code')
        .on('y.year', '=', year)
        // as countedClass: the class counts where the number names it
        .on(sql<boolean>`y.class = case when r.pattern like '%{class}%' then r.class else '' end`),
    )
    .select(['r.code', 'r.pattern', 'r.class', 'y.last_seq as lastSeq'])
    .where('r.office_id', '=', officeId)
    .orderBy('r.code')
    .execute()
  return rows.map((row) => ({ ...row, lastSeq: row.lastSeq ?? 0 }))
}

export type ZoneRow = {
  readonly id: string
  readonly name: string
  readonly status: 'creating' | 'ready'
  /** The name server that keeps it; null for the embedded one. */
  readonly serverId: string | null
}

/** @returns the parent domains of the office, by name */
export const listZones = (tx: Tx): Promise<readonly ZoneRow[]> =>
  tx.selectFrom('zones').select(['id', 'name', 'status', 'server_id as serverId']).orderBy('name').execute()
