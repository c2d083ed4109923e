import { Refused } from '../../domain/refused.ts'
import { activities } from '../../domain/sop/activities.ts'
import { stepOf } from '../../domain/sop/graph.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from '../requests/load.ts'

/**
 * Looks at once whether what a provisioning waits for is there, instead of at the next turn of the queue.
 *
 * @throws Refused `nothing-to-check`, `wrong-actor`
 */
export async function checkNow(deps: Deps, member: Member, ticket: string): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const step = row.step === null ? null : stepOf(sop, row.step)
    if (row.stage !== 'working' || step === null || activities[step.activity].effect !== 'provision')
      throw new Refused('nothing-to-check', fulfilmentTexts.nothingToCheck, { status: 409 })
    const doer = doerOf(member, loaded)
    if (doer.kind !== 'person' || !doer.actors.includes(step.actor))
      throw new Refused('wrong-actor', decideTexts.wrongActor, { status: 403 })
    const about = { officeId: row.office_id, requestId: row.id, visit: row.visit }
    await write.job('provision-service', about, { once: true })
    write.note({
      act: 'service.check-asked',
      subject: { kind: 'request', id: ticket },
      details: { step: step.no },
    })
  })
}
