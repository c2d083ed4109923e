import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import type { SignInOwner } from '../../db/accounts.ts'
import { findPersonByEmail, readAccount } from '../../db/accounts.ts'
import { inScope } from '../../db/database.ts'
import { linkSubject, personOfSubject, readIdentityProvider } from '../../db/identity-providers.ts'
import type { OfficeFacts } from '../../db/people.ts'
import type { IdentityClaims, SignOnTicket } from '../../domain/access/sign-on.ts'
import { isStrong } from '../../domain/access/sign-on.ts'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { signOnTexts as text } from '../../domain/text/sign-on.ts'
import type { HttpDeps } from '../deps.ts'
import { personWith } from '../visitor.ts'
import type { Caller } from './caller.ts'
import { authHeaders } from './caller.ts'
import { forgiveTry, limitTries } from './limit-tries.ts'
import { enter } from './sign-in.ts'
import type { SignedIn } from './sign-in.ts'

const ticketBytes = 32

/** @returns where the browser goes, and what it must bring back. @throws Refused: 404 without a provider, 503 */
export async function startSignOn(
  deps: HttpDeps,
  caller: Caller,
  office: OfficeFacts,
): Promise<{ readonly url: string; readonly ticket: SignOnTicket }> {
  await limitTries(deps, 'sign-on', caller.address)
  const random = (): string => deps.randomBytes(ticketBytes).toString('base64url')
  const ticket = { state: random(), nonce: random(), verifier: random() }
  const url = await orRefuse('identity-provider-away', text.unreachable, 503, () =>
    deps.lookups.beginSignOn({ officeId: office.id, ticket }),
  )
  return { url, ticket }
}

/**
 * Signs in whom the provider names: somebody linked before, or the member of this office whose address the provider
 * verified. Nobody is created. Who has a second factor here is asked for it, unless the provider saw one and the office trusts
 * it with that; staff without one are let in as far as its set-up. The word of one office's provider opens that office alone.
 *
 * @throws Refused (403) for an answer that is not right, or without an account
 */
export async function endSignOn(
  deps: HttpDeps,
  caller: Caller,
  office: OfficeFacts,
  given: { readonly ticket: SignOnTicket; readonly query: string },
): Promise<SignedIn> {
  const claims = await orRefuse('sign-on-refused', text.notAccepted, 403, () =>
    deps.lookups.finishSignOn({ officeId: office.id, ...given }),
  )
  const owner = await ownerOf(deps, caller, office, claims)
  await forgiveTry(deps, 'sign-on', caller.address)
  const provider = await inScope(deps.db, { officeId: office.id }, (tx) =>
    readIdentityProvider(tx, office.id),
  )
  const strong = provider !== undefined && isStrong(claims, provider) && !owner.isElsewhere
  if (!strong && owner.hasSecondFactor) {
    const { headers } = await deps.auth.openChallenge(authHeaders(caller), owner.id)
    return { next: 'code', cookies: headers.getSetCookie() }
  }
  const beginning = { way: strong ? 'provider' : null, signedOnOffice: office.id } as const
  const { headers } = await deps.auth.openSession(authHeaders(caller), owner.id, beginning)
  await enter(deps, caller, owner.id)
  return { next: 'signed-in', cookies: headers.getSetCookie() }
}

async function ownerOf(deps: HttpDeps, caller: Caller, office: OfficeFacts, claims: IdentityClaims) {
  const { issuer, subject, email } = claims
  const key = { officeId: office.id, issuer, subject }
  const linked = await inScope(deps.db, { officeId: office.id }, (tx) => personOfSubject(tx, key))
  const found = linked ?? (email ? await findPersonByEmail(deps.db, email) : undefined)
  const account = found && (await readAccount(deps.db, found.id))
  const person = account && (await personWith(deps, { ...account, provenBy: null }))
  if (!person?.memberships.some((each) => each.office.id === office.id))
    throw new Refused('no-account', text.noAccount, { status: 403 })
  if (!linked) await link(deps, caller, key, person)
  const hasSecondFactor = person.hasSecondFactor
  const isElsewhere = person.memberships.some((each) => each.office.id !== office.id)
  return { id: person.id, hasSecondFactor, isElsewhere }
}

const link = (
  deps: HttpDeps,
  { address }: Caller,
  key: { readonly officeId: string; readonly issuer: string; readonly subject: string },
  person: SignInOwner,
): Promise<void> =>
  recordSignIn(deps, {
    personId: person.id,
    event: 'account.sign-on-linked',
    address,
    personal: { issuer: key.issuer, subject: key.subject },
    officeId: key.officeId,
    change: async (tx) => {
      if (!(await linkSubject(tx, key, person.id, deps.now())))
        throw new Refused('linked-elsewhere', text.linkedElsewhere, { status: 403 })
    },
  })

/** The library and the network say "no" by throwing; which it was is not told to whoever asks. */
async function orRefuse<T>(
  reason: string,
  sentence: Text,
  status: 403 | 503,
  call: () => Promise<T | undefined>,
): Promise<T> {
  let answer: T | undefined
  try {
    answer = await call()
  } catch (error) {
    throw new Refused(reason, sentence, { status, cause: error })
  }
  if (answer === undefined) throw new Refused('not-found', text.unreachable, { status: 404 })
  return answer
}
