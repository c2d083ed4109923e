import { setTimeout as pause } from 'node:timers/promises'
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

/** A decision waits no longer for its plan; the job makes one as soon as the servers answer. In milliseconds. */
const planWaitMs = 2_000

/**
 * The plan that a decision can carry, so that nothing is left but to apply it; undefined when nothing would change,
 * or when something stands against it that the job says on the desk.
 */
async function planAhead(
  deps: HttpDeps,
  member: Member,
  requestId: string,
): Promise<ServicePlan | undefined> {
  const given = new AbortController()
  const preview = await Promise.race([
    deps.lookups.previewPlan({ officeId: member.officeId, requestId }),
    pause(planWaitMs, undefined, { signal: given.signal }),
  ]).finally(() => given.abort())
  if (preview?.kind !== 'plan' || preview.nameInUse) return undefined
  return preview.findings.some(({ blocks }) => blocks) ? undefined : preview.plan
}

/**
 * Finishes a step; one that provides a service comes with its plan of this moment. That of a change of records is
 * held against the one seen.
 */
export async function finishStep(
  deps: HttpDeps,
  member: Member,
  { row, step, kind, verbs }: Case,
  input: StepInput,
): Promise<void> {
  const provides = step !== null && activities[step.activity].effect === 'provision'
  const isPlanned = provides && verbs.includes('complete') && (input.visit ?? row.visit) === row.visit
  const plan = !isPlanned
    ? undefined
    : needsRecords(kind.fulfilment)
      ? await planNow(deps, member, row.id)
      : await planAhead(deps, member, row.id)
  await completeStep(deps, member, row.ticket, { ...input, ...(plan && { visit: row.visit, plan }) })
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
