import { createHash } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { findPersonByEmail, personOfChallenge, useCode } from '../../db/accounts.ts'
import { clearTries, countTry, forgetOldTries, hasTried, uncountTry } from '../../db/tries.ts'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { signInTexts } from '../../domain/text/sign-in.ts'
import { networkOf } from '../client-address.ts'
import type { HttpDeps } from '../deps.ts'
import { addressHeader } from './auth.ts'

/** Failed tries of one account from one network before it waits. */
const maxTriesPerAccount = 10
/** Failed tries from one network over all accounts that never signed in from there. */
const maxTriesPerNetwork = 100
const windowMs = 15 * 60 * 1000
const windowMinutes = windowMs / 60_000
/** An account that signed in from a network within this time is not held up by its neighbours there. */
const knownMs = 30 * 24 * 60 * 60 * 1000

/** Where a sign-in came from. */
export type Caller = { readonly headers: Headers; readonly address: string }

/** Set-Cookie lines for the browser, and whether a code is still owed. */
export type SignedIn = { readonly next: 'signed-in' | 'code'; readonly cookies: readonly string[] }

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
  if (!owesCode && person) await record(deps, person.id, 'account.signed-in', caller)
  return { next: owesCode ? 'code' : 'signed-in', cookies: answer.headers.getSetCookie() }
}

/**
 * Checks the code of the second factor, or a backup code. Every code works once.
 * @throws Refused: 401 for a wrong or used code, 410 when the password is too long ago, 429 while codes rest
 */
export async function giveCode(deps: HttpDeps, caller: Caller, given: string): Promise<SignedIn> {
  const code = given.replace(/\s/g, '')
  const personId = await challengedPerson(deps, caller.headers)
  if (!personId) refuse('code-page-over', signInTexts.codeOver, 410)
  if (!(await useCode(deps.db, personId, code, deps.now()))) await wrongCode(deps, personId, caller)
  const check = /^\d{6}$/.test(code) ? deps.auth.verifyCode : deps.auth.verifyBackupCode
  const answer = await orRefuse(() => check(authHeaders(caller), code))
  if (!answer) return wrongCode(deps, personId, caller)
  await record(deps, personId, 'account.signed-in', caller)
  return { next: 'signed-in', cookies: answer.headers.getSetCookie() }
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

/** The headers that better-auth is shown: cookies, device, and the address that we found. */
export function authHeaders({ headers, address }: Caller): Headers {
  const shown = new Headers({ [addressHeader]: address })
  for (const name of ['cookie', 'user-agent']) {
    const value = headers.get(name)
    if (value !== null) shown.set(name, value)
  }
  return shown
}

/**
 * @returns what `call` resolves to; nothing when better-auth says "no"
 * @throws Refused (429) while the account's codes rest; faults as they are
 */
export async function orRefuse<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error
    const code = error.body?.code ?? ''
    if (code === 'ACCOUNT_TEMPORARILY_LOCKED') refuse('codes-rest', signInTexts.codeResting, 429)
    if (code.startsWith('INVALID_TWO_FACTOR_COOKIE') || code.startsWith('TOO_MANY_ATTEMPTS'))
      refuse('code-page-over', signInTexts.codeOver, 410)
    return undefined
  }
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
async function challengedPerson(deps: HttpDeps, headers: Headers): Promise<string | undefined> {
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

function refuse(reason: string, text: Text, status: 401 | 410 | 429): never {
  throw new Refused(reason, text, { status })
}
