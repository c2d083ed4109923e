import type { Selectable } from 'kysely'
import type { SealedHandOver } from '../../domain/fulfilment/seal.ts'
import type { Tx } from '../database.ts'
import type { Tables } from '../schema.ts'

export type RevealRow = Selectable<Tables['credential_reveals']>

/** @returns whether the page exists, opened or not */
export async function hasReveal(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('credential_reveals').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** Locks one reveal, so that of two who open it at once exactly one reads it. */
export async function lockReveal(tx: Tx, id: string): Promise<RevealRow | undefined> {
  return tx.selectFrom('credential_reveals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/**
 * Whether the service was handed over: the credentials wait until the step of the SOP that gives them away.
 * A rotation belongs to no request and waits for nothing.
 */
export async function isHandedOver(tx: Tx, reveal: RevealRow): Promise<boolean> {
  if (reveal.request_id === null) return true
  const request = await tx
    .selectFrom('requests')
    .select(['phase'])
    .where('id', '=', reveal.request_id)
    .executeTakeFirstOrThrow()
  if (request.phase === 'ended') return true
  const letter = await tx
    .selectFrom('letters')
    .select('id')
    .where('request_id', '=', reveal.request_id)
    .where('status', '=', 'issued')
    .executeTakeFirst()
  return letter !== undefined
}

/** Replaces what waits to be opened by a new secret: there is one at a time for a service. */
export async function insertReveal(
  tx: Tx,
  reveal: {
    officeId: string
    serviceId: string
    requestId: string | null
    contactEmail: string
    sealed: SealedHandOver
    at: Date
  },
): Promise<void> {
  await tx
    .updateTable('credential_reveals')
    .set({ status: 'rotated', sealed: null })
    .where('service_id', '=', reveal.serviceId)
    .where('status', '=', 'ready')
    .execute()
  await tx
    .insertInto('credential_reveals')
    .values({
      id: reveal.sealed.id,
      office_id: reveal.officeId,
      service_id: reveal.serviceId,
      request_id: reveal.requestId,
      contact_email: reveal.contactEmail.toLowerCase(),
      sealed: reveal.sealed.bytes,
      recipient: reveal.sealed.recipient,
      status: 'ready',
      created_at: reveal.at,
      expires_at: reveal.sealed.expiresAt,
    })
    .execute()
}
