import { checkTexts } from '../text/sop-check.ts'
import { activities } from './activities.ts'
import type { RawFinding } from './finding.ts'
import { error, warning } from './finding.ts'
import type { Flow, FlowArrow } from './flow.ts'
import { comesBefore, reach } from './flow.ts'
import { kindsOf, partyOf } from './graph.ts'

/** Whether the service is made when it should be: after the application, once granted, never when refused. */
export function checkProvision(flow: Flow): readonly RawFinding[] {
  return [
    ...withoutProvision(flow),
    ...beforeSubmit(flow),
    ...refusedIntoProvision(flow),
    ...refusedTooLate(flow),
    ...effectsByApplicant(flow),
    ...beforeProvision(flow),
  ]
}

const provisions = (flow: Flow, to: FlowArrow['to']): boolean =>
  to !== 'end' && flow.steps.get(to)?.activity === 'provision'

/** Whether a granted request may follow this arrow. */
const grants = (arrow: FlowArrow): boolean => arrow.kind === 'continue'

function withoutProvision(flow: Flow): readonly RawFinding[] {
  const granted = reach(flow, [flow.first.no], grants)
  if ([...granted].some((to) => provisions(flow, to))) return []
  return kindsOf(flow.sop).flatMap((kind, index) =>
    kind.fulfilment === 'manual'
      ? []
      : [error('no-provision', ['serves', index], checkTexts.noProvision(kind.id))],
  )
}

function beforeSubmit(flow: Flow): readonly RawFinding[] {
  if (flow.first.activity === 'submit') return []
  const submits = (no: FlowArrow['from']) => flow.steps.get(no)?.activity === 'submit'
  const early = reach(flow, [flow.first.no], (arrow) => !submits(arrow.from))
  return flow.sop.steps.flatMap((step, row) =>
    step.activity === 'provision' && early.has(step.no)
      ? [error('provision-before-submit', ['steps', row], checkTexts.provisionBeforeSubmit(step.no))]
      : [],
  )
}

function refusedIntoProvision(flow: Flow): readonly RawFinding[] {
  const seen = new Set<string>()
  return flow.arrows.flatMap((arrow) => {
    const where = arrow.path.join('.')
    if (arrow.kind !== 'refuse' || seen.has(where)) return []
    seen.add(where)
    const step = [...reach(flow, [arrow.to])].find((to) => provisions(flow, to))
    return step === undefined
      ? []
      : [error('refused-into-provision', arrow.path, checkTexts.refusedIntoProvision(Number(step)))]
  })
}

function refusedTooLate(flow: Flow): readonly RawFinding[] {
  const made = flow.sop.steps.filter((step) => step.activity === 'provision')
  return (flow.sop.refusal?.from ?? []).flatMap((no, index) =>
    made.some((step) => step.no === no || comesBefore(flow, step.no, no))
      ? [warning('refusal-after-provision', ['refusal', 'from', index], checkTexts.refusalAfterProvision(no))]
      : [],
  )
}

function effectsByApplicant(flow: Flow): readonly RawFinding[] {
  return flow.sop.steps.flatMap((step, row) =>
    activities[step.activity].effect && partyOf(flow.sop, step) === 'applicant'
      ? [error('effect-by-applicant', ['steps', row, 'actor'], checkTexts.effectByApplicant(step.no))]
      : [],
  )
}

/** Ends, hand-overs and replies that a granted request reaches although nothing has been made yet. */
function beforeProvision(flow: Flow): readonly RawFinding[] {
  const granted = reach(flow, [flow.first.no], grants)
  const made = [...granted].some((to) => provisions(flow, to))
  if (!made || kindsOf(flow.sop).every((kind) => kind.fulfilment === 'manual')) return []
  const unmade = reach(flow, [flow.first.no], (arrow) => grants(arrow) && !provisions(flow, arrow.from))
  const tooEarly = flow.sop.steps.flatMap((step, row) =>
    (step.activity === 'hand-over' || step.activity === 'reply') && unmade.has(step.no)
      ? [warning('paper-before-provision', ['steps', row], checkTexts.paperBeforeProvision(step.no))]
      : [],
  )
  const ends = flow.arrows
    .filter((arrow) => grants(arrow) && arrow.to === 'end' && unmade.has(arrow.from))
    .filter((arrow) => !provisions(flow, arrow.from))
    .map((arrow) =>
      warning('end-without-provision', arrow.path, checkTexts.endWithoutProvision(arrow.from, arrow.label)),
    )
  return [...tooEarly, ...ends]
}
