import { execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const START_TIMEOUT_MS = 15_000
const POLL_MS = 25
/** Networks of /28 to choose from in 198.19.0.0/16, the upper half of the range for tests (RFC 2544). */
const NETWORKS = 4_096
const NETWORK_TRIES = 20

/** A network in which several throwaway hosts and this machine reach one another. */
export type Switch = {
  /** Plugs in the host whose process 1 this is. */
  readonly plug: (pid: number) => Promise<{ readonly address: string; readonly gateway: string }>
  readonly stop: () => Promise<void>
}

/**
 * A bridge in a network namespace of its own, with one cable to this machine. All of it ends with the process that
 * holds the namespace, and that one ends with us.
 */
export async function openSwitch(): Promise<Switch> {
  const argv = ['--pdeathsig', 'KILL', '/usr/bin/unshare', '--net', '/usr/bin/sleep', 'infinity']
  const holder = spawn('/usr/bin/setpriv', argv, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
  const stop = async () => {
    holder.kill('SIGKILL')
    await ended
  }
  try {
    const pid = holder.pid!
    await hasOwnNetwork(pid)
    const here = (...command: string[]) => run('/usr/sbin/ip', command)
    const inside = (at: number, ...command: string[]) =>
      run('/usr/bin/nsenter', ['--target', String(at), '--net', '/usr/sbin/ip', ...command])
    await inside(pid, 'link', 'add', 'bridge', 'type', 'bridge')
    await inside(pid, 'link', 'set', 'bridge', 'up')
    const network = await freeNetwork()
    const plugInto = async (name: string) => {
      await inside(pid, 'link', 'set', name, 'master', 'bridge')
      await inside(pid, 'link', 'set', name, 'up')
    }
    const card = `rns${pid}`
    await here('link', 'add', card, 'type', 'veth', 'peer', 'name', 'here', 'netns', String(pid))
    await plugInto('here')
    const gateway = network(1)
    await here('addr', 'add', `${gateway}/28`, 'dev', card)
    await here('link', 'set', card, 'up')
    let hosts = 1
    return {
      async plug(host) {
        hosts += 1
        const [address, name] = [network(hosts), `host${hosts}`]
        await inside(pid, 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(host))
        await plugInto(name)
        await inside(host, 'link', 'set', 'lo', 'up')
        await inside(host, 'addr', 'add', `${address}/28`, 'dev', 'eth0')
        await inside(host, 'link', 'set', 'eth0', 'up')
        await inside(host, 'route', 'add', 'default', 'via', gateway)
        return { address, gateway }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits until the namespace is another one than ours: only then it exists. */
async function hasOwnNetwork(pid: number): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  const ours = await readlink('/proc/self/ns/net')
  while (performance.now() < deadline) {
    const theirs = await readlink(`/proc/${pid}/ns/net`).catch(() => ours)
    if (theirs !== ours) return
    await sleep(POLL_MS)
  }
  throw new Error('a network namespace cannot be made on this machine')
}

async function freeNetwork(): Promise<(host: number) => string> {
  const { stdout } = await run('/usr/sbin/ip', ['-o', '-4', 'addr'])
  for (let tries = 0; tries < NETWORK_TRIES; tries++) {
    const base = randomInt(NETWORKS) * 16
    const at = (host: number) => `198.19.${base >> 8}.${(base & 255) + host}`
    if (!stdout.includes(` ${at(1)}/`)) return at
  }
  throw new Error('no free network for throwaway hosts')
}
