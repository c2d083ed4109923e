import { checkTexts } from '../text/sop-check.ts'
import { activities } from './activities.ts'
import type { SopStep } from './document.ts'
import type { RawFinding } from './finding.ts'
import { error, warning } from './finding.ts'
import type { Flow } from './flow.ts'
import { reach } from './flow.ts'
import type { Target } from './graph.ts'
import { kindOf, nextOf, partyOf } from './graph.ts'
import { trappedSteps } from './trapped.ts'

/** Whether the arrows make a flowchart: they lead somewhere, every step is reached, every request ends. */
export function checkFlow(flow: Flow): readonly RawFinding[] {
  return [
    ...checkFirst(flow),
    ...flow.sop.steps.flatMap((step, row) => [
      ...checkTargets(flow, step, row),
      ...checkDecision(flow, step, row),
      ...checkSymbol(flow, step, row),
    ]),
    ...checkRefusal(flow),
    ...unreachable(flow),
    ...loops(flow),
  ]
}

function checkFirst({ sop, first }: Flow): readonly RawFinding[] {
  if (first.activity !== 'submit')
    return [error('first-not-submit', ['steps', 0, 'activity'], checkTexts.firstNotSubmit(first.no))]
  const actor = sop.actors.find((each) => each.id === first.actor)
  if (!actor || actor.party === 'applicant') return []
  return [error('first-not-applicant', ['steps', 0, 'actor'], checkTexts.firstNotApplicant(actor.title))]
}

function checkTargets(flow: Flow, step: SopStep, row: number): readonly RawFinding[] {
  const gone = (to: Target) => to !== 'end' && !flow.steps.has(to)
  const known = [...flow.steps.keys()]
  const next = step.next
  const outcomes = step.decision?.outcomes ?? []
  return [
    ...(next !== undefined && gone(next)
      ? [error('target-missing', ['steps', row, 'next'], checkTexts.targetMissing(step.no, next, known))]
      : []),
    ...(next !== undefined && step.decision
      ? [error('next-beside-decision', ['steps', row, 'next'], checkTexts.nextBesideDecision(step.no))]
      : []),
    ...(next === step.no
      ? [error('arrow-to-itself', ['steps', row, 'next'], checkTexts.arrowToItself(step.no))]
      : []),
    ...outcomes.flatMap((outcome, index) => {
      const path = ['steps', row, 'decision', 'outcomes', index, 'to']
      if (gone(outcome.to))
        return [error('target-missing', path, checkTexts.targetMissing(step.no, outcome.to, known))]
      if (outcome.to === step.no) return [error('arrow-to-itself', path, checkTexts.arrowToItself(step.no))]
      if (kindOf(flow.sop, step, outcome) !== 'return' || isEarlier(flow, outcome.to, row)) return []
      return [error('return-not-back', path, checkTexts.returnNotBack(step.no, outcome.label))]
    }),
  ]
}

const isEarlier = (flow: Flow, to: Target, row: number): boolean =>
  flow.sop.steps.findIndex((step) => step.no === to) < row && to !== 'end'

function checkDecision(flow: Flow, step: SopStep, row: number): readonly RawFinding[] {
  const { decides, effect } = activities[step.activity]
  if (!step.decision)
    return decides ? [error('decision-missing', ['steps', row], checkTexts.decisionMissing(step.no))] : []
  const path = ['steps', row, 'decision']
  if (effect)
    return [error('effect-with-decision', path, checkTexts.effectWithDecision(step.no, step.activity))]
  const ways = new Set(
    step.decision.outcomes.map((outcome) => `${outcome.to} ${kindOf(flow.sop, step, outcome)}`),
  )
  return ways.size > 1 ? [] : [warning('outcomes-alike', path, checkTexts.outcomesAlike(step.no))]
}

function checkSymbol(flow: Flow, step: SopStep, row: number): readonly RawFinding[] {
  const path = ['steps', row, 'symbol']
  if (step.symbol === 'decision' && !step.decision)
    return [error('decision-missing', path, checkTexts.decisionMissing(step.no))]
  const wrong =
    (step.symbol === 'start' && row !== 0) ||
    (step.symbol === 'end' && !step.decision && nextOf(flow.sop, step) !== 'end') ||
    (step.symbol !== undefined && step.symbol !== 'decision' && step.decision !== undefined)
  return wrong ? [warning('symbol-mismatch', path, checkTexts.symbolMismatch(step.no, step.symbol!))] : []
}

function checkRefusal(flow: Flow): readonly RawFinding[] {
  const refusal = flow.sop.refusal
  if (!refusal) return []
  const known = [...flow.steps.keys()]
  return [
    ...refusal.from.flatMap((no, index) => {
      const path = ['refusal', 'from', index]
      const step = flow.steps.get(no)
      if (!step) return [error('refusal-step-missing', path, checkTexts.refusalStepMissing(no, known))]
      return partyOf(flow.sop, step) === 'applicant'
        ? [error('refusal-by-applicant', path, checkTexts.refusalByApplicant(no))]
        : []
    }),
    ...(refusal.to !== 'end' && !flow.steps.has(refusal.to)
      ? [error('refusal-step-missing', ['refusal', 'to'], checkTexts.refusalStepMissing(refusal.to, known))]
      : []),
  ]
}

function unreachable(flow: Flow): readonly RawFinding[] {
  const reached = reach(flow, [flow.first.no])
  return flow.sop.steps.flatMap((step, row) =>
    reached.has(step.no) ? [] : [error('unreachable-step', ['steps', row], checkTexts.unreachable(step.no))],
  )
}

/** Steps that a request can enter and never leave for the end: one finding for each closed loop. */
function loops(flow: Flow): readonly RawFinding[] {
  const { steps, isFirst } = trappedSteps(flow)
  const from = new Map([...steps.keys()].map((no) => [no, onwardFrom(steps, no)] as const))
  const closed = [...from].filter(([no, onward]) => [...onward].every((to) => from.get(to)!.has(no)))
  const rings = new Map(closed.map(([, onward]) => [[...onward].sort((a, b) => a - b).join(), onward]))
  const found = [...rings.values()].filter((ring) => ring.size > 0).map((ring) => loopFinding(flow, ring))
  return isFirst ? [...found, error('no-path-to-end', ['steps'], checkTexts.noPathToEnd)] : found
}

/** @returns every step that follows this one sooner or later. */
function onwardFrom(steps: ReadonlyMap<number, ReadonlySet<number>>, no: number): ReadonlySet<number> {
  const reached = new Set<number>()
  const queue = [no]
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const to of steps.get(next) ?? []) {
      if (reached.has(to)) continue
      reached.add(to)
      queue.push(to)
    }
  return reached
}

/** Points at the loop's lowest row, where the missing arrow is most likely to belong. */
function loopFinding(flow: Flow, ring: ReadonlySet<number>): RawFinding {
  const row = flow.sop.steps.findLastIndex((step) => ring.has(step.no))
  const numbers = [...ring].sort((a, b) => a - b)
  return error('loop-without-exit', ['steps', row], checkTexts.loop(numbers, flow.sop.steps[row]!.no))
}
