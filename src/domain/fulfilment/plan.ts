import { createHash } from 'node:crypto'
import type { Pointer } from '../dns/dangling.ts'
import type { DnsPlan } from '../dns/plan.ts'
import { planLines } from '../dns/plan.ts'
import type { Rrset } from '../dns/records.ts'
import type { HostingPlan } from '../hosting/plan.ts'
import type { Text } from '../refused.ts'

/** The whole plan of a request as it is shown, approved, stored and applied. */
export type ServicePlan = {
  readonly zone: string
  readonly fqdn: string
  readonly dns: DnsPlan | null
  /** Kind of the driver for `dns`; absent in plans stored before there was work by hand. */
  readonly dnsDriver?: string
  readonly hosting: HostingPlan | null
  /** The site host that the plan speaks of; null is the embedded one. */
  readonly hostId: string | null
  /** The records that the plan leads to, for the proof from outside and for the registry. */
  readonly expected: readonly Rrset[]
  /** Record sets of the zone, counted only where the plan touches more than a few. */
  readonly setsInZone: number | null
  /**
   * Records of the live zone that would point at a name which the plan takes away; null where the zone may not be
   * read. Absent where the plan takes no name away.
   */
  readonly pointers?: readonly Pointer[] | null
  /** Whether a site shall answer under the name afterwards; null when hosting is not touched. */
  readonly site: boolean | null
}

/** @returns what tells one plan from another: whoever approves names the plan that they saw; hex */
export function fingerprintOf({ zone, fqdn, dns, hosting }: ServicePlan): string {
  const changes = (dns?.changes ?? []).map(({ op, name, type, before, after }) => [
    [op, name, type],
    [before?.ttl, before?.values],
    [after?.ttl, after?.values],
  ])
  const what = [zone, fqdn, changes, hosting?.changes ?? []]
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}

/** A plan's changes of records as the logbook keeps them: before and after. */
export const changesForLogbook = ({ dns }: ServicePlan) =>
  (dns?.changes ?? []).map(({ op, name, type, before, after }) => ({
    op,
    name,
    type,
    before: before?.values.slice() ?? [],
    after: after?.values.slice() ?? [],
    ttl: [before?.ttl ?? null, after?.ttl ?? null],
  }))

/** @returns the sentences that a person reads before the plan runs, one per change */
export function linesOf(plan: ServicePlan): readonly Text[] {
  return [...(plan.dns ? planLines(plan.dns) : []), ...(plan.hosting?.lines ?? [])]
}

/** What was seen from outside when a service was proven. */
export type Evidence = {
  readonly dns: readonly {
    readonly server: string
    readonly question: string
    readonly answers: readonly string[]
    readonly verdict: string
  }[]
  readonly site: { readonly url: string; readonly status: number; readonly title: string | null } | null
  readonly at: string
}

/** @returns what was seen from outside, a line for each thing */
export const evidenceLines = ({ dns, site }: Evidence): readonly { term: string; value: string }[] => [
  ...dns.map(({ server, question, answers }) => ({
    term: `DNS ${server}`,
    value: `${question}: ${answers.join(', ')}`,
  })),
  ...(site
    ? [{ term: 'HTTP', value: `${site.url} → ${site.status}${site.title ? ` “${site.title}”` : ''}` }]
    : []),
]
