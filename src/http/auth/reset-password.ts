import { setTimeout as sleep } from 'node:timers/promises'
import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { forgetVerifications, personOfReset } from '../../db/accounts.ts'
import { inScope } from '../../db/database.ts'
import { membershipsOf } from '../../db/people.ts'
import { countTry } from '../../db/tries.ts'
import { hashToken } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { resetMail, wasResetMail } from '../../domain/text/people-mails.ts'
import { resetTexts } from '../../domain/text/sign-in.ts'
import type { HttpDeps } from '../deps.ts'
import { paths } from '../paths.ts'
import { placesOf, requireStrongPassword } from './own-password.ts'
import { resetIdentifier, resetMinutes } from './auth.ts'
import { limitTries } from './limit-tries.ts'
import { authHeaders, orRefuse } from './caller.ts'
import type { Caller } from './caller.ts'

/** Mails to one account within an hour. More are not sent; the links already sent go on working. */
const maxMailsPerAccount = 3
const windowMs = 60 * 60 * 1000
/** Every answer takes at least this long, so that its time does not tell whether the account exists. */
const answerMs = 400

/**
 * Sends a one-time link to the owner of an account. The answer is the same whether there is one or not.
 * @throws Refused (429) after too many from one network
 */
export async function askReset(deps: HttpDeps, caller: Caller, address: string): Promise<void> {
  await limitTries(deps, 'reset', caller.address)
  await Promise.all([sendLink(deps, caller, address.toLowerCase()), sleep(answerMs)])
}

async function sendLink(deps: HttpDeps, caller: Caller, email: string): Promise<void> {
  const key = `reset-account ${hashToken(email).slice(0, 32)}`
  if ((await countTry(deps.db, key, windowMs, deps.now())) > maxMailsPerAccount) return
  const asked = await deps.auth.askReset(authHeaders(caller), email)
  if (!asked) return
  const { personId, name, token } = asked
  const link = `${deps.config.publicUrl}${paths.resetPassword(token)}`
  const mail = { to: email, ...resetMail({ name, link, minutes: resetMinutes }) }
  await recordSignIn(deps, { personId, event: 'account.reset-asked', address: caller.address, mail })
}

/** @throws Refused (410) for a link that is unknown, used or over, and for somebody who left every office since */
export async function requireResetLink(
  deps: HttpDeps,
  token: string,
): Promise<{ id: string; name: string; email: string }> {
  const person = await personOfReset(deps.db, resetIdentifier(token))
  const scope = { personId: person?.id ?? '' }
  const offices = await inScope(deps.db, scope, (tx) => membershipsOf(tx, scope.personId, deps.now()))
  if (!person || offices.length === 0) throw linkOver()
  return person
}

/**
 * Sets a new password by the link of a mail, which works once; every session ends, and nobody is signed in: the
 * second factor is asked for as ever.
 * @throws Refused: 410 when the link is used or over, 422 for a weak password, 429 after too many tries
 */
export async function resetPassword(
  deps: HttpDeps,
  caller: Caller,
  given: { readonly token: string; readonly password: string },
): Promise<void> {
  await limitTries(deps, 'reset-link', caller.address)
  const person = await requireResetLink(deps, given.token)
  await requireStrongPassword(given.password, { ...person, places: await placesOf(deps, person.id) })
  const answer = await orRefuse(() =>
    deps.auth.resetPassword(authHeaders(caller), given.token, given.password),
  )
  if (!answer) throw linkOver()
  await forgetVerifications(deps.db, person.id)
  const mail = { to: person.email, ...wasResetMail(person) }
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.password-reset',
    address: caller.address,
    mail,
  })
}

const linkOver = (): Refused => new Refused('reset-link-over', resetTexts.over, { status: 410 })
