import { defaultTtlSeconds, readRecordTable } from '../dns/own-records.ts'
import type { Rrset } from '../dns/records.ts'
import type { SiteDescription } from '../hosting/site.ts'
import { Refused } from '../refused.ts'
import type { ApplicationDraft } from '../requests/application.ts'
import { siteWish } from '../requests/application.ts'
import type { Fulfilment } from '../sop/kinds.ts'
import { applicationTexts } from '../text/application.ts'

type SiteWish = Omit<SiteDescription, 'fqdn'>

/** What a granted request wants of the outside world. Nothing of it is server or driver specific. */
export type Wish = {
  readonly zone: string
  readonly fqdn: string
  /** Record sets that shall be; an empty one shall not be. Empty list: DNS is not touched. */
  readonly records: readonly Rrset[]
  /** Names at which nothing shall be beside `records`: whatever the zone has there goes. */
  readonly whole: readonly string[]
  /** The site that shall be, `null` for none; `undefined`: hosting is not touched. */
  readonly site: SiteWish | null | undefined
  /** Whether the name must be free in the live zone before the first plan. */
  readonly nameMustBeFree: boolean
  /** Stable over retries. */
  readonly token: string
}

export type WishFacts = {
  readonly fulfilment: Fulfilment
  readonly zone: string
  readonly fqdn: string
  readonly agency: string
  readonly application: ApplicationDraft
  /** Records and site that the service has now, for closure and hosting. */
  readonly service: { readonly records: readonly Rrset[]; readonly hasSite: boolean } | null
  /** Public addresses of the site host. */
  readonly siteAddresses: readonly string[]
  readonly token: string
}

/** @returns what the request wants, or null when nothing outside has to change */
export function wishOf(facts: WishFacts): Wish | null {
  const base = { zone: facts.zone, fqdn: facts.fqdn, token: facts.token, whole: [] }
  switch (facts.fulfilment) {
    case 'subdomain':
      return { ...base, records: targetRecords(facts), site: undefined, nameMustBeFree: true }
    case 'subdomain-hosting':
      return { ...base, records: siteRecords(facts), site: siteOf(facts), nameMustBeFree: true }
    case 'hosting':
      return {
        ...base,
        records: replacing(facts, [...siteRecords(facts), ...besideAddresses(facts)]),
        site: siteOf(facts),
        nameMustBeFree: false,
      }
    case 'record-change': {
      const records = replacing(facts, tableRecords(facts))
      return { ...base, records, whole: namesOf(facts, records), site: undefined, nameMustBeFree: false }
    }
    case 'closure':
      return {
        ...base,
        records: replacing(facts, []),
        whole: namesOf(facts, []),
        site: facts.service?.hasSite ? null : undefined,
        nameMustBeFree: false,
      }
    case 'contact-change':
    case 'contact-takeover':
    case 're-registration':
    case 'manual':
      return null
  }
}

function siteOf({ application, agency, fqdn }: WishFacts): SiteWish {
  const name = application.system?.name
  const title = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : fqdn
  const { kind, target, database } = siteWish.parse(application.site ?? {})
  return { title, agency, kind, ...(target && { target }), ...(database && { database }) }
}

function siteRecords({ fqdn, siteAddresses }: WishFacts): Rrset[] {
  const isV6 = (address: string): boolean => address.includes(':')
  const sets: Rrset[] = [
    { name: fqdn, type: 'A', ttl: defaultTtlSeconds, values: siteAddresses.filter((each) => !isV6(each)) },
    { name: fqdn, type: 'AAAA', ttl: defaultTtlSeconds, values: siteAddresses.filter(isV6) },
  ]
  return sets.filter((set) => set.values.length > 0)
}

function targetRecords({ fqdn, application }: WishFacts): Rrset[] {
  const { type = 'A', value = '' } = application.target ?? {}
  return [{ name: fqdn, type, ttl: defaultTtlSeconds, values: [type === 'CNAME' ? `${value}.` : value] }]
}

/** The table that was applied for; whose the names are is judged with the plan. */
function tableRecords({ application, fqdn, zone }: WishFacts): readonly Rrset[] {
  const { sets, issues } = readRecordTable(application.records ?? [], { fqdn, zone, others: [] })
  if (issues.length > 0)
    throw new Refused('application-incomplete', applicationTexts.incomplete, { issues, status: 409 })
  return sets
}

const namesOf = ({ fqdn, service }: WishFacts, records: readonly Rrset[]): string[] => [
  ...new Set([fqdn, ...(service?.records ?? []).map(({ name }) => name), ...records.map(({ name }) => name)]),
]

/** What the service has beside the addresses of its name: mail, proofs of ownership and the like stay. */
const besideAddresses = ({ service, fqdn }: WishFacts): readonly Rrset[] =>
  (service?.records ?? []).filter(({ name, type }) => name !== fqdn || !['A', 'AAAA', 'CNAME'].includes(type))

/** The new sets, and an empty one for each set the service has that is not among them. */
function replacing({ service }: WishFacts, wanted: readonly Rrset[]): Rrset[] {
  const gone = (service?.records ?? [])
    .filter((old) => !wanted.some((set) => set.name === old.name && set.type === old.type))
    .map((old) => ({ ...old, values: [] }))
  return [...gone, ...wanted]
}
