import type { Tx } from '../../db/database.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import { readLetterOf } from '../../db/letters/letters.ts'
import type { Deps, SystemActor, Write } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'

/**
 * Lays the set letter before the person who signs for the office. Doing it twice changes nothing: what they were
 * shown stays what they sign.
 */
export async function recordLetterPrepared(
  deps: Deps,
  actor: SystemActor,
  input: {
    readonly requestId: string
    readonly visit: number
    readonly pdf: Buffer
    readonly sha256: string
  },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const { row } = await loadRequestById(tx, input.requestId)
    const letter = (await readLetterOf(tx, row.id, input.visit))!
    if (letter.status !== 'numbered' || letter.signatory_id === null) {
      write.note({ act: 'letter.already-prepared', subject: { kind: 'letter', id: letter.number } })
      return
    }
    await awaitSignature(deps, tx, write, { letter, pdf: input.pdf, sha256: input.sha256 })
    write.note({
      act: 'letter.prepared',
      subject: { kind: 'request', id: row.ticket },
      details: { number: letter.number, kind: letter.kind, sha256: input.sha256 },
    })
  })
}

/** Lays exactly these octets before the signatory of a letter. */
export async function awaitSignature(
  deps: Deps,
  tx: Tx,
  write: Write,
  { letter, pdf, sha256 }: { readonly letter: LetterRow; readonly pdf: Buffer; readonly sha256: string },
): Promise<void> {
  await tx
    .insertInto('signings')
    .values({
      letter_id: letter.id,
      office_id: letter.office_id,
      signatory_id: letter.signatory_id!,
      pdf,
      sha256,
      created_at: deps.now(),
    })
    .execute()
  await tx.updateTable('letters').set({ status: 'awaiting' }).where('id', '=', letter.id).execute()
  await write.job('notify-signature', { officeId: letter.office_id, letterId: letter.id })
}
