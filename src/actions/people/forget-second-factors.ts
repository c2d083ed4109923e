import { forgetVerifications } from '../../db/accounts.ts'
import type { Tx } from '../../db/database.ts'
import { forgetSecondFactors } from '../../db/passkeys.ts'
import { belongsElsewhere } from '../../db/personal-data.ts'
import { enrolmentHours } from '../../domain/access/second-factor.ts'
import { hashToken, tokenBytes } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { factorsForgottenMail } from '../../domain/text/people-mails.ts'
import { personCommandTexts } from '../../domain/text/person-commands.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Actor, Deps, Note, Write } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { requireOther } from './change-roles.ts'

const hourMs = 60 * 60 * 1000

/** Why the factors are taken away, and under which address the token of the mail is used. */
type Reset = { readonly reason: string; readonly linkOf: (token: string) => string }

/**
 * Takes the authenticator app, the passkeys and the recovery codes of a person away who lost them all, ends their
 * sessions and mails them a link. They sign in with their password and set up a second factor anew, which takes that link:
 * whoever knows the password alone gets no further. Asked for again, the link that was sent before works no more.
 *
 * @param reason how the administrator made sure who asks
 * @param linkOf makes the address under which the token is used
 * @throws Refused: 403 unless an administrator does it to somebody else who belongs to this office alone, 404 for nobody
 *   of this office or without a second factor
 */
export async function forgetFactorsOf(
  deps: Deps,
  actor: Actor,
  personId: string,
  reason: string,
  linkOf: (token: string) => string,
): Promise<void> {
  requireRole(actor, 'administrator')
  requireOther(actor, personId)
  await act(deps, actor, async (tx, write) => {
    if (!(await isMember(tx, actor.officeId, personId))) throw notFound()
    if (await belongsElsewhere(tx, personId))
      throw new Refused('person-elsewhere', peopleTexts.personElsewhere, { status: 403 })
    const link = await forget(deps, tx, write, personId, { reason, linkOf })
    if (link === undefined) throw notFound()
  })
}

/**
 * The same by whoever keeps the machine and its key file, for the day nobody else can: an only administrator, or somebody of
 * several offices. The logbook of each of their offices says that it was done there.
 *
 * @param offices of the person, at least one
 * @returns the link that was mailed
 * @throws Refused (404) for somebody without a second factor
 */
export async function forgetFactorsOnMachine(
  deps: Deps,
  personId: string,
  offices: readonly string[],
  reset: Reset,
): Promise<string> {
  let link: string | undefined
  for (const officeId of offices)
    await act(deps, { kind: 'system', officeId }, async (tx, write) => {
      if (link !== undefined) return write.note(entryOf(personId, reset.reason, { onMachine: true }))
      link = await forget(deps, tx, write, personId, reset, { onMachine: true })
      if (link === undefined)
        throw new Refused('no-second-factor', personCommandTexts.noFactor, { status: 404 })
    })
  return link!
}

type Where = { readonly onMachine?: true }

/** @returns the link that was mailed; nothing when there was no factor and no link that is waited for */
async function forget(
  deps: Deps,
  tx: Tx,
  write: Write,
  personId: string,
  { reason, linkOf }: Reset,
  where: Where = {},
): Promise<string | undefined> {
  const token = deps.randomBytes(tokenBytes).toString('base64url')
  const until = new Date(deps.now().getTime() + enrolmentHours * hourMs)
  const person = await forgetSecondFactors(tx, personId, { hash: hashToken(token), until })
  if (!person) return undefined
  await forgetVerifications(tx, personId)
  const link = linkOf(token)
  const mail = factorsForgottenMail({ name: person.name, link, hours: enrolmentHours, ...where })
  await write.job('send-mail', { messageId: deps.newId(), to: person.email, ...mail })
  write.note(entryOf(personId, reason, where))
  return link
}

const entryOf = (personId: string, reason: string, where: Where): Note => ({
  act: 'person.second-factors-forgotten',
  subject: { kind: 'person', id: personId },
  details: { linkHours: enrolmentHours, ...where },
  personal: { reason },
})

async function isMember(tx: Tx, officeId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('memberships')
    .select('role')
    .where('office_id', '=', officeId)
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
