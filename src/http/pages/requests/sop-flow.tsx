import type { Locale } from '../../../domain/refused.ts'
import { chartOf } from '../../../domain/flowchart/chart.ts'
import { activities } from '../../../domain/sop/activities.ts'
import type { SopMark, SopStep } from '../../../domain/sop/document.ts'
import { markOf } from '../../../domain/sop/marks.ts'
import { describeStandardTime } from '../../../domain/sop/standard-time.ts'
import { flowchart, states } from '../../../domain/text/ui.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import type { Inference } from '../../../domain/text/ui.ts'
import type { Case } from '../../requests/open-case.ts'
import { Flowchart } from '../../ui/flowchart.tsx'
import { InferredMark, StatusPill } from '../../ui/status.tsx'
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
  const chart = chartOf(sop, {
    ends: flowchart.closing[locale],
    timeOf: (step) => describeStandardTime(step.standardTime, locale),
  })
  const done = new Set(Object.keys(row.state.doneBy).map(Number))
  return <Flowchart chart={chart} standing={{ current: row.step, done }} locale={locale} id="bagan" />
}

/** The SOP as its rows, with where the request stands; the same as the flowchart, for reading. */
export function SopFlow({ view, locale }: { view: Case; locale: Locale }) {
  const { sop } = view
  return (
    <DataTable
      caption={flowchart.table[locale]}
      hideCaption
      rows={sop.steps}
      empty={null}
      columns={[
        {
          header: flowchart.activity[locale],
          cell: (step: SopStep) => (
            <>
              {step.no}. {activities[step.activity].title[locale]}
              <br />
              <span class="muted small pre">{step.text}</span>
              <FieldMark view={view} field={`steps.${step.no}`} locale={locale} />
            </>
          ),
        },
        {
          header: flowchart.actors[locale],
          cell: (step) => (
            <>
              {sop.actors.find((actor) => actor.id === step.actor)?.title}
              <OwnMark view={view} field={`steps.${step.no}.actor`} locale={locale} />
            </>
          ),
        },
        {
          header: flowchart.standardTime[locale],
          cell: (step) => (
            <>
              {describeStandardTime(step.standardTime, locale)}
              <OwnMark view={view} field={`steps.${step.no}.standardTime`} locale={locale} />
            </>
          ),
        },
        {
          header: requestPageTexts.follows[locale],
          cell: (step) => <Arrows view={view} step={step} locale={locale} />,
        },
        {
          header: flowchart.remark[locale],
          cell: (step) => <Where view={view} step={step} locale={locale} />,
        },
      ]}
    />
  )
}

/** A mark on the field itself; one on the whole step shows with its text already. */
function OwnMark(props: { view: Case; field: string; locale: Locale }) {
  return markOf(props.view.sop, props.field)?.field === props.field ? <FieldMark {...props} /> : null
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
