import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { parseRecipient } from '../../domain/access/age-recipient.ts'
import { appUri, base32 } from '../../domain/access/totp.ts'
import { Refused } from '../../domain/refused.ts'
import { ageMail } from '../../domain/text/age.ts'
import { accountTexts, signInTexts } from '../../domain/text/sign-in.ts'
import { forgetVerifications, useCode } from '../../db/accounts.ts'
import { putRecipient } from '../../db/age-recipients.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { dropTotp, hasTotp, setTwoFactorEnabled } from '../../db/passkeys.ts'
import { endUnprovenSessions } from '../../db/sessions.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import { requireEnrolmentLink, requireFactorLeft } from './enrolment.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'
import { authHeaders, orRefuse } from './caller.ts'
import type { Caller } from './caller.ts'
import {
  placesOf,
  requireOwner,
  requireOwnPassword,
  requireStrongPassword,
  wrongField,
} from './own-password.ts'

type Cookies = readonly string[]

/** Changes one's own password and ends all other sessions, and the links that would have set another. @throws Refused (422) when a password is not right */
export async function changePassword(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: { readonly current: string; readonly password: string },
): Promise<Cookies> {
  await requireStrongPassword(given.password, { ...person, places: await placesOf(deps, person.id) })
  const answer = await orRefuse(() =>
    deps.auth.changePassword(authHeaders(caller), person.provenBy, {
      currentPassword: given.current,
      newPassword: given.password,
    }),
  )
  if (!answer) throw wrongField({ field: 'current', text: accountTexts.wrongPassword })
  await forgetVerifications(deps.db, person.id)
  await note(deps, person, caller, 'account.password-changed')
  return answer.headers.getSetCookie()
}

/** A second factor that waits for its first code. */
export type Enrolment = { readonly uri: string; readonly secret: string }

/**
 * Makes the key of a second factor; a key that was made before and not confirmed works no more.
 * @param given with the link of the mail, when an administrator took the factors away
 * @throws Refused when the password or the link is wrong, or one is active already
 */
export async function startSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  { password, link }: { readonly password?: string | undefined; readonly link?: string | undefined },
): Promise<Enrolment> {
  await requireNoTotp(deps, person)
  await requireEnrolmentLink(deps, person, link)
  await requireOwner(deps, caller, person, password)
  const begin = () => orRefuse(() => deps.auth.makeTotpKey(person.id))
  // Of two first keys made at once one is written; the other comes after it, as a second one does.
  const made = await begin().catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    return begin()
  })
  if (!made) throw new Refused('second-factor-active', accountTexts.factorAlready, { status: 409 })
  return enrolmentOf(person, base32(Buffer.from(made.secret)))
}

/** @param secret the key, as the app takes it */
export const enrolmentOf = ({ email: account }: Pick<Person, 'email'>, secret: string): Enrolment => ({
  uri: appUri({ issuer: 'Ranah', account, secret }),
  secret,
})

/**
 * Activates the second factor with its first code, and ends the sessions that a password alone had opened.
 * @returns the recovery codes that come with it, for this once; none when the person has some already
 * @throws Refused (422) for a wrong code
 */
export async function confirmSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  { code, link }: { readonly code: string; readonly link?: string | undefined },
): Promise<{ readonly cookies: Cookies; readonly recoveryCodes: readonly string[] }> {
  await requireNoTotp(deps, person)
  await requireEnrolmentLink(deps, person, link)
  const isFresh = await useCode(deps.db, person.id, code, deps.now())
  const answer = isFresh && (await orRefuse(() => deps.auth.verifyCode(authHeaders(caller), code)))
  if (!answer) throw wrongField({ field: 'code', text: signInTexts.codeWrong })
  await deps.db.transaction().execute((tx) => setTwoFactorEnabled(tx, person.id))
  await endUnprovenSessions(deps.db, person.id)
  await note(deps, person, caller, 'account.second-factor-activated')
  const recoveryCodes = await firstRecoveryCodes(deps, caller, person.id)
  return { cookies: answer.headers.getSetCookie(), recoveryCodes }
}

/** Switches the authenticator app off. @throws Refused: 422 when the password is wrong, 409 for the last factor of staff */
export async function stopSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  password: string,
): Promise<void> {
  await requireOwnPassword(deps, caller, password)
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.second-factor-stopped',
    address: caller.address,
    change: async (tx) => requireFactorLeft(person, await dropTotp(tx, person.id)),
  })
}

async function requireNoTotp(deps: HttpDeps, person: Person): Promise<void> {
  if (await hasTotp(deps.db, person.id))
    throw new Refused('second-factor-active', accountTexts.factorAlready, { status: 409 })
}

/**
 * Keeps the age key to which a person's credentials are encrypted from now on, or removes it, and tells them by mail.
 *
 * @param given the password too: who finds an open session must not be able to turn credentials their way
 * @throws Refused (422) when the password is wrong, or nothing can be encrypted to the key
 */
export async function changeAgeRecipient(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: { readonly recipient: string | null; readonly password: string },
): Promise<void> {
  const recipient = given.recipient === null ? null : parseRecipient(given.recipient)
  if (recipient !== null) await deps.encryptFor(recipient, '')
  await requireOwnPassword(deps, caller, given.password)
  await recordSignIn(deps, {
    personId: person.id,
    event: recipient === null ? 'account.age-key-removed' : 'account.age-key-set',
    address: caller.address,
    mail: { to: person.email, ...ageMail(person.name, recipient) },
    change: (tx) => putRecipient(tx, person.id, recipient, deps.now()),
  })
}

const note = (
  deps: HttpDeps,
  person: Person,
  caller: Caller,
  event: Parameters<typeof recordSignIn>[1]['event'],
): Promise<void> => recordSignIn(deps, { personId: person.id, event, address: caller.address })
