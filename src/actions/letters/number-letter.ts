import { paperOf } from '../../domain/fulfilment/papers.ts'
import { signatureOf } from '../../domain/letters/signature-of.ts'
import { signatoryOn } from '../../domain/letters/signing.ts'
import { code } from '../../domain/requests/ticket.ts'
import { takeNumber } from '../../db/registers.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import { insertNumbered, readLetterOf } from '../../db/letters/letters.ts'
import { listSignatories } from '../../db/letters/signatories.ts'
import type { PaperSettings } from '../../db/letters/paper-facts.ts'
import { readPaperFacts } from '../../db/letters/paper-facts.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'

/** Characters of a verification code: 60 bits, so that nobody finds a letter by trying. */
export const verificationCodeLength = 12

/**
 * Gives a letter its number and fixes what it says, before it is set. A letter that has its number keeps it,
 * however often the job runs, so the register has no gap and no double.
 */
export function numberLetter(
  deps: Deps,
  actor: SystemActor,
  input: {
    readonly requestId: string
    readonly visit: number
    readonly kind: 'reply' | 'hand-over-note'
    readonly settings: PaperSettings
  },
): Promise<LetterRow> {
  return act(deps, actor, async (tx, write) => {
    const { row, sop } = await loadRequestById(tx, input.requestId)
    const known = await readLetterOf(tx, row.id, input.visit)
    if (known) {
      write.note({ act: 'letter.number-kept', subject: { kind: 'letter', id: known.number } })
      return known
    }
    const at = deps.now()
    const facts = await readPaperFacts(tx, row, sop, input.settings)
    const register = input.kind === 'reply' ? 'outgoing' : 'hand-over'
    const taken = await takeNumber(tx, row.office_id, register, at)
    const slug = row.ticket.split('-')[0]!
    const verification = `${slug}-${code(verificationCodeLength, deps.randomBytes)}`
    const signatory = signatoryOn(await listSignatories(tx), taken.dated)
    const paper = paperOf(input.kind, {
      ...facts,
      signature: signatory ? signatureOf(signatory) : facts.signature,
      number: taken.number,
      dated: taken.dated,
      at,
      code: verification,
    })
    await insertNumbered(tx, {
      id: deps.newId(),
      officeId: row.office_id,
      answers: { requestId: row.id, visit: input.visit },
      register,
      taken,
      paper,
      code: verification,
      head: facts.head,
      signatoryId: signatory?.id,
      at,
    })
    write.note({
      act: 'letter.numbered',
      subject: { kind: 'request', id: row.ticket },
      details: { number: taken.number, register, kind: input.kind, dated: taken.dated },
    })
    return (await readLetterOf(tx, row.id, input.visit))!
  })
}
