import type { Tx } from './database.ts'

/** A file of the office with its bytes. */
export type StoredDocument = { readonly filename: string; readonly mediaType: string; readonly bytes: Buffer }

/** @returns a document of the office in scope */
export async function readDocument(tx: Tx, id: string): Promise<StoredDocument | undefined> {
  return tx
    .selectFrom('documents')
    .select(['filename', 'media_type as mediaType', 'bytes'])
    .where('id', '=', id)
    .executeTakeFirst()
}
