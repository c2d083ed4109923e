import { decide } from '../../domain/requests/decide.ts'
import { readLetterOf } from '../../db/letters/letters.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { move } from '../requests/move.ts'

/**
 * Files the set letter and lets the request go on. Doing it twice changes nothing: the first PDF stays.
 */
export async function recordLetterIssued(
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
    const loaded = await loadRequestById(tx, input.requestId)
    const { row, sop } = loaded
    const letter = (await readLetterOf(tx, row.id, input.visit))!
    if (letter.status !== 'numbered') {
      write.note({ act: 'letter.already-issued', subject: { kind: 'letter', id: letter.number } })
      return
    }
    const at = deps.now()
    const documentId = deps.newId()
    await tx
      .insertInto('documents')
      .values({
        id: documentId,
        office_id: row.office_id,
        request_id: row.id,
        kind: letter.kind,
        filename: `${letter.verification_code}.pdf`,
        media_type: 'application/pdf',
        size: input.pdf.length,
        sha256: input.sha256,
        bytes: input.pdf,
        created_at: at,
      })
      .execute()
    await tx
      .updateTable('letters')
      .set({ status: 'issued', document_id: documentId, sha256: input.sha256, issued_at: at })
      .where('id', '=', letter.id)
      .execute()
    write.note({
      act: 'letter.issued',
      subject: { kind: 'request', id: row.ticket },
      details: { number: letter.number, kind: letter.kind, sha256: input.sha256 },
    })
    if (row.stage !== 'working' || row.visit !== input.visit || row.step === null) return
    const decision = decide(sop, row.state, { type: 'effect-done', step: row.step }, { kind: 'system' })
    const data = { effect: letter.kind, letter: letter.number, documentId }
    await move(deps, actor, tx, write, loaded, decision, { type: 'effect-done', data })
  })
}
