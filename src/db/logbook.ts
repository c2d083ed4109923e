import { sql } from 'kysely'
import type { EntryFacts } from '../domain/logbook/entry.ts'
import { commit, ENTRY_TAG, entryParts, genesisHash } from '../domain/logbook/entry.ts'
import type { Tx } from './database.ts'

/** A personal value that stands behind a salted commitment; erasing the opening keeps every proof valid. */
export type Opening = { readonly field: string; readonly salt: Buffer; readonly value: string }

/** Starts the chain of a new office. */
export async function startChain(tx: Tx, officeId: string): Promise<void> {
  const genesis = genesisHash(officeId)
  await tx
    .insertInto('logbook_heads')
    .values({ office_id: officeId, seq: 0, prev: genesis, hash: genesis })
    .execute()
}

/**
 * Appends one entry as the last statement before commit: it takes the next number, hashes the canonical text
 * and stores both under the lock of the office's head. (Reading the previous hash in a sub-select broke most
 * links under concurrency; here the update itself returns it.)
 *
 * @returns the entry's number and hash: the new head of the office's chain
 */
export async function appendEntry(
  tx: Tx,
  facts: EntryFacts,
  openings: readonly Opening[] = [],
): Promise<{ seq: number; hash: string }> {
  const commitments = Object.fromEntries(openings.map((each) => [each.field, commit(each.salt, each.value)]))
  const { before, after } = entryParts({ ...facts, commitments })
  const { rows } = await sql<{ seq: number; hash: string }>`
    with head as (
      update logbook_heads set seq = seq + 1, prev = hash, hash = encode(sha256(
        convert_to(${ENTRY_TAG}::text, 'UTF8') || decode(hash, 'hex') ||
        convert_to(${before}::text || (seq + 1) || ${after}::text, 'UTF8')), 'hex')
      where office_id = ${facts.office}
      returning seq, prev, hash
    )
    insert into logbook_entries (office_id, seq, at, act, subject, text, prev, hash)
    select ${facts.office}, seq, ${facts.at}, ${facts.act}, ${facts.subject.id},
           ${before}::text || seq || ${after}::text, prev, hash
    from head returning seq, hash`.execute(tx)
  const entry = rows[0]
  if (!entry) throw new Error(`office ${facts.office} has no logbook`)
  if (openings.length > 0)
    await tx
      .insertInto('logbook_openings')
      .values(
        openings.map((each) => ({
          office_id: facts.office,
          seq: entry.seq,
          field: each.field,
          salt: each.salt.toString('hex'),
          value: each.value,
        })),
      )
      .execute()
  return entry
}

/** @returns the head of the office's chain: how many entries there are and the hash of the last. */
export async function readHead(tx: Tx, officeId: string): Promise<{ seq: number; hash: string }> {
  return tx
    .selectFrom('logbook_heads')
    .select(['seq', 'hash'])
    .where('office_id', '=', officeId)
    .executeTakeFirstOrThrow()
}
