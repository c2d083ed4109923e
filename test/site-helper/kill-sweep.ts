import assert from 'node:assert/strict'

import { HELPER_FILE } from '../../src/domain/hosting/helper.ts'
import type { DebianHost } from '../../src/servers/debian/host.ts'

/** More steps than any verb has. */
const STEPS_MAX = 400

/** What a run does that outlives it: names of files, and programs that are started. */
export const durableCalls = {
  files: 'rename,symlink,mkdir,link,unlink,rmdir',
  programs: 'clone,clone3,fork,vfork',
} as const

/**
 * Runs one line of commands through the helper again and again, killed at its first durable step, then at its second,
 * until a run comes to its end.
 *
 * @param line what goes into the helper, made anew for each run
 * @param settle judges the host after each run and brings it back to where the next one may begin
 * @returns how often it was killed
 */
export async function killAtEveryStep(
  host: DebianHost,
  calls: (typeof durableCalls)[keyof typeof durableCalls],
  line: (step: number) => string,
  settle: (step: number, isWhole: boolean) => Promise<void>,
): Promise<number> {
  for (let step = 1; step < STEPS_MAX; step++) {
    const inject = `inject=${calls}:signal=KILL:when=${step}`
    const strace = ['/usr/bin/strace', '-f', '-q', '-o', '/tmp/strace', '-e', inject]
    // One thread for files, so that the steps come one after the other and can be counted.
    const argv = ['/usr/bin/env', 'UV_THREADPOOL_SIZE=1', ...strace, '/usr/bin/node', HELPER_FILE]
    const ran = await host.run(argv, line(step))
    const isWhole = ran.stdout.includes('"answer"')
    await settle(step, isWhole)
    if (isWhole) return step - 1
  }
  return assert.fail('the number of steps is bounded')
}

/** @returns one line for the helper */
export const commandLine = (verb: string, request: unknown): string =>
  `${JSON.stringify({ commands: [{ verb, request }] })}\n`

/** Everything a site leaves on a host: accounts, records, content, and the configuration in force. */
const TREES = [
  '/etc/passwd',
  '/etc/group',
  '/etc/shadow',
  '/srv/ranah',
  '/var/lib/ranah-sites',
  '/etc/ranah/current/',
]

/** @returns a digest of every octet, owner and mode that sites leave on a host; their logs are left out */
export async function digestOf(host: DebianHost): Promise<string> {
  const tar = ['/usr/bin/tar', '--create', '--sort=name', '--mtime=@0', '--numeric-owner', '--exclude=logs']
  const { stdout, code, stderr } = await host.run([...tar, '--file=/tmp/host.tar', ...TREES])
  assert.equal(code, 0, stderr + stdout)
  return (await host.run(['/usr/bin/sha256sum', '/tmp/host.tar'])).stdout
}
