import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import type { appointmentPaper, InvitedPaper } from '../../domain/access/appointments.ts'

import type { Role } from '../../domain/access/roles.ts'
import type { InvitationInput } from '../../domain/access/people.ts'
import { hashToken, tokenBytes } from '../../domain/access/tokens.ts'
import { invitationMail } from '../../domain/text/people-mails.ts'
import type { Deps, Write } from '../act.ts'

/** An invitation is good for this long. */
export const invitationDays = 7
const dayMs = 24 * 60 * 60 * 1000

type Invited = Omit<InvitationInput, keyof typeof appointmentPaper> & {
  /** The paper behind the role, when it is known already. */
  readonly paper?: InvitedPaper | undefined
  readonly office: { readonly id: string; readonly slug: string; readonly name: string }
  readonly invitedBy: string | null
  /** Makes the address under which the token is accepted. */
  readonly linkOf: (token: string) => string
}

/**
 * Writes an invitation and the mail that carries its one-time link, within the caller's transaction. The
 * database keeps the hash of the token only.
 */
export async function inviteInto(
  deps: Deps,
  tx: Tx,
  write: Write,
  invited: Invited,
): Promise<{ id: string; agencyId: string | null }> {
  const { office, name, email, role, agency } = invited
  const now = deps.now()
  const id = deps.newId()
  const token = newInvitationToken(deps, office.slug)
  const agencyId = agency === undefined ? null : await ensureAgency(deps, tx, office.id, agency)
  await tx
    .insertInto('invitations')
    .values({
      id,
      office_id: office.id,
      email,
      name,
      role,
      agency_id: agencyId,
      token_hash: hashToken(token),
      invited_by: invited.invitedBy,
      created_at: now,
      expires_at: invitationExpiry(deps),
      appointment: invited.paper ? json(invited.paper) : null,
    })
    .execute()
  const link = invited.linkOf(token)
  await mailInvitation(deps, write, {
    to: email,
    name,
    office: office.name,
    role,
    agency: agency ?? null,
    link,
  })
  return { id, agencyId }
}

/** The one-time token names its office, so that it is looked up in that office's rows only. */
export const newInvitationToken = (deps: Deps, officeSlug: string): string =>
  `${officeSlug}-${deps.randomBytes(tokenBytes).toString('base64url')}`

export const invitationExpiry = (deps: Deps): Date => new Date(deps.now().getTime() + invitationDays * dayMs)

/** Sends the mail with the link; every one is a message of its own. */
export async function mailInvitation(
  deps: Deps,
  write: Write,
  about: {
    readonly to: string
    readonly name: string
    readonly office: string
    readonly role: Role
    readonly agency: string | null
    readonly link: string
  },
): Promise<void> {
  const { to, agency, ...words } = about
  const mail = invitationMail({ ...words, agency: agency ?? undefined })
  await write.job('send-mail', { messageId: deps.newId(), to, ...mail })
}

/** @returns the agency of that name, created if the office does not have it yet */
export async function ensureAgency(deps: Deps, tx: Tx, officeId: string, name: string): Promise<string> {
  const id = deps.newId()
  const created = await tx
    .insertInto('agencies')
    .values({ id, office_id: officeId, name, created_at: deps.now() })
    .onConflict((conflict) => conflict.columns(['office_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (created) return created.id
  const found = await tx
    .selectFrom('agencies')
    .select('id')
    .where('office_id', '=', officeId)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return found.id
}
