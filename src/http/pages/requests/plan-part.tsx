import type { DnsChange, RrsetContent } from '../../../domain/dns/plan.ts'
import { planLines } from '../../../domain/dns/plan.ts'
import type { PlanFinding } from '../../../domain/fulfilment/guards.ts'
import type { Evidence, ServicePlan } from '../../../domain/fulfilment/plan.ts'
import { evidenceLines } from '../../../domain/fulfilment/plan.ts'
import type { Locale } from '../../../domain/refused.ts'
import type { Fulfilment } from '../../../domain/sop/kinds.ts'
import { needsRecords } from '../../../domain/sop/kinds.ts'
import { recordFormTexts } from '../../../domain/text/record-pages.ts'
import { recordTexts } from '../../../domain/text/records.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import type { PlanPreview } from '../../../lookups/preview-plan.ts'
import type { PlanLine } from '../../ui/case.tsx'
import { PlanView } from '../../ui/case.tsx'
import type { Fact } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'

/** What running the step would change, before it runs. */
export function PlanPart(props: { preview: PlanPreview; fulfilment: Fulfilment; locale: Locale }) {
  const { preview, fulfilment, locale } = props
  if (preview.kind === 'none') return <p class="muted">{texts.planNothing[locale]}</p>
  if (preview.kind === 'unknown')
    return (
      <Alert tone="warning" locale={locale} title={texts.planUnknown[locale]}>
        {preview.text[locale]}
      </Alert>
    )
  return (
    <>
      {preview.nameInUse && (
        <Alert tone="danger" locale={locale}>
          {texts.planNameInUse[locale]}
        </Alert>
      )}
      <Findings findings={preview.findings} locale={locale} />
      <PlanLines plan={preview.plan} fulfilment={fulfilment} locale={locale} />
    </>
  )
}

/** The lines of a plan, as they were approved or will be. */
export function PlanLines(props: { plan: ServicePlan; fulfilment: Fulfilment; locale: Locale }) {
  const { plan, fulfilment, locale } = props
  if (needsRecords(fulfilment)) return <RecordChanges plan={plan} locale={locale} />
  const lines = [...dnsLines(plan, locale), ...hostingLines(plan, locale)]
  if (lines.length === 0) return <p class="muted">{texts.planNothing[locale]}</p>
  return <PlanView lines={lines} locale={locale} />
}

/** What the guards say about a plan: first what keeps it from running. */
function Findings({ findings, locale }: { findings: readonly PlanFinding[]; locale: Locale }) {
  const blocking = findings.filter(({ blocks }) => blocks)
  const others = findings.filter(({ blocks }) => !blocks)
  return (
    <>
      {blocking.length > 0 && (
        <Alert tone="danger" locale={locale} title={recordFormTexts.blocked[locale]}>
          {blocking.map(({ text }) => (
            <p>{text[locale]}</p>
          ))}
          {blocking.some(({ kind }) => kind === 'unsafe') && <p>{recordFormTexts.allowWaits[locale]}</p>}
        </Alert>
      )}
      {others.length > 0 && (
        <Alert tone="warning" locale={locale} title={recordFormTexts.notice[locale]}>
          {others.map(({ text }) => (
            <p>{text[locale]}</p>
          ))}
        </Alert>
      )}
    </>
  )
}

/** A change of records, set by set: what the zone has, and what it will have. */
function RecordChanges({ plan, locale }: { plan: ServicePlan; locale: Locale }) {
  const changes = plan.dns?.changes ?? []
  const kept = plan.expected.filter(
    (set) =>
      set.values.length > 0 && !changes.some(({ name, type }) => name === set.name && type === set.type),
  )
  if (changes.length === 0) return <p class="muted">{recordTexts.unchangedZone[locale]}</p>
  return (
    <>
      <PlanView
        locale={locale}
        lines={changes.map(({ op, name, type, before, after }) => ({
          action: actions[op],
          what: `${name} ${type}`,
          before: contentLines(before),
          after: contentLines(after),
        }))}
      />
      {kept.length > 0 && <p class="muted small">{recordFormTexts.keptNote(kept.length)[locale]}</p>}
    </>
  )
}

const contentLines = (content: RrsetContent | null): readonly string[] =>
  content === null ? [] : [...content.values, `TTL ${content.ttl}`]

const actions = { add: 'create', replace: 'change', remove: 'remove' } as const

function dnsLines({ dns }: ServicePlan, locale: Locale): PlanLine[] {
  if (!dns) return []
  const said = planLines(dns)
  return dns.changes.map((change: DnsChange, index) => ({
    action: actions[change.op],
    what: said[index]![locale],
  }))
}

const sites = { create: 'create', update: 'change', remove: 'remove' } as const

function hostingLines({ hosting }: ServicePlan, locale: Locale): PlanLine[] {
  return (hosting?.lines ?? []).map((line, index) => {
    const change = hosting!.changes[index]
    return { action: change ? sites[change.do] : 'keep', what: line[locale] }
  })
}

/** What was seen from outside when the service was proven. */
export const evidenceFacts = (evidence: Evidence): Fact[] =>
  evidenceLines(evidence).map(({ term, value }) => ({ term, value: <span class="mono">{value}</span> }))
