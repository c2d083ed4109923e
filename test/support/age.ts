import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key made by Debian's age, and what its holder reads with it. */
export type AgeKey = {
  readonly recipient: string
  /** The secret half, as `age-keygen` prints it. */
  readonly identity: string
  /** @returns what `age --decrypt` prints. @throws when it refuses */
  readonly decrypt: (file: string) => string
}

const timeoutMs = 60_000

/** Makes a key with the real age-keygen; decryption is its own, and knows nothing of ours. */
export function makeAgeKey(): AgeKey {
  const made = spawnSync('/usr/bin/age-keygen', [], { encoding: 'utf8', timeout: timeoutMs })
  const recipient = /^# public key: (age1\S+)$/m.exec(made.stdout)?.[1]
  const identity = /^AGE-SECRET-KEY-1\S+$/m.exec(made.stdout)?.[0]
  assert.ok(recipient && identity, made.stderr)
  return { recipient, identity, decrypt: (file) => decrypt(identity, file) }
}

/** The secret half goes in by standard input, so that it lies in no file; what is encrypted may lie in one. */
function decrypt(identity: string, file: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'ranah-age-'))
  try {
    const path = join(directory, 'given.age')
    writeFileSync(path, file)
    const argv = ['--decrypt', '--identity', '-', path]
    const done = spawnSync('/usr/bin/age', argv, { input: identity, encoding: 'utf8', timeout: timeoutMs })
    if (done.status !== 0) throw new Error(`age refused: ${done.stderr}`)
    return done.stdout
  } finally {
    rmSync(directory, { recursive: true })
  }
}
