import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { FittedChart } from '../../../src/domain/flowchart/fit.ts'
import type { Box } from '../../../src/domain/flowchart/geometry.ts'
import { flowMargins } from '../../../src/domain/sop-paper/compose.ts'
import { flowPage } from '../../../src/domain/sop-paper/flow-page.ts'

const run = promisify(execFile)
const pointsPerMm = 72 / 25.4

type Word = Box & { readonly text: string }
type Page = { readonly width: number; readonly height: number; readonly words: readonly Word[] }

/** Every word of a PDF where its letters stand, in points from the upper left corner of its page. */
async function pagesOf(path: string): Promise<readonly Page[]> {
  const { stdout } = await run('pdftotext', ['-bbox', path, '-'], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
    .split('<page ')
    .slice(1)
    .map((page) => {
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page)!
      const found = page.matchAll(
        /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g,
      )
      const words = [...found].map(([, x, y, right, bottom, text]) => ({
        x: Number(x),
        y: Number(y),
        width: Number(right) - Number(x),
        height: Number(bottom) - Number(y),
        text: text!,
      }))
      return { width: Number(width), height: Number(height), words }
    })
}

/** A box of letters is higher than what is seen of them, so it may reach over the edge a little. */
const slack = { x: 0.6, y: 3 }

const isWithin = (word: Box, cell: Box): boolean =>
  word.x >= cell.x - slack.x &&
  word.x + word.width <= cell.x + cell.width + slack.x &&
  word.y >= cell.y - slack.y &&
  word.y + word.height <= cell.y + cell.height + slack.y

/** @returns the cells of one flowchart page; a row's columns of actors are one, because labels reach over them */
function cellsOf(sheet: FittedChart['sheets'][number], size: number): readonly Box[] {
  const page = flowPage(sheet, size, '')
  const { columns, actors, headHeight, groupHeight, rows } = page
  const first = columns[2]!
  const last = columns[1 + actors]!
  const acting = { x: first.x, width: last.x + last.width - first.x }
  const others = columns.filter((_, index) => index < 2 || index > 1 + actors)
  const head = { y: 0, height: headHeight }
  return [
    ...others.map((column) => ({ ...column, ...head })),
    ...columns
      .slice(2, 2 + actors)
      .map((column) => ({ ...column, y: groupHeight, height: headHeight - groupHeight })),
    { ...acting, y: 0, height: groupHeight },
    {
      x: columns[2 + actors]!.x,
      width: columns.at(-1)!.x - columns[2 + actors]!.x,
      y: 0,
      height: groupHeight,
    },
    ...rows.flatMap(({ y, height }) => [...others, acting].map((column) => ({ ...column, y, height }))),
  ]
}

/**
 * Looks at a printed SOP as it is: every word on its page, and on the flowchart pages within a cell of the table.
 * @returns how many words were looked at
 */
export async function assertWordsWithin(path: string, fitted: FittedChart): Promise<number> {
  const pages = await pagesOf(path)
  const flow = pages.filter((page) => page.width > page.height)
  assert.equal(flow.length, fitted.sheets.length, 'a landscape page for each sheet')
  const [left, top] = [flowMargins.side * pointsPerMm, flowMargins.top * pointsPerMm]
  for (const [index, { words }] of flow.entries()) {
    const sheet = fitted.sheets[index]!
    const cells = cellsOf(sheet, fitted.size).map((cell) => ({ ...cell, x: cell.x + left, y: cell.y + top }))
    const bottom = top + sheet.layout.height
    const inTable = words.filter((word) => word.y + word.height > top + slack.y && word.y < bottom - slack.y)
    for (const word of inTable)
      assert.ok(
        cells.some((cell) => isWithin(word, cell)),
        `page ${index + 1}: "${word.text}" at ${word.x},${word.y} of ${word.width} x ${word.height} is in no cell`,
      )
  }
  for (const page of pages)
    for (const word of page.words)
      assert.ok(isWithin(word, { x: 0, y: 0, width: page.width, height: page.height }), word.text)
  return pages.reduce((sum, page) => sum + page.words.length, 0)
}
