import type { Member } from '../../actions/act.ts'
import { requireRole } from '../../actions/act.ts'
import { allowPlan } from '../../actions/fulfilment/allow-plan.ts'
import type { StepInput } from '../../actions/requests/complete-step.ts'
import { completeStep } from '../../actions/requests/complete-step.ts'
import { inScope } from '../../db/database.ts'
import { readRequest } from '../../db/requests/requests.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { Refused } from '../../domain/refused.ts'
import { activities } from '../../domain/sop/activities.ts'
import { needsRecords } from '../../domain/sop/kinds.ts'
import type { HttpDeps } from '../deps.ts'
import type { Case } from './open-case.ts'

/**
 * The plan of a request as it would be made now; null when nothing outside would change.
 * @throws Refused `plan-unknown` when a server that had to be asked did not answer
 */
async function planNow(deps: HttpDeps, member: Member, requestId: string): Promise<ServicePlan | null> {
  const preview = await deps.lookups.previewPlan({ officeId: member.officeId, requestId })
  if (preview.kind === 'unknown') throw new Refused('plan-unknown', preview.text, { status: 503 })
  return preview.kind === 'plan' ? preview.plan : null
}

/** Finishes a step; a change of records comes with its plan of this moment, to be held against the one seen. */
export async function finishStep(
  deps: HttpDeps,
  member: Member,
  { row, step, kind, verbs }: Case,
  input: StepInput,
): Promise<void> {
  const provides = step !== null && activities[step.activity].effect === 'provision'
  const isPlanned = provides && needsRecords(kind.fulfilment) && verbs.includes('complete')
  const plan = isPlanned ? await planNow(deps, member, row.id) : null
  await completeStep(deps, member, row.ticket, { ...input, ...(plan && { plan }) })
}

/** Lets a large plan run; it is made anew, and what was seen must be what would run. */
export async function allowPlanNow(
  deps: HttpDeps,
  member: Member,
  ticket: string,
  input: { readonly seen: string; readonly touched: number; readonly reason: string },
): Promise<void> {
  requireRole(member, 'head-of-division', 'head-of-office')
  const row = await inScope(deps.db, member, (tx) => readRequest(tx, ticket))
  const plan = row ? await planNow(deps, member, row.id) : null
  await allowPlan(deps, member, ticket, { ...input, plan })
}
