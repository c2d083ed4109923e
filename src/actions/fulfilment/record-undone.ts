import { decide } from '../../domain/requests/decide.ts'
import { readProvisioning, updateProvisioning } from '../../db/fulfilment/provisionings.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'
import { move } from '../requests/move.ts'

/** Records that a plan was taken back; the step stands before its actor again. Doing it twice changes nothing. */
export async function recordUndone(
  deps: Deps,
  actor: SystemActor,
  input: { readonly requestId: string; readonly visit: number },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const loaded = await loadRequestById(tx, input.requestId)
    const { row, sop } = loaded
    const provisioning = await readProvisioning(tx, row.id, input.visit)
    if (
      row.stage !== 'working' ||
      row.visit !== input.visit ||
      row.step === null ||
      provisioning?.status !== 'undoing'
    ) {
      write.note({ act: 'service.undo-kept', subject: { kind: 'request', id: row.ticket } })
      return
    }
    await updateProvisioning(tx, provisioning.id, { status: 'undone', at: deps.now() })
    const decision = decide(sop, row.state, { type: 'effect-undone', step: row.step }, { kind: 'system' })
    await move(deps, actor, tx, write, loaded, decision, { type: 'effect-undone' })
    write.note({
      act: 'service.undone',
      subject: { kind: 'request', id: row.ticket },
      details: { name: provisioning.plan.fqdn },
    })
  })
}
