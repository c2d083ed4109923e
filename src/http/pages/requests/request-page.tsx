import type { ArchiveItem } from '../../../db/archive/items.ts'
import { phaseOf } from '../../../domain/requests/standing.ts'
import { documentTexts } from '../../../domain/text/documents.ts'
import { requestPageTexts as texts, stepPageTexts } from '../../../domain/text/request-page.ts'
import { takeoverPageTexts } from '../../../domain/text/takeover.ts'
import { phaseTexts } from '../../../domain/text/requests.ts'
import type { Text } from '../../../domain/refused.ts'
import { checklistOf } from '../../../domain/requests/step-forms.ts'
import { activities } from '../../../domain/sop/activities.ts'
import { paths } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { openCase } from '../../requests/open-case.ts'
import type { Case } from '../../requests/open-case.ts'
import { FormErrorSummary } from '../../ui/form.tsx'
import { Card, Columns, PageHeader, Section, Stack } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { StatusPill } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'
import {
  DocumentsCard,
  LettersCard,
  MessagesSection,
  ServiceCard,
  StepCard,
  SummaryCard,
  WorkCard,
} from './case-parts.tsx'
import { wishedName } from './facts.tsx'
import { History } from './history.tsx'
import { GraveActs, NowCard } from './now-card.tsx'
import { LetterBeside, letterToCheck } from './preview.tsx'
import { recordsOf, RetentionCard } from './retention-card.tsx'
import { releaseField } from './release-file.tsx'
import { forms, type FormName, type RequestPageProps } from './page-props.ts'
import { mayAllow, PlanCard, ReversalCard } from './plan-card.tsx'
import { TakeoverCard } from './takeover-card.tsx'
import { FieldMark, SopChart, SopFlow } from './sop-flow.tsx'

export const phaseTones: Readonly<Record<keyof typeof phaseTexts, Tone>> = {
  draft: 'neutral',
  applicant: 'warning',
  office: 'info',
  outside: 'warning',
  system: 'info',
  completed: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
}

/** How the summary of errors names the fields of every form on the page. */
function errorLabels({ step, sop, documents }: Case): Readonly<Record<string, Text>> {
  const items = step ? checklistOf(sop, step) : []
  const asked = items.map(({ item, requirement }, index) => {
    const label = requirement?.text ?? item
    return [`items.${index}`, { id: label, en: label }] as const
  })
  return {
    note: stepPageTexts.note,
    receivedOn: stepPageTexts.receivedOn,
    instruction: stepPageTexts.instruction,
    with: stepPageTexts.with,
    conclusion: stepPageTexts.conclusion,
    replyBody: stepPageTexts.replyBody,
    confirmed: stepPageTexts.confirmed,
    outcome: stepPageTexts.outcome,
    kind: texts.uploadKind,
    file: texts.uploadFile,
    document: texts.waiveDocument,
    waiver: texts.waiveReason,
    withdrawal: texts.withdrawReason,
    appeal: texts.appealReason,
    left: takeoverPageTexts.reason,
    body: texts.messageBody,
    ...Object.fromEntries(asked),
    ...Object.fromEntries(documents.map(({ id }) => [releaseField(id), documentTexts.releaseWhy])),
  }
}

/** The page of one request, for everybody who may see it. */
export async function showRequest(visit: OfficeVisit, attempt: Attempt): Promise<View> {
  const { deps, member, office, locale, say } = visit
  const view = await openCase(deps, member, office.timezone, visit.param('ticket'))
  const provides = view.step !== null && activities[view.step.activity].effect === 'provision'
  const plan =
    provides && view.row.stage === 'acting' && (view.verbs.includes('complete') || mayAllow(member))
      ? await deps.lookups.previewPlan({ officeId: member.officeId, requestId: view.row.id })
      : null
  const records = await recordsOf(visit, view)
  const props = { view, locale, office: office.slug, attempts: attemptsOf(visit, attempt), plan }
  const { row, sop } = view
  const letter = letterToCheck(view)
  const name = wishedName(view)
  const phase = phaseOf({ ...row, ending: row.state.ending, dueAt: row.due_at })
  return {
    title: `${row.ticket} ${name ?? ''}`.trim(),
    crumbs: [{ label: say(texts.list), href: paths.requests(office.slug) }, { label: row.ticket }],
    body: (
      <>
        <PageHeader
          over={`${row.ticket} · ${say(view.kind.label)}`}
          title={name ?? say(view.kind.label)}
          lead={say(view.sentence)}
          meta={
            <>
              <StatusPill tone={phaseTones[phase]} text={say(phaseTexts[phase])} />
              <StatusPill text={view.agency.name} />
            </>
          }
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={errorLabels(view)}
          lead={attempt.lead}
        />
        <Stack>
          {letter && (
            <div class="beside">
              <NowCard {...props} />
              <LetterBeside view={view} document={letter} locale={locale} office={office.slug} deps={deps} />
            </div>
          )}
          <Columns side={<Side {...props} records={records} />}>
            {!letter && <NowCard {...props} />}
            <PlanCard {...props} />
            <WorkCard {...props} />
            <ServiceCard {...props} />
            <TakeoverCard {...props} />
            <ReversalCard {...props} />
            <LettersCard {...props} />
            <SummaryCard {...props} />
            <MessagesSection {...props} />
            <GraveActs {...props} />
          </Columns>
          <Section
            title={say(texts.sop)}
            id="alur"
            lead={
              <>
                {say(texts.sopLead(sop.identity.name, sop.identity.number, row.sop_version))}{' '}
                <FieldMark view={view} field="identity.number" locale={locale} />
              </>
            }
          >
            <SopChart view={view} locale={locale} />
            <SopFlow
              view={view}
              locale={locale}
              files={tableFiles(visit, paths.request(office.slug, view.row.ticket))}
            />
          </Section>
        </Stack>
      </>
    ),
  }
}

function Side(props: RequestPageProps & { readonly records: readonly ArchiveItem[] }) {
  return (
    <Stack>
      <StepCard {...props} />
      <DocumentsCard {...props} />
      <RetentionCard {...props} />
      <Card title={texts.timeline[props.locale]} id="riwayat">
        <History view={props.view} locale={props.locale} />
      </Card>
    </Stack>
  )
}

/** Which form was refused shows in the address that it was sent to. */
function attemptsOf(visit: OfficeVisit, attempt: Attempt): Readonly<Record<FormName, Attempt>> {
  const end = visit.c.req.path.slice(paths.request(visit.office.slug, visit.param('ticket')).length)
  const ends: Readonly<Record<FormName, RegExp>> = {
    step: /^\/langkah\//,
    allowance: /^\/izin-perubahan/,
    refuse: /^\/tolak/,
    waive: /^\/kecualikan/,
    withdraw: /^\/tarik/,
    appeal: /^\/keberatan/,
    message: /^\/pesan/,
    upload: /^\/berkas$/,
    release: /^\/berkas\/[^/]+\/bebaskan$/,
    hold: /^\/ambil/,
    left: /^\/narahubung-pergi/,
  }
  return Object.fromEntries(
    forms.map((form) => [form, ends[form].test(end) ? attempt : noAttempt]),
  ) as Record<FormName, Attempt>
}
