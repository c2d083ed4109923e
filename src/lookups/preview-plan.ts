import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { judge } from '../db/fulfilment/guard-facts.ts'
import { readServiceFacts } from '../db/fulfilment/service-facts.ts'
import type { ServerRow } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { PlanFinding } from '../domain/fulfilment/guards.ts'
import type { ServicePlan } from '../domain/fulfilment/plan.ts'
import type { Text } from '../domain/refused.ts'
import { serviceClosed } from '../domain/fulfilment/service-closed.ts'
import { Refused } from '../domain/refused.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import { planService } from '../drivers/plan-service.ts'

/** `none`: nothing outside has to change. `unknown`: somebody who had to be asked did not answer. */
export type PlanPreview =
  | {
      readonly kind: 'plan'
      readonly plan: ServicePlan
      readonly nameInUse: boolean
      readonly findings: readonly PlanFinding[]
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly text: Text }

export type PlanPreviewDeps = {
  readonly db: Db
  readonly dnsOf: (zone: ServedZone) => DnsDriver
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
  readonly addressesOf: (host: ServerRow | null) => readonly string[]
}

/** What providing the service would change outside, computed now from what is there; nothing is changed. */
export async function previewPlan(
  deps: PlanPreviewDeps,
  question: { readonly officeId: string; readonly requestId: string },
): Promise<PlanPreview> {
  try {
    const facts = await inScope(deps.db, question, (tx) =>
      readServiceFacts(tx, question.requestId, deps.addressesOf),
    )
    if (facts.closed) throw serviceClosed(facts.request)
    if (!facts.wish || !facts.zone) return { kind: 'none' }
    const outside = {
      dns: deps.dnsOf(facts.zone),
      hosting: deps.hostingOf(facts.host),
      hostId: facts.host?.id ?? null,
    }
    const planned = await planService(outside, facts.wish)
    const findings = await inScope(deps.db, question, (tx) => judge(tx, facts.request, planned.plan))
    return { kind: 'plan', ...planned, findings }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { kind: 'unknown', text: error.text }
  }
}
