import { decide } from '../../domain/requests/decide.ts'
import { Refused } from '../../domain/refused.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import type { Tx } from '../../db/database.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import { readLetter } from '../../db/letters/letters.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { loadRequestById } from '../requests/load.ts'
import { move } from '../requests/move.ts'
import { lockAwaited, requireSignatory } from './awaited.ts'

/**
 * Gives a letter back unsigned: it is voided with its number, and whoever did the step has it again with the reason.
 * @throws Refused `signing-under-way`, `signing-unknown` (409), or what requireSignatory refuses
 */
export async function declineSigning(
  deps: Deps,
  member: Member,
  letterId: string,
  reason: string,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const known = await readLetter(tx, letterId)
    if (!known) throw notFound()
    const loaded = known.request_id ? await loadRequestById(tx, known.request_id) : undefined
    const awaited = await lockAwaited(deps, tx, member, letterId)
    requireSignatory(member, awaited)
    const { letter, signing } = awaited
    if (signing.attempt !== null)
      throw new Refused('signing-under-way', signingTexts.underWay, { status: 409 })
    await tx.deleteFrom('signings').where('letter_id', '=', letterId).execute()
    await tx
      .updateTable('letters')
      .set({ status: 'voided', voided_at: deps.now(), void_reason: reason })
      .where('id', '=', letterId)
      .execute()
    if (loaded) await undo(deps, member, tx, write, { loaded, letter, reason })
    write.note({
      act: 'letter.signing-declined',
      subject: loaded ? { kind: 'request', id: loaded.row.ticket } : { kind: 'letter', id: letter.number },
      role: 'signatory',
      details: { number: letter.number, register: letter.register },
      personal: { reason },
    })
  })
}

/** Whoever did the step has it again. */
async function undo(
  deps: Deps,
  member: Member,
  tx: Tx,
  write: Write,
  { loaded, letter, reason }: { loaded: LoadedRequest; letter: LetterRow; reason: string },
): Promise<void> {
  const { row, sop } = loaded
  if (row.stage !== 'working' || row.visit !== letter.visit || row.step === null) return
  const decision = decide(sop, row.state, { type: 'effect-undone', step: row.step }, { kind: 'system' })
  const data = { effect: letter.kind, letter: letter.number, reason }
  await move(deps, member, tx, write, loaded, decision, { type: 'effect-undone', data })
}
