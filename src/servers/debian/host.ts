import type { ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import {
  controlGroupOf,
  openThrowawayRoot,
  type Ran,
  type RootWishes,
  type ThrowawayRoot,
} from './throwaway-root.ts'

/** A first start of MariaDB lays its tables on a slow disk within this. */
const SERVICE_TIMEOUT_MS = 60_000
const POLL_MS = 50
const LINES_OF_A_START = 10
const PHP = '8.2'
const POSTGRES = '15'
const POSTGRES_BIN = `/usr/lib/postgresql/${POSTGRES}/bin`
const POSTGRES_DATA = `/var/lib/postgresql/${POSTGRES}/main`
const POSTGRES_CONFIG = `config_file=/etc/postgresql/${POSTGRES}/main/postgresql.conf`
const AS_POSTGRES = ['/usr/bin/setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups']

export type ServiceName = 'sshd' | 'nginx' | 'php-fpm' | 'mariadb' | 'postgresql' | 'dockerd'

/** A server that runs on the host; the process is one of this machine. */
export type RunningServer = { readonly kind: ServiceName; readonly version: string; readonly pid: number }

type Service = {
  readonly argv: readonly string[]
  readonly version: readonly string[]
  readonly pidFile: string
  /** Succeeds once the service answers. */
  readonly isUp: (root: ThrowawayRoot) => Promise<boolean>
}

const answersOn = (port: number) => (root: ThrowawayRoot) => isOpen(root.address, port)
const succeeds =
  (...argv: string[]) =>
  async (root: ThrowawayRoot) =>
    (await root.run(argv)).code === 0

const services: Readonly<Record<ServiceName, Service>> = {
  sshd: {
    argv: ['/usr/sbin/sshd', '-D', '-e'],
    version: ['/usr/bin/ssh', '-V'],
    pidFile: '/run/sshd.pid',
    isUp: answersOn(22),
  },
  nginx: {
    argv: ['/usr/sbin/nginx', '-g', 'daemon off;'],
    version: ['/usr/sbin/nginx', '-v'],
    pidFile: '/run/nginx.pid',
    isUp: answersOn(80),
  },
  'php-fpm': {
    argv: [`/usr/sbin/php-fpm${PHP}`, '--nodaemonize'],
    version: [`/usr/sbin/php-fpm${PHP}`, '-v'],
    pidFile: `/run/php/php${PHP}-fpm.pid`,
    isUp: succeeds('/usr/bin/test', '-S', `/run/php/php${PHP}-fpm.sock`),
  },
  mariadb: {
    argv: ['/usr/sbin/mariadbd', '--user=mysql'],
    version: ['/usr/sbin/mariadbd', '--version'],
    pidFile: '/run/mysqld/mysqld.pid',
    isUp: succeeds('/usr/bin/mariadb', '-e', 'select 1'),
  },
  postgresql: {
    argv: [...AS_POSTGRES, `${POSTGRES_BIN}/postgres`, '-D', POSTGRES_DATA, '-c', POSTGRES_CONFIG],
    version: [`/usr/lib/postgresql/${POSTGRES}/bin/postgres`, '--version'],
    pidFile: `/var/lib/postgresql/${POSTGRES}/main/postmaster.pid`,
    isUp: succeeds('/usr/bin/pg_isready', '--quiet'),
  },
  dockerd: {
    argv: ['/usr/sbin/dockerd'],
    version: ['/usr/sbin/dockerd', '--version'],
    pidFile: '/run/docker.pid',
    // without a server it still succeeds, but says nothing of it
    isUp: async (root) => {
      const { code, stdout } = await root.run(['/usr/bin/docker', 'version', '-f', '{{.Server.Version}}'])
      return code === 0 && stdout.trim() !== ''
    },
  },
}

export type DebianHost = {
  readonly address: string
  readonly gateway: string
  /** Process 1 of the host. */
  readonly pid: number
  /** The SSH host key in one line, as it stands in its .pub file. */
  readonly hostKey: string
  readonly run: (argv: readonly string[], input?: string) => Promise<Ran>
  readonly start: (name: ServiceName) => Promise<void>
  readonly end: (name: ServiceName) => Promise<void>
  /** What runs, each with the version that it says it has. */
  readonly versions: () => Promise<readonly RunningServer[]>
  /** How a service that was started and not ended came to its end; null while it runs. */
  readonly died: (name: ServiceName) => string | null
  /** What a service printed last, for a person who wonders. */
  readonly said: (name: ServiceName, lines: number) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

/**
 * Starts a bare Debian host with its own sshd, nginx and whatever else is asked for, as Debian configures them.
 * @param operatorKey public key of the one who may sign in as root
 */
export async function startDebianHost(
  names: readonly ServiceName[],
  operatorKey: string,
  wishes: RootWishes = {},
): Promise<DebianHost> {
  const root = await openThrowawayRoot(wishes)
  try {
    const hostKey = await layBareHost(root, operatorKey, names)
    const host = new RunningHost(root, hostKey)
    for (const name of names) await host.start(name)
    return host
  } catch (error) {
    await root.stop()
    throw error
  }
}

class RunningHost implements DebianHost {
  readonly address: string
  readonly gateway: string
  readonly pid: number
  readonly hostKey: string
  readonly #root: ThrowawayRoot
  readonly #running = new Map<ServiceName, ChildProcess>()

  constructor(root: ThrowawayRoot, hostKey: string) {
    this.#root = root
    this.address = root.address
    this.gateway = root.gateway
    this.pid = root.pid
    this.hostKey = hostKey
  }

  run(argv: readonly string[], input?: string): Promise<Ran> {
    return this.#root.run(argv, input)
  }

  async start(name: ServiceName): Promise<void> {
    const log = await open(this.#logOf(name), 'a')
    const child = this.#root.spawn(services[name].argv, log.fd)
    await log.close()
    this.#running.set(name, child)
    const deadline = performance.now() + SERVICE_TIMEOUT_MS
    while (!(await services[name].isUp(this.#root))) {
      if (child.exitCode !== null || performance.now() > deadline)
        throw new Error([`${name} did not start`, ...(await this.said(name, LINES_OF_A_START))].join('\n'))
      await sleep(POLL_MS)
    }
  }

  async end(name: ServiceName): Promise<void> {
    const child = this.#running.get(name)
    if (!child) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const pid = (await this.run(['/usr/bin/head', '-n', '1', services[name].pidFile])).stdout.trim()
    await this.run(['/usr/bin/kill', pid])
    await ended
    this.#running.delete(name)
  }

  async versions(): Promise<readonly RunningServer[]> {
    const found: RunningServer[] = []
    for (const [kind, child] of this.#running) {
      const { stdout, stderr } = await this.run(services[kind].version)
      const said = stdout + stderr
      const version = /\d+(?:\.\d+)+[^\s,]*/.exec(said)?.[0]
      if (!version) throw new Error(`${kind} does not say its version: ${said.slice(0, 300)}`)
      found.push({ kind, version, pid: child.pid ?? 0 })
    }
    return found
  }

  died(name: ServiceName): string | null {
    const { exitCode = null, signalCode = null } = this.#running.get(name) ?? {}
    return signalCode ?? (exitCode === null ? null : `code ${exitCode}`)
  }

  async said(name: ServiceName, lines: number): Promise<readonly string[]> {
    const log = await readFile(this.#logOf(name), 'utf8').catch(() => '')
    return log.trimEnd().split('\n').slice(-lines)
  }

  #logOf(name: ServiceName): string {
    return join(this.#root.directory, `${name}.log`)
  }

  stop(): Promise<void> {
    return this.#root.stop()
  }
}

/** The state of a host on which the packages were just installed; databases are new, keys its own. */
async function layBareHost(
  root: ThrowawayRoot,
  operatorKey: string,
  names: readonly ServiceName[],
): Promise<string> {
  const must = async (argv: readonly string[], input?: string) => {
    const { code, stdout, stderr } = await root.run(argv, input)
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr || stdout}`)
    return stdout
  }
  const directory = (path: string, owner: string, mode = '0755') =>
    must(['/usr/bin/install', '-d', '-o', owner, '-g', owner, '-m', mode, path])
  await directory('/run/sshd', 'root')
  await directory('/run/lock', 'root')
  await directory('/run/php', 'www-data')
  await directory('/root/.ssh', 'root', '0700')
  await must(['/usr/bin/tee', '/root/.ssh/authorized_keys'], `${operatorKey}\n`)
  await must(['/usr/bin/find', '/etc/ssh', '-name', 'ssh_host_*', '-delete'])
  await must(['/usr/bin/ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/etc/ssh/ssh_host_ed25519_key'])
  await must(['/usr/bin/chown', 'root:root', '/etc/ssh/ssh_host_ed25519_key'])
  if (names.includes('dockerd')) {
    const settings = {
      'cgroup-parent': controlGroupOf(root.pid),
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      'no-new-privileges': true,
      'storage-driver': 'overlay2',
      // lowering it needs a right that a container may lack
      'oom-score-adjust': 0,
    }
    await directory('/etc/docker', 'root')
    await must(['/usr/bin/tee', '/etc/docker/daemon.json'], JSON.stringify(settings))
  }
  if (names.includes('mariadb')) {
    await directory('/run/mysqld', 'mysql')
    await must(['/usr/bin/find', '/var/lib/mysql', '-mindepth', '1', '-delete'])
    await must(['/usr/bin/mariadb-install-db', '--user=mysql', '--auth-root-authentication-method=socket'])
  }
  if (names.includes('postgresql')) {
    await directory('/run/postgresql', 'postgres')
    await must(['/usr/bin/find', `/var/lib/postgresql/${POSTGRES}`, '-mindepth', '1', '-delete'])
    const access = ['--auth-local=peer', '--auth-host=scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8']
    await must([...AS_POSTGRES, `${POSTGRES_BIN}/initdb`, ...access, '-D', POSTGRES_DATA])
  }
  return (await must(['/usr/bin/cat', '/etc/ssh/ssh_host_ed25519_key.pub'])).trim()
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}
