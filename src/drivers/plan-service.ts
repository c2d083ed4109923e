import { planChanges } from '../domain/dns/plan.ts'
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
  const current = wish.records.length > 0 ? await outside.dns.readRrsets(wish.zone, [wish.fqdn]) : []
  const dns =
    wish.records.length > 0 ? planChanges({ zone: wish.zone, current, desired: wish.records }) : null
  const hosting =
    wish.site === undefined
      ? null
      : await outside.hosting.plan({ fqdn: wish.fqdn, site: wish.site, token: wish.token })
  const plan: ServicePlan = {
    zone: wish.zone,
    fqdn: wish.fqdn,
    dns,
    hosting,
    hostId: outside.hostId,
    expected: wish.records,
    site: wish.site === undefined ? null : wish.site !== null,
  }
  return { plan, nameInUse: wish.nameMustBeFree && current.length > 0 }
}
