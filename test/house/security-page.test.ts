/** docs/security.md names what exists. That its table of addresses is the code's stands in routes.test.ts. */
import assert from 'node:assert/strict'
import { access, readFile } from 'node:fs/promises'
import { test } from 'node:test'

const root = new URL('../../', import.meta.url)
const page = await readFile(new URL('docs/security.md', root), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|test|migrations)\/[\w./-]*)`/g)].map(([, path]) => path!)

test('every file that the page names exists', async () => {
  const named = pathsIn(page)
  assert.ok(named.length > 60)
  for (const path of named) await assert.doesNotReject(access(new URL(path, root)), path)
})

test('each class and each function a to m names a place and a test', () => {
  const of = (label: string) => rows.filter((row) => row.startsWith(`| ${label}`))
  const classes = ['a check on one', 'missing tenant', 'an operator who', 'default secrets', 'trusted proxy']
  const more = ['shell injection', 'template injection', 'logs that can']
  for (const label of [...classes, ...more, ...'abcdefghijklm'.split('').map((letter) => `${letter}. `)]) {
    assert.equal(of(label).length, 1, label)
    const [, , place = '', proof = ''] = of(label)[0]!
      .split(' | ')
      .flatMap((cell, index) => (index === 0 ? ['', cell] : [cell]))
    assert.ok(/src\/|the table below|argument vectors/.test(place), `${label} names no place`)
    assert.ok(
      pathsIn(proof).some((path) => path.endsWith('.test.ts')),
      `${label} names no test`,
    )
  }
})
