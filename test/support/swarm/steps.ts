import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { DebianHost } from '../../../src/servers/debian/host.ts'
import type { Steps } from '../../drivers/hosting/story.ts'

const SAID_LINES = 12
const SAID_CHARACTERS = 240
const READY_TIMEOUT_MS = 60_000
const POLL_MS = 500

/**
 * Runs the parts of a test so that one that fails says how the nodes stand, and leaves the others a Swarm to run on:
 * an engine that died is started again before the next part, as Debian's own unit does.
 */
export const stepsOn = (t: TestContext, hosts: readonly DebianHost[]): Steps => ({
  test: (name, work) =>
    t.test(name, async (t) => {
      await revive(hosts)
      try {
        await work(t)
      } catch (error) {
        throw await withStanding(error, hosts)
      }
    }),
})

async function revive(hosts: readonly DebianHost[]): Promise<void> {
  const dead = hosts.filter((host) => host.died('dockerd') !== null)
  if (dead.length === 0) return
  for (const host of dead) await host.start('dockerd')
  const deadline = performance.now() + READY_TIMEOUT_MS
  for (;;) {
    const argv = ['/usr/bin/docker', 'node', 'ls', '--format', '{{.Status}}']
    const { stdout } = await hosts[0]!.run(argv)
    if (
      stdout
        .trim()
        .split('\n')
        .filter((state) => state === 'Ready').length === hosts.length
    )
      return
    if (performance.now() > deadline) throw new Error(`nodes did not come back: ${stdout}`)
    await sleep(POLL_MS)
  }
}

/** Names an engine that died first, and prints what each said last. */
async function withStanding(error: unknown, hosts: readonly DebianHost[]): Promise<Error> {
  const ends = hosts.map((host, index) => ({ index, how: host.died('dockerd') }))
  const dead = ends
    .filter(({ how }) => how !== null)
    .map(({ index, how }) => `dockerd ${index + 1} died: ${how}`)
  for (const [index, host] of hosts.entries())
    for (const name of ['dockerd', 'sshd'] as const)
      for (const line of await lastWords(host, name))
        process.stdout.write(`${name} ${index + 1}: ${line.slice(0, SAID_CHARACTERS)}\n`)
  const told = error instanceof Error ? error : new Error(String(error))
  const cause = told.cause instanceof Error ? [`because: ${told.cause.message}`] : []
  told.stack = [...dead, ...cause, told.stack ?? told.message].join('\n')
  return told
}

/** The end of a log; of a panic its beginning. */
async function lastWords(host: DebianHost, name: 'dockerd' | 'sshd'): Promise<readonly string[]> {
  const said = await host.said(name, 400)
  const panic = said.findIndex((line) => /^(panic|fatal error|SIG[A-Z]+): /.test(line))
  const from = panic >= 0 ? panic : Math.max(0, said.length - SAID_LINES / 2)
  return said.slice(from, from + SAID_LINES)
}
