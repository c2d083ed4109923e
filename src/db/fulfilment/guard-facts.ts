import { sql } from 'kysely'
import type { Rrset } from '../../domain/dns/records.ts'
import { isUnsafe } from '../../domain/dns/plan-guard.ts'
import type { GuardFacts, PlanFinding } from '../../domain/fulfilment/guards.ts'
import { impactOn, judgePlan, leavingOf } from '../../domain/fulfilment/guards.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { fingerprintOf } from '../../domain/fulfilment/plan.ts'
import type { Tx } from '../database.ts'
import { heldWithin } from '../requests/names.ts'

/** A request whose plan is judged. */
type OfRequest = { readonly id: string; readonly service_id: string | null }

/** @returns what stands against a plan now, as the registry knows it */
export async function judge(tx: Tx, request: OfRequest, plan: ServicePlan): Promise<readonly PlanFinding[]> {
  if (!plan.dns || plan.dns.changes.length === 0) return []
  return judgePlan(plan, await guardFacts(tx, request, plan))
}

async function guardFacts(tx: Tx, { id, service_id }: OfRequest, plan: ServicePlan): Promise<GuardFacts> {
  const { names, addresses } = leavingOf(plan)
  const words = [...names, ...addresses]
  const others =
    words.length === 0
      ? []
      : await tx
          .selectFrom('services')
          .select(['fqdn', 'has_site as hasSite', 'records'])
          .where('status', '=', 'live')
          .$if(service_id !== null, (query) => query.where('id', '!=', service_id))
          .where(sql<boolean>`exists (select from unnest(${words}::text[]) word
            where strpos(records::text, word) > 0)`)
          .orderBy('fqdn')
          .execute()
  return {
    held: service_id === null ? [] : await heldWithin(tx, { fqdn: plan.fqdn, serviceId: service_id }),
    others: others.map((each) => ({ ...each, records: each.records as Rrset[] })),
    allowed: await wasAllowed(tx, id, plan),
  }
}

/** Only an unsafe plan needs to be allowed. */
async function wasAllowed(tx: Tx, requestId: string, plan: ServicePlan): Promise<boolean> {
  const impact = impactOn(plan)
  if (!impact || !isUnsafe(impact)) return false
  const found = await tx
    .selectFrom('request_events')
    .select('id')
    .where('request_id', '=', requestId)
    .where('type', '=', 'plan-allowed')
    .where(sql<boolean>`data->>'plan' = ${fingerprintOf(plan)}`)
    .executeTakeFirst()
  return found !== undefined
}
