import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

/** The table of faults names the tests that prove them; one that was renamed or taken out is missed here. */

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/faults.md', root), 'utf8')

test('every test that the table of faults names is there', () => {
  const named = [...text.matchAll(/^\[(\d+)\] `(test\/[^`]+)`: (.+)$/gm)]
  assert.ok(named.length > 20, `only ${named.length} tests are named`)
  for (const [, no, file, title] of named)
    assert.ok(
      readFileSync(new URL(file!, root), 'utf8').includes(title!),
      `[${no}] ${file} has no test "${title}"`,
    )
})

test('every number in the table stands for a test, and every test is used', () => {
  const [table, list] = text.split('## The tests')
  const numbers = (part: string | undefined): Set<string> =>
    new Set([...(part ?? '').matchAll(/\[(\d+)\]/g)].map(([, no]) => no!))
  assert.deepEqual([...numbers(table)].toSorted(), [...numbers(list)].toSorted())
})

test('no cell of the table is left open: a test is named, or it cannot happen there', () => {
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| fault'))
  const cells = rows.flatMap((line) =>
    line
      .split('|')
      .slice(2, -1)
      .map((cell) => cell.trim()),
  )
  assert.ok(cells.length > 100)
  for (const cell of cells) assert.match(cell, /^(n\/a|---|\[\d+\]( \[\d+\])*)$/)
})
