import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as z from 'zod'
import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { isUniqueViolation } from '../../db/database.ts'
import {
  dropPasskey,
  findPasskey,
  listPasskeys,
  putPasskey,
  useChallenge,
  usePasskey,
} from '../../db/passkeys.ts'
import { endUnprovenSessions } from '../../db/sessions.ts'
import { countTry, uncountTry } from '../../db/tries.ts'
import type { ChallengePurpose } from '../../domain/access/challenges.ts'
import { makeChallenge, openChallenge } from '../../domain/access/challenges.ts'
import { Refused } from '../../domain/refused.ts'
import { passkeyMail, passkeyTexts as text } from '../../domain/text/passkeys.ts'
import { networkOf } from '../client-address.ts'
import type { HttpConfig, HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import type { Caller } from './caller.ts'
import { authHeaders, refuse } from './caller.ts'
import { requireEnrolmentLink, requireFactorLeft } from './enrolment.ts'
import { requireOwner, requireOwnPassword } from './own-password.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'
import { enter } from './sign-in.ts'
import type { SignedIn } from './sign-in.ts'

export const maxPasskeys = 20
export const maxPasskeyName = 60
/** Longest answer of a browser, in characters; those without attestation are below 2,000. */
export const maxResponseLength = 16_000
const challengeLength = 16
/** EdDSA, ES256 and RS256 (RFC 9053, 2; RFC 8812, 2): every device knows one of them. */
const algorithms = [-8, -7, -257]
/** Answers from one network that were not right. */
const maxTriesPerNetwork = 100
const windowMs = 15 * 60 * 1000

/** Browsers give no passkey to an address without a name, nor over plain HTTP elsewhere than on this machine. */
export function takesPasskeys({ publicUrl }: HttpConfig): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  const isName = !/^[\d.]+$/.test(hostname) && !hostname.startsWith('[')
  return isName && (protocol === 'https:' || hostname === 'localhost')
}

const place = ({ publicUrl }: HttpConfig) => {
  const { origin, hostname } = new URL(publicUrl)
  return { origin, rpID: hostname }
}

const challengeFor = (deps: HttpDeps, purpose: ChallengePurpose) =>
  new Uint8Array(makeChallenge(deps.config.secret, purpose, deps.randomBytes(challengeLength), deps.now()))

/** What the browser is asked to sign in with; nothing is kept until it answers. */
export const signInOptions = (deps: HttpDeps) =>
  generateAuthenticationOptions({
    rpID: place(deps.config).rpID,
    challenge: challengeFor(deps, 'sign-in'),
    userVerification: 'required',
  })

/** What the browser is asked to make a passkey from. */
export async function newPasskeyOptions(deps: HttpDeps, person: Person) {
  const known = await listPasskeys(deps.db, person.id)
  return generateRegistrationOptions({
    rpName: 'Ranah',
    rpID: place(deps.config).rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(createHash('sha256').update(`passkeys of ${person.id}`).digest()),
    challenge: challengeFor(deps, `passkey-of ${person.id}`),
    supportedAlgorithmIDs: algorithms,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)
const common = { id: base64url, rawId: base64url, type: z.literal('public-key') }
const signInAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
  clientExtensionResults: z.object({}).default({}),
})
const newKeyAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
  clientExtensionResults: z.object({}).default({}),
})

/** @returns the browser's answer; nothing when it is none */
function parseAnswer<T>(schema: z.ZodType<T>, answer: string): T | undefined {
  if (answer.length > maxResponseLength) return undefined
  try {
    return schema.safeParse(JSON.parse(answer)).data
  } catch {
    return undefined
  }
}

/** The challenge inside an answer is ours, for this purpose, not over, and was not answered before. */
const isOpenChallenge = (deps: HttpDeps, purpose: ChallengePurpose) => async (challenge: string) => {
  const until = openChallenge(deps.config.secret, purpose, Buffer.from(challenge, 'base64url'), deps.now())
  const hash = createHash('sha256').update(challenge).digest('hex')
  return until !== undefined && useChallenge(deps.db, hash, until, deps.now())
}

/**
 * Signs in with a passkey alone: it stands for two factors, for the browser's device was unlocked for it.
 * @throws Refused: 401 for an answer that is not right, 429 after too many from one network
 */
export async function signInWithPasskey(deps: HttpDeps, caller: Caller, given: string): Promise<SignedIn> {
  const tries = `passkey-network ${networkOf(caller.address)}`
  if ((await countTry(deps.db, tries, windowMs, deps.now())) > maxTriesPerNetwork)
    refuse('too-many-tries', text.tooMany(windowMs / 60_000), 429)
  const answer = parseAnswer(signInAnswer, given)
  const key = answer && (await findPasskey(deps.db, answer.id))
  const verified = key && (await orNothing(() => verifySignIn(deps, key, answer)))
  if (!key || !verified?.verified) refuse('wrong-passkey', text.wrong, 401)
  const { newCounter } = verified.authenticationInfo
  const { owner } = key
  if (!(await deps.db.transaction().execute((tx) => usePasskey(tx, key.id, newCounter, deps.now()))))
    refuse('wrong-passkey', text.wrong, 401)
  const opened = await deps.auth.openSession(authHeaders(caller), owner.id, { way: 'passkey' })
  await enter(deps, caller, owner.id)
  await uncountTry(deps.db, tries)
  return { next: 'signed-in', cookies: opened.headers.getSetCookie() }
}

type Stored = NonNullable<Awaited<ReturnType<typeof findPasskey>>>

function verifySignIn(deps: HttpDeps, key: Stored, response: AuthenticationResponseJSON) {
  const { origin, rpID } = place(deps.config)
  const credential = { id: key.id, publicKey: new Uint8Array(key.publicKey), counter: key.counter }
  const expectedChallenge = isOpenChallenge(deps, 'sign-in')
  return verifyAuthenticationResponse({
    response,
    credential,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  })
}

/**
 * Adds a passkey to one's own account, and tells its owner by mail.
 * @param given with the link of the mail, when an administrator took the factors away
 * @returns the first recovery codes, for this once; none when the person has some already
 * @throws Refused: 422 for a wrong password or an answer that is not right, 403 without that link, 409 with too many or one
 *   that is known
 */
export async function addPasskey(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: {
    readonly name: string
    readonly password?: string | undefined
    readonly response: string
    readonly link?: string | undefined
  },
): Promise<{ readonly recoveryCodes: readonly string[]; readonly cookies: readonly string[] }> {
  await requireEnrolmentLink(deps, person, given.link)
  await requireOwner(deps, caller, person, given.password)
  if ((await listPasskeys(deps.db, person.id)).length >= maxPasskeys)
    throw new Refused('too-many-passkeys', text.full(maxPasskeys), { status: 409 })
  const answer = parseAnswer(newKeyAnswer, given.response)
  const verified = answer && (await orNothing(() => verifyNew(deps, person, answer)))
  if (!verified?.verified) throw new Refused('wrong-passkey', text.notMade)
  const { id, publicKey, counter } = verified.registrationInfo.credential
  const { transports } = answer!.response
  const key = { id, name: given.name, publicKey: Buffer.from(publicKey), counter, transports }
  try {
    await recordSignIn(deps, {
      personId: person.id,
      event: 'account.passkey-added',
      address: caller.address,
      personal: { passkey: given.name },
      mail: { to: person.email, ...passkeyMail(person.name, given.name, 'added') },
      change: (tx) => putPasskey(tx, person.id, key, deps.now()),
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'passkeys_pkey')) throw error
    throw new Refused('passkey-known', text.known, { status: 409, cause: error })
  }
  const cookies = await openProven(deps, caller, person)
  return { recoveryCodes: await firstRecoveryCodes(deps, caller, person.id), cookies }
}

/** The first factor ends what a password alone had opened; who set it up goes on in a session of its own. */
async function openProven(deps: HttpDeps, caller: Caller, person: Person): Promise<readonly string[]> {
  if (person.provenBy !== null) return []
  const { headers } = await deps.auth.openSession(authHeaders(caller), person.id, { way: 'passkey' })
  await endUnprovenSessions(deps.db, person.id)
  return headers.getSetCookie()
}

function verifyNew(deps: HttpDeps, person: Person, answer: z.infer<typeof newKeyAnswer>) {
  const { origin, rpID } = place(deps.config)
  return verifyRegistrationResponse({
    response: answer,
    supportedAlgorithmIDs: algorithms,
    expectedChallenge: isOpenChallenge(deps, `passkey-of ${person.id}`),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  })
}

/**
 * Takes a passkey away, and tells its owner by mail.
 * @throws Refused: 422 for a wrong password, 404 for none of one's own, 409 for the last factor of staff
 */
export async function removePasskey(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: { readonly id: string; readonly password: string },
): Promise<void> {
  await requireOwnPassword(deps, caller, given.password)
  const key = (await listPasskeys(deps.db, person.id)).find(({ id }) => id === given.id)
  if (!key) throw new Refused('not-found', text.notFound, { status: 404 })
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.passkey-removed',
    address: caller.address,
    personal: { passkey: key.name },
    mail: { to: person.email, ...passkeyMail(person.name, key.name, 'removed') },
    change: async (tx) => requireFactorLeft(person, await dropPasskey(tx, person.id, key.id)),
  })
}

/** The library answers a wrong signature, origin, challenge or shape by throwing. Our own faults go on. */
async function orNothing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      typeof error.code === 'string' &&
      /^[0-9A-Z]{5}$/.test(error.code)
    )
      throw error
    return undefined
  }
}
