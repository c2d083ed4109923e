import { sql } from 'kysely'
import type { FactorTrust } from '../domain/access/sign-on.ts'
import type { SignInOwner } from './accounts.ts'
import type { Tx } from './database.ts'

/** An office's identity provider; the secret is sealed. */
export type IdentityProviderRow = {
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: Buffer
  readonly strongAcr: string | null
  readonly secondFactor: FactorTrust
}

/** @returns the provider of the office in scope */
export async function readIdentityProvider(
  tx: Tx,
  officeId: string,
): Promise<IdentityProviderRow | undefined> {
  return tx
    .selectFrom('identity_providers')
    .select([
      'label',
      'issuer',
      'client_id as clientId',
      'client_secret as clientSecret',
      'strong_acr as strongAcr',
      'second_factor as secondFactor',
    ])
    .where('office_id', '=', officeId)
    .executeTakeFirst()
}

export async function putIdentityProvider(
  tx: Tx,
  officeId: string,
  provider: IdentityProviderRow,
  now: Date,
): Promise<void> {
  const { label, issuer, clientId, clientSecret, strongAcr, secondFactor } = provider
  const row = {
    label,
    issuer,
    client_id: clientId,
    client_secret: clientSecret,
    strong_acr: strongAcr,
    second_factor: secondFactor,
    changed_at: now,
  }
  await tx
    .insertInto('identity_providers')
    .values({ office_id: officeId, ...row })
    .onConflict((conflict) => conflict.column('office_id').doUpdateSet(row))
    .execute()
}

/** Removes the provider and who is who there. @returns whether there was one */
export async function dropIdentityProvider(tx: Tx, officeId: string): Promise<boolean> {
  await tx.deleteFrom('sign_on_links').where('office_id', '=', officeId).execute()
  const row = await tx
    .deleteFrom('identity_providers')
    .where('office_id', '=', officeId)
    .returning('office_id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * What was opened on the word of the office's provider alone ends: its sessions; and the tokens made in them have no second
 * factor behind them any more.
 */
export async function endSignOns(tx: Tx, officeId: string): Promise<void> {
  await tx
    .deleteFrom('auth_session')
    .where('signedOnOffice', '=', officeId)
    .where(sql<boolean>`coalesce("provenBy", 'provider') = 'provider'`)
    .execute()
  await tx
    .updateTable('api_tokens')
    .set({ proven_by: null })
    .where('office_id', '=', officeId)
    .where('proven_by', '=', 'provider')
    .execute()
}

type Subject = { readonly officeId: string; readonly issuer: string; readonly subject: string }

/** @returns whose account a subject of the office's provider is */
export async function personOfSubject(tx: Tx, key: Subject): Promise<SignInOwner | undefined> {
  return tx
    .selectFrom('sign_on_links as l')
    .innerJoin('auth_user as u', 'u.id', 'l.person_id')
    .select(['u.id', 'u.name', 'u.email'])
    .where('l.office_id', '=', key.officeId)
    .where('l.issuer', '=', key.issuer)
    .where('l.subject', '=', key.subject)
    .executeTakeFirst()
}

/**
 * Links a subject to an account that has no other at this provider: an address that went to somebody else there does not bring
 * the account along. Of two at once one is linked.
 * @returns whether it was
 */
export async function linkSubject(tx: Tx, key: Subject, personId: string, now: Date): Promise<boolean> {
  await tx.selectFrom('auth_user').select('id').where('id', '=', personId).forUpdate().execute()
  const other = await tx
    .selectFrom('sign_on_links')
    .select('subject')
    .where('office_id', '=', key.officeId)
    .where('issuer', '=', key.issuer)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (other) return other.subject === key.subject
  await tx
    .insertInto('sign_on_links')
    .values({
      office_id: key.officeId,
      issuer: key.issuer,
      subject: key.subject,
      person_id: personId,
      linked_at: now,
    })
    .execute()
  return true
}
