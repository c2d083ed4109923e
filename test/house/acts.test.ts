import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { knownActs } from '../../src/domain/text/acts.ts'

test('every act that an action writes into the logbook has words for people', () => {
  const folder = new URL('../../src/actions/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const written = files.flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
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
