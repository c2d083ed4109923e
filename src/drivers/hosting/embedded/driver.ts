import { planHosting, type HostingChange, type HostingPlan } from '../../../domain/hosting/plan.ts'
import { Refused } from '../../../domain/refused.ts'
import type { HostingDriver, Inspection } from '../driver.ts'
import { probeSite, type WebTarget } from '../probe.ts'
import { askHost, type ControlEndpoint, sendArchive } from './control-client.ts'

export type EmbeddedHostingOptions = ControlEndpoint & {
  /**
   * Where the probe connects to for a name, because the name may resolve only at our own name server.
   * Rejecting means an outage: the probe then says unknown.
   */
  readonly webTarget: (fqdn: string) => Promise<WebTarget>
}

const KIND = 'embedded'

/** The driver for the embedded site host (src/servers/sites), over its control port on this machine. */
export function embeddedHosting(options: EmbeddedHostingOptions): HostingDriver {
  const inspect = async (fqdn: string): Promise<Inspection> => {
    try {
      const { site } = await askHost(options, 'inspect-site', { fqdn })
      return site === null ? { kind: 'absent' } : { kind: 'present', site }
    } catch (error) {
      if (error instanceof Refused && error.status === 503) return { kind: 'unknown', why: error.text }
      throw error
    }
  }
  return {
    kind: KIND,
    inspect,
    async plan(desired) {
      const { site } = await askHost(options, 'inspect-site', { fqdn: desired.fqdn })
      const seen = site && { fqdn: site.fqdn, title: site.title, agency: site.agency }
      return planHosting(KIND, desired, seen)
    },
    async apply(plan) {
      for (const change of plan.changes) await applyChange(options, plan, change)
    },
    async undo(plan) {
      for (const change of [...plan.changes].reverse()) await undoChange(options, plan, change)
    },
    deploy: (fqdn, zip, token) => sendArchive(options, fqdn, token, zip),
    issueCredentials: (fqdn, token) => askHost(options, 'issue-credentials', { fqdn, token }),
    async revokeCredentials(fqdn) {
      await askHost(options, 'revoke-credentials', { fqdn })
    },
    probe: (fqdn) => probeSite(fqdn, options.webTarget),
  }
}

async function applyChange(endpoint: ControlEndpoint, { token }: HostingPlan, change: HostingChange) {
  if (change.do === 'remove') await askHost(endpoint, 'remove-site', { fqdn: change.site.fqdn, token })
  else if (change.do === 'create') await askHost(endpoint, 'ensure-site', { ...change.site, token })
  else await askHost(endpoint, 'ensure-site', { ...change.after, token })
}

async function undoChange(endpoint: ControlEndpoint, { token }: HostingPlan, change: HostingChange) {
  if (change.do === 'update') {
    await askHost(endpoint, 'ensure-site', { ...change.before, token })
    return
  }
  const { fqdn } = change.site
  if (change.do === 'remove') await askHost(endpoint, 'restore-site', { fqdn, token })
  else await askHost(endpoint, 'remove-site', { fqdn, token, onlyCreatedWith: token })
}
