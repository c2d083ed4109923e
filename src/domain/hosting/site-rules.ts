import { Refused } from '../refused.ts'
import { hostingText } from '../text/hosting.ts'

/** What the rules look at, of every site that a host keeps under one name. */
export type KeptSite = {
  /** `gone`: a creation that was undone before anybody had access; nothing of it is kept. */
  readonly state: 'live' | 'archived' | 'gone'
  readonly createdWith: string
  readonly archivedWith: string | null
  readonly versions: readonly { readonly origin: 'starting-page' | 'archive' }[]
}

export const liveOf = <Site extends KeptSite>(sites: readonly Site[]): Site | undefined =>
  sites.find(({ state }) => state === 'live')

/** @throws Refused `site-not-found` */
export function requireLive<Site extends KeptSite>(fqdn: string, sites: readonly Site[]): Site {
  const site = liveOf(sites)
  if (!site) throw new Refused('site-not-found', hostingText.noSite(fqdn), { status: 404 })
  return site
}

/**
 * Which site a removal with this token takes away; null when there is nothing to do.
 * @param onlyCreatedWith undoes a creation: the site goes only if that token created it
 * @throws Refused `site-not-ours`
 */
export function siteToRemove<Site extends KeptSite>(
  fqdn: string,
  sites: readonly Site[],
  token: string,
  onlyCreatedWith: string | undefined,
): Site | null {
  const site = liveOf(sites)
  if (!site) return null
  if (onlyCreatedWith === undefined) {
    // A retry that comes late must not remove the site that was made since.
    return sites.some(({ archivedWith }) => archivedWith === token) ? null : site
  }
  if (site.createdWith !== onlyCreatedWith) {
    throw new Refused('site-not-ours', hostingText.notOurs(fqdn), { status: 409 })
  }
  return site
}

/** Whether nobody has put anything on the site: its creation can be undone without a trace. */
export const isUntouched = ({ versions }: KeptSite): boolean =>
  versions.every(({ origin }) => origin === 'starting-page')

/**
 * Which site comes back when a removal with this token is undone; null when it is back already.
 * @throws Refused `site-exists`, `archive-not-found`
 */
export function siteToRestore<Site extends KeptSite>(
  fqdn: string,
  sites: readonly Site[],
  token: string,
): Site | null {
  const kept = sites.find((site) => site.state === 'archived' && site.archivedWith === token)
  if (liveOf(sites)) {
    if (!kept) return null
    throw new Refused('site-exists', hostingText.siteExists(fqdn), { status: 409 })
  }
  if (!kept) throw new Refused('archive-not-found', hostingText.noArchive(fqdn), { status: 404 })
  return kept
}
