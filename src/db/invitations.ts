import type { InvitedPaper } from '../domain/access/appointments.ts'
import type { Role } from '../domain/access/roles.ts'
import type { Tx } from './database.ts'
import { behind, idText, type PageOf } from './page.ts'

export type Invitation = {
  readonly id: string
  readonly officeId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly agencyId: string | null
  readonly agency: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly acceptedAt: Date | null
  readonly paper: InvitedPaper | null
  readonly revokedAt: Date | null
}

const select = (tx: Tx) =>
  tx
    .selectFrom('invitations as i')
    .leftJoin('agencies as a', 'a.id', 'i.agency_id')
    .select([
      'i.id',
      'i.office_id as officeId',
      'i.email',
      'i.name',
      'i.role',
      'i.agency_id as agencyId',
      'a.name as agency',
      'i.created_at as createdAt',
      'i.expires_at as expiresAt',
      'i.accepted_at as acceptedAt',
      'i.appointment as paper',
      'i.revoked_at as revokedAt',
    ])

/** The invitation of a token, for showing. */
export async function findInvitation(
  tx: Tx,
  officeId: string,
  tokenHash: string,
): Promise<Invitation | undefined> {
  return select(tx)
    .where('i.office_id', '=', officeId)
    .where('i.token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/**
 * The invitation of a token and who invited, locked until the transaction ends: a second acceptance waits and then sees
 * it.
 */
export async function lockInvitation(
  tx: Tx,
  officeId: string,
  tokenHash: string,
): Promise<(Invitation & { readonly invitedBy: string | null }) | undefined> {
  return select(tx)
    .select('i.invited_by as invitedBy')
    .where('i.office_id', '=', officeId)
    .where('i.token_hash', '=', tokenHash)
    .forUpdate('i')
    .executeTakeFirst()
}

/** Invitations of the office that nobody accepted or revoked yet, newest first. */
export async function openInvitations(
  tx: Tx,
  officeId: string,
  page: PageOf,
): Promise<readonly Invitation[]> {
  return select(tx)
    .where('i.office_id', '=', officeId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where(behind('desc', { at: 'i.created_at', id: 'i.id' }, page.after))
    .orderBy('i.created_at', 'desc')
    .orderBy(idText('i.id'), 'desc')
    .limit(page.limit)
    .execute()
}

/** One open invitation of the office, locked until the transaction ends. */
export async function openInvitation(tx: Tx, officeId: string, id: string): Promise<Invitation | undefined> {
  return select(tx)
    .where('i.office_id', '=', officeId)
    .where('i.id', '=', id)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .forUpdate('i')
    .executeTakeFirst()
}
