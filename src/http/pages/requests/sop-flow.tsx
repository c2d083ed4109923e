import type { Locale } from '../../../domain/refused.ts'
import { shapeOf } from '../../../domain/flowchart/chart.ts'
import { activities } from '../../../domain/sop/activities.ts'
import type { SopDocument, SopMark, SopStep } from '../../../domain/sop/document.ts'
import { markOf } from '../../../domain/sop/marks.ts'
import { describeStandardTime } from '../../../domain/sop/standard-time.ts'
import { flowchart, states } from '../../../domain/text/ui.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import type { Inference } from '../../../domain/text/ui.ts'
import type { Case } from '../../requests/open-case.ts'
import { Flowchart } from '../../ui/flowchart.tsx'
import { SymbolKey } from '../../ui/flowchart-symbol.tsx'
import { InferredMark, StatusPill } from '../../ui/status.tsx'
import type { TableFiles } from '../../ui/table.tsx'
import { DataTable } from '../../ui/table.tsx'

const inferences: Readonly<Record<SopMark['kind'], Inference>> = {
  inferred: 'reconstructed',
  damaged: 'reconstructed',
  blank: 'blank',
  'cut-off': 'broken-off',
}

/** The mark of a field of the SOP, if it carries one. */
export function FieldMark({ view, field, locale }: { view: Case; field: string; locale: Locale }) {
  const mark = markOf(view.sop, field)
  if (!mark) return null
  return <InferredMark kind={inferences[mark.kind]} locale={locale} note={mark.note[locale]} />
}

/** The SOP as its flowchart with the current step lit. */
export function SopChart({ view, locale }: { view: Case; locale: Locale }) {
  const { sop, row } = view
  const done = new Set(Object.keys(row.state.doneBy).map(Number))
  return <Flowchart sop={sop} standing={{ current: row.step, done }} locale={locale} id="bagan" />
}

/** The SOP as its rows, with where the request stands; the same as the flowchart, for reading. */
export function SopFlow(props: { view: Case; locale: Locale; files: TableFiles }) {
  const { view, locale, files } = props
  const { sop } = view
  return (
    <DataTable
      caption={flowchart.table[locale]}
      hideCaption
      rows={sop.steps}
      files={files}
      empty={null}
      columns={[
        {
          header: flowchart.activity[locale],
          cell: (step: SopStep) => (
            <>
              <span class="step-title">
                {step.no}. <SymbolKey shape={shapeOf(sop, step)} /> {activities[step.activity].title[locale]}
              </span>
              <br />
              <span class="muted small pre">{step.text}</span>
              <FieldMark view={view} field={`steps.${step.no}.text`} locale={locale} />
              <OwnMark view={view} field={`steps.${step.no}.activity`} locale={locale} />
              <OwnMark view={view} field={`steps.${step.no}.symbol`} locale={locale} />
            </>
          ),
        },
        {
          header: flowchart.actors[locale],
          cell: (step) => (
            <>
              {titleOf(sop, step.actor)}
              <OwnMark view={view} field={`steps.${step.no}.actor`} locale={locale} />
              {step.with.length > 0 && (
                <div class="muted small">
                  {flowchart.withWhom(step.with.map((id) => titleOf(sop, id)).join(', '))[locale]}
                  <OwnMark view={view} field={`steps.${step.no}.with`} locale={locale} />
                </div>
              )}
            </>
          ),
        },
        {
          header: flowchart.quality[locale],
          cell: (step) => <Quality view={view} step={step} locale={locale} />,
        },
        {
          header: requestPageTexts.follows[locale],
          cell: (step) => <Arrows view={view} step={step} locale={locale} />,
        },
        {
          header: flowchart.remark[locale],
          cell: (step) => (
            <>
              <span class="pre">{step.remark ?? '–'}</span>
              <OwnMark view={view} field={`steps.${step.no}.remark`} locale={locale} />
            </>
          ),
        },
        {
          header: requestPageTexts.standing[locale],
          cell: (step) => <Where view={view} step={step} locale={locale} />,
        },
      ]}
    />
  )
}

const titleOf = (sop: SopDocument, id: string): string =>
  sop.actors.find((actor) => actor.id === id)?.title ?? id

/** A mark on the field itself; one on the whole step shows with its text already. */
function OwnMark(props: { view: Case; field: string; locale: Locale }) {
  return markOf(props.view.sop, props.field)?.field === props.field ? <FieldMark {...props} /> : null
}

type QualityProps = { readonly view: Case; readonly step: SopStep; readonly locale: Locale }

/** Mutu Baku: the standard time, and what the document gives of Kelengkapan and Output. */
function Quality(props: QualityProps) {
  const { view, step, locale } = props
  return (
    <>
      <Items {...props} name="requirements" items={step.requirements.map((each) => each.text)} />
      <div>
        <span class="muted small">{flowchart.standardTime[locale]}: </span>
        {describeStandardTime(step.standardTime, locale)}{' '}
        <OwnMark view={view} field={`steps.${step.no}.standardTime`} locale={locale} />
      </div>
      <Items {...props} name="output" items={step.output} />
    </>
  )
}

/** Each item with its own mark; an empty list only shows when it is marked. */
function Items(props: QualityProps & { name: 'requirements' | 'output'; items: readonly string[] }) {
  const { view, step, name, items, locale } = props
  const field = `steps.${step.no}.${name}`
  if (items.length === 0 && markOf(view.sop, field)?.field !== field) return null
  return (
    <div>
      <span class="muted small">{flowchart[name][locale]}: </span>
      {items.map((item, index) => (
        <div>
          {item} <OwnMark view={view} field={`${field}.${index + 1}`} locale={locale} />
        </div>
      ))}
      <OwnMark view={view} field={field} locale={locale} />
    </div>
  )
}

function Arrows({ view, step, locale }: { view: Case; step: SopStep; locale: Locale }) {
  const index = view.sop.steps.indexOf(step)
  const follows = step.next ?? view.sop.steps[index + 1]?.no ?? 'end'
  const name = (to: number | 'end'): string => (to === 'end' ? flowchart.ends[locale] : String(to))
  return (
    <>
      {step.decision
        ? step.decision.outcomes.map((outcome) => (
            <div>
              {outcome.label}: {name(outcome.to)}
            </div>
          ))
        : name(follows)}{' '}
      <OwnMark
        view={view}
        field={`steps.${step.no}.${step.decision ? 'decision' : 'next'}`}
        locale={locale}
      />
    </>
  )
}

function Where({ view, step, locale }: { view: Case; step: SopStep; locale: Locale }) {
  if (view.row.step === step.no) return <StatusPill tone="info" icon="clock" text={flowchart.now[locale]} />
  const done = view.row.state.doneBy[String(step.no)] !== undefined
  return done ? (
    <StatusPill tone="success" icon="check" text={flowchart.done[locale]} />
  ) : (
    <span class="muted">{states.todo[locale]}</span>
  )
}
