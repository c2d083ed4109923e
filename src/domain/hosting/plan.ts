import type { Text } from '../refused.ts'
import { hostingPlanText } from '../text/hosting.ts'
import type { SiteDescription } from './site.ts'

/** What a request wants of a site host. */
export type DesiredSite = {
  readonly fqdn: string
  /** How the site shall be described, or null when it shall not exist. */
  readonly site: { readonly title: string; readonly agency: string } | null
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

/** The changes that lead from what the host has to what is desired; none when they agree. */
function changesFor(desired: DesiredSite, seen: SiteDescription | null): HostingChange[] {
  const { fqdn, site } = desired
  if (site === null) return seen === null ? [] : [{ do: 'remove', site: seen }]
  const after = { fqdn, title: site.title, agency: site.agency }
  if (seen === null) return [{ do: 'create', site: after }]
  if (seen.title === after.title && seen.agency === after.agency) return []
  return [{ do: 'update', before: seen, after }]
}

function lineFor(change: HostingChange): Text {
  if (change.do === 'create') {
    return hostingPlanText.create(change.site.fqdn, change.site.title, change.site.agency)
  }
  if (change.do === 'remove') return hostingPlanText.remove(change.site.fqdn)
  const label = ({ title, agency }: SiteDescription) => `${title} (${agency})`
  return hostingPlanText.update(change.after.fqdn, label(change.before), label(change.after))
}

/**
 * Plans one site.
 * @param driver kind of the driver that made the plan and alone may apply it
 * @param seen the site as its host has it now, null when it has none; never an outage
 */
export function planHosting(driver: string, desired: DesiredSite, seen: SiteDescription | null): HostingPlan {
  const changes = changesFor(desired, seen)
  const lines = changes.length === 0 ? [hostingPlanText.nothing(desired.fqdn)] : changes.map(lineFor)
  return { driver, fqdn: desired.fqdn, token: desired.token, changes, lines }
}
