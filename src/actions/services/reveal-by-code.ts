import { createHash, timingSafeEqual } from 'node:crypto'
import { Refused } from '../../domain/refused.ts'
import { code } from '../../domain/requests/ticket.ts'
import { credentialTexts } from '../../domain/text/credentials.ts'
import { mailBody, mailTexts } from '../../domain/text/mails.ts'
import { lockReveal } from '../../db/services/reveals.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { OpenedReveal } from './reveal-credentials.ts'
import { openReveal } from './reveal-credentials.ts'

/** A mailed code holds this long and for this many tries. */
const codeMinutes = 10
const maxTries = 5
const codeLength = 8
const msPerMinute = 60_000

/**
 * Mails a code to the technical contact: the second factor beside the ticket, for a contact without an account.
 * Asking again replaces the code.
 */
export async function sendRevealCode(deps: Deps, actor: SystemActor, revealId: string): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const reveal = await lockReveal(tx, revealId)
    if (!reveal) throw notFound()
    const secret = code(codeLength, deps.randomBytes)
    const row = {
      code_hash: hashOf(revealId, secret),
      expires_at: new Date(deps.now().getTime() + codeMinutes * msPerMinute),
      tries: 0,
    }
    await tx
      .insertInto('reveal_codes')
      .values({ reveal_id: revealId, office_id: actor.officeId, ...row })
      .onConflict((conflict) => conflict.column('reveal_id').doUpdateSet(row))
      .execute()
    const { fqdn } = await tx
      .selectFrom('services')
      .select('fqdn')
      .where('id', '=', reveal.service_id)
      .executeTakeFirstOrThrow()
    const mail = mailTexts.revealCode(fqdn, secret, codeMinutes)
    await write.job('send-mail', {
      messageId: `${deps.newId()}@ranah.invalid`,
      to: reveal.contact_email,
      subject: mail.subject.id,
      text: mailBody(mail, 'id'),
    })
    write.note({ act: 'credentials.code-sent', subject: { kind: 'service', id: fqdn } })
  })
}

/** Opens the credentials with ticket and mailed code; each wrong code counts, and after five it is void. */
export async function revealByCode(
  deps: Deps,
  actor: SystemActor,
  revealId: string,
  given: string,
): Promise<OpenedReveal> {
  const opened = await act(deps, actor, async (tx, write) => {
    const reveal = await lockReveal(tx, revealId)
    if (!reveal) throw notFound()
    const known = await tx
      .selectFrom('reveal_codes')
      .selectAll()
      .where('reveal_id', '=', revealId)
      .forUpdate()
      .executeTakeFirst()
    const fits =
      known !== undefined &&
      known.tries < maxTries &&
      known.expires_at > deps.now() &&
      timingSafeEqual(Buffer.from(known.code_hash), Buffer.from(hashOf(revealId, given.trim().toUpperCase())))
    if (!fits) {
      await tx
        .updateTable('reveal_codes')
        .set((row) => ({ tries: row('tries', '+', 1) }))
        .where('reveal_id', '=', revealId)
        .execute()
      write.note({ act: 'credentials.code-wrong', subject: { kind: 'reveal', id: revealId } })
      return null
    }
    const kept = await openReveal(deps, actor, tx, write, reveal)
    await tx.deleteFrom('reveal_codes').where('reveal_id', '=', revealId).execute()
    return kept
  })
  if (opened === null) throw new Refused('code-wrong', credentialTexts.codeWrong, { status: 403 })
  return opened
}

const hashOf = (revealId: string, secret: string): string =>
  createHash('sha256').update(`${revealId} ${secret}`).digest('hex')
