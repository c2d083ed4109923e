import { sql } from 'kysely'
import type { ProvenBy } from '../domain/access/second-factor.ts'
import type { TokenLimits } from '../domain/access/token-limits.ts'
import type { Tx } from './database.ts'

/** The person behind a token, and what the token may do of what they may. */
export type TokenHolder = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly hasSecondFactor: boolean
  /** How the session that made the token proved a second factor. */
  readonly provenBy: ProvenBy | null
}
export type FoundToken = {
  readonly holder: TokenHolder
  readonly limits: TokenLimits
  readonly networks: readonly string[] | null
  /** Neither revoked nor over. */
  readonly isGood: boolean
}

/** The use of a token is noted at most this often, so that reading does not become writing. */
const noteUseMs = 5 * 60 * 1000

/** @returns whose token it is, good or not any more; needs the office of the token in the scope */
export async function findToken(
  tx: Tx,
  officeId: string,
  tokenHash: string,
  now: Date,
): Promise<FoundToken | undefined> {
  const row = await tx
    .selectFrom('api_tokens as t')
    .innerJoin('auth_user as u', 'u.id', 't.person_id')
    .select(['t.id as tokenId', 't.last_used_at', 't.revoked_at', 't.expires_at', 't.scopes', 't.names'])
    .select([
      't.proven_by',
      't.record_types',
      't.networks',
      'u.id',
      'u.name',
      'u.email',
      'u.twoFactorEnabled',
    ])
    .where('t.office_id', '=', officeId)
    .where('t.token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (!row) return undefined
  const isGood = row.revoked_at === null && row.expires_at > now
  if (isGood && (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > noteUseMs))
    await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.tokenId).execute()
  return {
    holder: {
      id: row.id,
      name: row.name,
      email: row.email,
      hasSecondFactor: row.twoFactorEnabled,
      provenBy: row.proven_by,
    },
    limits: { id: row.tokenId, scopes: row.scopes, names: row.names, recordTypes: row.record_types },
    networks: row.networks,
    isGood,
  }
}

/** Counts a use of a token that was refused. */
export async function countRefusedUse(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('api_tokens')
    .set({ refused_uses: sql`refused_uses + 1`, refused_at: now })
    .where('id', '=', id)
    .execute()
}
