import { formatDate, formatInstant } from '../../../domain/dates/indonesian.ts'
import { isLocalDate } from '../../../domain/dates/zones.ts'
import { spanText } from '../../../domain/text/calendar.ts'
import { describeStandardTime } from '../../../domain/sop/standard-time.ts'
import { activityTitle } from '../../../domain/sop/activities.ts'
import type { Evidence } from '../../../domain/fulfilment/plan.ts'
import { handWorkOf } from '../../../domain/fulfilment/hand-work.ts'
import type { ServicePlan } from '../../../domain/fulfilment/plan.ts'
import type { Text } from '../../../domain/refused.ts'
import { caseFileText } from '../../../domain/text/case-file.ts'
import { dispositionText } from '../../../domain/text/disposition.ts'
import { taskSheetTexts } from '../../../domain/text/manual.ts'
import { letterTexts } from '../../../domain/text/oversight.ts'
import { signPageTexts } from '../../../domain/text/signing.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Disclosure, FileLink, MessageThread } from '../../ui/case.tsx'
import { FileInput, Form, Select, TextArea } from '../../ui/form.tsx'
import { Card, DefinitionList, Section, Stack } from '../../ui/page.tsx'
import { Alert, LiveProgress, StatusPill, TimeMeter } from '../../ui/status.tsx'
import { CertificateLines } from '../services/certificates.tsx'
import { contactFacts, letterFacts, subjectFacts, systemFacts } from './facts.tsx'
import { documentTitle } from '../../requests/history-words.ts'
import { DestroyedFile, DocumentFile } from './document-file.tsx'
import { ReleaseFile } from './release-file.tsx'
import { evidenceFacts, PlanLines } from './plan-part.tsx'
import { liveSteps } from './progress.tsx'
import { RecordList } from './record-stage.tsx'
import type { RequestPageProps } from './page-props.ts'
import { ShowContacts } from '../show-contacts.tsx'
import { TaskSheet } from './task-sheet.tsx'
import { FieldMark } from './sop-flow.tsx'
import { documentMeta } from './stage-fields.tsx'
import { dispositionsOf } from '../../../domain/requests/dispositions.ts'
import { isDesk } from '../../requests/lists.ts'

/** The current step beside the page: who, since when, how much time is left. */
export function StepCard({ view, locale }: RequestPageProps) {
  const { step, time, row, names, zoneOfTime } = view
  if (!step) return null
  const actor = view.sop.actors.find((each) => each.id === step.actor)?.title ?? step.actor
  const hasTime = step.standardTime !== 'not set'
  const waits = row.turn === 'applicant' || row.turn === 'outside'
  return (
    <Card title={texts.currentStep[locale]}>
      <Stack small>
        <p>
          <strong>
            {step.no}. {activityTitle(step.activity, view.kind.fulfilment)[locale]}
          </strong>{' '}
          <FieldMark view={view} field={`steps.${step.no}`} locale={locale} />
        </p>
        <DefinitionList
          facts={[
            { term: texts.actor[locale], value: actor },
            ...(row.stage === 'acting'
              ? [
                  {
                    term: texts.holder[locale],
                    value: row.holder ? (names.get(row.holder) ?? '') : texts.nobodyHolds[locale],
                  },
                ]
              : []),
            ...(row.step_since
              ? [{ term: texts.since[locale], value: formatInstant(row.step_since, zoneOfTime, locale) }]
              : []),
            ...(row.due_at
              ? [{ term: texts.dueBy[locale], value: formatInstant(row.due_at, zoneOfTime, locale) }]
              : []),
          ]}
        />
        {time && (
          <TimeMeter
            locale={locale}
            share={time.percent === null ? undefined : waits ? 0 : time.percent / 100}
            used={waits ? undefined : spanText(time.workedMs)[locale]}
            standard={hasTime ? describeStandardTime(step.standardTime, locale) : undefined}
            paused={waits || time.state === 'paused'}
          />
        )}
      </Stack>
    </Card>
  )
}

/** What was applied for, with everything behind it on demand. */
export function SummaryCard({ view, locale, office }: RequestPageProps) {
  const system = systemFacts(view, locale)
  return (
    <Card title={texts.summary[locale]} id="kontak">
      <Stack small>
        <DefinitionList facts={[...subjectFacts(view, locale), ...letterFacts(view, locale)]} />
        {view.row.form.records && <RecordList rows={view.row.form.records} locale={locale} />}
        <Disclosure label={texts.contacts[locale]} open={view.contacts.open && !!view.contacts.note}>
          <DefinitionList facts={contactFacts(view, locale)} />
          {!view.contacts.open && (
            <ShowContacts action={paths.requestContacts(office, view.row.ticket)} locale={locale} />
          )}
        </Disclosure>
        <Disclosure label={texts.system[locale]}>
          <DefinitionList facts={system} />
        </Disclosure>
      </Stack>
    </Card>
  )
}

export function DocumentsCard(props: RequestPageProps) {
  const { view, locale, office, attempts } = props
  const { row, documents } = view
  const letterFiles = new Set(view.letters.map((letter) => letter.document_id))
  const own = documents.filter((document) => !letterFiles.has(document.id))
  const seen = new Set<string>()
  return (
    <Card title={texts.documents[locale]}>
      {own.length === 0 && <p class="muted">{texts.documentsNone[locale]}</p>}
      {own.map((document) => {
        const replaced = document.kind !== 'attachment' && seen.has(document.kind)
        seen.add(document.kind)
        return (
          <DocumentFile
            document={document}
            href={paths.requestDocument(office, row.ticket, document.id)}
            name={documentTitle(view, document.kind, locale)}
            meta={`${document.filename} · ${documentMeta(view, document, locale)}`}
            aside={replaced ? <StatusPill text={texts.replaced[locale]} /> : undefined}
            locale={locale}
          >
            <ReleaseFile {...props} document={document} />
          </DocumentFile>
        )
      })}
      {isDesk(view.member) && dispositionsOf(view.sop, view.events).length > 0 && (
        <FileLink
          href={paths.requestDisposition(office, row.ticket)}
          name={dispositionText.link[locale]}
          meta={dispositionText.linkHint[locale]}
        />
      )}
      {row.phase !== 'draft' && (
        <Form action={paths.requestCaseFile(office, row.ticket)} plain>
          <Button kind="secondary" small icon="document">
            {caseFileText.make[locale]}
          </Button>
          <p class="hint">{caseFileText.makeHint[locale]}</p>
        </Form>
      )}
      {view.verbs.includes('attach') && row.phase === 'running' && (
        <Disclosure label={texts.upload[locale]} open={attempts.upload.sent || view.missing.length > 0}>
          <Form action={paths.requestDocuments(office, row.ticket)} files>
            <Select
              locale={locale}
              name="kind"
              label={texts.uploadKind[locale]}
              options={uploadKinds(view).map((kind) => ({
                value: kind,
                label: documentTitle(view, kind, locale),
              }))}
              value={attempts.upload.value('kind', view.missing[0]?.document ?? 'attachment')}
              error={attempts.upload.error('kind')}
            />
            <FileInput
              locale={locale}
              name="file"
              label={texts.uploadFile[locale]}
              accept="application/pdf,.pdf"
              required
              error={attempts.upload.error('file')}
            />
            <ButtonRow>
              <Button kind="secondary" icon="upload">
                {texts.uploadSend[locale]}
              </Button>
            </ButtonRow>
          </Form>
        </Disclosure>
      )}
    </Card>
  )
}

function uploadKinds({ sop }: RequestPageProps['view']): string[] {
  const named = sop.steps.flatMap((step) => step.requirements.flatMap((each) => each.document ?? []))
  return [...new Set([...named, 'attachment'])]
}

const letterState = (status: string): Text =>
  status === 'voided'
    ? letterTexts.voided
    : status === 'awaiting'
      ? signPageTexts.awaiting
      : texts.lettersPending

export function LettersCard({ view, locale, office }: RequestPageProps) {
  if (view.letters.length === 0) return null
  const kinds: Readonly<Record<string, { id: string; en: string }>> = texts.letterKinds
  return (
    <Card title={texts.letters[locale]}>
      {view.letters.map((letter) => {
        const dated = isLocalDate(letter.dated) ? formatDate(letter.dated, locale) : letter.dated
        const title = `${kinds[letter.kind]?.[locale] ?? letter.kind} ${letter.number}`
        const gone = view.documents.find(({ id }) => id === letter.document_id)?.destroyed
        if (gone) return <DestroyedFile name={title} locale={locale} {...gone} />
        return letter.document_id ? (
          <FileLink
            href={paths.requestDocument(office, view.row.ticket, letter.document_id)}
            name={title}
            meta={dated}
            aside={<a href={paths.verifyLetter(letter.verification_code)}>{letter.verification_code}</a>}
          />
        ) : (
          <p>
            {title} <span class="muted">({letterState(letter.status)[locale]})</span>
          </p>
        )
      })}
    </Card>
  )
}

/** The service that the request made or changed, and where its credentials are handed over. */
export function ServiceCard({ view, locale, office }: RequestPageProps) {
  const { service, reveals } = view
  if (!service) return null
  const ready = reveals.find((each) => each.status === 'ready')
  return (
    <Card title={texts.service[locale]}>
      <p>
        <a class="mono" href={paths.service(office, service.id)}>
          {service.fqdn}
        </a>
      </p>
      {service.registered_until && (
        <p class="muted small">
          {
            texts.registeredUntil({
              id: formatDate(service.registered_until, 'id'),
              en: formatDate(service.registered_until, 'en'),
            })[locale]
          }
        </p>
      )}
      {ready && (
        <Alert tone="info" locale={locale}>
          <p>{texts.revealReady[locale]}</p>
          {view.applies && <a href={paths.reveal(ready.id)}>{texts.revealOpen[locale]}</a>}
        </Alert>
      )}
    </Card>
  )
}

/** The work that the system does right now, live; why it could not finish yet; and what it did. */
export function WorkCard({ view, locale, office }: RequestPageProps) {
  const { row, provisioning } = view
  if (row.stage !== 'working' && !provisioning && !row.trouble) return null
  const evidence = provisioning?.evidence as Evidence | null | undefined
  const isMaking = provisioning?.status === 'planned' && row.stage === 'working'
  const tasks = isMaking ? handWorkOf(provisioning.plan as ServicePlan) : []
  return (
    <Card title={texts.progress[locale]} id="pengerjaan">
      <Stack small>
        {row.trouble && (
          <Alert
            tone={tasks.length > 0 ? 'warning' : 'danger'}
            locale={locale}
            title={(tasks.length > 0 ? taskSheetTexts.waitingTitle : texts.trouble)[locale]}
          >
            <p>{row.trouble.text[locale]}</p>
            {tasks.length === 0 && row.stage === 'working' && <p>{texts.troubleNext[locale]}</p>}
          </Alert>
        )}
        {row.stage === 'working' && (
          <>
            <LiveProgress
              locale={locale}
              steps={liveSteps(view, locale)}
              status={texts.progressStatus[locale]}
              events={paths.requestProgress(office, row.ticket)}
            />
            <noscript>
              <Button href={paths.request(office, row.ticket)} kind="secondary" small>
                {texts.reload[locale]}
              </Button>
            </noscript>
          </>
        )}
        {tasks.length > 0 && <TaskSheet tasks={tasks} locale={locale} />}
        {view.verbs.includes('check-now') && (
          <Form action={paths.requestCheck(office, row.ticket)}>
            <ButtonRow>
              <Button icon="search">{taskSheetTexts.checkNow[locale]}</Button>
            </ButtonRow>
          </Form>
        )}
        {provisioning && (
          <Disclosure label={texts.plan[locale]} open={row.stage === 'working' && tasks.length === 0}>
            <PlanLines
              plan={provisioning.plan as ServicePlan}
              fulfilment={view.kind.fulfilment}
              locale={locale}
            />
          </Disclosure>
        )}
        {evidence && (
          <>
            <p class="label">{texts.evidence[locale]}</p>
            <DefinitionList facts={evidenceFacts(evidence)} />
            <CertificateLines
              locale={locale}
              zone={view.zoneOfTime}
              certificates={view.service?.certificates ?? []}
            />
          </>
        )}
      </Stack>
    </Card>
  )
}

export function MessagesSection({ view, attempts, locale, office }: RequestPageProps) {
  const { messages, names, member, zoneOfTime } = view
  const writes = view.verbs.includes('message')
  if (messages.length === 0 && !writes) return null
  return (
    <Section title={texts.messages[locale]} lead={texts.messagesLead[locale]} id="pesan">
      <Stack>
        {messages.length === 0 ? (
          <p class="muted">{texts.messagesNone[locale]}</p>
        ) : (
          <MessageThread
            locale={locale}
            label={texts.messages[locale]}
            messages={messages.map((message) => ({
              from: names.get(message.author_id) ?? '',
              role: (message.side === 'applicant' ? texts.sideApplicant : texts.sideOffice)[locale],
              at: message.at.toISOString(),
              time: formatInstant(message.at, zoneOfTime, locale),
              text: message.body,
              mine: message.author_id === member.personId,
            }))}
          />
        )}
        {writes && (
          <Form action={paths.requestMessages(office, view.row.ticket)} guard>
            <TextArea
              locale={locale}
              name="body"
              label={texts.messageBody[locale]}
              rows={3}
              maxlength={4000}
              value={attempts.message.value('body')}
              error={attempts.message.error('body')}
            />
            <ButtonRow>
              <Button kind="secondary" icon="message">
                {texts.messageSend[locale]}
              </Button>
            </ButtonRow>
          </Form>
        )}
      </Stack>
    </Section>
  )
}
