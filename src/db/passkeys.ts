import { sql } from 'kysely'
import type { SignInOwner } from './accounts.ts'
import type { Db, Tx } from './database.ts'

/** A passkey as its owner sees it. */
export type Passkey = {
  readonly id: string
  readonly name: string
  readonly madeAt: Date
  readonly usedAt: Date | null
}

export type StoredPasskey = {
  readonly id: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly owner: SignInOwner
}

/** The passkeys of a person, oldest first. */
export async function listPasskeys(db: Db | Tx, personId: string): Promise<readonly Passkey[]> {
  return db
    .selectFrom('passkeys')
    .select(['id', 'name', 'made_at as madeAt', 'used_at as usedAt'])
    .where('person_id', '=', personId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
}

/** @returns the passkey with that id, whoever's it is */
export async function findPasskey(db: Db, id: string): Promise<StoredPasskey | undefined> {
  const row = await db
    .selectFrom('passkeys as p')
    .innerJoin('auth_user as u', 'u.id', 'p.person_id')
    .select(['p.id', 'p.public_key', 'p.counter', 'p.transports', 'u.id as personId', 'u.name', 'u.email'])
    .where('p.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const owner = { id: row.personId, name: row.name, email: row.email }
  const { public_key: publicKey, transports } = row
  return { id: row.id, publicKey, counter: Number(row.counter), transports, owner }
}

/** Keeps a passkey; from now on the password alone signs its owner in no more. Fails when the id is taken. */
export async function putPasskey(
  tx: Tx,
  personId: string,
  key: Omit<StoredPasskey, 'owner'> & { readonly name: string },
  now: Date,
): Promise<void> {
  const { id, name, publicKey, counter } = key
  const row = { id, person_id: personId, name, public_key: publicKey, counter, made_at: now, used_at: null }
  await tx
    .insertInto('passkeys')
    .values({ ...row, transports: [...key.transports] })
    .execute()
  await setTwoFactorEnabled(tx, personId)
}

/** Takes a passkey of the person away. @returns whether a second factor is left */
export async function dropPasskey(tx: Tx, personId: string, id: string): Promise<boolean> {
  await lockFactors(tx, personId)
  await tx.deleteFrom('passkeys').where('person_id', '=', personId).where('id', '=', id).execute()
  return setTwoFactorEnabled(tx, personId)
}

/** Takes the authenticator app of the person away. @returns whether a second factor is left */
export async function dropTotp(tx: Tx, personId: string): Promise<boolean> {
  await lockFactors(tx, personId)
  await tx.deleteFrom('auth_two_factor').where('userId', '=', personId).execute()
  return setTwoFactorEnabled(tx, personId)
}

/** Of two that go at once, the second sees what the first left. */
async function lockFactors(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('auth_user').select('id').where('id', '=', personId).forUpdate().execute()
}

/** Notes a sign-in. @returns false when the counter went back: a copy of the key, or the same answer twice at once */
export async function usePasskey(tx: Tx, id: string, counter: number, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('passkeys')
    .set({ counter, used_at: now })
    .where('id', '=', id)
    .where(sql<boolean>`counter < ${counter} or (counter = 0 and ${counter} = 0)`)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Uses a challenge up; what is over is forgotten. @returns false when it was used already */
export async function useChallenge(db: Db, hash: string, expiresAt: Date, now: Date): Promise<boolean> {
  await db.deleteFrom('used_challenges').where('expires_at', '<', now).execute()
  const row = await db
    .insertInto('used_challenges')
    .values({ challenge_hash: hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('challenge_hash').doNothing())
    .returning('challenge_hash')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns whether the person's authenticator app was confirmed */
export async function hasTotp(db: Db | Tx, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('auth_two_factor')
    .select('id')
    .where('userId', '=', personId)
    .where('verified', '=', true)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * A password alone is enough only without authenticator app and passkey; with the last of them the codes go too, and with
 * the first the link that an administrator had sent.
 * @returns whether there is a second factor
 */
export async function setTwoFactorEnabled(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql<{ enabled: boolean }>`
    update auth_user u set "twoFactorEnabled" =
      exists (select from passkeys where person_id = u.id)
      or exists (select from auth_two_factor where "userId" = u.id and verified)
    where id = ${personId} returning "twoFactorEnabled" as enabled`.execute(tx)
  const enabled = rows[0]?.enabled === true
  if (enabled) await putEnrolmentLink(tx, personId, { hash: null, until: null })
  else await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  return enabled
}

type EnrolmentLink = { readonly hash: string; readonly until: Date }

/** @returns what must be shown before a second factor is set up; nothing for an account that was not reset */
export async function readEnrolmentLink(db: Db | Tx, personId: string): Promise<EnrolmentLink | undefined> {
  const row = await db
    .selectFrom('auth_user')
    .select(['enrolmentHash as hash', 'enrolmentUntil as until'])
    .where('id', '=', personId)
    .where('twoFactorEnabled', '=', false)
    .executeTakeFirst()
  return row?.hash && row.until ? { hash: row.hash, until: row.until } : undefined
}

async function putEnrolmentLink(
  tx: Tx,
  personId: string,
  { hash, until }: EnrolmentLink | { readonly hash: null; readonly until: null },
): Promise<void> {
  const row = { enrolmentHash: hash, enrolmentUntil: until }
  await tx.updateTable('auth_user').set(row).where('id', '=', personId).execute()
}

/**
 * Takes every second factor of a person away and ends their sessions; from now on it takes the link to set one up.
 * @returns who it was; nobody who had no factor and waits for no link
 */
export async function forgetSecondFactors(
  tx: Tx,
  personId: string,
  link: EnrolmentLink,
): Promise<SignInOwner | undefined> {
  const person = await tx
    .updateTable('auth_user')
    .set({ twoFactorEnabled: false })
    .where('id', '=', personId)
    .where((eb) => eb.or([eb('twoFactorEnabled', '=', true), eb('enrolmentHash', 'is not', null)]))
    .returning(['id', 'name', 'email'])
    .executeTakeFirst()
  if (!person) return undefined
  await putEnrolmentLink(tx, personId, link)
  await tx.deleteFrom('passkeys').where('person_id', '=', personId).execute()
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  await tx.deleteFrom('auth_two_factor').where('userId', '=', personId).execute()
  await tx.deleteFrom('auth_session').where('userId', '=', personId).execute()
  return person
}
