import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Chart } from '../../../src/domain/flowchart/chart.ts'
import type { Box, Point } from '../../../src/domain/flowchart/geometry.ts'
import type { FlowchartLayout, Measures } from '../../../src/domain/flowchart/layout.ts'
import { layOut } from '../../../src/domain/flowchart/layout.ts'
import { wrapText } from '../../../src/domain/flowchart/wrap.ts'

const measures: Measures = {
  numberWidth: 40,
  textWidth: 280,
  laneWidth: 132,
  timeWidth: 108,
  lineHeight: 18,
  padding: 10,
  symbolWidth: 84,
  symbolHeight: 44,
  trackGap: 14,
  widthOf: (text) => text.length * 7,
}

/** Charts of 3 to 12 actors and 4 to 40 steps, with decisions, loops back and skips ahead. */
const anyChart: fc.Arbitrary<Chart> = fc
  .record({
    lanes: fc.integer({ min: 3, max: 12 }),
    rows: fc.array(
      fc.record({
        lane: fc.nat(),
        text: fc.string({ maxLength: 200 }),
        extra: fc.array(fc.nat(), { maxLength: 3 }),
      }),
      { minLength: 4, maxLength: 40 },
    ),
  })
  .map(({ lanes, rows }) => ({
    lanes: Array.from({ length: lanes }, (_, index) => `Pelaksana Contoh ${index + 1}`),
    rows: rows.map(({ lane, text, extra }, index) => ({
      no: index + 1,
      text: `Kegiatan ${text}`,
      lane: lane % lanes,
      symbol: extra.length > 0 ? ('diamond' as const) : index === 0 ? ('capsule' as const) : ('box' as const),
      time: '3–5 hari kerja',
      marked: false,
    })),
    flows: rows.flatMap(({ extra }, from) => [
      ...(from + 1 < rows.length
        ? [{ from, to: from + 1, label: extra.length > 0 ? 'Ya' : null, kind: 'continue' as const }]
        : []),
      ...extra.map((to, each) => ({
        from,
        to: to % rows.length,
        label: `Hasil ${each}`,
        kind: 'return' as const,
      })),
    ]),
  }))

const segmentsOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).map((point, index) => [points[index]!, point])

/** Whether a line runs through the inside of a box; touching its edge is arriving, not crossing. */
function crosses([a, b]: [Point, Point], box: Box): boolean {
  const inset = 0.5
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  return (
    right > box.x + inset &&
    left < box.x + box.width - inset &&
    bottom > box.y + inset &&
    top < box.y + box.height - inset
  )
}

function assertClean(chart: Chart, layout: FlowchartLayout): void {
  for (const route of layout.routes) {
    if (route.label && route.points.length === 4 && route.flow.to !== route.flow.from + 1) {
      const width = measures.widthOf(route.flow.label!)
      const left = route.label.anchor === 'start' ? route.label.x : route.label.x - width
      assert.ok(
        left >= layout.columns.tracks[0] && left + width <= layout.columns.time,
        'a label stays out of the text',
      )
    }
    for (const segment of segmentsOf(route.points)) {
      assert.ok(
        segment[0].x === segment[1].x || segment[0].y === segment[1].y,
        'an arrow runs at right angles',
      )
      for (const [index, { symbol }] of layout.rows.entries())
        if (index !== route.flow.from && index !== route.flow.to)
          assert.ok(
            !crosses(segment, symbol),
            `arrow ${route.flow.from}->${route.flow.to} crosses symbol ${index}`,
          )
      for (const point of segment)
        assert.ok(
          point.x >= layout.columns.tracks[0] && point.x <= layout.columns.time,
          'an arrow stays out of the text',
        )
    }
  }
  for (const { lines, timeLines, box } of layout.rows) {
    for (const line of lines)
      assert.ok(measures.widthOf(line) <= measures.textWidth - measures.padding * 2, line)
    assert.ok(Math.max(lines.length, timeLines.length) * measures.lineHeight <= box.height)
  }
  assert.equal(layout.rows.length, chart.rows.length)
}

describe('the flowchart', () => {
  test('of any 200 SOPs: no arrow through a symbol or a text, no text outside its cell', () => {
    fc.assert(
      fc.property(anyChart, (chart) => assertClean(chart, layOut(chart, measures))),
      { numRuns: 200 },
    )
  })

  test('no two arrows lie upon each other beside the columns', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const layout = layOut(chart, measures)
        const upright = layout.routes
          .filter((route) => route.points.length === 4 && route.flow.to !== route.flow.from + 1)
          .map((route) => ({
            x: route.points[1]!.x,
            ys: [route.points[1]!.y, route.points[2]!.y].toSorted((a, b) => a - b),
          }))
        for (const [index, one] of upright.entries())
          for (const other of upright.slice(index + 1))
            assert.ok(one.x !== other.x || one.ys[1]! < other.ys[0]! || other.ys[1]! < one.ys[0]!)
      }),
      { numRuns: 100 },
    )
  })

  test('a line of text is never wider than its cell, not even for one endless word', () => {
    const lines = wrapText('a'.repeat(1000), 70, (text) => text.length * 7)
    assert.ok(lines.every((line) => line.length <= 10))
    assert.equal(lines.join(''), 'a'.repeat(1000))
    assert.deepEqual(
      wrapText('', 70, (text) => text.length),
      [],
    )
  })
})
