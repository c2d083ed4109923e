import type { Child } from 'hono/jsx'
import type { FieldIssue } from '../../../domain/refused.ts'
import { needsRecords } from '../../../domain/sop/kinds.ts'
import { requestFormTexts as texts, stageTexts } from '../../../domain/text/request-form.ts'
import { paths, withQuery } from '../../paths.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Card, DefinitionList, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { contactFacts, documentFacts, findingsOf, letterFacts, subjectFacts, systemFacts } from './facts.tsx'
import { RecordList } from './record-stage.tsx'
import type { StageProps } from './stage-fields.tsx'
import type { Stage } from './stages.ts'
import { stageOfField, withLabel } from './stages.ts'

/** The whole application before it is sent: what is there, what is missing, and where to complete it. */
export function ReviewStage(props: StageProps & { issues: readonly FieldIssue[] }) {
  const { view, locale, office, issues } = props
  const begun = view.row.form.system !== undefined
  const findings = findingsOf(view).filter((finding) => !finding.field.startsWith('contacts.'))
  return (
    <>
      <Part {...props} stage="subjek">
        <DefinitionList facts={subjectFacts(view, locale)} />
      </Part>
      {needsRecords(view.kind.fulfilment) && (
        <Part {...props} stage="record">
          <RecordList rows={view.row.form.records ?? []} locale={locale} />
        </Part>
      )}
      <Part {...props} stage="surat">
        <DefinitionList facts={[...letterFacts(view, locale), ...documentFacts(view, locale, office)]} />
      </Part>
      <Part {...props} stage="kontak">
        <DefinitionList facts={contactFacts(view, locale)} />
      </Part>
      <Part {...props} stage="sistem">
        {begun && <DefinitionList facts={systemFacts(view, locale)} />}
        {!begun && <p class="muted">{texts.systemEmpty[locale]}</p>}
        {begun && findings.length > 0 && (
          <Alert tone="info" locale={locale} title={texts.findings[locale]}>
            <p>{texts.findingsLead[locale]}</p>
            <ul>
              {findings.map((finding) => (
                <li>{finding.text[locale]}</li>
              ))}
            </ul>
          </Alert>
        )}
      </Part>
      <Card>
        <Form action={paths.requestSubmit(office, view.row.ticket)}>
          <input
            type="hidden"
            name="visit"
            value={view.row.phase === 'draft' ? '' : String(view.row.visit)}
          />
          <p class="muted">{texts.sendNote[locale]}</p>
          <ButtonRow>
            <Button icon="mail">{(view.row.phase === 'draft' ? texts.send : texts.resend)[locale]}</Button>
            <Button
              kind="link"
              href={withQuery(paths.requestForm(office, view.row.ticket), { tahap: 'sistem' })}
            >
              {texts.previous[locale]}
            </Button>
          </ButtonRow>
          {issues.length > 0 && <p class="hint">{texts.incomplete(issues.length)[locale]}.</p>}
        </Form>
      </Card>
    </>
  )
}

function Part(
  props: StageProps & { stage: Exclude<Stage, 'periksa'>; issues: readonly FieldIssue[]; children?: Child },
) {
  const { stage, view, locale, office } = props
  const own = props.issues.filter((issue) => stageOfField(issue.field) === stage)
  return (
    <Card
      title={stageTexts[stage][locale]}
      actions={
        <span class="card-actions">
          <PartPill {...props} open={own.length} />
          <Button
            kind="link"
            small
            href={withQuery(paths.requestForm(office, view.row.ticket), { tahap: stage })}
          >
            {texts.edit[locale]}
            <span class="sr-only">: {stageTexts[stage][locale]}</span>
          </Button>
        </span>
      }
    >
      <Stack small>
        {own.length > 0 && (
          <ul class="issues small">
            {own.map((issue) => (
              <li>
                <a
                  href={`${withQuery(paths.requestForm(office, view.row.ticket), { tahap: stage })}#f-${issue.field}`}
                >
                  {withLabel(issue).text[locale]}
                </a>
              </li>
            ))}
          </ul>
        )}
        {props.children}
      </Stack>
    </Card>
  )
}

function PartPill({ stage, view, locale, open }: StageProps & { stage: Stage; open: number }) {
  if (stage === 'sistem' && view.row.form.system === undefined)
    return <StatusPill text={texts.notFilled[locale]} />
  return open === 0 ? (
    <StatusPill tone="success" icon="check" text={texts.complete[locale]} />
  ) : (
    <StatusPill tone="warning" icon="alert" text={texts.incomplete(open)[locale]} />
  )
}
