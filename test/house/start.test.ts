/** Whoever asks for the help does not wait until the whole program is loaded. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** What a file loads before its first line runs. */
const loadedBy = (file: string): readonly string[] =>
  [
    ...readFileSync(join(repository, file), 'utf8').matchAll(
      /^import (?!type )(?:[^'";]* from )?'([^']+)'/gm,
    ),
  ].map(([, specifier]) => (specifier!.startsWith('.') ? join(file, '..', specifier!) : specifier!))

test('main.ts loads only words and the reading of arguments before it knows the command', () => {
  const seen = new Set(['src/main.ts'])
  for (const each of seen) if (each.startsWith('src/')) for (const next of loadedBy(each)) seen.add(next)
  const light =
    /^(node:|src\/(main|domain\/refused|domain\/text\/[\w-]+|cli\/[\w-]+|http\/(links|paths))\.ts$)/
  assert.deepEqual(
    [...seen].filter((each) => !light.test(each)),
    [],
  )
  assert.ok(seen.has('src/cli/help.ts') && seen.has('src/domain/text/api-commands.ts'))
})
