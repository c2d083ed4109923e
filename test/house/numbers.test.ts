import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'

/** Two branches that take the next number at once meet here, before an installation refuses its migrations. */
for (const folder of ['migrations', 'docs/decisions']) {
  test(`no number stands twice in ${folder}`, () => {
    const numbers = readdirSync(new URL(`../../${folder}`, import.meta.url)).map((name) => name.slice(0, 4))
    assert.ok(numbers.length > 10 && numbers.every((number) => /^\d{4}$/.test(number)))
    const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index)
    assert.deepEqual(twice, [])
  })
}
