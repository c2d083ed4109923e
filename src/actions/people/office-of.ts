import type { Tx } from '../../db/database.ts'

/** What mails and notes say of an office. */
export async function officeOf(
  tx: Tx,
  officeId: string,
): Promise<{ id: string; slug: string; name: string }> {
  return tx
    .selectFrom('offices')
    .select(['id', 'slug', 'name'])
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
}
