import type { Selectable } from 'kysely'
import type { OpenAttempt } from '../../domain/letters/signing.ts'
import type { Tx } from '../database.ts'
import type { Tables } from '../schema.ts'

export type SigningRow = Selectable<Tables['signings']>

/** @returns the letter as it waits for its signature, locked until the end of the transaction */
export const lockSigning = (tx: Tx, letterId: string): Promise<SigningRow | undefined> =>
  tx.selectFrom('signings').selectAll().where('letter_id', '=', letterId).forUpdate().executeTakeFirst()

/** @returns the letter as it waits for its signature */
export const readSigning = (tx: Tx, letterId: string): Promise<SigningRow | undefined> =>
  tx.selectFrom('signings').selectAll().where('letter_id', '=', letterId).executeTakeFirst()

/** @returns the decision to sign it whose end is not recorded */
export const openAttempt = ({ lease_until, remote_id, signed_pdf }: SigningRow): OpenAttempt | null =>
  lease_until && { leaseUntil: lease_until, remoteId: remote_id, signed: signed_pdf !== null }

/** A letter that waits for the signature of one person. */
export type WaitingLetter = {
  readonly id: string
  readonly number: string
  readonly kind: string
  readonly dated: string
  readonly ticket: string | null
  readonly agency: string | null
  readonly since: Date
}

/** So many are shown; nobody lets more wait. */
const maxWaiting = 200

/** @returns the letters that wait for a person, the oldest first */
export const listWaiting = (tx: Tx, personId: string): Promise<readonly WaitingLetter[]> =>
  tx
    .selectFrom('signings as g')
    .innerJoin('signatories as s', 's.id', 'g.signatory_id')
    .innerJoin('letters as l', 'l.id', 'g.letter_id')
    .leftJoin('requests as r', 'r.id', 'l.request_id')
    .leftJoin('agencies as a', 'a.id', 'r.agency_id')
    .select([
      'l.id',
      'l.number',
      'l.kind',
      'l.dated',
      'r.ticket',
      'a.name as agency',
      'g.created_at as since',
    ])
    .where('s.person_id', '=', personId)
    .where('g.signed_pdf', 'is', null)
    .orderBy('g.created_at')
    .limit(maxWaiting)
    .execute()

/** @returns how many letters wait for a person */
export async function countWaiting(tx: Tx, personId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('signings as g')
    .innerJoin('signatories as s', 's.id', 'g.signatory_id')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('s.person_id', '=', personId)
    .where('g.signed_pdf', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
