import type { Pointer } from '../dns/dangling.ts'
import { pointersTo } from '../dns/dangling.ts'
import { isWithin } from '../dns/names.ts'
import type { DnsPlan } from '../dns/plan.ts'
import { batchesOf } from '../dns/plan.ts'
import type { PlanImpact } from '../dns/plan-guard.ts'
import { impactOf, isUnsafe } from '../dns/plan-guard.ts'
import type { Rrset } from '../dns/records.ts'
import type { Text } from '../refused.ts'
import { dnsRecordText } from '../text/dns-records.ts'
import { recordTexts } from '../text/records.ts'
import type { ServicePlan } from './plan.ts'

/** What keeps a plan from running, or what its reader must know; both as sentences. */
export type PlanFinding = {
  readonly kind: 'foreign-name' | 'dangling' | 'unread' | 'unsafe' | 'too-large' | 'allowed' | 'moves'
  readonly blocks: boolean
  readonly text: Text
}

/** Another live service of the office. */
export type OtherService = {
  readonly fqdn: string
  readonly hasSite: boolean
  readonly records: readonly Rrset[]
}

export type GuardFacts = {
  /** Names below the service's that somebody else holds. */
  readonly held: readonly string[]
  /** The other services that speak of what the plan takes away. */
  readonly others: readonly OtherService[]
  /** Whether somebody who may has allowed exactly this plan. */
  readonly allowed: boolean
}

/** What a plan takes away: names that lose every address, and addresses that the service no longer uses. */
export type Leaving = { readonly names: readonly string[]; readonly addresses: readonly string[] }

const isAddress = (type: string): boolean => type === 'A' || type === 'AAAA'
const leads = (type: string): boolean => isAddress(type) || type === 'CNAME'

export function leavingOf({ dns, expected }: Pick<ServicePlan, 'dns' | 'expected'>): Leaving {
  const before = (dns?.changes ?? []).filter((change) => change.before !== null)
  const kept = expected.filter((set) => set.values.length > 0)
  const used = kept.filter(({ type }) => isAddress(type)).flatMap(({ values }) => values)
  const names = before.filter(({ type }) => leads(type)).map(({ name }) => name)
  const addresses = before.filter(({ type }) => isAddress(type)).flatMap((change) => change.before!.values)
  return {
    names: [...new Set(names)].filter((name) => !kept.some((set) => set.name === name && leads(set.type))),
    addresses: [...new Set(addresses)].filter((address) => !used.includes(address)),
  }
}

/** How much of the zone a plan touches; nothing where that is too little to be counted. */
export const impactOn = ({ dns, setsInZone }: ServicePlan): PlanImpact | null =>
  dns && setsInZone !== null ? impactOf(dns, setsInZone) : null

/** @returns every finding; a plan runs only when none of them blocks */
export function judgePlan(plan: ServicePlan, facts: GuardFacts): readonly PlanFinding[] {
  if (!plan.dns) return []
  return [
    ...foreignNames(plan.dns, facts.held),
    ...pointersAt(plan, facts.others),
    ...sizes(plan.dns, impactOn(plan), facts.allowed),
  ]
}

function foreignNames({ changes }: DnsPlan, held: readonly string[]): PlanFinding[] {
  const names = [...new Set(changes.map(({ name }) => name))]
  return names.flatMap((name) => {
    const other = held.find((each) => isWithin(name, each))
    if (other === undefined) return []
    return [{ kind: 'foreign-name' as const, blocks: true, text: recordTexts.nameForeign(name, other) }]
  })
}

/** Lines of a list in a sentence; more help nobody. */
const maxNamed = 5

/**
 * A name that others point at cannot go, whether the registry knows of them or only the zone. An address may move on while others still use it, since each of them moves
 * in its turn; whoever decides is told. Sites of other services share the host's address and are left aside.
 */
function pointersAt(plan: ServicePlan, others: readonly OtherService[]): PlanFinding[] {
  const leaving = leavingOf(plan)
  const foundIn = (going: Leaving, services: readonly OtherService[]): readonly Pointer[] =>
    pointersTo(
      going,
      services.flatMap(({ records }) => records),
    )
  const known = foundIn({ names: leaving.names, addresses: [] }, others)
  const dangling = linesOf([...known, ...(plan.pointers ?? [])])
  const shared = linesOf(
    foundIn(
      { names: [], addresses: leaving.addresses },
      others.filter(({ hasSite }) => !hasSite),
    ),
  )
  return [
    ...(dangling.length > 0
      ? [
          {
            kind: 'dangling' as const,
            blocks: true,
            text: dnsRecordText.dangling(leaving.names.join(', '), dangling.length, namedOf(dangling)),
          },
        ]
      : []),
    ...(plan.pointers === null
      ? [{ kind: 'unread' as const, blocks: false, text: recordTexts.zoneUnread(leaving.names.join(', ')) }]
      : []),
    ...(shared.length > 0
      ? [
          {
            kind: 'moves' as const,
            blocks: false,
            text: recordTexts.moves(leaving.addresses.join(', '), shownOf(shared)),
          },
        ]
      : []),
  ]
}

const linesOf = (pointers: readonly Pointer[]): readonly string[] => [
  ...new Set(pointers.map(({ name, type, value }) => `${name} ${type} ${value}`)),
]

const shownOf = (lines: readonly string[]): string[] =>
  lines.length > maxNamed ? [...lines.slice(0, maxNamed), `+${lines.length - maxNamed}`] : [...lines]

const namedOf = (lines: readonly string[]): string => shownOf(lines).join(', ')

function sizes(dns: DnsPlan, impact: PlanImpact | null, allowed: boolean): PlanFinding[] {
  const tooLarge = batchesOf(dns).length > 1
  const findings: PlanFinding[] = tooLarge
    ? [{ kind: 'too-large', blocks: true, text: recordTexts.tooLong }]
    : []
  if (!impact || !isUnsafe(impact)) return findings
  const { touched, total } = impact
  const percent = Math.floor((100 * touched) / total)
  return [
    ...findings,
    allowed
      ? { kind: 'allowed', blocks: false, text: recordTexts.allowed(touched, total) }
      : { kind: 'unsafe', blocks: true, text: dnsRecordText.planUnsafe(touched, total, percent) },
  ]
}
