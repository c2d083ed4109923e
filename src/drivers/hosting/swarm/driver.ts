import { controlRequests, type SiteReport } from '../../../domain/hosting/control.ts'
import { planHosting, type HostingOffer } from '../../../domain/hosting/plan.ts'
import { liveOf } from '../../../domain/hosting/site-rules.ts'
import { SWARM_NAME_MAX } from '../../../domain/hosting/swarm-config.ts'
import { Refused } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { applyPlan, type AskSite, undoPlan } from '../apply-plan.ts'
import type { Inspection, ProbeResult, UploadHost } from '../driver.ts'
import { lookAtSite, securePort } from '../look-at-site.ts'
import { probeSite } from '../probe.ts'
import { checkSwarm } from './check.ts'
import { Cluster } from './cluster.ts'
import { bringImages } from './prepare.ts'
import { SITE_MAX_BYTES } from './content.ts'
import { readSites, type SwarmSite } from './record.ts'
import type { SwarmSecret, SwarmSettings } from './settings.ts'
import { SwarmSites } from './sites.ts'

const KIND = 'swarm'
/** No PHP and no databases: they keep files and data on the one machine they run on. */
const SWARM_OFFER: HostingOffer = { kinds: ['static', 'redirect', 'proxy', 'maintenance'], databases: [] }

/** The driver for an existing Docker Swarm: every site is a service, its content an image on every node. */
export function swarmHosting(settings: SwarmSettings, secret: SwarmSecret): UploadHost {
  const cluster = new Cluster(settings, secret)
  const sites = new SwarmSites(cluster, settings)
  const liveSite = async (fqdn: string) => liveOf(await readSites(await cluster.manager(), fqdn))
  const verbs = {
    'ensure-site': async (request: unknown) => {
      const { token, ...site } = controlRequests['ensure-site'].parse(request)
      return sites.ensure(site, token)
    },
    'remove-site': async (request: unknown) => {
      const { fqdn, token, onlyCreatedWith } = controlRequests['remove-site'].parse(request)
      return sites.remove(fqdn, token, onlyCreatedWith)
    },
    'restore-site': async (request: unknown) => {
      const { fqdn, token } = controlRequests['restore-site'].parse(request)
      return sites.restore(fqdn, token)
    },
  }
  const ask: AskSite = (verb, request) => verbs[verb](request)
  /** As a visitor's browser does: the next address when one is silent. */
  const probe = async (fqdn: string): Promise<ProbeResult> => {
    let result: ProbeResult | undefined
    for (const address of settings.addresses) {
      result = await probeSite(fqdn, async () => ({ address, port: settings.webPort }))
      if (result.kind === 'seen') break
    }
    return result!
  }
  return {
    kind: KIND,
    access: 'upload',
    async inspect(fqdn): Promise<Inspection> {
      try {
        const site = await liveSite(fqdn)
        return site ? { kind: 'present', site: reportOf(site) } : { kind: 'absent' }
      } catch (error) {
        if (error instanceof Refused && error.status === 503) return { kind: 'unknown', why: error.text }
        throw error
      }
    },
    async plan(desired) {
      if (desired.site && desired.fqdn.length > SWARM_NAME_MAX) {
        throw new Refused('site-name-too-long', swarmText.nameTooLong(desired.fqdn, SWARM_NAME_MAX))
      }
      const site = await liveSite(desired.fqdn)
      return planHosting(KIND, desired, site ? { ...site, database: undefined } : null, SWARM_OFFER)
    },
    apply: (plan) => applyPlan(ask, plan),
    undo: (plan) => undoPlan(ask, plan),
    deploy: async (fqdn, zip, token) => sites.deploy(fqdn, zip, token),
    probe,
    look: (fqdn) => {
      const [address] = settings.addresses
      return lookAtSite(
        fqdn,
        { address: address!, port: settings.webPort },
        { address: address!, port: securePort },
      )
    },
    check: () => checkSwarm(cluster, settings, SWARM_OFFER.kinds),
    tend: () => bringImages(cluster, settings.image),
  }
}

function reportOf(site: SwarmSite): SiteReport {
  const { fqdn, title, agency, kind, target, createdAt, createdWith, versions } = site
  const [live] = versions
  const { id: version, deployedAt, archiveSha256, origin } = live!
  return {
    fqdn,
    title,
    agency,
    kind,
    target,
    createdAt,
    createdWith,
    live: { version, deployedAt, archiveSha256, origin },
    keptVersions: versions.length - 1,
    usedBytes: versions.reduce((sum, { bytes }) => sum + bytes, 0),
    quotaBytes: SITE_MAX_BYTES,
    access: null,
  }
}
