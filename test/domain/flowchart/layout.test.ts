import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Chart } from '../../../src/domain/flowchart/chart.ts'
import type { Measures } from '../../../src/domain/flowchart/layout.ts'
import { layOut } from '../../../src/domain/flowchart/layout.ts'
import { cutterOf } from '../../../src/domain/flowchart/sheets.ts'
import { wrapText } from '../../../src/domain/flowchart/wrap.ts'
import { faultsOf, noFaults, segmentsOf } from './faults.ts'

const measures: Measures = {
  numberWidth: 36,
  cellWidths: { text: 220, requirements: 140, time: 80, output: 100, remark: 120 },
  laneWidth: 92,
  lineHeight: 16,
  padding: 8,
  symbolWidth: 68,
  symbolHeight: 34,
  trackGap: 12,
  labelWidth: 120,
  widthOf: (text) => text.length * 7,
  boldWidthOf: (text) => text.length * 7.5,
}

const words = {
  goesTo: (no: number | null, sheet: number) => `ke langkah ${no}, lembar ${sheet}`,
  comesFrom: (numbers: readonly number[]) => `dari langkah ${numbers.join(', ')}`,
}

const sheetsWithin = (chart: Chart, maxRows: number): readonly Chart[] =>
  cutterOf(chart, words)(({ rows }) => rows.filter((each) => each.symbol !== 'pentagon').length, maxRows)!

const paragraphs = fc.array(fc.string({ maxLength: 120 }), { maxLength: 4 })
const row = fc.record({
  lane: fc.nat(),
  cells: fc.record({
    text: paragraphs,
    requirements: paragraphs,
    time: paragraphs,
    output: paragraphs,
    remark: paragraphs,
  }),
  arrows: fc.array(
    fc.record({ to: fc.nat(), label: fc.option(fc.string({ minLength: 1, maxLength: 40 })) }),
    { maxLength: 4 },
  ),
  onward: fc.option(fc.string({ minLength: 1, maxLength: 40 })),
})

/** Charts of 2 to 12 actors and 2 to 40 steps, with decisions of many outcomes, loops back and skips ahead. */
const anyChart: fc.Arbitrary<Chart> = fc
  .record({
    lanes: fc.integer({ min: 2, max: 12 }),
    rows: fc.array(row, { minLength: 2, maxLength: 40, size: 'max' }),
  })
  .map(({ lanes, rows }) => ({
    lanes: Array.from({ length: lanes }, (_, index) => `Pelaksana Contoh Nomor ${index + 1}`),
    rows: rows.map(({ lane, cells, arrows }, index) => ({
      no: index + 1,
      caption: null,
      cells,
      lane: lane % lanes,
      symbol:
        arrows.length > 0 ? ('diamond' as const) : index === 0 ? ('capsule' as const) : ('box' as const),
      marked: false,
    })),
    flows: rows.flatMap(({ arrows, onward }, from) => [
      ...(from + 1 < rows.length ? [{ from, to: from + 1, label: onward, kind: 'continue' as const }] : []),
      ...arrows
        .map(({ to, label }) => ({ from, to: to % rows.length, label, kind: 'return' as const }))
        .filter((flow) => flow.to !== from),
    ]),
  }))

describe('the flowchart', () => {
  test('of any 200 SOPs, whole or in sheets: no arrow through a text or a symbol, no text outside its cell', () => {
    fc.assert(
      fc.property(anyChart, fc.integer({ min: 3, max: 40 }), (chart, maxRows) => {
        for (const sheet of sheetsWithin(chart, maxRows)) {
          const layout = layOut(sheet, measures)
          assert.deepEqual(faultsOf(layout, measures), noFaults)
          for (const { points } of layout.routes)
            for (const [a, b] of segmentsOf(points)) assert.ok(a.x === b.x || a.y === b.y, 'right angles')
        }
      }),
      { numRuns: 200 },
    )
  })

  test('no two arrows lie upon each other beside the columns', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const upright = layOut(chart, measures)
          .routes.filter((route) => route.points.length === 4 && route.flow.to !== route.flow.from + 1)
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

  test('sheets lose no row and no arrow: each arrow that leaves one arrives by the same letter on another', () => {
    fc.assert(
      fc.property(anyChart, fc.integer({ min: 3, max: 20 }), (chart, maxRows) => {
        const sheets = sheetsWithin(chart, maxRows)
        const steps = sheets.flatMap((sheet) => sheet.rows.flatMap((each) => each.no ?? []))
        assert.deepEqual(
          steps,
          chart.rows.map((each) => each.no),
        )
        assert.ok(sheets.every((sheet) => sheet.rows.filter((each) => each.no !== null).length <= maxRows))
        assert.deepEqual(arrowsAcross(sheets), arrowsAcross([chart]))
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

/** Every arrow as "from label to", read off the sheets by following the letters. */
function arrowsAcross(sheets: readonly Chart[]): string[] {
  const entrances = new Map<string, number>()
  for (const { rows, flows } of sheets)
    for (const { from, to } of flows)
      if (rows[from]!.symbol === 'pentagon') entrances.set(rows[from]!.caption!, rows[to]!.no!)
  return sheets
    .flatMap(({ rows, flows }) =>
      flows
        .filter(({ from }) => rows[from]!.symbol !== 'pentagon')
        .map(({ from, to, label }) => {
          const target = rows[to]!
          const no = target.symbol === 'pentagon' ? entrances.get(target.caption!) : target.no
          return `${rows[from]!.no} ${label ?? ''} ${no}`
        }),
    )
    .toSorted()
}
