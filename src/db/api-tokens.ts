import type { Tx } from './database.ts'

/** The person behind a token that is neither revoked nor over. */
export type TokenHolder = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly hasSecondFactor: boolean
}

/** The use of a token is noted at most this often, so that reading does not become writing. */
const noteUseMs = 5 * 60 * 1000

/** @returns whose token it is; needs the office of the token in the scope */
export async function findTokenHolder(
  tx: Tx,
  officeId: string,
  tokenHash: string,
  now: Date,
): Promise<TokenHolder | undefined> {
  const row = await tx
    .selectFrom('api_tokens as t')
    .innerJoin('auth_user as u', 'u.id', 't.person_id')
    .select(['t.id as tokenId', 't.last_used_at', 'u.id', 'u.name', 'u.email', 'u.twoFactorEnabled'])
    .where('t.office_id', '=', officeId)
    .where('t.token_hash', '=', tokenHash)
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', now)
    .executeTakeFirst()
  if (!row) return undefined
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > noteUseMs)
    await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.tokenId).execute()
  return { id: row.id, name: row.name, email: row.email, hasSecondFactor: row.twoFactorEnabled }
}
