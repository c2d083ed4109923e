import type { SopDocument, SopStep } from './document.ts'
import type { IndexPath } from './finding.ts'
import type { OutcomeKind, Target } from './graph.ts'
import { kindOf, nextOf } from './graph.ts'

/** An arrow with the place in the file that draws it. Arrows to steps that do not exist are left out. */
export type FlowArrow = {
  readonly from: number
  readonly to: Target
  readonly kind: OutcomeKind
  readonly label: string | null
  readonly path: IndexPath
}

/** The flowchart for checking: built from any document of the right shape, however wrong its arrows are. */
export type Flow = {
  readonly sop: SopDocument
  readonly first: SopStep
  readonly steps: ReadonlyMap<number, SopStep>
  readonly arrows: readonly FlowArrow[]
}

/** @returns the flowchart; of steps with the same number only the first counts. */
export function flowOf(sop: SopDocument): Flow {
  const steps = new Map<number, SopStep>()
  for (const step of sop.steps) if (!steps.has(step.no)) steps.set(step.no, step)
  const arrows = sop.steps
    .flatMap((step, row) => drawn(sop, step, row))
    .filter(({ to }) => to === 'end' || steps.has(to))
  return { sop, first: sop.steps[0]!, steps, arrows: [...arrows, ...refusals(sop, steps)] }
}

function drawn(sop: SopDocument, step: SopStep, row: number): readonly FlowArrow[] {
  if (!step.decision) {
    const path = step.next === undefined ? ['steps', row] : ['steps', row, 'next']
    return [{ from: step.no, to: nextOf(sop, step), kind: 'continue', label: null, path }]
  }
  return step.decision.outcomes.map((outcome, index) => ({
    from: step.no,
    to: outcome.to,
    kind: kindOf(sop, step, outcome),
    label: outcome.label,
    path: ['steps', row, 'decision', 'outcomes', index],
  }))
}

function refusals(sop: SopDocument, steps: ReadonlyMap<number, SopStep>): readonly FlowArrow[] {
  const refusal = sop.refusal
  if (!refusal || (refusal.to !== 'end' && !steps.has(refusal.to))) return []
  return refusal.from
    .filter((no) => steps.has(no))
    .map((from) => ({ from, to: refusal.to, kind: 'refuse', label: null, path: ['refusal', 'to'] }))
}

/**
 * Follows arrows.
 *
 * @param starts where to begin; they count as reached
 * @param along which arrows may be followed
 * @returns everything that can be reached
 */
export function reach(
  flow: Flow,
  starts: Iterable<Target>,
  along: (arrow: FlowArrow) => boolean = () => true,
): ReadonlySet<Target> {
  const reached = new Set<Target>(starts)
  const queue = [...reached]
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const arrow of flow.arrows) {
      if (arrow.from !== next || reached.has(arrow.to) || !along(arrow)) continue
      reached.add(arrow.to)
      queue.push(arrow.to)
    }
  return reached
}

/** Whether one step can come before another without a return in between. */
export function comesBefore(flow: Flow, earlier: number, later: number): boolean {
  const next = flow.arrows.filter((arrow) => arrow.from === earlier && arrow.kind !== 'return')
  return reach(
    flow,
    next.map((arrow) => arrow.to),
    (arrow) => arrow.kind !== 'return',
  ).has(later)
}
