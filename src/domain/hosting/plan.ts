import { Refused, type Text } from '../refused.ts'
import { hostingPlanText, siteKindText } from '../text/hosting.ts'
import type { DatabaseEngine, SiteDescription, SiteKind } from './site.ts'
import { isTargetOf } from './target.ts'

/** What a request wants of a site host. */
export type DesiredSite = {
  readonly fqdn: string
  /** How the site shall be described, or null when it shall not exist. */
  readonly site: Omit<SiteDescription, 'fqdn'> | null
  /** Names this wish, stable over retries; makes apply repeatable and undo exact. */
  readonly token: string
}

export type HostingChange =
  | { readonly do: 'create'; readonly site: SiteDescription }
  | { readonly do: 'update'; readonly before: SiteDescription; readonly after: SiteDescription }
  | { readonly do: 'remove'; readonly site: SiteDescription }

/** What a driver would do: plain data that can be stored, shown and approved before anything happens. */
export type HostingPlan = {
  readonly driver: string
  readonly fqdn: string
  readonly token: string
  readonly changes: readonly HostingChange[]
  readonly lines: readonly Text[]
}

/** What a site host can do. */
export type HostingOffer = {
  readonly kinds: readonly SiteKind[]
  readonly databases: readonly DatabaseEngine[]
}

const engineNames: Readonly<Record<DatabaseEngine, string>> = { mariadb: 'MariaDB', postgresql: 'PostgreSQL' }

/** Kind, target and database in the canonical form, absent ones left out. */
export function describeSite(site: SiteDescription): SiteDescription & { readonly kind: SiteKind } {
  const { fqdn, title, agency, kind = 'static', target, database } = site
  return { fqdn, title, agency, kind, ...(target && { target }), ...(database && { database }) }
}

function isSame(one: SiteDescription, other: SiteDescription): boolean {
  return JSON.stringify(describeSite(one)) === JSON.stringify(describeSite(other))
}

/** Refuses while planning what the host could not do afterwards. */
function refuseBeyond(offer: HostingOffer, site: SiteDescription, seen: SiteDescription | null): void {
  const { fqdn, kind, database } = describeSite(site)
  const refuse = (reason: string, text: Text) => {
    throw new Refused(reason, text)
  }
  if (!offer.kinds.includes(kind))
    refuse('site-kind-not-offered', hostingPlanText.kindNotOffered(siteKindText[kind]))
  if (!isTargetOf(site)) refuse('site-target-invalid', hostingPlanText.targetInvalid(site.target ?? ''))
  if (database && !offer.databases.includes(database)) {
    refuse('database-not-offered', hostingPlanText.databaseNotOffered(engineNames[database]))
  }
  // The data stay where they are until an officer has moved them: a plan must never lose them.
  if (seen?.database && seen.database !== database) {
    refuse('database-stays', hostingPlanText.databaseStays(fqdn, engineNames[seen.database]))
  }
}

/** The changes that lead from what the host has to what is desired; none when they agree. */
function changesFor(desired: DesiredSite, seen: SiteDescription | null): HostingChange[] {
  const { fqdn, site } = desired
  if (site === null) return seen === null ? [] : [{ do: 'remove', site: describeSite(seen) }]
  const after = describeSite({ fqdn, ...site })
  if (seen === null) return [{ do: 'create', site: after }]
  return isSame(seen, after) ? [] : [{ do: 'update', before: describeSite(seen), after }]
}

/** Title, agency and all that is not a plain site, in one phrase. */
function label(site: SiteDescription): Text {
  const { title, agency, kind, target, database } = describeSite(site)
  const phrase = (locale: 'id' | 'en') =>
    [
      `${title} (${agency})`,
      ...(kind === 'static' ? [] : [siteKindText[kind][locale] + (target ? ` ${target}` : '')]),
      ...(database ? [engineNames[database]] : []),
    ].join(', ')
  return { id: phrase('id'), en: phrase('en') }
}

function linesFor(change: HostingChange): Text[] {
  if (change.do === 'remove') return [hostingPlanText.remove(change.site.fqdn)]
  if (change.do === 'update') {
    return [hostingPlanText.update(change.after.fqdn, label(change.before), label(change.after))]
  }
  const { fqdn, title, agency, kind, target, database } = describeSite(change.site)
  return [
    hostingPlanText.create(fqdn, title, agency),
    ...(kind === 'static' ? [] : [hostingPlanText.kind(fqdn, siteKindText[kind], target)]),
    ...(database ? [hostingPlanText.database(fqdn, engineNames[database])] : []),
  ]
}

/**
 * Plans one site.
 * @param driver kind of the driver that made the plan and alone may apply it
 * @param seen the site as its host has it now, null when it has none; never an outage
 * @throws Refused `site-kind-not-offered`, `site-target-invalid`, `database-not-offered`, `database-stays`
 */
export function planHosting(
  driver: string,
  desired: DesiredSite,
  seen: SiteDescription | null,
  offer: HostingOffer,
): HostingPlan {
  const { fqdn, site, token } = desired
  if (site) refuseBeyond(offer, { fqdn, ...site }, seen)
  const changes = changesFor(desired, seen)
  const lines = changes.length === 0 ? [hostingPlanText.nothing(fqdn)] : changes.flatMap(linesFor)
  return { driver, fqdn, token, changes, lines }
}
