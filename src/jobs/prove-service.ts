import type { Evidence, ServicePlan } from '../domain/fulfilment/plan.ts'
import { isServedAs } from '../domain/hosting/site.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import { lookAtRecords, untilSeen } from './prove-records.ts'

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
  const { evidence } = await untilSeen(() => look(outside, plan))
  return { ...evidence, at: now().toISOString() }
}

async function look(
  { dns, hosting }: { readonly dns: DnsDriver; readonly hosting: HostingDriver },
  plan: ServicePlan,
): Promise<{ readonly missing: string | null; readonly evidence: Omit<Evidence, 'at'> }> {
  const { missing, reports } = await lookAtRecords(dns, plan.zone, plan.expected)
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
  if (missing !== null) return { missing, evidence }
  // At a host that people keep, an end may be that the machine is off: with its records gone nobody reaches it.
  const isOff = hosting.access === 'office' && probed?.kind === 'unknown'
  const isRight = plan.site ? await isServed(hosting, plan.fqdn, site?.status) : site?.status === 404 || isOff
  if (plan.site !== null && !isRight) return { missing: siteOf(plan.fqdn, site?.status), evidence }
  return { missing: null, evidence }
}

/** What counts as an answer depends on the kind of site; a host that people keep shows a page. */
async function isServed(hosting: HostingDriver, fqdn: string, status: number | undefined): Promise<boolean> {
  if (status === undefined) return false
  if (hosting.access === 'office') return isServedAs('static', status)
  const inspection = await hosting.inspect(fqdn)
  return inspection.kind === 'present' && isServedAs(inspection.site.kind, status)
}

const siteOf = (fqdn: string, status: number | undefined): string => `http://${fqdn}/ (${status ?? '-'})`
