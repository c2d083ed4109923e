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
  /** Whether another key was asked for. */
  readonly renewalAskedAt: Date | null
  /** By which the name before handed over to this one. */
  readonly handover: string | null
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
      'renewal_asked_at as renewalAskedAt',
      'handover',
    ])
    .orderBy((eb) => eb('ended_at', 'is', null), 'desc')
    .orderBy('since', 'desc')
    .orderBy('entries', 'desc')
    .execute()
}

/** @returns the name in use with its sealed private key */
export async function readKey(
  tx: Tx,
): Promise<{ origin: string; sealed: Buffer; trouble: Text | null; isRenewed: boolean } | undefined> {
  const row = await tx
    .selectFrom('logbook_keys')
    .select(['origin', 'sealed', 'trouble', 'renewal_asked_at'])
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { renewal_asked_at: asked, sealed, ...key } = row
  return { ...key, sealed: sealed!, isRenewed: asked !== null }
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

/** @returns whether the office signs under this name, did so once, or knows nothing of it */
export async function readState(tx: Tx, origin: string): Promise<'in-use' | 'ended' | 'unknown'> {
  const row = await tx
    .selectFrom('logbook_keys')
    .select('ended_at')
    .where('origin', '=', origin)
    .executeTakeFirst()
  if (!row) return 'unknown'
  return row.ended_at ? 'ended' : 'in-use'
}

/** @returns the notes by which one name handed over to the next, the oldest first */
export async function listHandovers(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('logbook_keys')
    .select('handover')
    .where('handover', 'is not', null)
    .orderBy('since')
    .orderBy('entries')
    .execute()
  return rows.map(({ handover }) => handover!)
}
