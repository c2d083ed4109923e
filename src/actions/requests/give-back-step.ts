import { decide } from '../../domain/requests/decide.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** Gives a taken step back to everybody who may do it. */
export async function giveBackStep(deps: Deps, member: Member, ticket: string): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const decision = decide(loaded.sop, loaded.row.state, { type: 'give-back' }, doerOf(member, loaded))
    await move(deps, member, tx, write, loaded, decision, { type: 'given-back' })
    write.note({
      act: 'step.given-back',
      subject: { kind: 'request', id: ticket },
      details: { step: loaded.row.step, visit: loaded.row.visit },
    })
  })
}
