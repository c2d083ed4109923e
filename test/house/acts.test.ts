import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { knownActs } from '../../src/domain/text/acts.ts'
import { subjectKinds } from '../../src/domain/text/oversight.ts'

const folder = new URL('../../src/actions/', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))

test('every act that an action writes into the logbook has words for people', () => {
  const written = sources.flatMap((source) =>
    source
      .split('\n')
      .filter((line) => /\bact: /.test(line))
      .flatMap((line) => [...line.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, act]) => act!)),
  )
  assert.ok(written.length > 80, `${written.length} acts found`)
  const known = new Set(knownActs.map(([act]) => act))
  assert.deepEqual(
    [...new Set(written)].filter((act) => !known.has(act)),
    [],
  )
})

test('every kind of thing that an entry is about has a word', () => {
  const kinds = sources.flatMap((source) =>
    [...source.matchAll(/subject: \{ kind: '([a-z-]+)'/g)].map(([, kind]) => kind!),
  )
  assert.ok(new Set(kinds).size > 10)
  assert.deepEqual(
    [...new Set(kinds)].filter((kind) => !(kind in subjectKinds)),
    [],
  )
})
