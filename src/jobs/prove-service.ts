import { setTimeout as sleep } from 'node:timers/promises'
import { isWithin } from '../domain/dns/names.ts'
import type { Rrset } from '../domain/dns/records.ts'
import type { Evidence, ServicePlan } from '../domain/fulfilment/plan.ts'
import { isServedAs } from '../domain/hosting/site.ts'
import { Refused } from '../domain/refused.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'

/** How often and how far apart a service is looked for before the job gives way to its next try. */
const proofAttempts = 10
const proofPauseMs = 250

/**
 * Looks at the service from outside: every authoritative server must give the planned answer and the site must
 * answer by its name (or be gone). "Live" means that this was seen.
 *
 * @throws Refused `not-yet-visible` with what is missing
 */
export async function proveService(
  outside: { readonly dns: DnsDriver; readonly hosting: HostingDriver },
  plan: ServicePlan,
  now: () => Date,
): Promise<Evidence> {
  let missing = ''
  for (let attempt = 0; attempt < proofAttempts; attempt += 1) {
    if (attempt > 0) await sleep(proofPauseMs)
    const seen = await look(outside, plan)
    if (seen.missing === null) return { ...seen.evidence, at: now().toISOString() }
    missing = seen.missing
  }
  throw new Refused('not-yet-visible', fulfilmentTexts.notYetVisible(missing), { status: 503 })
}

async function look(
  { dns, hosting }: { readonly dns: DnsDriver; readonly hosting: HostingDriver },
  plan: ServicePlan,
): Promise<{ readonly missing: string | null; readonly evidence: Omit<Evidence, 'at'> }> {
  const expected = provable(plan.expected)
  const reports = expected.length > 0 ? await dns.probe({ zone: plan.zone, expected }) : []
  const wrong = reports.find((report) => report.verdict !== 'agrees')
  const probed = plan.site === null ? null : await hosting.probe(plan.fqdn)
  const site =
    probed?.kind === 'seen' ? { url: probed.url, status: probed.status, title: probed.title } : null
  const evidence = {
    dns: reports.map((report) => ({
      server: `${report.server.name} (${report.server.host}:${report.server.port})`,
      question: `${report.question.name} ${report.question.type}`,
      answers: report.answers,
      verdict: report.verdict,
    })),
    site,
  }
  if (reports.length === 0 && expected.length > 0) return { missing: 'DNS', evidence }
  if (wrong)
    return {
      missing: `${wrong.question.name} ${wrong.question.type} @ ${wrong.server.name}: ${wrong.detail}`,
      evidence,
    }
  // At a host that people keep, an end may be that the machine is off: with its records gone nobody reaches it.
  const isOff = hosting.access === 'office' && probed?.kind === 'unknown'
  const isRight = plan.site ? await isServed(hosting, plan.fqdn, site?.status) : site?.status === 404 || isOff
  if (plan.site !== null && !isRight) return { missing: siteOf(plan.fqdn, site?.status), evidence }
  return { missing: null, evidence }
}

/** At and below a delegation a server only refers: the NS records themselves are what can be seen of it. */
function provable(expected: readonly Rrset[]): readonly Rrset[] {
  const cuts = expected.filter(({ type, values }) => type === 'NS' && values.length > 0)
  return expected.filter((set) => cuts.includes(set) || !cuts.some((cut) => isWithin(set.name, cut.name)))
}

/** What counts as an answer depends on the kind of site; a host that people keep shows a page. */
async function isServed(hosting: HostingDriver, fqdn: string, status: number | undefined): Promise<boolean> {
  if (status === undefined) return false
  if (hosting.access === 'office') return isServedAs('static', status)
  const inspection = await hosting.inspect(fqdn)
  return inspection.kind === 'present' && isServedAs(inspection.site.kind, status)
}

const siteOf = (fqdn: string, status: number | undefined): string => `http://${fqdn}/ (${status ?? '-'})`
