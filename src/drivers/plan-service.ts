import { recordTypes } from '../domain/dns/record-input.ts'
import type { DnsPlan } from '../domain/dns/plan.ts'
import { planChanges } from '../domain/dns/plan.ts'
import { impactOf, usualPlanLimits } from '../domain/dns/plan-guard.ts'
import type { Rrset } from '../domain/dns/records.ts'
import type { ServicePlan } from '../domain/fulfilment/plan.ts'
import type { Wish } from '../domain/fulfilment/wish.ts'
import type { DnsDriver } from './dns/driver.ts'
import type { HostingDriver } from './hosting/driver.ts'

export type Outside = {
  readonly dns: DnsDriver
  readonly hosting: HostingDriver
  readonly hostId: string | null
}

/**
 * What would have to change outside to make a wish so. Reads only; the same plan is shown to the operator and
 * stored by the job before it is applied.
 *
 * @returns the plan, and whether a name that had to be free is in use in the live zone
 */
export async function planService(
  outside: Outside,
  wish: Wish,
): Promise<{ readonly plan: ServicePlan; readonly nameInUse: boolean }> {
  const names = [...new Set([...wish.records.map(({ name }) => name), ...wish.whole])]
  const current = names.length > 0 ? await outside.dns.readRrsets(wish.zone, names) : []
  const desired = [...strayRecords(wish, current), ...wish.records]
  const dns = names.length > 0 ? planChanges({ zone: wish.zone, current, desired }) : null
  const hosting =
    wish.site === undefined
      ? null
      : await outside.hosting.plan({ fqdn: wish.fqdn, site: wish.site, token: wish.token })
  const plan: ServicePlan = {
    zone: wish.zone,
    fqdn: wish.fqdn,
    dns,
    dnsDriver: outside.dns.kind,
    hosting,
    hostId: outside.hostId,
    expected: desired,
    setsInZone: dns && (await countWhereMany(outside.dns, dns)),
    site: wish.site === undefined ? null : wish.site !== null,
  }
  return { plan, nameInUse: wish.nameMustBeFree && current.length > 0 }
}

/** The size of the zone, asked for only where a plan touches so much that it matters. */
async function countWhereMany(driver: DnsDriver, plan: DnsPlan): Promise<number | null> {
  if (impactOf(plan, 0).touched <= usualPlanLimits.sets) return null
  const sets = await driver.transfer(plan.zone)
  return sets.filter(({ type }) => type !== 'SOA').length
}

/** What the zone has at names that the wish speaks for as a whole, and that it does not want: it goes. */
function strayRecords({ whole, records }: Wish, current: readonly Rrset[]): Rrset[] {
  const isOwn = (set: Rrset): boolean =>
    whole.includes(set.name) && recordTypes.some((type) => type === set.type)
  const isKnown = (set: Rrset): boolean =>
    records.some(({ name, type }) => name === set.name && type === set.type)
  return current.filter((set) => isOwn(set) && !isKnown(set)).map((set) => ({ ...set, values: [] }))
}
