import type { DnsChange } from '../../../domain/dns/plan.ts'
import { planLines } from '../../../domain/dns/plan.ts'
import type { Evidence, ServicePlan } from '../../../domain/fulfilment/plan.ts'
import type { Locale } from '../../../domain/refused.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import type { PlanPreview } from '../../../lookups/preview-plan.ts'
import type { PlanLine } from '../../ui/case.tsx'
import { PlanView } from '../../ui/case.tsx'
import type { Fact } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'

/** What running the step would change, before it runs. */
export function PlanPart({ preview, locale }: { preview: PlanPreview; locale: Locale }) {
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
      <PlanLines plan={preview.plan} locale={locale} />
    </>
  )
}

/** The lines of a plan, as they were approved or will be. */
export function PlanLines({ plan, locale }: { plan: ServicePlan; locale: Locale }) {
  const lines = [...dnsLines(plan, locale), ...hostingLines(plan, locale)]
  if (lines.length === 0) return <p class="muted">{texts.planNothing[locale]}</p>
  return <PlanView lines={lines} locale={locale} />
}

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
export function evidenceFacts(evidence: Evidence): Fact[] {
  const { dns, site } = evidence
  return [
    ...dns.map((each) => ({
      term: `DNS ${each.server}`,
      value: (
        <span class="mono">
          {each.question}: {each.answers.join(', ')}
        </span>
      ),
    })),
    ...(site
      ? [
          {
            term: 'HTTP',
            value: (
              <span class="mono">
                {site.url} → {site.status}
                {site.title ? ` “${site.title}”` : ''}
              </span>
            ),
          },
        ]
      : []),
  ]
}
