import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readIdentityProvider } from '../db/identity-providers.ts'
import type { IdentityClaims, IdentityProvider, SignOnTicket } from '../domain/access/sign-on.ts'
import { identitySecretContext } from '../domain/access/sign-on.ts'
import type { OpenidOptions } from '../drivers/identity/openid.ts'
import { beginSignOn as begin, finishSignOn as finish } from '../drivers/identity/openid.ts'

export type SignOnDeps = {
  readonly db: Db
  readonly unseal: (context: string, sealed: Buffer) => string
  readonly options: OpenidOptions
}
export type SignOnQuestion = { readonly officeId: string; readonly ticket: SignOnTicket }

async function providerOf(
  { db, unseal }: SignOnDeps,
  officeId: string,
): Promise<IdentityProvider | undefined> {
  const row = await inScope(db, { officeId }, (tx) => readIdentityProvider(tx, officeId))
  return row && { ...row, clientSecret: unseal(identitySecretContext(officeId), row.clientSecret) }
}

/** @returns where the browser goes; undefined when the office has no provider. Throws when it cannot be asked */
export async function beginSignOn(deps: SignOnDeps, question: SignOnQuestion): Promise<string | undefined> {
  const provider = await providerOf(deps, question.officeId)
  return provider && begin(deps.options, provider, question.ticket)
}

/** @returns what the provider says of the person. Throws for everything that is not right */
export async function finishSignOn(
  deps: SignOnDeps,
  question: SignOnQuestion & { readonly query: string },
): Promise<IdentityClaims | undefined> {
  const provider = await providerOf(deps, question.officeId)
  return provider && finish(deps.options, provider, question.ticket, question.query)
}
