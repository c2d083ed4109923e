import { createHash } from 'node:crypto'

import { ARCHIVE_MAX_BYTES } from '../../../domain/hosting/archive.ts'
import type { DeployAnswer } from '../../../domain/hosting/control.ts'
import { describeSite } from '../../../domain/hosting/plan.ts'
import type { SiteDescription } from '../../../domain/hosting/site.ts'
import {
  isUntouched,
  liveOf,
  requireLive,
  siteToRemove,
  siteToRestore,
} from '../../../domain/hosting/site-rules.ts'
import { Refused } from '../../../domain/refused.ts'
import { archiveText } from '../../../domain/text/archive.ts'
import type { Cluster, OpenCluster } from './cluster.ts'
import { loadContent } from './content.ts'
import {
  newRecord,
  newSiteId,
  readSites,
  recordOf,
  SITE_LABEL,
  type SiteRecord,
  type SwarmSite,
} from './record.ts'
import { untilForgotten, untilServed } from './settle.ts'
import type { SwarmSettings } from './settings.ts'
import { type ConfigFile, siteSpec } from './specs.ts'
import { spreadImages, sweepConfigs, sweepImages, tellService } from './tell.ts'

const KEPT_VERSIONS = 3
const MEBIBYTE = 1024 * 1024

/**
 * What is done to sites of one Swarm. Every verb first says in the service what shall be, and then waits until it is;
 * repeated, it goes on from wherever it was left. What concerns one name happens one after the other.
 */
export class SwarmSites {
  readonly #cluster: Cluster
  readonly #settings: SwarmSettings
  readonly #lanes = new Map<string, Promise<unknown>>()

  constructor(cluster: Cluster, settings: SwarmSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  /** The site shall be so; an existing one keeps its content. */
  ensure(wanted: SiteDescription, token: string): Promise<void> {
    const { fqdn } = wanted
    return this.#inTurn(fqdn, async (cluster) => {
      const sites = await readSites(cluster.manager, fqdn)
      const present = liveOf(sites)
      if (!present) {
        await this.#make(cluster, newSiteId(fqdn, token, sites), fqdn, newRecord(wanted, token, new Date()))
        return
      }
      const { target: _, ...known } = recordOf(present)
      const { fqdn: __, database: ___, ...description } = describeSite(wanted)
      await this.#make(cluster, present.id, fqdn, { ...known, ...description }, present)
    })
  }

  /** The site shall not be; it is kept under this token. @throws Refused `site-not-ours` */
  remove(fqdn: string, token: string, onlyCreatedWith: string | undefined): Promise<void> {
    return this.#inTurn(fqdn, async (cluster) => {
      const sites = await readSites(cluster.manager, fqdn)
      // What was left by an undo that was cut off: a service on its way out, or files without their service.
      for (const gone of sites.filter(({ state }) => state === 'gone')) await this.#erase(cluster, gone)
      const site = siteToRemove(fqdn, sites, token, onlyCreatedWith)
      if (site && onlyCreatedWith !== undefined && isUntouched(site)) return this.#erase(cluster, site)
      if (site) {
        const archived: SiteRecord = { ...recordOf(site), state: 'archived', archivedWith: token }
        return this.#make(cluster, site.id, fqdn, archived, site)
      }
      if (onlyCreatedWith !== undefined) await sweep(cluster, newSiteId(fqdn, onlyCreatedWith, sites), [], [])
    })
  }

  /** Brings back what a removal with this token took away. @throws Refused `site-exists`, `archive-not-found` */
  restore(fqdn: string, token: string): Promise<void> {
    return this.#inTurn(fqdn, async (cluster) => {
      const sites = await readSites(cluster.manager, fqdn)
      const kept = siteToRestore(fqdn, sites, token)
      if (kept)
        await this.#make(
          cluster,
          kept.id,
          fqdn,
          { ...recordOf(kept), state: 'live', archivedWith: null },
          kept,
        )
    })
  }

  /** Replaces the content by that of a ZIP, all or nothing. */
  deploy(fqdn: string, zip: Uint8Array, token: string): Promise<DeployAnswer> {
    if (zip.length > ARCHIVE_MAX_BYTES) {
      const text = archiveText.uploadTooLarge(ARCHIVE_MAX_BYTES / MEBIBYTE)
      throw new Refused('archive-too-large', text, { status: 413 })
    }
    const archiveSha256 = createHash('sha256').update(zip).digest('hex')
    return this.#inTurn(fqdn, async (cluster) => {
      const site = requireLive(fqdn, await readSites(cluster.manager, fqdn))
      const live = site.versions[0]!
      if (live.token === token && live.archiveSha256 === archiveSha256) {
        await this.#make(cluster, site.id, fqdn, recordOf(site), site)
        const { id: version, files, bytes, strippedFolder, hasIndex } = live
        return { version, files, bytes, strippedFolder, hasIndex, archiveSha256, done: 'unchanged' }
      }
      const now = new Date()
      const id = `${now.getTime().toString(36)}-${archiveSha256.slice(0, 8)}`
      const where = { id: site.id, version: id }
      const { image, ...content } = await loadContent(cluster.ready, this.#settings.image, where, zip)
      const origin = 'archive' as const
      const version = { id, deployedAt: now.toISOString(), origin, archiveSha256, token, image, ...content }
      const versions = [version, ...site.versions].slice(0, KEPT_VERSIONS)
      await this.#make(cluster, site.id, fqdn, { ...recordOf(site), versions }, site)
      return { version: id, ...content, archiveSha256, done: 'deployed' }
    })
  }

  /** Tells the Swarm, waits until visitors see it, and takes away what is not needed any more. */
  async #make(
    cluster: OpenCluster,
    id: string,
    fqdn: string,
    record: SiteRecord,
    known?: SwarmSite,
  ): Promise<void> {
    const { manager, ready } = cluster
    const images = record.versions.flatMap(({ image }) => image ?? [])
    if (record.state === 'live')
      await spreadImages(
        ready.map(({ docker }) => docker),
        id,
        images,
      )
    const { revision, configs, spec } = siteSpec(this.#settings, { id, fqdn, record })
    const serviceId = await tellService(manager, { configs, spec }, known?.service)
    const shown = record.state === 'live' ? revision : null
    await untilServed(cluster, this.#settings, {
      fqdn,
      serviceId,
      revision: shown,
      replicas: this.#settings.replicas,
    })
    await sweep(cluster, id, configs, images)
  }

  /** Ends the containers first, for the Swarm does not tell of those whose service it has forgotten. */
  async #erase(cluster: OpenCluster, site: SwarmSite): Promise<void> {
    const { id, fqdn, service } = site
    await this.#make(cluster, id, fqdn, { ...recordOf(site), state: 'gone' }, site)
    await untilForgotten(cluster, service.ID, fqdn)
    await cluster.manager.call({ method: 'DELETE', path: `/services/${service.ID}`, accept: [200, 404] })
    await sweep(cluster, id, [], [])
  }

  async #inTurn<T>(fqdn: string, work: (cluster: OpenCluster) => Promise<T>): Promise<T> {
    const before = this.#lanes.get(fqdn) ?? Promise.resolve()
    const mine = before.then(async () => work(await this.#cluster.open()))
    const quiet = mine.catch(() => undefined)
    this.#lanes.set(fqdn, quiet)
    try {
      return await mine
    } finally {
      if (this.#lanes.get(fqdn) === quiet) this.#lanes.delete(fqdn)
    }
  }
}

/** Takes away files and images that a site does not need any more. */
async function sweep(
  { manager, ready }: OpenCluster,
  id: string,
  configs: readonly ConfigFile[],
  images: readonly string[],
): Promise<void> {
  await sweepConfigs(manager, { label: [`${SITE_LABEL}=${id}`] }, configs)
  await Promise.all(ready.map(({ docker }) => sweepImages(docker, id, images)))
}
