import type { PaperOffice } from '../../domain/logbook/register.ts'
import type { Tx } from '../database.ts'

/** @returns the office as it stands on its papers */
export async function readPaperOffice(tx: Tx, officeId: string): Promise<PaperOffice> {
  return tx
    .selectFrom('offices')
    .select(['government', 'name', 'place', 'timezone', 'paper', 'letterhead'])
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
}
