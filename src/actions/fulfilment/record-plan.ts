import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { changesForLogbook } from '../../domain/fulfilment/plan.ts'
import { Refused } from '../../domain/refused.ts'
import type { Tx } from '../../db/database.ts'
import { judge } from '../../db/fulfilment/guard-facts.ts'
import type { StoredPlan } from '../../db/fulfilment/provisionings.ts'
import { insertProvisioning, readProvisioning } from '../../db/fulfilment/provisionings.ts'
import type { RequestRow } from '../../db/requests/requests.ts'
import type { Deps, SystemActor, Write } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'

/**
 * Stores the plan before anything happens outside: only a stored plan is applied, and only it can be undone.
 * The first plan of a visit stays; a second worker gets the one that is there.
 *
 * @throws Refused `plan-blocked` with the sentence of the guard
 */
export function recordPlan(
  deps: Deps,
  actor: SystemActor,
  input: { readonly requestId: string; readonly visit: number; readonly plan: ServicePlan },
): Promise<StoredPlan> {
  return act(deps, actor, async (tx, write) => {
    const { row } = await loadRequestById(tx, input.requestId)
    const known = await readProvisioning(tx, input.requestId, input.visit)
    if (!known) return storePlan(deps, tx, write, row, input.plan)
    notePlan(write, 'service.plan-kept', row, input.plan)
    return known
  })
}

/** Stores a plan for the visit of a step in the caller's transaction, when no guard holds it back. */
export async function storePlan(
  deps: Deps,
  tx: Tx,
  write: Write,
  row: RequestRow,
  plan: ServicePlan,
): Promise<StoredPlan> {
  const blocking = (await judge(tx, row, plan)).find(({ blocks }) => blocks)
  if (blocking) throw new Refused('plan-blocked', blocking.text, { status: 409 })
  notePlan(write, 'service.planned', row, plan)
  await insertProvisioning(tx, {
    id: deps.newId(),
    officeId: row.office_id,
    requestId: row.id,
    visit: row.visit,
    plan,
    at: deps.now(),
  })
  return { status: 'planned', plan }
}

function notePlan(write: Write, name: string, row: RequestRow, plan: ServicePlan): void {
  write.note({
    act: name,
    subject: { kind: 'request', id: row.ticket },
    details: {
      name: plan.fqdn,
      records: changesForLogbook(plan),
      site: plan.hosting?.changes.map((change) => change.do) ?? [],
    },
  })
}
