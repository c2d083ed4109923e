import { decide } from '../../domain/requests/decide.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { behalfOf, doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** Waives a requirement with a reason, where the SOP allows it; done by the actor of the current step. */
export async function waiveRequirement(
  deps: Deps,
  member: Member,
  ticket: string,
  input: { readonly document: string; readonly reason: string },
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const decision = decide(loaded.sop, loaded.row.state, { type: 'waive', ...input }, doerOf(member, loaded))
    await move(deps, member, tx, write, loaded, decision, { type: 'waived', data: input })
    write.note({
      act: 'requirement.waived',
      subject: { kind: 'request', id: ticket },
      details: { document: input.document, step: loaded.row.step, ...behalfOf(member, loaded) },
    })
  })
}
