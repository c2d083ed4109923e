import { notFound } from '../actions/act.ts'
import type { Db, Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { SigningName, StoredCheckpoint } from '../db/logbook-tree/checkpoints.ts'
import { checkpointFor, checkpointOf, latestCheckpoint, listNames } from '../db/logbook-tree/checkpoints.ts'
import { consistencyProof, inclusionProof } from '../db/logbook-tree/nodes.ts'
import type { Cosignature } from '../db/logbook-tree/witnesses.ts'
import { listCosignatures } from '../db/logbook-tree/witnesses.ts'
import { writeConsistency, writeReceipt } from '../domain/logbook/receipt.ts'
import { Refused } from '../domain/refused.ts'
import { checkpointTexts } from '../domain/text/checkpoints.ts'
import type { PublicLetter } from './public-facts.ts'

/** Checkpoints, proofs and receipts, as pages and API give them (docs/logbook-format.md). */

/** What everybody may know of how an office signs its logbook. */
export type PublicCheckpoint = {
  readonly names: readonly SigningName[]
  readonly checkpoint: StoredCheckpoint | undefined
  readonly cosignatures: readonly Cosignature[]
}

/** @returns the names of an office, its newest checkpoint, and who witnessed that */
export function readCheckpoint(db: Db, officeId: string): Promise<PublicCheckpoint> {
  return inScope(db, { officeId }, async (tx) => {
    const checkpoint = await latestCheckpoint(tx)
    return {
      names: await listNames(tx),
      checkpoint,
      cosignatures: checkpoint ? await listCosignatures(tx, checkpoint.size) : [],
    }
  })
}

/** A checkpoint with every signature under it. */
export const noteOf = ({ note }: StoredCheckpoint, cosignatures: readonly Cosignature[]): string =>
  note + cosignatures.map(({ line }) => line).join('')

/** @throws Refused (404) before the first checkpoint */
export async function checkpointNote(db: Db, officeId: string): Promise<string> {
  const { checkpoint, cosignatures } = await readCheckpoint(db, officeId)
  if (!checkpoint) throw notFound()
  return noteOf(checkpoint, cosignatures)
}

/**
 * The proof that a checkpoint, or the newest one, continues an older tree.
 * @throws Refused when there is no such checkpoint, or the sizes make no proof
 */
export function consistencyFile(
  db: Db,
  officeId: string,
  sizes: { from: number; to?: number | undefined },
): Promise<string> {
  return inScope(db, { officeId }, async (tx) => {
    const checkpoint = sizes.to === undefined ? await latestCheckpoint(tx) : await checkpointOf(tx, sizes.to)
    if (!checkpoint) throw notFound()
    if (sizes.from < 1 || sizes.from > checkpoint.size)
      throw new Refused('bad-sizes', checkpointTexts.badSizes, { status: 422 })
    const hashes = await consistencyProof(tx, sizes.from, checkpoint.size)
    const note = noteOf(checkpoint, await listCosignatures(tx, checkpoint.size))
    return writeConsistency({ from: sizes.from, hashes, checkpoint: note })
  })
}

/** A receipt and what it says. */
export type Receipt = {
  readonly seq: number
  readonly size: number
  readonly cosignatures: readonly Cosignature[]
  readonly file: string
}

/** @returns the receipt of an entry; nothing while no checkpoint covers it */
async function receiptOf(tx: Tx, entry: { seq: number; text: string }): Promise<Receipt | undefined> {
  const checkpoint = await checkpointFor(tx, entry.seq)
  if (!checkpoint) return undefined
  const { size } = checkpoint
  const cosignatures = await listCosignatures(tx, size)
  const hashes = await inclusionProof(tx, entry.seq, size)
  const file = writeReceipt({ ...entry, hashes, checkpoint: noteOf(checkpoint, cosignatures) })
  return { seq: entry.seq, size, cosignatures, file }
}

/** @returns the receipt of an entry of the office. @throws Refused (404) when there is none, or none yet */
export async function entryReceipt(db: Db, officeId: string, seq: number): Promise<Receipt> {
  const entry = await inScope(db, { officeId }, (tx) =>
    tx.selectFrom('logbook_entries').select(['seq', 'text']).where('seq', '=', seq).executeTakeFirst(),
  )
  if (!entry) throw notFound()
  return orSoon(await inScope(db, { officeId }, (tx) => receiptOf(tx, entry)))
}

/** @throws Refused (404) with a sentence that says when it will be there */
export function orSoon(receipt: Receipt | undefined): Receipt {
  if (!receipt) throw new Refused('no-receipt-yet', checkpointTexts.receiptNone, { status: 404 })
  return receipt
}

const issuing = ['letter.issued', 'letter.signed']

/** @returns the receipt of the entry that issued a letter; nothing while there is none */
export async function letterReceipt(db: Db, { office, letter }: PublicLetter): Promise<Receipt | undefined> {
  const { sha256, ticket } = letter
  if (!sha256 || !ticket) return undefined
  return inScope(db, { officeId: office.id }, async (tx) => {
    const entries = await tx
      .selectFrom('logbook_entries')
      .select(['seq', 'text'])
      .where('subject', '=', ticket)
      .where('act', 'in', issuing)
      .orderBy('seq')
      .execute()
    const entry = entries.find(({ text }) => digestIn(text) === sha256)
    return entry && receiptOf(tx, entry)
  })
}

const digestIn = (text: string): unknown =>
  (JSON.parse(text) as { details: Readonly<Record<string, unknown>> }).details['sha256']
