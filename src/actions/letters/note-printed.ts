import { createHash } from 'node:crypto'
import type { Deps, Member, Note } from '../act.ts'
import { act } from '../act.ts'

/** A paper that is printed when asked and not filed. */
type PrintedPaper =
  | {
      readonly act: 'register.printed'
      readonly register: string
      readonly year: number
      readonly rows: number
    }
  | { readonly act: 'request.disposition-printed'; readonly ticket: string }

/** Notes that somebody takes a printed paper along, with its digest. Who may see it was asked before. */
export async function notePrinted(
  deps: Deps,
  member: Member,
  paper: PrintedPaper,
  pdf: Uint8Array,
): Promise<void> {
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  await act(deps, member, async (_tx, write) => {
    write.note(noteOf(paper, sha256))
  })
}

const noteOf = (paper: PrintedPaper, sha256: string): Note =>
  paper.act === 'register.printed'
    ? {
        act: paper.act,
        subject: { kind: 'register', id: paper.register },
        details: { year: paper.year, rows: paper.rows, sha256 },
      }
    : { act: paper.act, subject: { kind: 'request', id: paper.ticket }, details: { sha256 } }
