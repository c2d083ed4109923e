import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

/** The person with that e-mail address. Addresses are kept in lower case. */
export async function findPersonByEmail(
  db: Db | Tx,
  email: string,
): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('auth_user')
    .select(['id', 'name'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
}

/** @returns the account, with whether a password alone is not enough for it */
export async function readAccount(
  db: Db | Tx,
  id: string,
): Promise<(SignInOwner & { readonly hasSecondFactor: boolean }) | undefined> {
  return db
    .selectFrom('auth_user')
    .select(['id', 'name', 'email', 'twoFactorEnabled as hasSecondFactor'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Creates an account that can sign in with a password, in the rows that the sign-in library reads. */
export async function insertAccount(
  tx: Tx,
  person: { id: string; name: string; email: string; passwordHash: string; accountId: string; now: Date },
): Promise<void> {
  const { id, name, now } = person
  await tx
    .insertInto('auth_user')
    .values({
      id,
      name,
      email: person.email.toLowerCase(),
      emailVerified: true,
      image: null,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
  await tx
    .insertInto('auth_account')
    .values({
      id: person.accountId,
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: person.passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
}

/** How long a code could still be accepted after it was made: one step before and after, and the clocks' drift. */
const codeLifeMs = 3 * 60 * 1000

/**
 * Uses a code of a second factor up, whether it is right or wrong.
 * @returns false when it was used already; of two at once one gets true
 */
export async function useCode(db: Db, personId: string, code: string, now: Date): Promise<boolean> {
  const over = new Date(now.getTime() - codeLifeMs)
  await db.deleteFrom('used_codes').where('person_id', '=', personId).where('used_at', '<', over).execute()
  const row = await db
    .insertInto('used_codes')
    .values({ person_id: personId, code, used_at: now })
    .onConflict((conflict) => conflict.columns(['person_id', 'code']).doNothing())
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}

/** Whose account it is that somebody is signing in to. */
export type SignInOwner = { readonly id: string; readonly name: string; readonly email: string }

/** @returns who gave a right password and still owes the code; the cookie's identifier is the only key */
export const personOfChallenge = (db: Db, identifier: string): Promise<SignInOwner | undefined> =>
  personOfVerification(db, identifier)

/** @returns whose forgotten password the row of that identifier sets anew; nobody when it is used or over */
export const personOfReset = (db: Db, identifier: string): Promise<SignInOwner | undefined> =>
  personOfVerification(db, identifier)

async function personOfVerification(db: Db, identifier: string): Promise<SignInOwner | undefined> {
  return db
    .selectFrom('auth_verification as v')
    .innerJoin('auth_user as u', 'u.id', 'v.value')
    .select(['u.id', 'u.name', 'u.email'])
    .where('v.identifier', '=', identifier)
    .where('v.expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst()
}

/** Takes every other open link and code page of a person away, once one of them was used. */
export async function forgetVerifications(db: Db | Tx, personId: string): Promise<void> {
  await db.deleteFrom('auth_verification').where('value', '=', personId).execute()
}

export async function setName(tx: Tx, personId: string, name: string, now: Date): Promise<void> {
  await tx.updateTable('auth_user').set({ name, updatedAt: now }).where('id', '=', personId).execute()
}

/** Fails on the unique index when another account has the address. Addresses are kept in lower case. */
export async function setEmail(tx: Tx, personId: string, email: string, now: Date): Promise<void> {
  const row = { email: email.toLowerCase(), emailVerified: true, updatedAt: now }
  await tx.updateTable('auth_user').set(row).where('id', '=', personId).execute()
}
