import type { KeyEnd } from '../../domain/logbook/origin.ts'
import type { Text } from '../../domain/refused.ts'
import type { Tx } from '../database.ts'

/** A name under which the office signs or signed. */
export type SigningName = {
  readonly origin: string
  readonly vkey: string
  readonly since: Date
  /** Entries that the office had when it began. */
  readonly entries: number
  readonly endedAt: Date | null
  readonly endReason: KeyEnd | null
  /** Why it does not sign at the moment. */
  readonly trouble: Text | null
}

/** A checkpoint as it was signed: text and signature line. */
export type StoredCheckpoint = {
  readonly size: number
  readonly origin: string
  readonly root: Buffer
  readonly note: string
  readonly at: Date
}

/** @returns every name of the office, the one in use first */
export async function listNames(tx: Tx): Promise<readonly SigningName[]> {
  return tx
    .selectFrom('logbook_keys')
    .select([
      'origin',
      'vkey',
      'since',
      'entries',
      'ended_at as endedAt',
      'end_reason as endReason',
      'trouble',
    ])
    .orderBy('since', 'desc')
    .orderBy('entries', 'desc')
    .execute()
}

/** @returns the name in use with its sealed private key */
export async function readKey(
  tx: Tx,
): Promise<{ origin: string; sealed: Buffer; trouble: Text | null } | undefined> {
  const row = await tx
    .selectFrom('logbook_keys')
    .select(['origin', 'sealed', 'trouble'])
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, sealed: row.sealed! }
}

const selectCheckpoints = (tx: Tx) =>
  tx
    .selectFrom('logbook_checkpoints as c')
    .innerJoin('logbook_keys as k', 'k.origin', 'c.origin')
    .select(['c.size', 'c.origin', 'c.root', 'c.note', 'c.at'])
    .where('k.ended_at', 'is', null)

/** @returns the newest checkpoint under the name in use */
export async function latestCheckpoint(tx: Tx): Promise<StoredCheckpoint | undefined> {
  return selectCheckpoints(tx).orderBy('c.size', 'desc').limit(1).executeTakeFirst()
}

/** @returns the checkpoint of this size under the name in use */
export async function checkpointOf(tx: Tx, size: number): Promise<StoredCheckpoint | undefined> {
  return selectCheckpoints(tx).where('c.size', '=', size).executeTakeFirst()
}

/** @returns the newest checkpoint that covers an entry: one that a witness cosigned, where there is any */
export async function checkpointFor(tx: Tx, seq: number): Promise<StoredCheckpoint | undefined> {
  const covering = selectCheckpoints(tx).where('c.size', '>=', seq).orderBy('c.size', 'desc').limit(1)
  const witnessed = covering.where((eb) =>
    eb.exists(eb.selectFrom('logbook_cosignatures as w').select('w.size').whereRef('w.size', '=', 'c.size')),
  )
  return (await witnessed.executeTakeFirst()) ?? (await covering.executeTakeFirst())
}

/** @returns whether the office once signed under this name and no longer does */
export async function isEnded(tx: Tx, origin: string): Promise<boolean> {
  const row = await tx
    .selectFrom('logbook_keys')
    .select('ended_at')
    .where('origin', '=', origin)
    .executeTakeFirst()
  return row?.ended_at != null
}
