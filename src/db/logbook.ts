import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { EntryFacts } from '../domain/logbook/entry.ts'
import { commit, ENTRY_TAG, entryParts, genesisHash } from '../domain/logbook/entry.ts'
import type { Tx } from './database.ts'
import { json } from './database.ts'
import { sendAhead } from './pipeline.ts'

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
 * links under concurrency; here the update itself returns it.) An office without a head fails the transaction,
 * because an entry without a number cannot be stored.
 */
export async function appendEntry(
  tx: Tx,
  facts: EntryFacts,
  openings: readonly Opening[] = [],
): Promise<void> {
  const commitments = Object.fromEntries(openings.map((each) => [each.field, commit(each.salt, each.value)]))
  const { before, after } = entryParts({ ...facts, commitments })
  const entry = sql`
    with head as (
      update logbook_heads set seq = seq + 1, prev = hash, hash = encode(sha256(
        convert_to(${ENTRY_TAG}::text, 'UTF8') || decode(hash, 'hex') ||
        convert_to(${before}::text || (seq + 1) || ${after}::text, 'UTF8')), 'hex')
      where office_id = ${facts.office}
      returning seq, prev, hash
    ), entry as (
      insert into logbook_entries (office_id, seq, at, act, subject, text, prev, hash)
      select ${facts.office}, seq, ${facts.at}, ${facts.act}, ${facts.subject.id},
             ${before}::text || seq || ${after}::text, prev, hash
      from (select) as once left join head on true
      returning office_id, seq
    )`
  await sendAhead(tx, openings.length === 0 ? sql`${entry} select from entry` : withOpenings(entry, openings))
}

function withOpenings(entry: RawBuilder<unknown>, openings: readonly Opening[]): RawBuilder<unknown> {
  const rows = openings.map(({ field, salt, value }) => ({ field, salt: salt.toString('hex'), value }))
  return sql`${entry}
    insert into logbook_openings (office_id, seq, field, salt, value)
    select entry.office_id, entry.seq, opening.field, opening.salt, opening.value
    from entry, jsonb_to_recordset(${json(rows)}) as opening (field text, salt text, value text)`
}

/** @returns the head of the office's chain: how many entries there are and the hash of the last. */
export async function readHead(tx: Tx, officeId: string): Promise<{ seq: number; hash: string }> {
  return tx
    .selectFrom('logbook_heads')
    .select(['seq', 'hash'])
    .where('office_id', '=', officeId)
    .executeTakeFirstOrThrow()
}
