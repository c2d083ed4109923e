import { randomInt } from 'node:crypto'

import { describeSite } from '../../domain/hosting/plan.ts'
import type { SiteDescription } from '../../domain/hosting/site.ts'
import { isUntouched, requireLive, siteToRemove, siteToRestore } from '../../domain/hosting/site-rules.ts'
import { liveSite, type NameRecord, noTls, type SiteRecord, type SiteVersion, withSite } from './record.ts'

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const ID_LETTERS = 8
const VERSION_TAIL_LETTERS = 8

/** What a verb makes of a record, and what it will answer. */
export type Changed<Done> = { readonly record: NameRecord; readonly done: Done }

const letters = (count: number) =>
  Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]!).join('')

export function newVersion(
  now: Date,
  origin: SiteVersion['origin'],
  archiveSha256: string | null,
  token: string,
): SiteVersion {
  const id = `${now.getTime().toString(36)}-${letters(VERSION_TAIL_LETTERS)}`
  return { id, deployedAt: now.toISOString(), origin, archiveSha256, token }
}

export const requireSite = (record: NameRecord): SiteRecord => requireLive(record.fqdn, record.sites)

/** The site under a name shall be so; an existing one keeps its content, its access and its data. */
export function ensureSite(
  record: NameRecord,
  wanted: SiteDescription,
  token: string,
  now: Date,
): Changed<'created' | 'updated' | 'unchanged'> {
  const present = liveSite(record)
  const { fqdn, ...description } = describeSite(wanted)
  if (!present) {
    const site: SiteRecord = {
      id: letters(ID_LETTERS),
      ...description,
      createdAt: now.toISOString(),
      createdWith: token,
      state: 'live',
      archivedWith: null,
      versions: [newVersion(now, 'starting-page', null, token)],
      access: null,
      generation: 0,
      spentTokens: [],
      tls: noTls,
    }
    return { record: { ...record, sites: [...record.sites, site] }, done: 'created' }
  }
  const before = describeSite({ fqdn, ...present })
  if (JSON.stringify(before) === JSON.stringify(describeSite(wanted))) return { record, done: 'unchanged' }
  const { target: _, ...kept } = present
  return { record: withSite(record, { ...kept, ...description }), done: 'updated' }
}

/**
 * A sign-in was made for nobody: under the token of the creation alone, whose request did not come to its end, so that
 * the password was never handed out.
 */
const isUnopened = ({ access, createdWith, spentTokens }: SiteRecord): boolean =>
  access?.token === createdWith && spentTokens.length === 0

/**
 * The site under a name shall not be; it is kept under this token.
 * @param onlyCreatedWith undoes a creation: the site goes only if that token created it
 * @param isAsLaid nothing lies in the site but what was laid there
 */
export function removeSite(
  record: NameRecord,
  token: string,
  onlyCreatedWith: string | undefined,
  isAsLaid: boolean,
): Changed<'removed' | 'unchanged'> {
  const site = siteToRemove(record.fqdn, record.sites, token, onlyCreatedWith)
  if (!site) return { record, done: 'unchanged' }
  const isUnused = site.generation === 0 || (isUnopened(site) && isAsLaid)
  const leavesNoTrace = onlyCreatedWith !== undefined && isUnused && isUntouched(site)
  const removed: SiteRecord = leavesNoTrace ? { ...site, state: 'gone' } : archived(site, token)
  return { record: withSite(record, removed), done: 'removed' }
}

const archived = (site: SiteRecord, token: string): SiteRecord => ({
  ...site,
  state: 'archived',
  archivedWith: token,
})

/** Brings back what a removal with this token took away. */
export function restoreSite(record: NameRecord, token: string): Changed<'restored' | 'unchanged'> {
  const kept = siteToRestore(record.fqdn, record.sites, token)
  if (!kept) return { record, done: 'unchanged' }
  const site: SiteRecord = { ...kept, state: 'live', archivedWith: null }
  return { record: withSite(record, site), done: 'restored' }
}
