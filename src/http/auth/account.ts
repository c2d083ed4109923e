import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { parseRecipient } from '../../domain/access/age-recipient.ts'
import { passwordWeakness } from '../../domain/access/passwords.ts'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { ageMail } from '../../domain/text/age.ts'
import { accountTexts, signInTexts } from '../../domain/text/sign-in.ts'
import { endSessions, useCode } from '../../db/accounts.ts'
import { putRecipient } from '../../db/age-recipients.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import { authHeaders, orRefuse } from './sign-in.ts'
import type { Caller } from './sign-in.ts'

type Cookies = readonly string[]

/**
 * Checks a new password for a person.
 * @param field the form's field, so that the sentence stands beside it
 * @throws Refused (422) when it is weak
 */
export function requireStrongPassword(
  password: string,
  person: { readonly email: string; readonly name: string },
  field = 'password',
): void {
  const text = passwordWeakness(password, person)
  if (text) throw wrongField({ field, text })
}

/** A "no" that stands beside a field. */
export const wrongField = (issue: FieldIssue): Refused =>
  new Refused('bad-input', httpTexts.badInput, { issues: [issue] })

/** @throws Refused (422) unless it is the password of whoever is signed in */
export async function requireOwnPassword(deps: HttpDeps, caller: Caller, password: string): Promise<void> {
  const answer = await orRefuse(() => deps.auth.verifyPassword(authHeaders(caller), password))
  if (!answer) throw wrongField({ field: 'password', text: accountTexts.wrongPassword })
}

/** Changes one's own password and ends all other sessions. @throws Refused (422) when a password is not right */
export async function changePassword(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: { readonly current: string; readonly password: string },
): Promise<Cookies> {
  requireStrongPassword(given.password, person)
  const answer = await orRefuse(() =>
    deps.auth.changePassword(authHeaders(caller), given.current, given.password),
  )
  if (!answer) throw wrongField({ field: 'current', text: accountTexts.wrongPassword })
  await note(deps, person, caller, 'account.password-changed')
  return answer.headers.getSetCookie()
}

/** A second factor that waits for its first code. */
export type Enrolment = {
  readonly uri: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

/** Makes the key of a second factor. @throws Refused when the password is wrong or one is active already */
export async function startSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  password: string,
): Promise<Enrolment> {
  if (person.hasSecondFactor)
    throw new Refused('second-factor-active', accountTexts.factorAlready, { status: 409 })
  const answer = await orRefuse(() => deps.auth.startSecondFactor(authHeaders(caller), password))
  if (!answer || !('totpURI' in answer.response))
    throw wrongField({ field: 'password', text: accountTexts.wrongPassword })
  const { totpURI: uri, backupCodes } = answer.response
  return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', backupCodes }
}

/** Activates the second factor with its first code. @throws Refused (422) for a wrong code */
export async function confirmSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  code: string,
): Promise<Cookies> {
  const answer = await orRefuse(() => deps.auth.verifyCode(authHeaders(caller), code))
  if (!answer) throw wrongField({ field: 'code', text: signInTexts.codeWrong })
  await useCode(deps.db, person.id, code, deps.now())
  await note(deps, person, caller, 'account.second-factor-activated')
  return answer.headers.getSetCookie()
}

/** Switches the second factor off. @throws Refused (422) when the password is wrong */
export async function stopSecondFactor(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  password: string,
): Promise<Cookies> {
  const answer = await orRefuse(() => deps.auth.stopSecondFactor(authHeaders(caller), password))
  if (!answer) throw wrongField({ field: 'password', text: accountTexts.wrongPassword })
  await note(deps, person, caller, 'account.second-factor-stopped')
  return answer.headers.getSetCookie()
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

/** Ends one of one's own sessions, or all but the one that asks. */
export async function endOwnSessions(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  sessionId: string | undefined,
): Promise<void> {
  const which = sessionId ? { id: sessionId } : { except: person.sessionId ?? '' }
  const ended = await endSessions(deps.db, person.id, which)
  if (ended > 0) await note(deps, person, caller, 'account.sessions-ended')
}

const note = (
  deps: HttpDeps,
  person: Person,
  caller: Caller,
  event: Parameters<typeof recordSignIn>[1]['event'],
): Promise<void> => recordSignIn(deps, { personId: person.id, event, address: caller.address })
