import type { Chart, ChartFlow, ChartRow } from '../flowchart/chart.ts'
import { plainRow } from '../flowchart/chart.ts'
import type { SopDocument, SopStep } from '../sop/document.ts'
import { arrowsFrom, kindOf } from '../sop/graph.ts'
import { bpmnTexts as texts } from '../text/bpmn.ts'

/** A node of the process, which stands in a row of its own. */
export type BpmnNode = {
  readonly kind: 'startEvent' | 'task' | 'exclusiveGateway' | 'endEvent'
  readonly id: string
  readonly name: string
  readonly lane: number
  /** The step that it stands for. */
  readonly step: SopStep | null
}

/** An SOP as a BPMN process: its nodes in the order of their rows, and the same as a chart to be laid out. */
export type BpmnProcess = {
  readonly nodes: readonly BpmnNode[]
  /** Its flows lead between the nodes, by their positions. */
  readonly chart: Chart
}

/**
 * A step is a task, and where it decides a gateway after it, from which the named outcomes lead on. One start leads to
 * the first step, and whatever ends leads to one end.
 */
export function processOf(sop: SopDocument): BpmnProcess {
  const nodes = nodesOf(sop)
  const chart: Chart = {
    lanes: sop.actors.map((actor) => actor.title),
    rows: nodes.map(rowOf),
    flows: flowsOf(sop, nodes),
  }
  return { nodes, chart }
}

function nodesOf(sop: SopDocument): readonly BpmnNode[] {
  const laneOf = (step: SopStep): number => sop.actors.findIndex((actor) => actor.id === step.actor)
  const steps = sop.steps.flatMap((step): readonly BpmnNode[] => {
    const lane = laneOf(step)
    const task: BpmnNode = { kind: 'task', id: `Step_${step.no}`, name: step.text, lane, step }
    if (!step.decision) return [task]
    const name = step.decision.question ?? ''
    return [task, { kind: 'exclusiveGateway', id: `Decision_${step.no}`, name, lane, step }]
  })
  const first = { kind: 'startEvent', id: 'Start', name: texts.start.id, step: null } as const
  const last = { kind: 'endEvent', id: 'End', name: texts.end.id, step: null } as const
  return [{ ...first, lane: steps[0]!.lane }, ...steps, { ...last, lane: steps.at(-1)!.lane }]
}

const symbols = {
  startEvent: 'capsule',
  task: 'box',
  exclusiveGateway: 'diamond',
  endEvent: 'capsule',
} as const

const rowOf = (node: BpmnNode): ChartRow => plainRow(symbols[node.kind], node.name, node.lane)

function flowsOf(sop: SopDocument, nodes: readonly BpmnNode[]): readonly ChartFlow[] {
  const place = (id: string): number => nodes.findIndex((node) => node.id === id)
  const end = nodes.length - 1
  const plain = (from: number, to: number): ChartFlow => ({ from, to, label: null, kind: 'continue' })
  const steps = sop.steps.flatMap((step): readonly ChartFlow[] => {
    const task = place(`Step_${step.no}`)
    const arrows = arrowsFrom(sop, step).map(({ to, outcome }) => ({
      from: step.decision ? task + 1 : task,
      to: to === 'end' ? end : place(`Step_${to}`),
      label: outcome?.label ?? null,
      kind: outcome ? kindOf(sop, step, outcome) : ('continue' as const),
    }))
    return step.decision ? [plain(task, task + 1), ...arrows] : arrows
  })
  return [plain(0, 1), ...steps]
}
