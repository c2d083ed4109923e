import type { DesiredSite, HostingChange, HostingPlan } from '../../../domain/hosting/plan.ts'
import { describeSite } from '../../../domain/hosting/plan.ts'
import { Refused, type Text } from '../../../domain/refused.ts'
import { siteKindText } from '../../../domain/text/hosting.ts'
import { manualText } from '../../../domain/text/manual.ts'
import type { OfficeKeptHost, ProbeResult } from '../driver.ts'
import { lookAtSite, securePort } from '../look-at-site.ts'
import { probeSite } from '../probe.ts'

/** Where visitors reach the sites, and where the office's people put the files. */
export type ManualHostSettings = {
  readonly addresses: readonly string[]
  readonly webPort: number
  readonly place: string
}

const KIND = 'manual'
/** A name that nobody has (RFC 6761 section 6.4): what it gets is what any unknown name gets. */
const NOBODY = 'check.ranah.invalid'
const OK = 200

/**
 * A host that the office's own people change: a plan is instructions, and it is applied when visitors see that
 * somebody followed them. Access to the files is theirs to hand over.
 */
export function manualHosting({ addresses, webPort, place }: ManualHostSettings): OfficeKeptHost {
  const web = { address: addresses[0]!, port: webPort }
  const where = `${web.address}:${web.port}`
  const probe = (fqdn: string): Promise<ProbeResult> => probeSite(fqdn, async () => web)
  /** Whether the site itself answers, and not merely a server that says the same to any name. */
  const isThere = async (fqdn: string): Promise<boolean | null> => {
    const [own, any] = await Promise.all([probe(fqdn), probe(NOBODY)])
    if (own.kind === 'unknown') return null
    const isCatchAll = any.kind === 'seen' && any.status === OK && any.title === own.title
    return own.status === OK && !isCatchAll
  }
  const waitUntil = async (changes: readonly HostingChange[], lines: readonly Text[]): Promise<void> => {
    for (const [index, change] of changes.entries()) {
      const seen = await isThere(fqdnOf(change))
      const isDone = change.do === 'remove' ? seen !== true : seen === true
      if (!isDone)
        throw new Refused('hand-work-waiting', manualText.waiting(lines.slice(index)), { status: 503 })
    }
  }
  return {
    kind: KIND,
    access: 'office',
    async inspect(fqdn) {
      const seen = await isThere(fqdn)
      return seen === false ? { kind: 'absent' } : { kind: 'unknown', why: manualText.accessByOffice }
    },
    plan: async (desired) => planByHand(desired, place),
    apply: ({ changes, lines }) => waitUntil(changes, lines),
    undo: ({ changes }) => {
      const back = changes.flatMap(reverseOf)
      return waitUntil(
        back,
        back.map((change) => instruction(change, place)),
      )
    },
    probe,
    look: (fqdn) => lookAtSite(fqdn, web, { address: web.address, port: securePort }),
    async check() {
      const seen = await probe(NOBODY)
      if (seen.kind === 'unknown') return [{ ok: false, text: manualText.webSilent(where) }]
      const reached = { ok: true, text: manualText.webAnswers(where) }
      return seen.status === OK ? [reached, { ok: false, text: manualText.answersAnyName(where) }] : [reached]
    },
  }
}

const fqdnOf = (change: HostingChange): string =>
  change.do === 'update' ? change.after.fqdn : change.site.fqdn

/** What takes a change back. Nobody but the office knows what a site was, so one that was removed is not asked for again. */
const reverseOf = (change: HostingChange): readonly HostingChange[] =>
  change.do === 'create' ? [{ do: 'remove', site: change.site }] : []

function instruction(change: HostingChange, place: string): Text {
  if (change.do === 'remove') return manualText.removeSite(change.site.fqdn)
  const { fqdn, title, agency, kind } = describeSite(change.do === 'create' ? change.site : change.after)
  return manualText.createSite({ fqdn, title, agency, what: siteKindText[kind], place })
}

function planByHand({ fqdn, site, token }: DesiredSite, place: string): HostingPlan {
  const change: HostingChange = site
    ? { do: 'create', site: describeSite({ fqdn, ...site }) }
    : { do: 'remove', site: { fqdn, title: fqdn, agency: '' } }
  return { driver: KIND, fqdn, token, changes: [change], lines: [instruction(change, place)] }
}
