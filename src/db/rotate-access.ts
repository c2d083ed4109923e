import { randomBytes } from 'node:crypto'
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg'
import * as z from 'zod'
import { Refused } from '../domain/refused.ts'
import { scramVerifier } from '../domain/scram.ts'
import { secretsText } from '../domain/text/key.ts'
import { appRole } from './app-role.ts'

const connectTimeoutMs = 10_000
const lackingRights = '42501'
const appRow = z.object({ id: z.string(), secret: z.string() })

export type Access = {
  /** The password of the application's role from now on. */
  readonly appPassword: string
  /** Opens the key of an authenticator app and seals it anew; what it throws leaves everything as it was. */
  readonly again: (sealed: string) => Promise<string>
}

/**
 * Gives the application's role another password, seals the keys of authenticator apps anew and ends every session: all of it
 * or nothing.
 * @param ownerUrl connects as the owner of the tables
 * @param keep false only tries it, and takes it back
 * @returns how many sessions ended, and how many keys were sealed
 * @throws Refused (503) when the owner may not change the role's password
 */
export async function rotateAccess(
  ownerUrl: string,
  { appPassword, again }: Access,
  keep: boolean,
): Promise<{ readonly sessions: number; readonly apps: number }> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    await client.query('begin')
    await setPassword(client, appPassword)
    const { rows } = await client.query('select id, secret from auth_two_factor for update')
    const apps = z.array(appRow).parse(rows)
    for (const { id, secret } of apps)
      await client.query(`update auth_two_factor set secret = $1, "backupCodes" = '' where id = $2`, [
        await again(secret),
        id,
      ])
    const ended = await client.query('delete from auth_session')
    // code pages and links that wait for an answer were signed with the old secret
    await client.query('delete from auth_verification')
    await client.query(keep ? 'commit' : 'rollback')
    return { sessions: ended.rowCount ?? 0, apps: apps.length }
  } finally {
    await client.end()
  }
}

async function setPassword(client: Client, password: string): Promise<void> {
  const verifier = escapeLiteral(scramVerifier(password, randomBytes(16)))
  try {
    await client.query(`alter role ${escapeIdentifier(appRole)} password ${verifier}`)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== lackingRights) throw error
    throw new Refused('app-role-not-ours', secretsText.roleNotOurs(appRole), { status: 503, cause: error })
  }
}
