import type { SignInOwner } from './accounts.ts'
import type { Tx } from './database.ts'

/** An office's identity provider; the secret is sealed. */
export type IdentityProviderRow = {
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: Buffer
  readonly strongAcr: string | null
  /** It lets nobody in with a password alone, whatever it says of it. */
  readonly alwaysStrong: boolean
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
      'always_strong as alwaysStrong',
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
  const { label, issuer, clientId, clientSecret, strongAcr, alwaysStrong } = provider
  const row = {
    label,
    issuer,
    client_id: clientId,
    client_secret: clientSecret,
    strong_acr: strongAcr,
    always_strong: alwaysStrong,
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

export async function linkSubject(tx: Tx, key: Subject, personId: string, now: Date): Promise<void> {
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
}
