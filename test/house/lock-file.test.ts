import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type LockFile, missingPackages } from '../../tools/lock-file.ts'

const read = (): LockFile =>
  JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as LockFile

test('the lock file holds every platform package, or npm ci refuses it: run node tools/complete-lock.ts', () => {
  assert.deepEqual(missingPackages(read()), [])
})

test('the lock file names no registry, and what runs on Debian is pinned by its hash', () => {
  for (const [path, entry] of Object.entries(read().packages)) {
    assert.equal(entry.resolved, undefined, path)
    const [os, cpu] = [entry.os?.[0] ?? 'linux', entry.cpu?.[0] ?? 'x64']
    const runsHere = os === 'linux' && cpu === 'x64' && entry.libc?.[0] !== 'musl'
    if (path !== '' && runsHere) assert.ok('integrity' in entry, `${path} has no hash`)
  }
})
