import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import { activities } from '../../domain/sop/activities.ts'
import { stepOf } from '../../domain/sop/graph.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import { readProvisioning, updateProvisioning } from '../../db/fulfilment/provisionings.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from '../requests/load.ts'
import { move } from '../requests/move.ts'

/**
 * Calls off a provisioning that does not come to its end: what the plan already changed is taken back, and the
 * step stands before its actor again. Where nothing was planned yet there is nothing to take back.
 *
 * @throws Refused `nothing-to-cancel`, `wrong-actor`
 */
export async function cancelProvisioning(deps: Deps, member: Member, ticket: string): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const step = row.step === null ? null : stepOf(sop, row.step)
    if (row.stage !== 'working' || step === null || activities[step.activity].effect !== 'provision')
      throw new Refused('nothing-to-cancel', fulfilmentTexts.nothingToCancel, { status: 409 })
    const doer = doerOf(member, loaded)
    if (doer.kind !== 'person' || !doer.actors.includes(step.actor))
      throw new Refused('wrong-actor', decideTexts.wrongActor, { status: 403 })
    const provisioning = await readProvisioning(tx, row.id, row.visit)
    if (provisioning) {
      await updateProvisioning(tx, provisioning.id, { status: 'undoing', at: deps.now() })
      await write.job('provision-service', { officeId: row.office_id, requestId: row.id, visit: row.visit })
    } else {
      const decision = decide(sop, row.state, { type: 'effect-undone', step: step.no }, { kind: 'system' })
      await move(deps, member, tx, write, loaded, decision, { type: 'effect-undone' })
    }
    write.note({
      act: 'service.undo-asked',
      subject: { kind: 'request', id: ticket },
      details: { step: step.no, planned: provisioning !== undefined },
    })
  })
}
