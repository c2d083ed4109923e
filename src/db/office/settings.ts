import type { PaperOffice } from '../../domain/logbook/register.ts'
import type { OpenDataSettings } from '../../domain/office/open-data.ts'
import type { Db, Tx } from '../database.ts'

/** @returns the office as it stands on its papers */
export async function readPaperOffice(tx: Tx, officeId: string): Promise<PaperOffice> {
  return tx
    .selectFrom('offices')
    .select(['government', 'name', 'place', 'timezone', 'paper', 'letterhead'])
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
}

/** The settings of an office as they are edited. */
export type OfficeFile = PaperOffice & { readonly unit: string | null }

export async function readOfficeFile(tx: Tx, officeId: string): Promise<OfficeFile> {
  return tx
    .selectFrom('offices')
    .select(['government', 'name', 'unit', 'place', 'timezone', 'paper', 'letterhead'])
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
}

/** @returns the bytes of the office's logo: a public fact, as the office itself */
export async function readLogo(db: Db, officeId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('offices').select('logo').where('id', '=', officeId).executeTakeFirst()
  return row?.logo ?? null
}

/** @returns what the office says about its open lists: a public fact */
export async function readOpenData(db: Db | Tx, officeId: string): Promise<OpenDataSettings> {
  const row = await db.selectFrom('offices').select('open_data').where('id', '=', officeId).executeTakeFirst()
  return row?.open_data ?? {}
}
