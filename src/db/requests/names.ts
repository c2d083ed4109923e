import type { Expression } from 'kysely'
import { sql } from 'kysely'
import { Refused } from '../../domain/refused.ts'
import { nameTexts } from '../../domain/text/names.ts'
import type { Tx } from '../database.ts'
import { isUniqueViolation } from '../database.ts'

/**
 * Holds a name for a request; the unique index decides every race, so exactly one of many wins.
 * @throws Refused `name-taken` (409)
 */
export async function holdName(
  tx: Tx,
  hold: { id: string; officeId: string; fqdn: string; requestId: string; at: Date },
): Promise<void> {
  try {
    await tx
      .insertInto('held_names')
      .values({
        id: hold.id,
        office_id: hold.officeId,
        fqdn: hold.fqdn,
        request_id: hold.requestId,
        service_id: null,
        held_at: hold.at,
        released_at: null,
      })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error, 'held_names_one')) throw nameTaken(hold.fqdn)
    throw error
  }
}

export const nameTaken = (fqdn: string): Refused =>
  new Refused('name-taken', nameTexts.taken(fqdn), {
    status: 409,
    issues: [{ field: 'label', text: nameTexts.taken(fqdn) }],
  })

/** Lets go of the names a request holds that no service stands on. */
export async function releaseNames(tx: Tx, requestId: string, at: Date): Promise<void> {
  await tx
    .updateTable('held_names')
    .set({ released_at: at })
    .where('request_id', '=', requestId)
    .where('service_id', 'is', null)
    .where('released_at', 'is', null)
    .execute()
}

/** @returns names below a service's that a request or another service holds now */
export async function heldWithin(
  tx: Tx,
  own: { readonly fqdn: string; readonly serviceId: string },
): Promise<string[]> {
  const { names } = await tx
    .selectNoFrom(heldBelow(sql`${own.fqdn}::text`, sql`${own.serviceId}::uuid`).as('names'))
    .executeTakeFirstOrThrow()
  return names
}

/** The same as a part of a statement. */
export const heldBelow = (fqdn: Expression<unknown>, serviceId: Expression<unknown>) =>
  sql<string[]>`array(
    select held.fqdn from held_names held
    where held.released_at is null and held.service_id is distinct from ${serviceId}
      and right(held.fqdn, length(${fqdn}) + 1) = '.' || ${fqdn}
    order by held.fqdn)`

/** @returns whether somebody holds the name now */
export async function isHeld(tx: Tx, fqdn: string, exceptRequestId?: string): Promise<boolean> {
  const row = await tx
    .selectFrom('held_names')
    .select('request_id')
    .where('fqdn', '=', fqdn)
    .where('released_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined && (row.request_id === null || row.request_id !== exceptRequestId)
}
