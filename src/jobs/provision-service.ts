import { recordPlan } from '../actions/fulfilment/record-plan.ts'
import { recordUndone } from '../actions/fulfilment/record-undone.ts'
import { sendPlanBack } from '../actions/fulfilment/send-plan-back.ts'
import { recordProvisioned } from '../actions/fulfilment/record-provisioned.ts'
import { serviceClosed } from '../domain/fulfilment/service-closed.ts'
import type { SystemActor } from '../actions/act.ts'
import { inScope } from '../db/database.ts'
import type { Granted } from '../db/fulfilment/granted.ts'
import { grantedUnderLock } from '../db/fulfilment/granted.ts'
import { withOutsideLockAfter } from '../db/fulfilment/outside-lock.ts'
import type { StoredPlan } from '../db/fulfilment/provisionings.ts'
import { readServiceFacts } from '../db/fulfilment/service-facts.ts'
import type { Jobs } from '../db/queue.ts'
import { undoOf } from '../domain/dns/plan.ts'
import type { ServicePlan } from '../domain/fulfilment/plan.ts'
import { Refused } from '../domain/refused.ts'
import type { Fulfilment } from '../domain/sop/kinds.ts'
import { makesSite } from '../domain/sop/kinds.ts'
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
 * a crash; the stored plan is the only one that is ever applied. As a rule the decision carried it and took the lock, and
 * applying is all that stands between its commit and the name.
 *
 * @param held what was found under the lock by whoever took it; whoever comes without takes it first
 */
export function provisionService(
  deps: JobDeps,
  job: Jobs['provision-service'],
  held?: Granted,
): Promise<void> {
  const run = async (granted: Granted) => {
    const { stage, visit } = granted.request
    if (stage === 'working' && visit === job.visit) await provisionAlone(deps, job, granted)
  }
  return held ? run(held) : withOutsideLockAfter(deps.db, grantedUnderLock(job), run)
}

async function provisionAlone(deps: JobDeps, job: Jobs['provision-service'], granted: Granted) {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const { request, known, closed } = granted
  await withTrouble(deps, actor, request, async () => {
    if (known?.status === 'undoing') {
      await undoPlan(deps, granted, known.plan)
      return recordUndone(deps, actor, job)
    }
    if (closed) throw serviceClosed(request)
    const made = await madeOrSentBack(deps, actor, granted)
    if (made === 'sent-back') return
    await recordProvisioned(deps, actor, {
      requestId: job.requestId,
      visit: job.visit,
      plan: made?.plan ?? null,
      evidence: made?.evidence ?? null,
      sealed: made ? await credentialsFor(deps, request, made.plan) : null,
    })
  })
}

/** A plan that may not or cannot run as it stands changed nothing: it goes back to whoever approved it. */
async function madeOrSentBack(...[deps, actor, granted]: Parameters<typeof makeSo>) {
  try {
    return await makeSo(deps, actor, granted)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { id, visit, fulfilment } = granted.request
    // One update message with prerequisites, before any site is touched: where they do not hold, none of it was done.
    const hasChanged = error instanceof DnsFailure && error.kind === 'conflict'
    const isOneMessage = !makesSite(fulfilment as Fulfilment)
    if (error.reason !== 'plan-blocked' && !(hasChanged && isOneMessage)) throw error
    const why = hasChanged ? recordTexts.changed : error.text
    await sendPlanBack(deps, actor, { requestId: id, visit, why })
    return 'sent-back' as const
  }
}

/** @returns what was made and seen; null when nothing outside had to change */
async function makeSo(deps: JobDeps, actor: SystemActor, { request, zone, known }: Granted) {
  const stored = known ?? (await planned(deps, actor, request))
  if (stored === null) return null
  const { plan } = stored
  const dns = deps.dnsOf(zone!)
  const hosting = await hostingById(deps, actor.officeId, plan.hostId)
  if (plan.site === false) {
    if (plan.dns) await dns.apply(plan.dns)
    if (plan.hosting) await hosting.apply(plan.hosting)
  } else {
    if (plan.hosting) await hosting.apply(plan.hosting)
    if (plan.dns) await dns.apply(plan.dns)
  }
  return { plan, evidence: await proveService({ dns, hosting }, plan, deps.now) }
}

/** Makes the plan that the decision did not carry, because a server did not answer or something stood against it. */
async function planned(
  deps: JobDeps,
  actor: SystemActor,
  { id, visit }: Granted['request'],
): Promise<StoredPlan | null> {
  const { wish, zone, host } = await inScope(deps.db, actor, (tx) =>
    readServiceFacts(tx, id, deps.addressesOf),
  )
  if (!wish) return null
  const outside = { dns: deps.dnsOf(zone!), hosting: deps.hostingOf(host), hostId: host?.id ?? null }
  const { plan, nameInUse } = await planService(outside, wish)
  if (nameInUse) throw new Refused('name-in-zone', fulfilmentTexts.nameInZone(wish.fqdn), { status: 409 })
  return recordPlan(deps, actor, { requestId: id, visit, plan })
}

/** Credentials are sealed before anything else happens with them; a repeated job rotates them again. */
async function credentialsFor(deps: JobDeps, request: Granted['request'], plan: ServicePlan) {
  if (plan.site !== true || !makesSite(request.fulfilment as Fulfilment)) return null
  const hosting = await hostingById(deps, request.office_id, plan.hostId)
  // Elsewhere nobody signs in: files are the office's own matter, or come by upload only.
  if (hosting.access !== 'ranah') return null
  return sealedCredentials(deps, hosting, {
    officeId: request.office_id,
    fqdn: plan.fqdn,
    token: `${request.id}.${request.visit}`,
    id: deps.newId(),
    contactEmail: request.form.technical?.email ?? '',
  })
}

/** Takes back what a stored plan did, in the reverse order: servers are left as they were before. */
async function undoPlan(deps: JobDeps, { request, zone }: Granted, plan: ServicePlan): Promise<void> {
  if (plan.dns) await deps.dnsOf(zone!).apply(undoOf(plan.dns))
  if (!plan.hosting) return
  const hosting = await hostingById(deps, request.office_id, plan.hostId)
  await hosting.undo(plan.hosting)
}
