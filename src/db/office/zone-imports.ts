import type { Selectable } from 'kysely'
import { zoneFileText } from '../../domain/dns/master-file.ts'
import type { Tx } from '../database.ts'
import type { Tables } from '../schema.ts'

/** A take-over as people see it: never the file. */
export type ZoneImport = Omit<Selectable<Tables['zone_imports']>, 'file'>

const columns = [
  'id',
  'office_id',
  'zone_id',
  'source',
  'status',
  'total',
  'done',
  'added',
  'trouble',
  'asked_by',
  'created_at',
  'ended_at',
] as const

/** @returns the take-over of a zone that was asked for last */
export const lastImport = (tx: Tx, zoneId: string): Promise<ZoneImport | undefined> =>
  tx
    .selectFrom('zone_imports')
    .select(columns)
    .where('zone_id', '=', zoneId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const readImport = (tx: Tx, id: string): Promise<ZoneImport | undefined> =>
  tx.selectFrom('zone_imports').select(columns).where('id', '=', id).executeTakeFirst()

/** @returns the zone file that was uploaded; empty for a transfer */
export async function readImportFile(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('zone_imports').select('file').where('id', '=', id).executeTakeFirst()
  return row?.file ? zoneFileText(row.file) : ''
}

/** Says how far a take-over has come. */
export async function updateProgress(
  tx: Tx,
  id: string,
  progress: { readonly done: number; readonly total: number },
): Promise<void> {
  await tx
    .updateTable('zone_imports')
    .set(progress)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}
