import { decide } from '../../domain/requests/decide.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** The applicant withdraws a request, any time before its service is being created. */
export async function withdrawRequest(
  deps: Deps,
  member: Member,
  ticket: string,
  reason?: string,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const decision = decide(loaded.sop, loaded.row.state, { type: 'withdraw' }, doerOf(member, loaded))
    const data = reason ? { reason: reason.slice(0, 2000) } : {}
    await move(deps, member, tx, write, loaded, decision, { type: 'withdrawn', data })
    write.note({ act: 'request.withdrawn', subject: { kind: 'request', id: ticket }, role: 'applicant' })
  })
}
