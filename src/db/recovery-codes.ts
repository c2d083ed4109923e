import type { Db, Tx } from './database.ts'

/** Replaces all recovery codes of a person; no code of an earlier set works any more. */
export async function putRecoveryCodes(
  tx: Tx,
  personId: string,
  hashes: readonly string[],
  now: Date,
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  const rows = hashes.map((hash) => ({ person_id: personId, code_hash: hash, made_at: now }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

/** Uses a code up. @returns whether it was there to use; of many at once one gets true */
export async function useRecoveryCode(tx: Tx, personId: string, hash: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('person_id', '=', personId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns how many codes still work; undefined when none were ever made */
export async function recoveryCodesLeft(db: Db | Tx, personId: string): Promise<number | undefined> {
  const { made, left } = await db
    .selectFrom('recovery_codes')
    .where('person_id', '=', personId)
    .select((eb) => [
      eb.fn.countAll<string>().as('made'),
      eb.fn.countAll<string>().filterWhere('used_at', 'is', null).as('left'),
    ])
    .executeTakeFirstOrThrow()
  return Number(made) === 0 ? undefined : Number(left)
}
