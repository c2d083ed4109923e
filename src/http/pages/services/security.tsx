import * as z from 'zod'
import { answerChecklist, waiveFunction } from '../../../actions/services/security-checklist.ts'
import type { ServiceFile } from '../../../db/services/lists.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { checklistAnswers, waiverInput } from '../../../domain/security-checklist/checklist.ts'
import { SECURITY_FUNCTIONS } from '../../../domain/security-checklist/functions.ts'
import { checklistText as text } from '../../../domain/text/security-checklist.ts'
import { serviceTexts } from '../../../domain/text/services.ts'
import { paths, patterns } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { checklistSheet } from '../../sheets/checklist.ts'
import type { Portal } from '../../routes.ts'
import { lookNow, mayAnswer, mayWaive, openChecklist, rowsOf } from '../../services/security.ts'
import { openService } from '../../services/view.ts'
import { FormErrorSummary } from '../../ui/form.tsx'
import { PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { AnswerForm, LookCard, prefix, StateTable, WaiverForm } from './security-parts.tsx'

/** The security checklist of the system behind a service (BSSN 4/2021 article 27). */
export function registerSecurity(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.serviceSecurity,
    title: text.title,
    show: securityView,
    sheets: async (visit) => [await checklistSheet(visit, visit.param('service'))],
    submit: async (visit, form) => {
      const service = await serviceOf(visit)
      await answerChecklist(visit.deps, visit.member, service.id, answersOf(form))
      return done(visit, service, 'saved')
    },
  })
  pageForm(portal, page, {
    path: patterns.serviceSecurityLook,
    submit: async (visit) => {
      const service = await serviceOf(visit)
      await lookNow(visit.deps, visit.member, service)
      return done(visit, service, 'looked')
    },
  })
  pageForm(portal, page, {
    path: patterns.serviceSecurityWaiver,
    submit: async (visit, form) => {
      const service = await serviceOf(visit)
      const waiver = { ...form.parse(waiverInput), serviceId: service.id, zone: visit.office.timezone }
      await waiveFunction(visit.deps, visit.member, waiver)
      return done(visit, service, 'waived')
    },
  })
}

const serviceOf = ({ deps, member, param }: OfficeVisit) => openService(deps, member, param('service'))

const todayOf = ({ deps, office }: OfficeVisit) => localDate(deps.now(), office.timezone)

async function done(visit: OfficeVisit, service: ServiceFile, what: 'saved' | 'looked' | 'waived') {
  await visit.flash('success', text[what])
  return paths.serviceSecurity(visit.office.slug, service.id)
}

/** Functions without a verdict are left as they are. */
function answersOf(form: FormValues) {
  const given = SECURITY_FUNCTIONS.flatMap((id) => {
    const verdict = form.text(`${prefix}.${id}.verdict`)
    const remark = form.text(`${prefix}.${id}.remark`)
    return verdict === '' ? [] : [[id, { verdict, ...(remark && { remark }) }]]
  })
  return z.object({ [prefix]: checklistAnswers }).parse({ [prefix]: Object.fromEntries(given) })[prefix]
}

async function securityView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member, deps } = visit
  const service = await serviceOf(visit)
  const checklist = await openChecklist(deps, member, service)
  const rows = rowsOf(checklist, todayOf(visit))
  const mayFill = mayAnswer(member, service)
  return {
    title: say(text.title),
    crumbs: [
      { label: say(serviceTexts.title), href: paths.services(office.slug) },
      { label: service.fqdn, href: paths.service(office.slug, service.id) },
      { label: say(text.title) },
    ],
    body: (
      <Stack>
        <PageHeader over={service.fqdn} title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ reason: text.reason, until: text.until, function: text.function }}
          lead={attempt.lead}
        />
        <StateTable
          visit={visit}
          checklist={checklist}
          rows={rows}
          files={tableFiles(visit, paths.serviceSecurity(office.slug, service.id))}
        />
        {service.hasSite && mayFill && <LookCard visit={visit} service={service} checklist={checklist} />}
        {mayFill && <AnswerForm visit={visit} service={service} rows={rows} attempt={attempt} />}
        {mayWaive(member, service) && (
          <WaiverForm visit={visit} service={service} rows={rows} attempt={attempt} />
        )}
      </Stack>
    ),
  }
}
