import type { DnsChange } from '../dns/plan.ts'
import type { HostingChange } from '../hosting/plan.ts'
import { describeSite } from '../hosting/plan.ts'
import type { Text } from '../refused.ts'
import { siteKindText } from '../text/hosting.ts'
import { taskSheetTexts as text } from '../text/manual.ts'
import type { ServicePlan } from './plan.ts'

/** One thing that somebody has to do by hand: every value to take along, and how it will be checked. */
export type HandTask = {
  readonly title: Text
  readonly values: readonly { readonly label: Text; readonly value: string }[]
  readonly check: Text
}

/** The driver of servers that Ranah may not change. */
const BY_HAND = 'manual'

/** @returns the task sheet of a plan, in the order of the work; empty where the system does it all itself */
export function handWorkOf({ dns, dnsDriver, hosting }: ServicePlan): readonly HandTask[] {
  const records = dnsDriver === BY_HAND ? (dns?.changes ?? []).map(recordTask) : []
  const sites =
    hosting?.driver === BY_HAND ? hosting.changes.map((change) => siteTask(change, hosting.lines)) : []
  return [...sites, ...records]
}

function recordTask({ op, name, type, before, after }: DnsChange): HandTask {
  const values = (after ?? before)?.values ?? []
  return {
    title: text.recordTask[op],
    values: [
      { label: text.name, value: name },
      { label: text.type, value: type },
      ...(after ? [{ label: text.ttl, value: String(after.ttl) }] : []),
      ...(op === 'replace' ? (before?.values ?? []).map((value) => ({ label: text.before, value })) : []),
      ...values.map((value) => ({ label: text.value, value })),
    ],
    check: text.recordCheck,
  }
}

function siteTask(change: HostingChange, lines: readonly Text[]): HandTask {
  const site = describeSite(change.do === 'update' ? change.after : change.site)
  const name = { label: text.site, value: site.fqdn }
  if (change.do === 'remove') return { title: text.siteTask.remove, values: [name], check: text.goneCheck }
  return {
    title: lines[0] ?? text.siteTask[change.do],
    values: [
      name,
      { label: text.siteTitle, value: site.title },
      { label: text.agency, value: site.agency },
      ...(site.kind === 'static' ? [] : [{ label: text.kind, value: siteKindText[site.kind].id }]),
      ...(site.target ? [{ label: text.target, value: site.target }] : []),
      ...(site.database ? [{ label: text.database, value: site.database }] : []),
    ],
    check: text.siteCheck,
  }
}
