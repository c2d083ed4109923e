import type { Deps, Member, Note } from '../act.ts'
import { act } from '../act.ts'

/** Notes that somebody took the case file of a request along. Who may see the request was asked before. */
export async function noteCaseFile(
  deps: Deps,
  member: Member,
  ticket: string,
  file: {
    readonly sha256: string
    readonly pages: number
    /** Whose addresses stand in it, behind commitments. */
    readonly contacts: Note['personal']
  },
): Promise<void> {
  await act(deps, member, async (_tx, write) => {
    write.note({
      act: 'request.case-file-taken',
      subject: { kind: 'request', id: ticket },
      details: { sha256: file.sha256, pages: file.pages },
      ...(file.contacts && { personal: file.contacts }),
    })
  })
}
