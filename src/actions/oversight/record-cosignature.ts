import { inScope } from '../../db/database.ts'
import { checkpointOf } from '../../db/logbook-tree/checkpoints.ts'
import { listWitnesses } from '../../db/logbook-tree/witnesses.ts'
import { readNote, readVkey, signedBy } from '../../domain/logbook/note.ts'
import { Refused } from '../../domain/refused.ts'
import { checkpointTexts } from '../../domain/text/checkpoints.ts'
import type { Deps } from '../act.ts'
import { notFound } from '../act.ts'

/** How far the clock of a witness may be ahead, in milliseconds. */
const maxAheadMs = 5 * 60_000

/**
 * Takes the cosignature of a witness that the office knows; the signature itself is the permission. No entry of the
 * logbook, for the reason that checkpoints have none. Of one witness the newest under each checkpoint is kept.
 * @throws Refused `witness-unknown` (403), `cosignature-wrong` (422), 404 for a checkpoint that does not exist
 */
export async function recordCosignature(
  deps: Deps,
  officeId: string,
  { size, line }: { readonly size: number; readonly line: string },
): Promise<void> {
  await inScope(deps.db, { officeId }, async (tx) => {
    const checkpoint = await checkpointOf(tx, size)
    if (!checkpoint) throw notFound()
    const text = checkpoint.note.slice(0, checkpoint.note.lastIndexOf('\n\n') + 1)
    const note = readNote(`${text}\n${line}\n`)
    if (note?.signatures.length !== 1) throw wrong()
    const [{ name, id }] = note.signatures as [(typeof note.signatures)[number]]
    const witnesses = (await listWitnesses(tx))
      .filter(({ endedAt }) => endedAt === null)
      .map((row) => ({ row, key: readVkey(row.vkey)! }))
    const witness = witnesses.find(({ key }) => key.name === name && key.id === id)
    if (!witness) throw new Refused('witness-unknown', checkpointTexts.witnessUnknown, { status: 403 })
    const signed = signedBy(note, witness.key)
    if (!signed?.at || signed.at.getTime() > deps.now().getTime() + maxAheadMs) throw wrong()
    const { at } = signed
    await tx
      .insertInto('logbook_cosignatures')
      .values({ office_id: officeId, size, witness_id: witness.row.id, line: signed.line, at })
      .onConflict((conflict) =>
        conflict
          .columns(['office_id', 'size', 'witness_id'])
          .doUpdateSet({ line: signed.line, at })
          .where('logbook_cosignatures.at', '<', at),
      )
      .execute()
  })
}

const wrong = (): Refused =>
  new Refused('cosignature-wrong', checkpointTexts.cosignatureWrong, { status: 422 })
