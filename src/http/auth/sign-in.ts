import { createHash } from 'node:crypto'
import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import type { SignInOwner } from '../../db/accounts.ts'
import { findPersonByEmail, personOfChallenge, useCode } from '../../db/accounts.ts'
import { recoveryCodesLeft } from '../../db/recovery-codes.ts'
import { clearTries, countTry, forgetOldTries, hasTried, uncountTry } from '../../db/tries.ts'
import { looksLikeRecoveryCode } from '../../domain/access/recovery-codes.ts'
import { Refused } from '../../domain/refused.ts'
import { signInTexts } from '../../domain/text/sign-in.ts'
import { networkOf } from '../client-address.ts'
import type { HttpDeps } from '../deps.ts'
import { authHeaders, orRefuse, refuse } from './caller.ts'
import type { Caller } from './caller.ts'
import { endEarlierSession } from './own-sessions.ts'
import { spendRecoveryCode } from './recovery-codes.ts'

/** Failed tries of one account from one network before it waits. */
const maxTriesPerAccount = 10
/** Failed tries from one network over all accounts that never signed in from there. */
const maxTriesPerNetwork = 100
const windowMs = 15 * 60 * 1000
const windowMinutes = windowMs / 60_000
/** An account that signed in from a network within this time is not held up by its neighbours there. */
const knownMs = 30 * 24 * 60 * 60 * 1000

/** Set-Cookie lines for the browser, and whether a code is still owed. */
export type SignedIn = {
  readonly next: 'signed-in' | 'code'
  readonly cookies: readonly string[]
  /** After a recovery code: how many still work. */
  readonly codesLeft?: number
}

/**
 * Checks a password. Tries are counted per account and network together, so that nobody can lock out
 * somebody elsewhere; the network as a whole is held up only for accounts it never signed in.
 *
 * @throws Refused: 401 for a wrong address or password (which of them is not told), 429 after too many
 */
export async function signIn(
  deps: HttpDeps,
  caller: Caller,
  given: { readonly email: string; readonly password: string },
): Promise<SignedIn> {
  const email = given.email.toLowerCase()
  const keys = keysOf(email, caller.address)
  await countTries(deps, keys)
  const answer = await orRefuse(() => deps.auth.signIn(authHeaders(caller), { ...given, email }))
  const person = await findPersonByEmail(deps.db, email)
  if (!answer) {
    if (person) await record(deps, person.id, 'account.sign-in-failed', caller)
    refuse('wrong-password', signInTexts.wrong, 401)
  }
  await clearTries(deps.db, keys.account)
  await uncountTry(deps.db, keys.network)
  await countTry(deps.db, keys.known, 0, deps.now())
  await forgetOldTries(deps.db, new Date(deps.now().getTime() - knownMs))
  const owesCode = 'twoFactorRedirect' in answer.response && answer.response.twoFactorRedirect === true
  await endEarlierSession(deps, caller)
  if (!owesCode && person) await record(deps, person.id, 'account.signed-in', caller)
  return { next: owesCode ? 'code' : 'signed-in', cookies: answer.headers.getSetCookie() }
}

/**
 * Checks the code of the second factor, or a recovery code. Every code works once.
 * @throws Refused: 401 for a wrong or used code, 410 when the password is too long ago, 429 while codes rest
 */
export async function giveCode(deps: HttpDeps, caller: Caller, given: string): Promise<SignedIn> {
  const person = await challengedPerson(deps, caller.headers)
  if (!person) refuse('code-page-over', signInTexts.codeOver, 410)
  if (looksLikeRecoveryCode(given)) return giveRecoveryCode(deps, caller, person, given)
  const code = given.replace(/\s/g, '')
  if (!(await useCode(deps.db, person.id, code, deps.now()))) await wrongCode(deps, person.id, caller)
  const answer = await orRefuse(() => deps.auth.verifyCode(authHeaders(caller), code))
  if (!answer) return wrongCode(deps, person.id, caller)
  await enter(deps, caller, person.id)
  return { next: 'signed-in', cookies: answer.headers.getSetCookie() }
}

/** The session of somebody who just made their account by a link or the code of the first run. @returns its cookies */
export async function openFirstSession(
  deps: HttpDeps,
  caller: Caller,
  personId: string,
): Promise<readonly string[]> {
  const { headers } = await deps.auth.openSession(authHeaders(caller), personId, { way: null })
  await enter(deps, caller, personId)
  return headers.getSetCookie()
}

/** Writes down that a new session was opened, and ends one that the browser may have come with. */
export async function enter(deps: HttpDeps, caller: Caller, personId: string): Promise<void> {
  await endEarlierSession(deps, caller)
  await record(deps, personId, 'account.signed-in', caller)
}

async function giveRecoveryCode(
  deps: HttpDeps,
  caller: Caller,
  person: SignInOwner,
  code: string,
): Promise<SignedIn> {
  try {
    await spendRecoveryCode(deps, caller, person, code)
  } catch (error) {
    if (error instanceof Refused && error.reason === 'wrong-code') await wrongCode(deps, person.id, caller)
    throw error
  }
  const answer = await orRefuse(() => deps.auth.endChallenge(authHeaders(caller), person.id))
  if (!answer) refuse('code-page-over', signInTexts.codeOver, 410)
  await enter(deps, caller, person.id)
  const codesLeft = await recoveryCodesLeft(deps.db, person.id)
  return { next: 'signed-in', cookies: answer.headers.getSetCookie(), codesLeft }
}

/** Ends the session that the request came with. @returns the cookies to take away */
export async function signOut(
  deps: HttpDeps,
  caller: Caller,
  personId: string | undefined,
): Promise<readonly string[]> {
  const { headers } = await deps.auth.signOut(authHeaders(caller))
  if (personId) await record(deps, personId, 'account.signed-out', caller)
  return headers.getSetCookie()
}

async function countTries(deps: HttpDeps, keys: Keys): Promise<void> {
  const now = deps.now()
  const perAccount = await countTry(deps.db, keys.account, windowMs, now)
  const perNetwork = await countTry(deps.db, keys.network, windowMs, now)
  const known = await hasTried(deps.db, keys.known, knownMs, now)
  if (perAccount > maxTriesPerAccount || (perNetwork > maxTriesPerNetwork && !known))
    refuse('too-many-tries', signInTexts.tooMany(windowMinutes), 429)
}

type Keys = { readonly account: string; readonly network: string; readonly known: string }

function keysOf(email: string, address: string): Keys {
  const network = networkOf(address)
  const account = createHash('sha256').update(email).digest('hex').slice(0, 32)
  return {
    account: `sign-in ${account} ${network}`,
    network: `sign-in-network ${network}`,
    known: `signed-in ${account} ${network}`,
  }
}

/** The identifier in the cookie is random and short-lived; its signature is checked with the code itself. */
async function challengedPerson(deps: HttpDeps, headers: Headers): Promise<SignInOwner | undefined> {
  const cookies = (headers.get('cookie') ?? '').split(/;\s*/)
  const prefix = `${deps.auth.challengeCookie}=`
  const value = cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length)
  const identifier = value?.split('.')[0]
  return identifier ? personOfChallenge(deps.db, identifier) : undefined
}

async function wrongCode(deps: HttpDeps, personId: string, caller: Caller): Promise<never> {
  await record(deps, personId, 'account.sign-in-failed', caller)
  refuse('wrong-code', signInTexts.codeWrong, 401)
}

const record = (
  deps: HttpDeps,
  personId: string,
  event: Parameters<typeof recordSignIn>[1]['event'],
  { address }: Caller,
): Promise<void> => recordSignIn(deps, { personId, event, address })
