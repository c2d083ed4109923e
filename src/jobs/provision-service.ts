import { recordPlan } from '../actions/fulfilment/record-plan.ts'
import { recordUndone } from '../actions/fulfilment/record-undone.ts'
import { sendPlanBack } from '../actions/fulfilment/send-plan-back.ts'
import { recordProvisioned } from '../actions/fulfilment/record-provisioned.ts'
import { serviceClosed } from '../domain/fulfilment/service-closed.ts'
import type { SystemActor } from '../actions/act.ts'
import { inScope } from '../db/database.ts'
import type { ProvisioningRow } from '../db/fulfilment/provisionings.ts'
import { withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import { readProvisioning } from '../db/fulfilment/provisionings.ts'
import { readServiceFacts } from '../db/fulfilment/service-facts.ts'
import type { ServiceFacts } from '../db/fulfilment/service-facts.ts'
import type { Jobs } from '../db/queue.ts'
import { undoOf } from '../domain/dns/plan.ts'
import type { ServicePlan } from '../domain/fulfilment/plan.ts'
import { Refused } from '../domain/refused.ts'
import type { Fulfilment } from '../domain/sop/kinds.ts'
import { needsRecords } from '../domain/sop/kinds.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import { recordTexts } from '../domain/text/records.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import { planService } from '../drivers/plan-service.ts'
import type { JobDeps } from './deps.ts'
import { hostingById } from './hosting-by-id.ts'
import { proveService } from './prove-service.ts'
import { sealedCredentials } from './sealed-credentials.ts'
import { withTrouble } from './trouble.ts'

/**
 * Makes a granted request so: plan -> apply -> see it from outside -> record. Every part may be repeated after
 * a crash; the stored plan is the only one that is ever applied.
 */
export function provisionService(deps: JobDeps, job: Jobs['provision-service']): Promise<void> {
  return withOutsideLock(deps.db, job.requestId, () => provisionAlone(deps, job))
}

async function provisionAlone(deps: JobDeps, job: Jobs['provision-service']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const { facts, known } = await inScope(deps.db, { officeId: job.officeId }, async (tx) => ({
    facts: await readServiceFacts(tx, job.requestId, deps.addressesOf),
    known: await readProvisioning(tx, job.requestId, job.visit),
  }))
  if (facts.request.stage !== 'working' || facts.request.visit !== job.visit) return
  await withTrouble(deps, actor, facts.request, async () => {
    if (known?.status === 'undoing') {
      await undoPlan(deps, facts, known.plan)
      return recordUndone(deps, actor, job)
    }
    if (facts.closed) throw serviceClosed(facts.request)
    const made = facts.wish ? await madeOrSentBack(deps, actor, facts, known) : null
    if (made === 'sent-back') return
    await recordProvisioned(deps, actor, {
      requestId: job.requestId,
      visit: job.visit,
      plan: made?.plan ?? null,
      evidence: made?.evidence ?? null,
      sealed: made ? await credentialsFor(deps, facts, made.plan) : null,
    })
  })
}

/** A plan that may not or cannot run as it stands changed nothing: it goes back to whoever approved it. */
async function madeOrSentBack(...[deps, actor, facts, known]: Parameters<typeof makeSo>) {
  try {
    return await makeSo(deps, actor, facts, known)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { id, visit, fulfilment } = facts.request
    // One update message with prerequisites: where they do not hold, none of it was done.
    const hasChanged = error instanceof DnsFailure && error.kind === 'conflict'
    const isOneMessage = needsRecords(fulfilment as Fulfilment)
    if (error.reason !== 'plan-blocked' && !(hasChanged && isOneMessage)) throw error
    const why = hasChanged ? recordTexts.changed : error.text
    await sendPlanBack(deps, actor, { requestId: id, visit, why })
    return 'sent-back' as const
  }
}

async function makeSo(
  deps: JobDeps,
  actor: SystemActor,
  facts: ServiceFacts,
  known: ProvisioningRow | undefined,
) {
  const { request, zone, wish } = facts
  const dns = deps.dnsOf(zone!)
  const stored = known ?? (await planned(deps, actor, facts))
  const { plan } = stored
  const hosting = await hostingById(deps, actor.officeId, plan.hostId)
  if (wish!.site === null) {
    if (plan.dns) await dns.apply(plan.dns)
    if (plan.hosting) await hosting.apply(plan.hosting)
  } else {
    if (plan.hosting) await hosting.apply(plan.hosting)
    if (plan.dns) await dns.apply(plan.dns)
  }
  return { plan, evidence: await proveService({ dns, hosting }, plan, deps.now), request }
}

async function planned(deps: JobDeps, actor: SystemActor, facts: ServiceFacts): Promise<ProvisioningRow> {
  const { wish, zone, request, host } = facts
  const outside = { dns: deps.dnsOf(zone!), hosting: deps.hostingOf(host), hostId: host?.id ?? null }
  const { plan, nameInUse } = await planService(outside, wish!)
  if (nameInUse) throw new Refused('name-in-zone', fulfilmentTexts.nameInZone(wish!.fqdn), { status: 409 })
  return recordPlan(deps, actor, { requestId: request.id, visit: request.visit, plan })
}

/** Credentials are sealed before anything else happens with them; a repeated job rotates them again. */
async function credentialsFor(deps: JobDeps, facts: ServiceFacts, plan: ServicePlan) {
  const fulfilment = facts.request.fulfilment as Fulfilment
  if (plan.site !== true || (fulfilment !== 'subdomain-hosting' && fulfilment !== 'hosting')) return null
  const hosting = await hostingById(deps, facts.request.office_id, plan.hostId)
  // Elsewhere nobody signs in: files are the office's own matter, or come by upload only.
  if (hosting.access !== 'ranah') return null
  return sealedCredentials(deps, hosting, {
    officeId: facts.request.office_id,
    fqdn: plan.fqdn,
    token: `${facts.request.id}.${facts.request.visit}`,
    id: deps.newId(),
    contactEmail: facts.request.form.technical?.email ?? '',
  })
}

/** Takes back what a stored plan did, in the reverse order: servers are left as they were before. */
async function undoPlan(deps: JobDeps, facts: ServiceFacts, plan: ServicePlan): Promise<void> {
  if (plan.dns) await deps.dnsOf(facts.zone!).apply(undoOf(plan.dns))
  if (!plan.hosting) return
  const hosting = await hostingById(deps, facts.request.office_id, plan.hostId)
  await hosting.undo(plan.hosting)
}
