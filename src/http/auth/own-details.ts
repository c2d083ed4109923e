import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import { findPersonByEmail, forgetVerifications, setEmail, setName } from '../../db/accounts.ts'
import { isUniqueViolation } from '../../db/database.ts'
import type { EmailChange } from '../../db/email-changes.ts'
import { openEmailChange, putEmailChange, useEmailChange } from '../../db/email-changes.ts'
import { countTry } from '../../db/tries.ts'
import { hashToken, tokenBytes } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import {
  confirmEmailMail,
  emailChangedMail,
  emailInUseMail,
  ownDetailsTexts as text,
} from '../../domain/text/own-details.ts'
import type { HttpDeps } from '../deps.ts'
import { paths } from '../paths.ts'
import type { Person } from '../visitor.ts'
import { requireOwnPassword, wrongField } from './own-password.ts'
import { limitTries } from './limit-tries.ts'
import type { Caller } from './caller.ts'

/** How long the link to a new address works. */
export const confirmMinutes = 60
/** Links that one account may have sent within an hour: nobody fills a stranger's mailbox with them. */
const maxLinksPerAccount = 3
const windowMs = 60 * 60 * 1000

/** Changes one's own name, at once. The logbook keeps the old and the new one. */
export async function changeName(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  name: string,
): Promise<void> {
  if (name === person.name) return
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.name-changed',
    address: caller.address,
    personal: { nameBefore: person.name, nameAfter: name },
    change: (tx) => setName(tx, person.id, name, deps.now()),
  })
}

/**
 * Sends a one-time link to the address that a person wants for their account; until it is used nothing changes.
 * The answer is the same when another account has that address: only its owner is told, by mail.
 *
 * @param given the password too: who finds an open session must not be able to take the account
 * @throws Refused: 422 for a wrong password or one's present address, 429 after too many
 */
export async function askEmailChange(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  given: { readonly email: string; readonly password: string },
): Promise<void> {
  await limitTries(deps, 'email-change', caller.address)
  const { email, password } = given
  if (email === person.email) throw wrongField({ field: 'email', text: text.sameEmail })
  await requireOwnPassword(deps, caller, password)
  if ((await countTry(deps.db, `email-change-of ${person.id}`, windowMs, deps.now())) > maxLinksPerAccount)
    throw new Refused('too-many-tries', text.tooOften, { status: 429 })
  const token = deps.randomBytes(tokenBytes).toString('base64url')
  const link = `${deps.config.publicUrl}${paths.confirmEmail(token)}`
  const isTaken = (await findPersonByEmail(deps.db, email)) !== undefined
  const mail = isTaken
    ? emailInUseMail()
    : confirmEmailMail({ name: person.name, link, minutes: confirmMinutes })
  const until = new Date(deps.now().getTime() + confirmMinutes * 60_000)
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.email-change-asked',
    address: caller.address,
    personal: { emailAsked: email },
    mail: { to: email, ...mail },
    change: (tx) => putEmailChange(tx, person.id, { email, until, tokenHash: hashToken(token) }),
  })
}

/**
 * @returns the address that a link of the person's own puts in place
 * @throws Refused (410) for a link that is unknown, used, over, or somebody else's: who is sent a link by mistake
 *   cannot tie a stranger's account to their own mailbox
 */
export async function requireConfirmLink(
  deps: HttpDeps,
  person: Person,
  token: string,
): Promise<EmailChange> {
  const change = await openEmailChange(deps.db, person.id, deps.now(), hashToken(token))
  if (!change) throw linkOver()
  return change
}

/**
 * Puts the new address in place by its link, which works once, and tells the old one. Links of a forgotten password
 * that were sent to the old address work no more.
 *
 * @throws Refused: 410 for a link that does not work, 409 when another account took the address meanwhile
 */
export async function confirmEmail(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  token: string,
): Promise<void> {
  await limitTries(deps, 'email-link', caller.address)
  const { email } = await requireConfirmLink(deps, person, token)
  try {
    await recordSignIn(deps, {
      personId: person.id,
      event: 'account.email-changed',
      address: caller.address,
      personal: { emailBefore: person.email, emailAfter: email },
      mail: { to: person.email, ...emailChangedMail({ name: person.name, email }) },
      change: async (tx) => {
        if (!(await useEmailChange(tx, person.id, hashToken(token), deps.now()))) throw linkOver()
        await setEmail(tx, person.id, email, deps.now())
        await forgetVerifications(tx, person.id)
      },
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'auth_user_email_key')) throw error
    throw new Refused('email-taken', text.taken, { status: 409, cause: error })
  }
}

const linkOver = (): Refused => new Refused('email-link-over', text.over, { status: 410 })
