import type { ChartRow } from '../flowchart/chart.ts'
import type { Box } from '../flowchart/geometry.ts'
import type { FlowchartLayout, Measures } from '../flowchart/layout.ts'
import { layOut } from '../flowchart/layout.ts'
import type { Route } from '../flowchart/route.ts'
import { wrapText } from '../flowchart/wrap.ts'
import type { SopDocument, SopStep } from '../sop/document.ts'
import { describeStandardTime } from '../sop/standard-time.ts'
import { bpmnTexts as texts } from '../text/bpmn.ts'
import type { BpmnNode, BpmnProcess } from './process.ts'
import { processOf } from './process.ts'
import type { Element } from './xml.ts'
import { element, writeXml } from './xml.ts'

/**
 * @returns an SOP as a BPMN 2.0 file (OMG formal/2011-01-03): one pool with a lane for each actor, and its diagram. The
 * lanes stand upright, as the columns of the form do.
 */
export function bpmnOf(sop: SopDocument): string {
  const process = processOf(sop)
  const layout = layOut(process.chart, measures)
  return writeXml(
    element(
      'bpmn:definitions',
      {
        'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
        'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
        'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
        'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
        id: 'Definitions',
        name: sop.identity.name,
        targetNamespace: `urn:ranah:sop:${sop.id}`,
        exporter: 'Ranah',
      },
      [
        element('bpmn:collaboration', { id: 'Collaboration' }, [
          element('bpmn:participant', { id: 'Pool', name: sop.identity.name, processRef: 'Process' }),
        ]),
        processElement(sop, process),
        diagram(process, layout),
      ],
    ),
  )
}

/** Letters of BPMN viewers are about as wide; the viewer breaks the lines itself. */
const letterWidth = 6.4
const widthOf = (text: string): number => text.length * letterWidth
const taskWidth = 150

const measures: Measures = {
  numberWidth: 0,
  cellWidths: { text: 0, requirements: 0, time: 0, output: 0, remark: 0 },
  laneWidth: 210,
  lineHeight: 14,
  padding: 8,
  symbolWidth: taskWidth,
  symbolHeight: 60,
  sizeOf,
  trackGap: 16,
  labelWidth: 120,
  widthOf,
  boldWidthOf: widthOf,
}

/** The sizes that the standard's symbols have in every modeller; a task grows with its text. */
function sizeOf({ symbol, caption }: ChartRow): { readonly width: number; readonly height: number } {
  if (symbol === 'capsule') return { width: 36, height: 36 }
  if (symbol === 'diamond') return { width: 50, height: 50 }
  const lines = wrapText(caption ?? '', taskWidth - 20, widthOf).length
  return { width: taskWidth, height: Math.max(60, lines * measures.lineHeight + 24) }
}

const flowId = (index: number): string => `Flow_${index + 1}`

function processElement(sop: SopDocument, { nodes, chart }: BpmnProcess): Element {
  const lanes = sop.actors.map((actor, lane) =>
    element(
      'bpmn:lane',
      { id: `Lane_${lane + 1}`, name: actor.title },
      nodes.filter((node) => node.lane === lane).map((node) => element('bpmn:flowNodeRef', {}, node.id)),
    ),
  )
  const flowNodes = nodes.map((node, index) => {
    const refs = (name: 'incoming' | 'outgoing', end: 'from' | 'to') =>
      chart.flows.flatMap((flow, at) =>
        flow[end] === index ? [element(`bpmn:${name}`, {}, flowId(at))] : [],
      )
    return element(`bpmn:${node.kind}`, attributesOf(node), [
      ...(node.kind === 'task' ? [element('bpmn:documentation', {}, documentation(node.step!))] : []),
      ...refs('incoming', 'to'),
      ...refs('outgoing', 'from'),
    ])
  })
  const flows = chart.flows.map((flow, index) =>
    element('bpmn:sequenceFlow', {
      id: flowId(index),
      name: flow.label ?? undefined,
      sourceRef: nodes[flow.from]!.id,
      targetRef: nodes[flow.to]!.id,
    }),
  )
  return element('bpmn:process', { id: 'Process', name: sop.identity.name, isExecutable: false }, [
    element('bpmn:laneSet', { id: 'Lanes' }, lanes),
    ...flowNodes,
    ...flows,
  ])
}

const attributesOf = ({ kind, id, name }: BpmnNode): Element['attributes'] => ({
  id,
  name: name === '' ? undefined : name,
  ...(kind === 'exclusiveGateway' ? { gatewayDirection: 'Diverging' } : {}),
})

/** Mutu baku and remarks, which BPMN has no field for. */
function documentation(step: SopStep): string {
  const lines = (title: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${title}: ${values.join('; ')}`]
  return [
    `${texts.step.id} ${step.no}`,
    ...lines(
      texts.requirements.id,
      step.requirements.map((each) => each.text),
    ),
    ...lines(texts.time.id, [describeStandardTime(step.standardTime, 'id')]),
    ...lines(texts.output.id, step.output),
    ...lines(texts.remark.id, step.remark === null ? [] : [step.remark]),
  ].join('\n')
}

/** Heights of the bands in which modellers write the names of a pool and of its lanes. */
const bandHeight = 30

function diagram({ nodes }: BpmnProcess, layout: FlowchartLayout): Element {
  const { lanes, laneWidth, actors } = layout.columns
  // The head of the table gives way to the two bands.
  const up = layout.headHeight - 2 * bandHeight
  const height = layout.height - up
  const laneBoxes = lanes.map((x, index): Box => {
    const from = index === 0 ? actors.x : x
    const to = index === lanes.length - 1 ? actors.x + actors.width : x + laneWidth
    return { x: from, y: bandHeight, width: to - from, height: height - bandHeight }
  })
  const shapes = [
    shape('Pool', { x: actors.x, y: 0, width: actors.width, height }, { isHorizontal: false }),
    ...laneBoxes.map((box, index) => shape(`Lane_${index + 1}`, box, { isHorizontal: false })),
    ...layout.rows.map(({ box, symbol }, index) => {
      const node = nodes[index]!
      return shape(node.id, raised(symbol, up), markerOf(node), nameOf(node, raised(symbol, up), box.y - up))
    }),
  ]
  return element('bpmndi:BPMNDiagram', { id: 'Diagram' }, [
    element('bpmndi:BPMNPlane', { id: 'Plane', bpmnElement: 'Collaboration' }, [
      ...shapes,
      ...layout.routes.map((route, index) => edge(flowId(index), route, up)),
    ]),
  ])
}

const raised = ({ x, y, width, height }: Box, up: number): Box => ({ x, y: y - up, width, height })

function shape(
  id: string,
  box: Box,
  attributes: Element['attributes'],
  label: readonly Element[] = [],
): Element {
  return element('bpmndi:BPMNShape', { id: `${id}_shape`, bpmnElement: id, ...attributes }, [
    bounds(box),
    ...label,
  ])
}

/** Names of events and gateways stand where no arrow runs: before the start, below the end, above the question. */
function nameOf({ kind, name }: BpmnNode, { x, y, width, height }: Box, rowTop: number): readonly Element[] {
  if (kind === 'task' || name === '') return []
  const size = { width: Math.min(longestQuestion, widthOf(name)), height: measures.lineHeight }
  const middle = x + width / 2
  switch (kind) {
    case 'startEvent':
      return [labelElement({ x: x - size.width - 6, y: y + (height - size.height) / 2, ...size })]
    case 'endEvent':
      return [labelElement({ x: middle - size.width / 2, y: y + height + 1, ...size })]
    case 'exclusiveGateway':
      return [labelElement({ x: middle + 8, y: rowTop - size.height, ...size })]
  }
}

const longestQuestion = 400

const markerOf = ({ kind }: BpmnNode): Element['attributes'] =>
  kind === 'exclusiveGateway' ? { isMarkerVisible: true } : {}

function edge(id: string, { points, label, labelLines }: Route, up: number): Element {
  const waypoints = points.map(({ x, y }) => element('di:waypoint', { x: rounded(x), y: rounded(y - up) }))
  const { lineHeight } = measures
  const width = Math.max(0, ...labelLines.map(widthOf))
  const labels = label
    ? [
        labelElement({
          x: label.anchor === 'start' ? label.x : label.x - width,
          y: label.y - up - lineHeight * 0.8,
          width,
          height: labelLines.length * lineHeight,
        }),
      ]
    : []
  return element('bpmndi:BPMNEdge', { id: `${id}_edge`, bpmnElement: id }, [...waypoints, ...labels])
}

const labelElement = (box: Box): Element => element('bpmndi:BPMNLabel', {}, [bounds(box)])

const bounds = ({ x, y, width, height }: Box): Element =>
  element('dc:Bounds', { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) })

const rounded = (value: number): number => Math.round(value * 10) / 10
