import { planHosting } from '../../../domain/hosting/plan.ts'
import { Refused } from '../../../domain/refused.ts'
import { siteKindText } from '../../../domain/text/hosting.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import { applyPlan, type AskHost, undoPlan } from '../apply-plan.ts'
import { clockFindings } from '../clock.ts'
import type { Finding, Inspection, ManagedHost } from '../driver.ts'
import { lookAtSite } from '../look-at-site.ts'
import { probeSerial } from '../probe-serial.ts'
import { probeSite } from '../probe.ts'
import { HelperClient } from './helper-client.ts'
import type { LinuxHostSecret, LinuxHostSettings } from './settings.ts'
import { SshConnection, whereOf } from './ssh.ts'

const KIND = 'linux-host'
/** The address of a name nobody has (RFC 6761 section 6.4): any answer shows that the web server is up. */
const NOBODY = 'check.ranah.invalid'

/** The driver for a Debian host with nginx, php-fpm and OpenSSH, through the helper that `host prepare` put there. */
export function linuxHosting(settings: LinuxHostSettings, secret: LinuxHostSecret): ManagedHost {
  const { host, port, hostKey } = settings
  const { privateKey } = secret
  const connection = new SshConnection({ host, port, hostKey, username: 'root', privateKey })
  const client = new HelperClient(connection, whereOf(settings))
  const ask: AskHost = (verb, request) => client.ask(verb, request)
  const address = settings.webHost ?? host
  const web = { address, port: settings.webPort }
  const secure = { address, port: settings.tlsPort, root: settings.root }
  const probe = (fqdn: string) => probeSite(fqdn, async () => web, secure)
  return {
    kind: KIND,
    access: 'ranah',
    async inspect(fqdn): Promise<Inspection> {
      try {
        const { site } = await ask('inspect-site', { fqdn })
        if (site === null) return { kind: 'absent' }
        if (site.refused) throw new Refused('site-configuration-refused', site.refused)
        return { kind: 'present', site }
      } catch (error) {
        if (error instanceof Refused && error.status === 503) return { kind: 'unknown', why: error.text }
        throw error
      }
    },
    async plan(desired) {
      const [offer, { site }] = await Promise.all([
        ask('ping', {}),
        ask('inspect-site', { fqdn: desired.fqdn }),
      ])
      return planHosting(KIND, desired, site, offer)
    },
    apply: (plan) => applyPlan(ask, plan),
    undo: (plan) => undoPlan(ask, plan),
    deploy: (fqdn, zip, token) => client.deploy(fqdn, token, zip),
    issueCredentials: (fqdn, token) => ask('issue-credentials', { fqdn, token }),
    async revokeCredentials(fqdn) {
      await ask('revoke-credentials', { fqdn })
    },
    probe,
    look: (fqdn) => lookAtSite(fqdn, web, secure),
    tls: {
      makeCsr: async (fqdn, names) => (await ask('make-csr', { fqdn, names: [...names] })).csr,
      async install(fqdn, chain, keyOf) {
        await ask('install-certificate', { fqdn, chain, ...(keyOf !== undefined && { keyOf }) })
      },
      async showProof(fqdn, token, content) {
        await ask('show-proof', { fqdn, token, content })
      },
      async hideProofs(fqdn) {
        await ask('hide-proofs', { fqdn })
      },
      probeSerial: (fqdn) => probeSerial(secure, fqdn),
    },
    async check(): Promise<readonly Finding[]> {
      try {
        const from = Date.now()
        const { kinds, databases, diskLimit, now } = await ask('ping', {})
        const clock = clockFindings(whereOf(settings), now, { from, to: Date.now() })
        const words = (locale: 'id' | 'en') => kinds.map((kind) => siteKindText[kind][locale]).join(', ')
        const reached = { ok: true, text: siteHostText.reached(whereOf(settings)) }
        const offers = siteHostText.offers({ id: words('id'), en: words('en') }, databases.join(', '))
        const isUp = (await probe(NOBODY)).kind === 'seen'
        const at = whereOf({ host: web.address, port: web.port })
        return [
          reached,
          { ok: true, text: offers },
          { ok: true, text: siteHostText.diskLimit[diskLimit] },
          ...clock,
          { ok: isUp, text: isUp ? siteHostText.webAnswers(at) : siteHostText.webSilent(at) },
        ]
      } catch (error) {
        if (error instanceof Refused) return [{ ok: false, text: error.text }]
        throw error
      }
    },
  }
}
