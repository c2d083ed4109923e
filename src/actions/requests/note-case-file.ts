import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'

/** Notes that somebody took the case file of a request along. Who may see the request was asked before. */
export async function noteCaseFile(
  deps: Deps,
  member: Member,
  ticket: string,
  { sha256, pages }: { readonly sha256: string; readonly pages: number },
): Promise<void> {
  await act(deps, member, async (_tx, write) => {
    write.note({
      act: 'request.case-file-taken',
      subject: { kind: 'request', id: ticket },
      details: { sha256, pages },
    })
  })
}
