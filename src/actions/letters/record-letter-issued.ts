import { readLetterOf } from '../../db/letters/letters.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { fileLetter, issuedDetails } from './file-letter.ts'

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
    const letter = (await readLetterOf(tx, loaded.row.id, input.visit))!
    if (letter.status !== 'numbered') {
      write.note({ act: 'letter.already-issued', subject: { kind: 'letter', id: letter.number } })
      return
    }
    await fileLetter(deps, actor, tx, write, { loaded, letter, pdf: input.pdf, sha256: input.sha256 })
    write.note({
      act: 'letter.issued',
      subject: { kind: 'request', id: loaded.row.ticket },
      details: issuedDetails(letter, input.sha256),
    })
  })
}
