import { createHash } from 'node:crypto'
import * as z from 'zod'

import { describeSite } from '../../../domain/hosting/plan.ts'
import { siteKinds, type SiteDescription } from '../../../domain/hosting/site.ts'
import { liveOf } from '../../../domain/hosting/site-rules.ts'
import { siteAlias } from '../../../domain/hosting/swarm-config.ts'
import { Refused } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { type DockerNode, filters } from './docker.ts'

/*
 * All that is known of a site stands in the labels of its service: the Swarm keeps them on every manager and replaces
 * them together with what runs, so neither can be without the other.
 */

export const SITE_LABEL = 'ranah.site'
const FQDN_LABEL = 'ranah.fqdn'
const RECORD_LABEL = 'ranah.record'

const version = z.strictObject({
  id: z.string(),
  deployedAt: z.string(),
  origin: z.enum(['starting-page', 'archive']),
  archiveSha256: z.string().nullable(),
  token: z.string(),
  /** The image that holds the content; the starting page has none. */
  image: z.string().nullable(),
  files: z.number(),
  bytes: z.number(),
  strippedFolder: z.string().nullable(),
  hasIndex: z.boolean(),
})
export type SiteVersion = z.infer<typeof version>

const record = z.strictObject({
  title: z.string(),
  agency: z.string(),
  kind: z.enum(siteKinds),
  target: z.string().optional(),
  createdAt: z.string(),
  createdWith: z.string(),
  /** `gone`: an undone creation that is on its way out. */
  state: z.enum(['live', 'archived', 'gone']),
  archivedWith: z.string().nullable(),
  /** Newest first; the first one is live, the others are kept to go back to. */
  versions: z.array(version).min(1),
})
export type SiteRecord = z.infer<typeof record>

export const service = z.object({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()).nullish(),
    TaskTemplate: z
      .looseObject({
        Networks: z.array(z.looseObject({ Aliases: z.array(z.string()).nullish() })).nullish(),
      })
      .nullish(),
  }),
})
export type Service = z.infer<typeof service>
export const services = z.array(service)

/** A site with the service that it is. */
export type SwarmSite = SiteRecord & { readonly id: string; readonly fqdn: string; readonly service: Service }

const NAME_PREFIX = 'ranah-site-'
export const serviceName = (id: string): string => `${NAME_PREFIX}${id}`

export const labelsOf = (id: string, fqdn: string, known: SiteRecord): Readonly<Record<string, string>> => ({
  [SITE_LABEL]: id,
  [FQDN_LABEL]: fqdn,
  [RECORD_LABEL]: JSON.stringify(record.parse(known)),
})

/**
 * Every site that is kept under a name, the live one and those that were removed.
 * @throws Refused `site-damaged` also when a service serves the name whose labels do not tell of it any more
 */
export async function readSites(manager: DockerNode, fqdn: string): Promise<SwarmSite[]> {
  const found = await manager.read(services, '/services', filters({ label: [`${FQDN_LABEL}=${fqdn}`] }))
  const sites = found.map(siteOf).filter((site) => site.fqdn === fqdn)
  if (liveOf(sites)) return sites
  // Before anything is said to be missing or made anew: without its labels a site still has its name in the network.
  const serving = (await readServices(manager)).find(
    ({ Spec }) =>
      Spec.Labels?.[FQDN_LABEL] !== fqdn &&
      Spec.TaskTemplate?.Networks?.some(({ Aliases }) => Aliases?.includes(siteAlias(fqdn))),
  )
  if (serving) throw damaged(serving)
  return sites
}

/** The services that are sites, by their names: labels can be lost. */
const readServices = (manager: DockerNode): Promise<Service[]> =>
  manager.read(services, '/services', filters({ name: [NAME_PREFIX] }))

/** Every site of the Swarm. @throws Refused `site-damaged` */
export const readAllSites = async (manager: DockerNode): Promise<SwarmSite[]> =>
  (await readServices(manager)).map(siteOf)

const damaged = ({ Spec }: Service, cause?: unknown): Refused =>
  new Refused('site-damaged', swarmText.damaged(Spec.Name), { status: 503, cause })

/** @throws Refused `site-damaged`: a site whose record cannot be read is never reported as missing */
function siteOf(found: Service): SwarmSite {
  const labels = found.Spec.Labels ?? {}
  const [id, fqdn] = [labels[SITE_LABEL], labels[FQDN_LABEL]]
  try {
    const known = record.parse(JSON.parse(labels[RECORD_LABEL] ?? ''))
    if (!id || !fqdn) throw new Error('without id or name')
    return { ...known, id, fqdn, service: found }
  } catch (error) {
    throw damaged(found, error)
  }
}

/**
 * The id of a new site: the same wish repeated makes the same site, whose name the Swarm gives only once.
 * @param sites those that are kept under the name already
 */
export function newSiteId(fqdn: string, token: string, sites: readonly SwarmSite[]): string {
  for (let turn = 0; ; turn++) {
    const id = createHash('sha256')
      .update(JSON.stringify([fqdn, token, turn]))
      .digest('hex')
      .slice(0, 12)
    if (!sites.some((site) => site.id === id)) return id
  }
}

export function newRecord(wanted: SiteDescription, token: string, now: Date): SiteRecord {
  const { fqdn: _, database: __, ...description } = describeSite(wanted)
  const at = now.toISOString()
  const start: SiteVersion = {
    id: `${now.getTime().toString(36)}-start`,
    deployedAt: at,
    origin: 'starting-page',
    archiveSha256: null,
    token,
    image: null,
    files: 1,
    bytes: 0,
    strippedFolder: null,
    hasIndex: true,
  }
  return {
    ...description,
    createdAt: at,
    createdWith: token,
    state: 'live',
    archivedWith: null,
    versions: [start],
  }
}

/** What is stored of a site that was read. */
export function recordOf(site: SwarmSite): SiteRecord {
  const { id: _, fqdn: __, service: ___, ...known } = site
  return known
}
