import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const RUN_TIMEOUT_MS = 120_000
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024
const START_TIMEOUT_MS = 15_000
const POLL_MS = 25
/** Links of /30 networks to choose from in 198.18.0.0/15, the range for tests between networks (RFC 2544). */
const NETWORKS = 32_768
const NETWORK_TRIES = 20

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** A Debian root that is thrown away: changes land in a layer of its own, processes and network are its own. */
export type ThrowawayRoot = {
  /** Process 1 inside; killing it ends everything inside. */
  readonly pid: number
  readonly address: string
  /** Our end of the link to it. */
  readonly gateway: string
  /** Runs a program inside as root, to its end. */
  readonly run: (argv: readonly string[], input?: string) => Promise<Ran>
  /** Starts a program inside that stays in the foreground. @param log a file of this machine for what it prints */
  readonly spawn: (argv: readonly string[], log: number) => ChildProcess
  /** A directory of this machine that goes with the root. */
  readonly directory: string
  readonly stop: () => Promise<void>
}

/** What a throwaway host has beside a root of its own. */
export type RootWishes = {
  /** Ties the host to a network; without it a link leads to this machine. @param pid process 1 inside */
  readonly connect?: (pid: number) => Promise<{ readonly address: string; readonly gateway: string }>
  /** Places with a file system of their own in memory, beside the usual ones. */
  readonly inMemory?: readonly string[]
  /** Kernel settings and control groups, as a container engine wants them. */
  readonly withKernel?: boolean
}

/**
 * Lays an overlay over this machine's root and gives it namespaces of its own. What runs inside is what Debian
 * installed here; what it writes leaves the machine untouched.
 * @throws Error without root rights
 */
export async function openThrowawayRoot(wishes: RootWishes = {}): Promise<ThrowawayRoot> {
  if (process.getuid?.() !== 0) throw new Error('throwaway Debian hosts need root. Run: sudo npm test')
  const directory = await mkdtemp(join(tmpdir(), 'ranah-debian-'))
  const root = join(directory, 'root')
  const spaces = ['--mount', '--pid', '--net', '--uts', '--fork', '--kill-child']
  // The first process of a host leaves no zombies: whose signal it ignores, the kernel buries.
  const sleeper = ['/usr/bin/env', '--ignore-signal=CHLD', '/usr/bin/sleep', 'infinity']
  // Ends with the process that started it, however that ends.
  const argv = ['--pdeathsig', 'KILL', '/usr/bin/unshare', ...spaces, ...sleeper]
  const holder = spawn('/usr/bin/setpriv', argv, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
  let first = 0
  const stop = async () => {
    holder.kill('SIGKILL')
    await ended
    if (wishes.withKernel) await removeControlGroups((pid) => pid === first)
    // what ran inside is killed with the holder, but may need a moment more than it
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    // What a run left that was killed itself.
    if (wishes.withKernel) await removeControlGroups((pid) => !existsSync(`/proc/${pid}`))
    const pid = await firstProcess(holder.pid!)
    first = pid
    await mountRoot(pid, directory, root, wishes)
    const { address, gateway } = await (wishes.connect ?? linkTo)(pid)
    const enter = ['--target', String(pid), '--mount', '--pid', '--net', '--uts', '/usr/sbin/chroot', root]
    const inside = (command: readonly string[]) => [...enter, ...command]
    return {
      pid,
      address,
      gateway,
      run: (command, input) => runToEnd('/usr/bin/nsenter', inside(command), input),
      spawn: (command, log) =>
        spawn('/usr/bin/nsenter', inside(command), { stdio: ['ignore', log, log], env: ENVIRONMENT }),
      directory,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The control group of all containers of a throwaway host. @param pid process 1 inside */
export const controlGroupOf = (pid: number): string => `/ranah-debian-${pid}`
const CONTROL_GROUPS = '/sys/fs/cgroup'
const REMOVE_TRIES = 40

/** Control groups outlive what was in them. In version 1 there is a tree for each controller, in version 2 one. */
async function removeControlGroups(isMeant: (pid: number) => boolean): Promise<void> {
  const trees = (await readdir(CONTROL_GROUPS)).map((name) => join(CONTROL_GROUPS, name))
  for (const tree of [CONTROL_GROUPS, ...trees]) {
    for (const name of await readdir(tree).catch(() => [])) {
      const pid = Number(/^ranah-debian-(\d+)$/.exec(name)?.[1] ?? 0)
      if (pid > 0 && isMeant(pid)) await removeControlGroup(join(tree, name))
    }
  }
}

async function removeControlGroup(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) await removeControlGroup(join(path, entry.name))
  // Its last processes may be dying still.
  for (let tries = 0; tries < REMOVE_TRIES && existsSync(path); tries++) {
    await rmdir(path).catch(() => sleep(POLL_MS))
  }
}

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' }

/** Waits for `unshare` to have become `sleep` in the new namespaces: only then do they exist. */
async function firstProcess(parent: number): Promise<number> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline) {
    const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '')
    const pid = Number(children.trim().split(' ')[0])
    const name = pid > 0 ? await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '') : ''
    if (name.trim() === 'sleep') return pid
    await sleep(POLL_MS)
  }
  throw new Error('namespaces for a throwaway host cannot be made on this machine')
}

async function mountRoot(pid: number, directory: string, root: string, wishes: RootWishes): Promise<void> {
  const [upper, work] = [join(directory, 'upper'), join(directory, 'work')]
  for (const path of [upper, work, root]) await mkdir(path)
  const mount = (...argv: string[]) =>
    run('/usr/bin/nsenter', ['--target', String(pid), '--mount', '--pid', '/usr/bin/mount', ...argv])
  await mount('--make-rprivate', '/')
  await mount('-t', 'overlay', 'overlay', '-o', `lowerdir=/,upperdir=${upper},workdir=${work}`, root)
  await mount('-t', 'proc', 'proc', join(root, 'proc'))
  await mount('--rbind', '/dev', join(root, 'dev'))
  for (const place of ['tmp', 'run', 'home', 'root']) {
    const mode = place === 'tmp' ? '1777' : place === 'root' ? '0700' : '0755'
    await mount('-t', 'tmpfs', '-o', `mode=${mode}`, 'tmpfs', join(root, place))
  }
  for (const place of wishes.inMemory ?? []) {
    await mkdir(join(upper, place), { recursive: true })
    await mount('-t', 'tmpfs', '-o', 'mode=0711', 'tmpfs', join(root, place))
  }
  if (!wishes.withKernel) return
  const within = ['--target', String(pid), '--mount', '--net', '/usr/bin/mount']
  await run('/usr/bin/nsenter', [...within, '-t', 'sysfs', 'sysfs', join(root, 'sys')])
  await mount('--rbind', '/sys/fs/cgroup', join(root, 'sys/fs/cgroup'))
}

/** A pair of virtual cards; it goes away with the namespace. */
async function linkTo(pid: number): Promise<{ address: string; gateway: string }> {
  const ip = (...argv: string[]) => run('/usr/sbin/ip', argv)
  const within = (...argv: string[]) =>
    run('/usr/bin/nsenter', ['--target', String(pid), '--net', '/usr/sbin/ip', ...argv])
  const card = `rnh${pid}`
  await ip('link', 'add', card, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
  const { gateway, address } = await freeNetwork()
  await ip('addr', 'add', `${gateway}/30`, 'dev', card)
  await ip('link', 'set', card, 'up')
  await within('link', 'set', 'lo', 'up')
  await within('addr', 'add', `${address}/30`, 'dev', 'eth0')
  await within('link', 'set', 'eth0', 'up')
  await within('route', 'add', 'default', 'via', gateway)
  return { address, gateway }
}

/** A network of four addresses that nobody here has yet. */
async function freeNetwork(): Promise<{ address: string; gateway: string }> {
  const { stdout } = await run('/usr/sbin/ip', ['-o', '-4', 'addr'])
  for (let tries = 0; tries < NETWORK_TRIES; tries++) {
    const base = randomInt(NETWORKS) * 4
    const at = (host: number) => `198.${18 + (base >> 16)}.${(base >> 8) & 255}.${(base & 255) + host}`
    if (!stdout.includes(` ${at(1)}/`)) return { gateway: at(1), address: at(2) }
  }
  throw new Error('no free network for a throwaway host')
}

function runToEnd(file: string, argv: readonly string[], input = ''): Promise<Ran> {
  const options = { timeout: RUN_TIMEOUT_MS, maxBuffer: OUTPUT_MAX_BYTES, env: ENVIRONMENT }
  return new Promise((resolve) => {
    const child = execFile(file, [...argv], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
      resolve({ code, stdout, stderr })
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
