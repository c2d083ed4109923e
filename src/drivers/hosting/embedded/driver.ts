import { planHosting, type HostingOffer } from '../../../domain/hosting/plan.ts'
import { Refused } from '../../../domain/refused.ts'
import { hostingText } from '../../../domain/text/hosting.ts'
import { applyPlan, type AskHost, undoPlan } from '../apply-plan.ts'
import type { Inspection, ManagedHost } from '../driver.ts'
import { lookAtSite } from '../look-at-site.ts'
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
const OFFER: HostingOffer = { kinds: ['static'], databases: [] }

/** The driver for the embedded site host (src/servers/sites), over its control port on this machine. */
export function embeddedHosting(options: EmbeddedHostingOptions): ManagedHost {
  const ask: AskHost = (verb, request) => askHost(options, verb, request)
  const inspect = async (fqdn: string): Promise<Inspection> => {
    try {
      const { site } = await ask('inspect-site', { fqdn })
      return site === null ? { kind: 'absent' } : { kind: 'present', site }
    } catch (error) {
      if (error instanceof Refused && error.status === 503) return { kind: 'unknown', why: error.text }
      throw error
    }
  }
  return {
    kind: KIND,
    access: 'ranah',
    inspect,
    async plan(desired) {
      const { site } = await ask('inspect-site', { fqdn: desired.fqdn })
      return planHosting(KIND, desired, site, OFFER)
    },
    apply: (plan) => applyPlan(ask, plan),
    undo: (plan) => undoPlan(ask, plan),
    deploy: (fqdn, zip, token) => sendArchive(options, fqdn, token, zip),
    issueCredentials: (fqdn, token) => ask('issue-credentials', { fqdn, token }),
    async revokeCredentials(fqdn) {
      await ask('revoke-credentials', { fqdn })
    },
    probe: (fqdn) => probeSite(fqdn, options.webTarget),
    look: async (fqdn) => lookAtSite(fqdn, await options.webTarget(fqdn)),
    async check() {
      try {
        await ask('ping', {})
        return [{ ok: true, text: hostingText.hostAnswers }]
      } catch (error) {
        if (error instanceof Refused) return [{ ok: false, text: error.text }]
        throw error
      }
    },
  }
}
