import type { Child } from 'hono/jsx'
import type { Locale, Text } from '../../../domain/refused.ts'
import { groundCodes, groundTexts } from '../../../domain/requests/grounds.ts'
import { checklistOf } from '../../../domain/requests/step-forms.ts'
import { activities } from '../../../domain/sop/activities.ts'
import type { SopRequirement, SopStep } from '../../../domain/sop/document.ts'
import { fingerprintOf } from '../../../domain/fulfilment/plan.ts'
import { kindOf } from '../../../domain/sop/graph.ts'
import { needsRecords } from '../../../domain/sop/kinds.ts'
import { stepPageTexts as texts } from '../../../domain/text/request-page.ts'
import type { PlanPreview } from '../../../lookups/preview-plan.ts'
import { paths } from '../../paths.ts'
import type { Case } from '../../requests/open-case.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { ChecklistTable, Disclosure } from '../../ui/case.tsx'
import { Checkbox, Fieldset, Form, RadioGroup, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { findingsOf } from './facts.tsx'
import { PlanPart } from './plan-part.tsx'
import { OfficeFields } from './sop-fields.tsx'
import { groundRows } from './step-input.ts'
import { computedFacts } from './system-stage.tsx'
import { DefinitionList, Stack } from '../../ui/page.tsx'
import { pseRecordOf } from '../../../domain/requests/pse-record.ts'

export type StepFormProps = {
  readonly view: Case
  readonly step: SopStep
  readonly attempt: Attempt
  readonly locale: Locale
  readonly office: string
  /** Where the step provides the service: what that would change. */
  readonly plan: PlanPreview | null
}

/** The form with which the current step is finished: its activity's own, the office's fields, the decision. */
export function StepForm(props: StepFormProps) {
  const { view, step, attempt, locale, office } = props
  return (
    <Form action={paths.requestStep(office, view.row.ticket, String(view.row.visit))} guard>
      <ActivityFields {...props} />
      {step.form.length > 0 && (
        <Fieldset legend={texts.extra[locale]}>
          <OfficeFields fields={step.form} attempt={attempt} values={{}} locale={locale} />
        </Fieldset>
      )}
      {step.decision && <DecisionFields {...props} />}
      <ButtonRow>
        <Button icon="check">
          {(activities[step.activity].effect === 'provision' ? texts.run : texts.finish)[locale]}
        </Button>
      </ButtonRow>
    </Form>
  )
}

const field = ({ attempt, locale }: StepFormProps, name: string, label: Text, required = false) => ({
  locale,
  name,
  label: label[locale],
  required,
  value: attempt.value(name),
  error: attempt.error(name),
})

function Note(props: StepFormProps) {
  return <TextArea {...field(props, 'note', texts.note)} hint={texts.noteHint[props.locale]} rows={2} />
}

function ActivityFields(props: StepFormProps): Child {
  const { step, locale } = props
  switch (activities[step.activity].form) {
    case 'incoming-letter':
      return (
        <>
          <TextInput
            {...field(props, 'receivedOn', texts.receivedOn)}
            hint={texts.receivedHint[locale]}
            type="date"
            width="short"
          />
          <Note {...props} />
        </>
      )
    case 'disposition':
      return (
        <>
          <TextArea
            {...field(props, 'instruction', texts.instruction, true)}
            hint={texts.instructionHint[locale]}
            rows={3}
          />
          <Note {...props} />
        </>
      )
    case 'coordination':
      return (
        <>
          <TextInput {...field(props, 'with', texts.with)} />
          <TextArea {...field(props, 'conclusion', texts.conclusion, true)} rows={3} />
        </>
      )
    case 'checklist':
      return <ChecklistFields {...props} />
    case 'pse-findings':
      return (
        <>
          <Findings {...props} />
          <TextArea {...field(props, 'conclusion', texts.conclusion, true)} rows={3} />
        </>
      )
    case 'plan':
      return <PlanFields {...props} />
    case 'reply':
      return (
        <>
          <TextArea
            {...field(props, 'replyBody', texts.replyBody)}
            hint={texts.replyBodyHint[locale]}
            rows={3}
          />
          <Note {...props} />
        </>
      )
    case 'hand-over':
      return (
        <>
          <p class="muted">{texts.handOver[locale]}</p>
          <Note {...props} />
        </>
      )
    case 'application':
    case 'decision':
    case 'delivery':
    case 'note':
      return <Note {...props} />
  }
}

function ChecklistFields(props: StepFormProps) {
  const { view, step, attempt, locale } = props
  return (
    <>
      <ChecklistTable
        locale={locale}
        verdicts={(['complete', 'incomplete', 'waived', 'later'] as const)
          .filter((verdict) => verdictOffered(view, step, verdict))
          .map((verdict) => ({ value: verdict, label: texts.verdicts[verdict][locale] }))}
        items={checklistOf(view.sop, step).map((line, index) => ({
          key: String(index),
          label: line.requirement?.text ?? line.item,
          verdict: attempt.value(`items.${index}.verdict`),
          remark: attempt.value(`items.${index}.remark`),
          error: attempt.error(`items.${index}`),
        }))}
      />
      <Note {...props} />
    </>
  )
}

/** Waiving and deferring are offered only where the SOP allows them for some item. */
function verdictOffered(view: Case, step: SopStep, verdict: 'complete' | 'incomplete' | 'waived' | 'later') {
  const some = (test: (requirement: SopRequirement) => boolean): boolean =>
    checklistOf(view.sop, step).some((line) => line.requirement !== null && test(line.requirement))
  if (verdict === 'waived') return some((each) => each.waivable || each.need === 'optional')
  if (verdict === 'later') return some((each) => each.need === 'later')
  return true
}

const findingTones = { missing: 'warning', inconsistent: 'danger', notice: 'info' } as const

function Findings({ view, locale }: StepFormProps) {
  const findings = findingsOf(view)
  const { data } = pseRecordOf(view.row.form, view.agency.name)
  return (
    <>
      <DefinitionList facts={computedFacts(data, locale)} />
      {findings.length === 0 ? (
        <Alert tone="success" locale={locale}>
          {texts.findingsNone[locale]}
        </Alert>
      ) : (
        <section aria-label={texts.findings[locale]}>
          <p class="label">
            {texts.findings[locale]} ({findings.length})
          </p>
          <ul class="plan">
            {findings.map((finding) => (
              <li>
                <StatusPill
                  tone={findingTones[finding.severity]}
                  text={texts.severities[finding.severity][locale]}
                />
                <div>{finding.text[locale]}</div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function PlanFields(props: StepFormProps) {
  const { view, plan, attempt, locale } = props
  const byHand = view.row.fulfilment === 'manual'
  return (
    <>
      {plan && <PlanPart preview={plan} fulfilment={view.kind.fulfilment} locale={locale} />}
      {plan?.kind === 'plan' && needsRecords(view.kind.fulfilment) && (
        <input type="hidden" name="plan" value={fingerprintOf(plan.plan)} />
      )}
      {byHand && <TextArea {...field(props, 'done', texts.done)} hint={texts.doneHint[locale]} rows={3} />}
      <Checkbox
        locale={locale}
        name="confirmed"
        label={texts.confirmed[locale]}
        required
        checked={attempt.value('confirmed') === 'yes'}
        error={attempt.error('confirmed')}
      />
    </>
  )
}

function DecisionFields(props: StepFormProps) {
  const { view, step, locale } = props
  const outcomes = step.decision!.outcomes
  const kinds = outcomes.map((outcome) => kindOf(view.sop, step, outcome))
  return (
    <>
      <RadioGroup
        {...field(
          props,
          'outcome',
          {
            id: step.decision?.question ?? texts.outcome.id,
            en: step.decision?.question ?? texts.outcome.en,
          },
          true,
        )}
        options={outcomes.map((outcome, index) => ({
          value: outcome.id,
          label: outcome.label,
          hint: texts.outcomeKinds[kinds[index]!][locale],
        }))}
      />
      {kinds.some((kind) => kind !== 'continue') && (
        <GroundFields
          attempt={props.attempt}
          locale={locale}
          beside={activities[step.activity].form === 'checklist'}
        />
      )}
    </>
  )
}

/** Coded grounds, each with what exactly is meant. */
export function GroundFields(props: { attempt: Attempt; locale: Locale; prefix?: string; beside?: boolean }) {
  const { attempt, locale, prefix = 'ground', beside = false } = props
  const options = groundCodes.map((code) => ({ value: code, label: groundTexts[code][locale] }))
  return (
    <Fieldset legend={texts.grounds[locale]} hint={(beside ? texts.groundsItems : texts.groundsHint)[locale]}>
      {groundRows.map((no) => (
        <GroundRow
          no={no}
          isFirst={no === 1 && !beside}
          isOpen={
            Boolean(attempt.error(`${prefix}.${no}.code`)) || Boolean(attempt.value(`${prefix}.${no}.text`))
          }
          locale={locale}
        >
          <Select
            locale={locale}
            name={`${prefix}.${no}.code`}
            label={texts.groundCode(no)[locale]}
            options={options}
            value={attempt.value(`${prefix}.${no}.code`)}
            error={attempt.error(`${prefix}.${no}.code`)}
          />
          <TextArea
            locale={locale}
            name={`${prefix}.${no}.text`}
            label={texts.groundText(no)[locale]}
            rows={2}
            value={attempt.value(`${prefix}.${no}.text`)}
            error={attempt.error(`${prefix}.${no}.text`)}
          />
        </GroundRow>
      ))}
    </Fieldset>
  )
}

/** The first ground stands open; further ones open on demand. */
function GroundRow(props: {
  no: number
  isFirst: boolean
  isOpen: boolean
  locale: Locale
  children?: Child
}) {
  if (props.isFirst) return <Stack small>{props.children}</Stack>
  return (
    <Disclosure label={texts.groundMore(props.no)[props.locale]} open={props.isOpen}>
      <Stack small>{props.children}</Stack>
    </Disclosure>
  )
}
