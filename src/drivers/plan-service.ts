import { pointersTo } from '../domain/dns/dangling.ts'
import { recordTypes } from '../domain/dns/record-values.ts'
import type { DnsPlan } from '../domain/dns/plan.ts'
import { planChanges } from '../domain/dns/plan.ts'
import { impactOf, usualPlanLimits } from '../domain/dns/plan-guard.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { leavingOf } from '../domain/fulfilment/guards.ts'
import type { ServicePlan } from '../domain/fulfilment/plan.ts'
import type { Wish } from '../domain/fulfilment/wish.ts'
import type { DnsDriver } from './dns/driver.ts'
import { DnsFailure } from './dns/driver.ts'
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
    ...(await seenInZone(outside.dns, dns, desired)),
    site: wish.site === undefined ? null : wish.site !== null,
  }
  return { plan, nameInUse: wish.nameMustBeFree && current.length > 0 }
}

/**
 * What only the whole zone tells: its size where a plan touches so much that it matters, and what points at the names
 * that a plan takes away. It is read where one of them is asked for.
 */
async function seenInZone(
  dns: DnsDriver,
  plan: DnsPlan | null,
  expected: readonly Rrset[],
): Promise<Pick<ServicePlan, 'setsInZone' | 'pointers'>> {
  if (!plan) return { setsInZone: null }
  const isLarge = impactOf(plan, 0).touched > usualPlanLimits.sets
  const { names } = leavingOf({ dns: plan, expected })
  if (!isLarge && names.length === 0) return { setsInZone: null }
  const sets = await readWhole(dns, plan.zone, isLarge)
  const setsInZone = isLarge && sets ? sets.filter(({ type }) => type !== 'SOA').length : null
  if (names.length === 0) return { setsInZone }
  return { setsInZone, pointers: sets && pointersTo({ names, addresses: [] }, setsAfter(plan, sets)) }
}

/** @returns null where the zone may not be read and the plan can do without. @throws DnsFailure */
async function readWhole(dns: DnsDriver, zone: string, isNeeded: boolean): Promise<readonly Rrset[] | null> {
  try {
    return await dns.transfer(zone)
  } catch (error) {
    if (!isNeeded && error instanceof DnsFailure && error.kind === 'refused') return null
    throw error
  }
}

function setsAfter({ changes }: DnsPlan, sets: readonly Rrset[]): readonly Rrset[] {
  const isChanged = (set: Rrset): boolean =>
    changes.some(({ name, type }) => name === set.name && type === set.type)
  const added = changes.flatMap(({ name, type, after }) => (after ? [{ name, type, ...after }] : []))
  return [...sets.filter((set) => !isChanged(set)), ...added]
}

/** What the zone has at names that the wish speaks for as a whole, and that it does not want: it goes. */
function strayRecords({ whole, records }: Wish, current: readonly Rrset[]): Rrset[] {
  const isOwn = (set: Rrset): boolean =>
    whole.includes(set.name) && recordTypes.some((type) => type === set.type)
  const isKnown = (set: Rrset): boolean =>
    records.some(({ name, type }) => name === set.name && type === set.type)
  return current.filter((set) => isOwn(set) && !isKnown(set)).map((set) => ({ ...set, values: [] }))
}
