import type { Chart, ChartSymbol } from '../../domain/flowchart/chart.ts'
import type { PlacedRow } from '../../domain/flowchart/geometry.ts'
import type { FlowchartLayout, Measures } from '../../domain/flowchart/layout.ts'
import { layOut } from '../../domain/flowchart/layout.ts'
import type { Route } from '../../domain/flowchart/route.ts'
import type { Locale } from '../../domain/refused.ts'
import { flowchart as texts } from '../../domain/text/ui.ts'

/** Widths of the letters of the portal's face at 13 px, a little on the safe side. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ilj.,:;'|! ]/, 4],
  [/[mwMW@%]/, 11.5],
  [/[A-Z]/, 9],
]
const meanWidth = 7.4
const letterWidth = (letter: string): number =>
  widths.find(([letters]) => letters.test(letter))?.[1] ?? meanWidth
const measures: Measures = {
  numberWidth: 40,
  textWidth: 264,
  laneWidth: 120,
  timeWidth: 96,
  lineHeight: 18,
  padding: 10,
  symbolWidth: 84,
  symbolHeight: 44,
  trackGap: 14,
  widthOf: (text) => Array.from(text).reduce((sum, letter) => sum + letterWidth(letter), 0),
}

/** Where a request stands on the chart: rows by the number of their step. */
export type ChartStanding = { readonly current: number | null; readonly done: ReadonlySet<number> }

type FlowchartProps = {
  readonly chart: Chart
  readonly standing: ChartStanding
  readonly locale: Locale
  /** Unique on the page. */
  readonly id: string
}

/**
 * The SOP as the flowchart of PermenPANRB 35/2012, with the current step lit. It scrolls sideways in its own
 * region; the table of steps beside it says the same in words for whoever does not see the picture.
 */
export function Flowchart(props: FlowchartProps) {
  const { chart, locale } = props
  return (
    <figure class="flowchart-figure">
      <Picture {...props} />
      {chart.rows.some((row) => row.marked) ? (
        <figcaption class="muted small">{texts.marked[locale]}</figcaption>
      ) : null}
    </figure>
  )
}

function Picture({ chart, standing, locale, id }: FlowchartProps) {
  const layout = layOut(chart, measures)
  return (
    <div class="flowchart" role="region" aria-label={texts.region[locale]} tabindex={0}>
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-labelledby={`${id}-title`}
      >
        <title id={`${id}-title`}>{texts.region[locale]}</title>
        <defs>
          <marker
            id={`${id}-tip`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path class="tip" d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {layout.rows.map((row) => (
          <RowBand row={row} standing={standing} />
        ))}
        <Grid layout={layout} />
        <Heads layout={layout} locale={locale} />
        {layout.rows.map((row) => (
          <RowText row={row} layout={layout} />
        ))}
        {layout.routes.map((route) => (
          <Arrow route={route} tip={`${id}-tip`} />
        ))}
        {layout.rows.map((row) => (
          <Symbol row={row} standing={standing} locale={locale} />
        ))}
      </svg>
    </div>
  )
}

function RowBand({ row, standing }: { row: PlacedRow; standing: ChartStanding }) {
  if (row.row.no === null || row.row.no !== standing.current) return null
  return <rect class="lit" x={0} y={row.box.y} width={row.box.width} height={row.box.height} />
}

/** Lines of the table: below the head, between the rows, and between the columns. */
function Grid({ layout }: { layout: FlowchartLayout }) {
  const { columns, width, height, headHeight, rows } = layout
  const edges = [columns.text, columns.tracks[0], ...columns.lanes, columns.tracks[1], columns.time]
  return (
    <>
      <rect class="head" x={0} y={0} width={width} height={headHeight} />
      {rows.map(({ box }) => (
        <line class="rule" x1={0} x2={width} y1={box.y} y2={box.y} />
      ))}
      {edges.map((x) => (
        <line class="rule" x1={x} x2={x} y1={0} y2={height} />
      ))}
      <rect class="frame" x={0.5} y={0.5} width={width - 1} height={height - 1} />
    </>
  )
}

function Heads({ layout, locale }: { layout: FlowchartLayout; locale: Locale }) {
  const { columns, heads, headHeight } = layout
  const middle = headHeight / 2 + 5
  const half = measures.laneWidth / 2
  return (
    <>
      <text class="title" x={measures.padding} y={middle}>
        {texts.no[locale]}
      </text>
      <text class="title" x={columns.text + measures.padding} y={middle}>
        {texts.activity[locale]}
      </text>
      <text class="title" x={columns.time + measures.padding} y={middle}>
        {texts.standardTime[locale]}
      </text>
      {heads.map((lines, lane) => (
        <Lines
          lines={lines}
          x={columns.lanes[lane]! + half}
          middle={headHeight / 2}
          anchor="middle"
          name="title"
        />
      ))}
    </>
  )
}

/** Lines of text around the middle of a cell. */
function Lines(props: {
  lines: readonly string[]
  x: number
  middle: number
  anchor: 'start' | 'middle'
  name: string
}) {
  const { lines, x, middle, anchor, name } = props
  const first = middle - ((lines.length - 1) * measures.lineHeight) / 2 + 4
  return (
    <text class={name} text-anchor={anchor}>
      {lines.map((line, index) => (
        <tspan x={x} y={first + index * measures.lineHeight}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

function RowText({ row, layout }: { row: PlacedRow; layout: FlowchartLayout }) {
  const middle = row.box.y + row.box.height / 2
  const { padding } = measures
  return (
    <>
      {row.row.no === null ? null : (
        <Lines lines={[`${row.row.no}.`]} x={padding} middle={middle} anchor="start" name="cell" />
      )}
      {row.row.no === null ? null : (
        <Lines
          lines={row.lines}
          x={layout.columns.text + padding}
          middle={middle}
          anchor="start"
          name="cell"
        />
      )}
      <Lines
        lines={row.timeLines}
        x={layout.columns.time + padding}
        middle={middle}
        anchor="start"
        name="cell"
      />
    </>
  )
}

function Arrow({ route, tip }: { route: Route; tip: string }) {
  const path = route.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')
  return (
    <>
      <path class={`flow ${route.flow.kind}`} d={path} marker-end={`url(#${tip})`} />
      {route.label ? (
        <text class="label" x={route.label.x} y={route.label.y} text-anchor={route.label.anchor}>
          {route.flow.label}
        </text>
      ) : null}
    </>
  )
}

function Symbol({ row, standing, locale }: { row: PlacedRow; standing: ChartStanding; locale: Locale }) {
  const { symbol } = row
  const { no } = row.row
  const state = no === null ? '' : no === standing.current ? ' current' : standing.done.has(no) ? ' done' : ''
  const centre = { x: symbol.x + symbol.width / 2, y: symbol.y + symbol.height / 2 + 5 }
  return (
    <g class={`symbol${state}${row.row.marked ? ' marked' : ''}`}>
      <Outline shape={symbol.shape} x={symbol.x} y={symbol.y} width={symbol.width} height={symbol.height} />
      <text x={centre.x} y={centre.y} text-anchor="middle">
        {no === null
          ? row.row.text
          : state === ' current'
            ? texts.nowShort[locale]
            : state === ' done'
              ? '✓'
              : no}
      </text>
    </g>
  )
}

function Outline(props: { shape: ChartSymbol; x: number; y: number; width: number; height: number }) {
  const { shape, x, y, width, height } = props
  if (shape === 'diamond') {
    const points = [
      [x + width / 2, y],
      [x + width, y + height / 2],
      [x + width / 2, y + height],
      [x, y + height / 2],
    ]
    return <polygon points={points.map((point) => point.join(',')).join(' ')} />
  }
  return <rect x={x} y={y} width={width} height={height} rx={shape === 'capsule' ? height / 2 : 2} />
}
