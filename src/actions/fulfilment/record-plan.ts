import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import type { ProvisioningRow } from '../../db/fulfilment/provisionings.ts'
import { insertProvisioning, readProvisioning } from '../../db/fulfilment/provisionings.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'

/**
 * Stores the plan before anything happens outside: only a stored plan is applied, and only it can be undone.
 * The first plan of a visit stays; a second worker gets the one that is there.
 */
export function recordPlan(
  deps: Deps,
  actor: SystemActor,
  input: { readonly requestId: string; readonly visit: number; readonly plan: ServicePlan },
): Promise<ProvisioningRow> {
  return act(deps, actor, async (tx, write) => {
    const { row } = await loadRequestById(tx, input.requestId)
    const known = await readProvisioning(tx, input.requestId, input.visit)
    const stored =
      known ??
      (await insertProvisioning(tx, {
        ...input,
        id: deps.newId(),
        officeId: actor.officeId,
        at: deps.now(),
      }))
    write.note({
      act: known ? 'service.plan-kept' : 'service.planned',
      subject: { kind: 'request', id: row.ticket },
      details: {
        name: input.plan.fqdn,
        records:
          input.plan.dns?.changes.map(({ op, type, after }) => ({
            op,
            type,
            values: after?.values.slice() ?? [],
          })) ?? [],
        site: input.plan.hosting?.changes.map((change) => change.do) ?? [],
      },
    })
    return stored
  })
}
