import type { Text } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import { recordTexts } from '../../domain/text/records.ts'
import { readProvisioning, updateProvisioning } from '../../db/fulfilment/provisionings.ts'
import { saveTrouble } from '../../db/requests/requests.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { move } from '../requests/move.ts'

/**
 * A plan that cannot run as it was approved changes nothing: the step stands before its actor again, with the reason
 * and a plan made anew. Doing it twice changes nothing.
 */
export async function sendPlanBack(
  deps: Deps,
  actor: SystemActor,
  input: { readonly requestId: string; readonly visit: number; readonly why: Text },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const loaded = await loadRequestById(tx, input.requestId)
    const { row, sop } = loaded
    const subject = { kind: 'request', id: row.ticket }
    if (row.stage !== 'working' || row.visit !== input.visit || row.step === null) {
      write.note({ act: 'service.plan-kept', subject })
      return
    }
    const at = deps.now()
    const provisioning = await readProvisioning(tx, row.id, input.visit)
    if (provisioning) await updateProvisioning(tx, provisioning.id, { status: 'undone', at })
    const decision = decide(sop, row.state, { type: 'effect-undone', step: row.step }, { kind: 'system' })
    await move(deps, actor, tx, write, loaded, decision, { type: 'plan-refused' })
    await saveTrouble(tx, row.id, { text: recordTexts.sentBack(input.why), at: at.toISOString() })
    write.note({ act: 'service.plan-refused', subject, details: { name: row.fqdn, says: input.why.id } })
  })
}
