import type { Tx } from '../database.ts'

/** @returns whether another file that is not held back has taken the place of a document */
export async function laterOfKind(
  tx: Tx,
  requestId: string,
  { id, kind, created_at }: { readonly id: string; readonly kind: string; readonly created_at: Date },
): Promise<boolean> {
  const later = await tx
    .selectFrom('documents')
    .select('id')
    .where('request_id', '=', requestId)
    .where('kind', '=', kind)
    .where('id', '!=', id)
    .where('created_at', '>=', created_at)
    .where('scan', '!=', 'found')
    .executeTakeFirst()
  return later !== undefined
}

/** @returns the kinds of those documents that the request goes by and that the malware scanner has not seen yet */
export async function unscannedKinds(tx: Tx, requestId: string): Promise<readonly string[]> {
  const newest = await tx
    .selectFrom('documents')
    .distinctOn('kind')
    .select(['kind', 'scan'])
    .where('request_id', '=', requestId)
    .where('kind', '!=', 'attachment')
    .orderBy('kind')
    .orderBy('created_at', 'desc')
    .execute()
  return newest.filter(({ scan }) => scan === 'waiting').map(({ kind }) => kind)
}
