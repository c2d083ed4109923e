import { goneOf } from './archive/gone.ts'
import type { Tx } from './database.ts'

/** A file of the office with its bytes. */
export type StoredDocument = { readonly filename: string; readonly mediaType: string; readonly bytes: Buffer }

/**
 * @returns a document of the office in scope: a letter, which the office wrote itself and no scanner looks at
 * @throws Refused (410) for one that was destroyed under the retention schedule
 */
export async function readDocument(
  tx: Tx,
  id: string,
): Promise<(StoredDocument & { readonly id: string }) | undefined> {
  const found = await tx
    .selectFrom('documents')
    .select(['id', 'filename', 'media_type as mediaType', 'bytes'])
    .where('id', '=', id)
    .where('scan', 'in', ['off', 'clean'])
    .executeTakeFirst()
  return found && { ...found, bytes: found.bytes ?? (await goneOf(tx, id)) }
}
