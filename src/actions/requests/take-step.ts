import { decide } from '../../domain/requests/decide.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { behalfOf, doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** Takes the current step, so that colleagues see who works on it. Taking one's own step again changes nothing. */
export async function takeStep(deps: Deps, member: Member, ticket: string, visit?: number): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const decision = decide(loaded.sop, loaded.row.state, { type: 'take', visit }, doerOf(member, loaded))
    await move(deps, member, tx, write, loaded, decision, { type: 'taken' })
    write.note({
      act: 'step.taken',
      subject: { kind: 'request', id: ticket },
      details: { step: loaded.row.step, visit: loaded.row.visit, ...behalfOf(member, loaded) },
    })
  })
}
