import { raw } from 'hono/html'
import { renderToString } from 'hono/jsx/dom/server'
import type { CellKey, Chart } from '../../domain/flowchart/chart.ts'
import { cellKeys, chartOf } from '../../domain/flowchart/chart.ts'
import type { PlacedRow } from '../../domain/flowchart/geometry.ts'
import type { FlowchartLayout, Measures } from '../../domain/flowchart/layout.ts'
import { layOut } from '../../domain/flowchart/layout.ts'
import type { Route } from '../../domain/flowchart/route.ts'
import { cutterOf } from '../../domain/flowchart/sheets.ts'
import { fitCells } from '../../domain/flowchart/widths.ts'
import type { Locale } from '../../domain/refused.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { describeStandardTime } from '../../domain/sop/standard-time.ts'
import { flowchart as texts } from '../../domain/text/ui.ts'
import { Outline, SymbolKey } from './flowchart-symbol.tsx'

/** Widths of the letters of the portal's face at 12 px, a little on the safe side. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ilj.,:;'|! ]/, 3.8],
  [/[mwMW@%]/, 11],
  [/[A-Z]/, 8.6],
]
const meanWidth = 7
const letterWidth = (letter: string): number =>
  widths.find(([letters]) => letters.test(letter))?.[1] ?? meanWidth
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + letterWidth(letter), 0)
const boldWidthOf = (text: string): number => widthOf(text) * 1.07
const padding = 8
const cellLimits = {
  text: [160, 184],
  requirements: [100, 128],
  time: [64, 84],
  output: [60, 112],
  remark: [88, 128],
} as const
/** More lanes than these get narrower, so that a page at desktop width holds six of them. */
const roomyLanes = 4
/** Rows on one sheet; longer flowcharts go on on the next one. */
const maxRows = 12
const ownRows = ({ rows }: Chart): number => rows.filter((row) => row.symbol !== 'pentagon').length

function measuresFor(sheets: readonly Chart[]): Measures {
  const roomy = sheets[0]!.lanes.length <= roomyLanes
  return {
    numberWidth: 36,
    cellWidths: fitCells(sheets, cellLimits, padding, widthOf),
    laneWidth: Math.max(roomy ? 88 : 80, longestWord(sheets[0]!.lanes) + padding * 1.5),
    lineHeight: 16,
    padding,
    symbolWidth: 60,
    symbolHeight: 34,
    trackGap: 11,
    labelWidth: 110,
    widthOf,
    boldWidthOf,
  }
}

/** The widest word of the headings: none is broken in two, unless it is longer than any real one. */
const longestWord = (titles: readonly string[]): number =>
  Math.min(140, Math.ceil(Math.max(...titles.flatMap((title) => title.split(/\s+/).map(boldWidthOf)))))

/** Where a request stands on the chart: rows by the number of their step. */
export type ChartStanding = { readonly current: number | null; readonly done: ReadonlySet<number> }

type FlowchartProps = {
  readonly sop: SopDocument
  readonly standing: ChartStanding
  readonly locale: Locale
  /** Unique on the page. */
  readonly id: string
}

/**
 * The SOP as the form of PermenPANRB 35/2012 draws it, with the current step lit; a long one on several sheets. It
 * scrolls sideways in its own region. The table of steps beside it says the same in words, for whoever does not see
 * the picture and for screens too narrow for it.
 */
export function Flowchart(props: FlowchartProps) {
  const { sop, standing, locale, id } = props
  const key = JSON.stringify([locale, id, standing.current, [...standing.done].sort((a, b) => a - b)])
  const drawn = drawings.get(sop) ?? new Map<string, string>()
  drawings.set(sop, drawn)
  const html = drawn.get(key) ?? renderToString(<Drawn {...props} />)
  if (!drawn.has(key) && drawn.size >= maxDrawings) drawn.delete(drawn.keys().next().value!)
  drawn.set(key, html)
  return raw(html)
}

/** A version of an SOP is drawn alike for all its requests that stand at the same step; so many are kept of each. */
const maxDrawings = 60
const drawings = new WeakMap<SopDocument, Map<string, string>>()

function Drawn({ sop, standing, locale, id }: FlowchartProps) {
  const chart = chartOf(sop, {
    ends: texts.closing[locale],
    timeOf: (step) => describeStandardTime(step.standardTime, locale),
    withWhom: (titles) => texts.withWhom(titles)[locale],
  })
  const words = {
    goesTo: (no: number | null, sheet: number) => texts.connectorTo(no, sheet)[locale],
    comesFrom: (numbers: readonly number[]) => texts.connectorFrom(numbers)[locale],
  }
  const sheets = cutterOf(chart, words)(ownRows, maxRows) ?? [chart]
  const measures = measuresFor(sheets)
  const marked = sop.marks.some((mark) => mark.field.startsWith('steps.'))
  return (
    <figure class="flowchart-figure">
      {sheets.map((sheet, index) => {
        const name = sheets.length > 1 ? texts.sheet(index + 1, sheets.length)[locale] : texts.region[locale]
        return (
          <>
            {sheets.length > 1 ? <p class="flowchart-sheet muted small">{name}</p> : null}
            <Sheet
              drawing={{ layout: layOut(sheet, measures), measures, standing, locale }}
              name={name}
              id={`${id}-${index + 1}`}
            />
          </>
        )
      })}
      <figcaption class="muted small flowchart-legend">
        <Legend sheets={sheets} standing={standing} locale={locale} />
        {marked ? <p>{texts.marked[locale]}</p> : null}
      </figcaption>
    </figure>
  )
}

type Drawing = {
  readonly layout: FlowchartLayout
  readonly measures: Measures
  readonly standing: ChartStanding
  readonly locale: Locale
}

function Sheet({ drawing, name, id }: { drawing: Drawing; name: string; id: string }) {
  const { layout } = drawing
  return (
    <div class="flowchart" role="region" aria-label={name} tabindex={0}>
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-labelledby={`${id}-title`}
      >
        <title id={`${id}-title`}>{name}</title>
        <defs>
          <marker
            id={`${id}-tip`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
            markerUnits="userSpaceOnUse"
          >
            <path class="tip" d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        <Bands drawing={drawing} />
        <Grid layout={layout} />
        <Heads drawing={drawing} />
        {layout.rows.map((row) => (
          <RowText row={row} drawing={drawing} />
        ))}
        {layout.routes.map((route) => (
          <Arrow route={route} tip={`${id}-tip`} />
        ))}
        {layout.rows.map((row) => (
          <Symbol row={row} drawing={drawing} />
        ))}
        {layout.routes.map((route) => (
          <Label route={route} lineHeight={drawing.measures.lineHeight} />
        ))}
      </svg>
    </div>
  )
}

/** Grounds of the head and of the row where the request stands. */
function Bands({ drawing: { layout, standing } }: { drawing: Drawing }) {
  const lit = layout.rows.find(({ row }) => row.no !== null && row.no === standing.current)
  return (
    <>
      <rect class="head" x={0} y={0} width={layout.width} height={layout.headHeight} />
      {lit ? <rect class="lit" {...lit.box} /> : null}
    </>
  )
}

/** Lines of the table: below the head, between the rows, and between the columns. */
function Grid({ layout }: { layout: FlowchartLayout }) {
  const { columns, width, height, headHeight, groupHeight, rows } = layout
  const { cells, lanes, actors } = columns
  const actorsEnd = actors.x + actors.width
  const full = [cells.text.x, actors.x, actorsEnd, cells.remark.x]
  const grouped = [...lanes.slice(1), cells.time.x, cells.output.x]
  return (
    <>
      {rows.map(({ box }) => (
        <line class="rule" x1={0} x2={width} y1={box.y} y2={box.y} />
      ))}
      <line class="rule" x1={actors.x} x2={cells.remark.x} y1={groupHeight} y2={groupHeight} />
      {full.map((x) => (
        <line class="rule" x1={x} x2={x} y1={0} y2={height} />
      ))}
      {grouped.map((x) => (
        <line class="rule" x1={x} x2={x} y1={groupHeight} y2={height} />
      ))}
      <line class="rule strong" x1={0} x2={width} y1={headHeight} y2={headHeight} />
      <rect class="frame" x={0.5} y={0.5} width={width - 1} height={height - 1} />
    </>
  )
}

const cellTitles = {
  text: texts.activity,
  requirements: texts.requirements,
  time: texts.standardTime,
  output: texts.output,
  remark: texts.remark,
} as const satisfies Record<CellKey, unknown>

function Heads({ drawing: { layout, measures, locale } }: { drawing: Drawing }) {
  const { columns, heads, headHeight, groupHeight } = layout
  const { cells, lanes, actors } = columns
  const whole = headHeight / 2
  const lower = (groupHeight + headHeight) / 2
  const title = (text: string, x: number, middle: number) => (
    <Lines lines={[text]} x={x} middle={middle} anchor="middle" name="title" measures={measures} />
  )
  return (
    <>
      {title(texts.no[locale], measures.numberWidth / 2, whole)}
      {title(texts.actors[locale], actors.x + actors.width / 2, groupHeight / 2)}
      {title(texts.quality[locale], (cells.requirements.x + cells.remark.x) / 2, groupHeight / 2)}
      {cellKeys.map((key) =>
        title(
          cellTitles[key][locale],
          cells[key].x + cells[key].width / 2,
          key === 'text' || key === 'remark' ? whole : lower,
        ),
      )}
      {heads.map((lines, lane) => (
        <Lines
          lines={lines}
          x={lanes[lane]! + measures.laneWidth / 2}
          middle={lower}
          anchor="middle"
          name="title"
          measures={measures}
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
  measures: Measures
}) {
  const { lines, x, middle, anchor, name, measures } = props
  if (lines.length === 0) return null
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

function RowText({ row, drawing: { layout, measures } }: { row: PlacedRow; drawing: Drawing }) {
  const middle = row.box.y + row.box.height / 2
  const { no, symbol } = row.row
  return (
    <>
      {no === null ? null : (
        <Lines
          lines={[`${no}.`]}
          x={measures.numberWidth / 2}
          middle={middle}
          anchor="middle"
          name="cell"
          measures={measures}
        />
      )}
      {cellKeys.map((key) => (
        <Lines
          lines={row.lines[key]}
          x={layout.columns.cells[key].x + padding}
          middle={middle}
          anchor="start"
          name={symbol === 'pentagon' ? 'cell aside' : 'cell'}
          measures={measures}
        />
      ))}
    </>
  )
}

function Arrow({ route, tip }: { route: Route; tip: string }) {
  const path = route.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')
  return <path class={`flow ${route.flow.kind}`} d={path} marker-end={`url(#${tip})`} />
}

function Label({ route, lineHeight }: { route: Route; lineHeight: number }) {
  const { label, labelLines } = route
  if (!label) return null
  return (
    <text class="label" text-anchor={label.anchor}>
      {labelLines.map((line, index) => (
        <tspan x={label.x} y={label.y + index * lineHeight}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

function Symbol({ row, drawing: { standing } }: { row: PlacedRow; drawing: Drawing }) {
  const { symbol } = row
  const { no, caption, marked } = row.row
  const state = no === null ? '' : no === standing.current ? ' current' : standing.done.has(no) ? ' done' : ''
  const word = no === null ? caption : state === ' current' ? '●' : state === ' done' ? '✓' : null
  return (
    <g class={`symbol${state}${marked ? ' marked' : ''}`}>
      <Outline {...symbol} />
      {word === null ? null : (
        <text x={symbol.x + symbol.width / 2} y={symbol.y + symbol.height / 2 + 4} text-anchor="middle">
          {word}
        </text>
      )}
    </g>
  )
}

/** What the symbols mean that this flowchart uses. */
function Legend({
  sheets,
  standing,
  locale,
}: {
  sheets: readonly Chart[]
  standing: ChartStanding
  locale: Locale
}) {
  const used = new Set(sheets.flatMap((sheet) => sheet.rows.map((row) => row.symbol)))
  const all = ['capsule', 'box', 'diamond', 'pentagon'] as const
  return (
    <ul class="flowchart-symbols" aria-label={texts.legend[locale]}>
      {all
        .filter((shape) => used.has(shape))
        .map((shape) => (
          <li>
            <SymbolKey shape={shape} />
            {texts[shape][locale]}
          </li>
        ))}
      <li>
        <svg class="symbol-key" viewBox="0 0 32 18" width="32" height="18" aria-hidden="true">
          <path d="M1 9H30M24 5l6 4-6 4" />
        </svg>
        {texts.arrow[locale]}
      </li>
      {sheets.some((sheet) => sheet.flows.some((flow) => flow.kind === 'return')) ? (
        <li>
          <svg class="symbol-key" viewBox="0 0 32 18" width="32" height="18" aria-hidden="true">
            <path class="return" d="M1 9H30" />
            <path d="M24 5l6 4-6 4" />
          </svg>
          {texts.returning[locale]}
        </li>
      ) : null}
      {standing.done.size > 0 ? <li>✓ {texts.done[locale]}</li> : null}
      {standing.current === null ? null : <li>● {texts.now[locale]}</li>}
    </ul>
  )
}
