import type { Db, Tx } from './database.ts'

/** @returns the age key of a person, if they gave one */
export async function recipientOf(db: Db | Tx, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom('age_recipients')
    .select('recipient')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.recipient ?? null
}

/** @returns the age key of whoever has an account with this e-mail address */
export async function recipientOfEmail(tx: Tx, email: string): Promise<string | null> {
  const row = await tx
    .selectFrom('age_recipients as a')
    .innerJoin('auth_user as u', 'u.id', 'a.person_id')
    .select('a.recipient')
    .where('u.email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row?.recipient ?? null
}

/** Keeps one key for each person; null removes it. */
export async function putRecipient(
  tx: Tx,
  personId: string,
  recipient: string | null,
  since: Date,
): Promise<void> {
  if (recipient === null) {
    await tx.deleteFrom('age_recipients').where('person_id', '=', personId).execute()
    return
  }
  await tx
    .insertInto('age_recipients')
    .values({ person_id: personId, recipient, since })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ recipient, since }))
    .execute()
}
