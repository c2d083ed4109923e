import type { Db, Tx } from './database.ts'

/** An address that waits until the link sent there is used. */
export type EmailChange = { readonly email: string; readonly until: Date }

/** Keeps the wish of a person; an earlier one of theirs, and its link, are gone. */
export async function putEmailChange(
  tx: Tx,
  personId: string,
  change: EmailChange & { readonly tokenHash: string },
): Promise<void> {
  const row = { email: change.email, token_hash: change.tokenHash, expires_at: change.until }
  await tx
    .insertInto('email_changes')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

/**
 * @param tokenHash only if this is the link's
 * @returns the wish of a person that is not over
 */
export async function openEmailChange(
  db: Db | Tx,
  personId: string,
  now: Date,
  tokenHash?: string,
): Promise<EmailChange | undefined> {
  return db
    .selectFrom('email_changes')
    .select(['email', 'expires_at as until'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .$if(tokenHash !== undefined, (query) => query.where('token_hash', '=', tokenHash!))
    .executeTakeFirst()
}

/** Uses a link up. @returns whether it was there to use; of two at once one gets true */
export async function useEmailChange(
  tx: Tx,
  personId: string,
  tokenHash: string,
  now: Date,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('email_changes')
    .where('person_id', '=', personId)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}
