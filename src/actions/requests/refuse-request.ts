import { decide } from '../../domain/requests/decide.ts'
import type { Ground } from '../../domain/requests/grounds.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { behalfOf, doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** Refuses a request for good at a step where the SOP's `refusal` allows it; the grounds reach the applicant. */
export async function refuseRequest(
  deps: Deps,
  member: Member,
  ticket: string,
  input: { readonly step: number; readonly visit?: number; readonly grounds: readonly Ground[] },
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const decision = decide(
      loaded.sop,
      loaded.row.state,
      { type: 'refuse', ...input },
      doerOf(member, loaded),
    )
    await move(deps, member, tx, write, loaded, decision, {
      type: 'refused',
      data: { grounds: input.grounds },
    })
    write.note({
      act: 'request.refused',
      subject: { kind: 'request', id: ticket },
      details: {
        step: input.step,
        grounds: input.grounds.map((each) => each.code),
        ...behalfOf(member, loaded),
      },
    })
  })
}
