import * as z from 'zod'
import { attachDocument } from '../../../actions/requests/attach-document.ts'
import { saveDraft } from '../../../actions/requests/save-draft.ts'
import { submitRequest } from '../../../actions/requests/submit-request.ts'
import type { FieldIssue, Locale } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import { accessTexts } from '../../../domain/text/access.ts'
import { applicationTexts } from '../../../domain/text/application.ts'
import { requestFormTexts as texts, stageTexts } from '../../../domain/text/request-form.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import { readContacts } from '../../contacts.ts'
import { objectionLinks } from '../../links.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { refusalOf } from '../../problems.ts'
import { maxUploadBytes, pdfUpload } from '../../requests/intake.ts'
import { openCase } from '../../requests/open-case.ts'
import type { Case } from '../../requests/open-case.ts'
import { readOptions } from '../../requests/options.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import type { FormIssue } from '../../ui/form.tsx'
import { Form, FormErrorSummary, RequiredNote } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { Stepper } from '../../ui/status.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'
import { ReviewStage } from './review-stage.tsx'
import type { StageProps } from './stage-fields.tsx'
import { ContactsStage, LetterStage, SubjectStage } from './stage-fields.tsx'
import type { Stage } from './stages.ts'
import {
  kindFieldsOf,
  mergeStage,
  openIssues,
  requestedDocuments,
  stageOf,
  stageOfField,
  stagesOf,
  withLabel,
} from './stages.ts'
import { emptyRows } from './record-rows.ts'
import type { RecordTable } from './record-stage.tsx'
import { RecordStage } from './record-stage.tsx'
import { SystemStage } from './system-stage.tsx'

/** Documents that one stage takes at once. */
const maxFiles = 4

/** The guided form: one stage at a time, saved as a draft whenever it is sent. */
export function registerFormPage(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.requestForm,
    title: texts.formTitle,
    show: showForm,
    submit: saveStage,
    maxBytes: maxFiles * maxUploadBytes,
  })
  pageForm(portal, page, { path: patterns.requestSubmit, submit: send })
}

async function editableCase(visit: OfficeVisit): Promise<Case> {
  const view = await openCase(visit.deps, visit.member, visit.office.timezone, visit.param('ticket'))
  if (view.verbs.includes('save')) return view
  const decided = view.row.phase === 'running' && view.applies
  throw decided
    ? new Refused('not-editable', applicationTexts.notEditable, { status: 409 })
    : new Refused('not-allowed', accessTexts.notAllowed, { status: 403 })
}

const isSending = (visit: OfficeVisit): boolean =>
  visit.c.req.path === paths.requestSubmit(visit.office.slug, visit.param('ticket'))

const currentStage = (visit: OfficeVisit): Stage =>
  isSending(visit) ? 'periksa' : stageOf(visit.query('tahap'))

async function showForm(visit: OfficeVisit, attempt: Attempt): Promise<View> {
  const view = await editableCase(visit)
  // its fields hold them: another operator than the one who wrote the application down reads them here
  await readContacts(visit.deps, visit.member, view.contacts)
  const options = await readOptions(visit.deps, visit.member, view.row.at_counter)
  const { locale, say, office } = visit
  const stage = currentStage(visit)
  const title = say(view.row.phase === 'draft' ? texts.formTitle : texts.correctTitle)
  const issues = openIssues(view, options)
  const props: StageProps = { view, options, attempt, locale, office: office.slug }
  return {
    title: `${title}: ${say(stageTexts[stage])}`,
    crumbs: [
      { label: say(requestPageTexts.list), href: paths.requests(office.slug) },
      { label: view.row.ticket, href: paths.request(office.slug, view.row.ticket) },
      { label: say(stageTexts[stage]) },
    ],
    body: (
      <>
        <PageHeader
          over={`${view.row.ticket} · ${say(view.kind.label)}`}
          title={say(stageTexts[stage])}
          lead={view.agency.name}
        />
        <Stepper locale={locale} steps={stepperOf(visit, view, stage, issues)} />
        <Stack>
          <FormErrorSummary
            locale={locale}
            issues={attempt.issues.map((issue) => summaryIssue(issue, locale))}
            lead={attempt.lead ?? leadOf(attempt, visit)}
          />
          {stage === 'periksa' ? (
            <ReviewStage {...props} issues={issues} />
          ) : (
            <StageForm {...props} stage={stage} table={await tableOf(visit, view)} />
          )}
        </Stack>
      </>
    ),
  }
}

/** In the summary a sentence stands apart from its field, so it names the field. */
function summaryIssue(issue: FormIssue, locale: Locale): FormIssue {
  return {
    field: issue.field,
    text: withLabel({ field: issue.field, text: { id: issue.text, en: issue.text } }).text[locale],
  }
}

const leadOf = (attempt: Attempt, visit: OfficeVisit): string | undefined =>
  attempt.issues.length > 0 ? visit.say(texts.savedIncomplete) : undefined

function stepperOf(visit: OfficeVisit, view: Case, current: Stage, issues: readonly FieldIssue[]) {
  return stagesOf(view).map((stage) => {
    const open = issues.some((issue) => stageOfField(issue.field) === stage)
    const begun = stage !== 'sistem' || view.row.form.system !== undefined
    const done = stage !== 'periksa' && !open && begun
    return {
      label: visit.say(stageTexts[stage]),
      state: stage === current ? ('current' as const) : done ? ('done' as const) : ('todo' as const),
      href: stage === current ? undefined : stageHref(visit, stage),
    }
  })
}

const stageHref = (visit: OfficeVisit, stage: Stage, baris?: string): string =>
  withQuery(paths.requestForm(visit.office.slug, visit.param('ticket')), { tahap: stage, baris })

/** What the table of records starts from; the live zone is asked only while the draft has no table. */
async function tableOf(visit: OfficeVisit, view: Case): Promise<RecordTable> {
  const asked = Number(visit.query('baris'))
  const empty = Number.isInteger(asked)
    ? Math.min(Math.max(asked, emptyRows.first), emptyRows.most)
    : emptyRows.first
  const isNeeded = currentStage(visit) === 'record' && view.service && !view.row.form.records
  if (!isNeeded) return { found: null, empty }
  const question = { officeId: visit.member.officeId, serviceId: view.service.id }
  return { found: (await visit.deps.lookups.ownRecords(question)) ?? null, empty }
}

function StageForm(props: StageProps & { stage: Exclude<Stage, 'periksa'>; table: RecordTable }) {
  const { stage, locale, office, view } = props
  const action = withQuery(paths.requestForm(office, view.row.ticket), {
    tahap: stage,
    baris: stage === 'record' ? String(props.table.empty) : undefined,
  })
  const all = stagesOf(view)
  const before = all[all.indexOf(stage) - 1]
  return (
    <Card>
      <Form action={action} files={stage === 'surat'} guard>
        {stage !== 'record' && <RequiredNote locale={locale} />}
        {stage === 'subjek' && <SubjectStage {...props} />}
        {stage === 'record' && <RecordStage {...props} table={props.table} />}
        {stage === 'surat' && <LetterStage {...props} />}
        {stage === 'kontak' && <ContactsStage {...props} />}
        {stage === 'sistem' && <SystemStage {...props} />}
        <ButtonRow>
          <Button name="lanjut" value="ya">
            {texts.saveNext[locale]}
          </Button>
          <Button kind="secondary" name="simpan" value="ya">
            {(stage === 'sistem' ? texts.compute : texts.saveDraft)[locale]}
          </Button>
          {before && (
            <Button
              kind="link"
              href={withQuery(paths.requestForm(office, view.row.ticket), { tahap: before })}
            >
              {texts.previous[locale]}
            </Button>
          )}
        </ButtonRow>
      </Form>
    </Card>
  )
}

/** Saves what one stage sent; what is wrong with it is told after it is safe. */
async function saveStage(visit: OfficeVisit, form: FormValues): Promise<string> {
  const view = await editableCase(visit)
  const stage = currentStage(visit)
  const ticket = visit.param('ticket')
  const serviceId = chosenId(form, 'serviceId') ?? view.row.service_id
  // Another service has other records: its table starts anew.
  const draft = serviceId === view.row.service_id ? view.row.form : { ...view.row.form, records: undefined }
  await saveDraft(visit.deps, visit.member, ticket, {
    zoneId: chosenId(form, 'zoneId') ?? view.row.zone_id,
    serviceId,
    application: mergeStage(draft, stage, kindFieldsOf(view), form),
  })
  if (stage === 'surat') await attachAll(visit, view, form)
  if (form.text('tambah') !== '') {
    const shown = Number(visit.query('baris')) || emptyRows.first
    return stageHref(visit, stage, String(shown + emptyRows.more))
  }
  if (form.text('lanjut') === '') {
    await visit.flash('success', texts.saved)
    return stageHref(visit, stage)
  }
  const issues = await issuesOfStage(visit, stage)
  if (issues.length > 0) throw new Refused('stage-incomplete', texts.savedIncomplete, { issues })
  const all = stagesOf(view)
  return stageHref(visit, all[all.indexOf(stage) + 1] ?? 'periksa')
}

/** An identifier out of a select; anything else counts as not chosen. */
const chosenId = (form: FormValues, name: string): string | undefined => {
  const value = form.text(name)
  return z.uuid().safeParse(value).success ? value : undefined
}

async function issuesOfStage(visit: OfficeVisit, stage: Stage): Promise<readonly FieldIssue[]> {
  const view = await editableCase(visit)
  const options = await readOptions(visit.deps, visit.member, view.row.at_counter)
  const issues = openIssues(view, options).filter((issue) => stageOfField(issue.field) === stage)
  const { label } = view.row.form
  if (stage !== 'subjek' || !view.zone || !label || issues.some((issue) => issue.field === 'label'))
    return issues
  const answer = await visit.deps.lookups.checkName({
    officeId: visit.member.officeId,
    zone: view.zone.id,
    label,
    ticket: view.row.ticket,
  })
  const bad = answer.verdict === 'taken' || answer.verdict === 'in-zone'
  return bad ? [...issues, { field: 'label', text: answer.text }] : issues
}

/** Takes every file that was chosen; the first that cannot be taken is named at its field. */
async function attachAll(visit: OfficeVisit, view: Case, form: FormValues): Promise<void> {
  const issues: FieldIssue[] = []
  for (const { document } of requestedDocuments(view)) {
    const field = `file.${document}`
    const file = form.file(field)
    if (!file) continue
    try {
      const bytes = Buffer.from(await file.arrayBuffer())
      await attachDocument(visit.deps, visit.member, view.row.ticket, pdfUpload(document, file.name, bytes))
    } catch (error) {
      const refused = refusalOf(error)
      if (!refused) throw error
      issues.push({ field, text: refused.text })
    }
  }
  if (issues.length > 0) throw new Refused('documents-refused', texts.savedIncomplete, { issues })
}

async function send(visit: OfficeVisit, form: FormValues): Promise<string> {
  const ticket = visit.param('ticket')
  const seen = Number(form.text('visit'))
  const visitNo = form.text('visit') !== '' && Number.isInteger(seen) ? seen : undefined
  await submitRequest(visit.deps, visit.member, ticket, {
    visit: visitNo,
    objectionLinks: objectionLinks(visit.deps),
  })
  await visit.flash('success', texts.sent)
  return paths.request(visit.office.slug, ticket)
}
