import { Refused } from '../../domain/refused.ts'
import { credentialTexts } from '../../domain/text/credentials.ts'
import { recipientOfEmail } from '../../db/age-recipients.ts'
import type { Tx } from '../../db/database.ts'
import type { RevealRow } from '../../db/services/reveals.ts'
import { isHandedOver, lockReveal } from '../../db/services/reveals.ts'
import type { Actor, Deps, Member, Write } from '../act.ts'
import { act, notFound } from '../act.ts'

/** What was kept for a contact, on its way out. */
export type OpenedReveal = {
  /** For the caller to open under the installation's key. */
  readonly sealed: Buffer
  /** The age key to which it must be encrypted before it is handed over, if the contact gave one. */
  readonly recipient: string | null
}

/**
 * Opens the credentials of a service exactly once, for the technical contact after sign-in. The sealed secret
 * is erased in the same transaction; a reveal that is lost on the way is answered by rotation.
 */
export function revealCredentials(deps: Deps, member: Member, revealId: string): Promise<OpenedReveal> {
  return act(deps, member, async (tx, write) => {
    const reveal = await lockReveal(tx, revealId)
    if (!reveal) throw notFound()
    if (reveal.contact_email !== member.email.toLowerCase())
      throw new Refused('not-contact', credentialTexts.notContact, { status: 403 })
    return open(deps, tx, write, member, reveal)
  })
}

/** The same for a contact without an account, who proved the address by a mailed code. */
export function openReveal(
  deps: Deps,
  actor: Actor,
  tx: Tx,
  write: Write,
  reveal: RevealRow,
): Promise<OpenedReveal> {
  return open(deps, tx, write, actor, reveal)
}

async function open(
  deps: Deps,
  tx: Tx,
  write: Write,
  actor: Actor,
  reveal: RevealRow,
): Promise<OpenedReveal> {
  const at = deps.now()
  if (reveal.status === 'revealed' || reveal.status === 'rotated')
    throw new Refused('already-revealed', credentialTexts.alreadyRevealed, { status: 410 })
  if (reveal.status === 'expired' || reveal.sealed === null || reveal.expires_at <= at)
    throw new Refused('reveal-expired', credentialTexts.expired, { status: 410 })
  if (!(await isHandedOver(tx, reveal)))
    throw new Refused('not-handed-over', credentialTexts.notHandedOver, { status: 409 })
  const recipient = reveal.recipient ?? (await recipientOfEmail(tx, reveal.contact_email))
  await tx
    .updateTable('credential_reveals')
    .set({ status: 'revealed', sealed: null, revealed_at: at })
    .where('id', '=', reveal.id)
    .execute()
  const { fqdn } = await tx
    .selectFrom('services')
    .select('fqdn')
    .where('id', '=', reveal.service_id)
    .executeTakeFirstOrThrow()
  write.note({
    act: 'credentials.revealed',
    subject: { kind: 'service', id: fqdn },
    role: 'technical-contact',
    details: {
      by: actor.kind === 'person' ? 'account' : 'mailed-code',
      as: recipient === null ? 'text' : 'age-file',
    },
    personal: { contact: reveal.contact_email, ...(recipient === null ? {} : { recipient }) },
  })
  return { sealed: reveal.sealed, recipient }
}
