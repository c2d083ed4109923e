import { spawn } from 'node:child_process'
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { Refused, type Text } from '../../domain/refused.ts'
import * as say from '../../domain/text/servers.ts'
import { freePort, isFree } from '../free-port.ts'
import { isDiskFull, writeWithoutRoom } from '../json-file.ts'
import { withLock } from '../lock.ts'
import { identify, isAlive, type ProcessIdentity } from '../process.ts'
import { type Account, serverAccount } from './account.ts'
import { type Binaries, prepareBinaries } from './binaries.ts'
import * as cluster from './cluster.ts'
import { endPostmaster, findPostmaster, readPidFile } from './postmaster.ts'

/** A running embedded PostgreSQL. It outlives this process; only `stop` ends it. */
export type EmbeddedPostgres = {
  /** connects as the owner (superuser of this cluster) to the database `ranah` */
  readonly ownerUrl: string
  readonly port: number
  readonly process: ProcessIdentity
  /** whether it was already running when we came */
  readonly adopted: boolean
  readonly stop: () => Promise<void>
}

export type LaunchOptions = {
  readonly dataDirectory: string
  readonly onProgress?: (text: Text) => void
}

const databaseName = 'ranah'
const lockWaitMs = 180_000
/** crash recovery replays the log and may take minutes on a slow disk */
const startTimeoutMs = 600_000
const connectTimeoutMs = 10_000
const progressEveryMs = 5_000
const pollMs = 20
const startAttempts = 5
const orphanWaitMs = 1_000
const logLimitBytes = 10_000_000
const didNotStart = 'postgres-did-not-start'
/** Below this a server that did not start is taken to have had no room: a segment of its log alone has 16 MiB. */
const leastRoomBytes = 1024 * 1024

/**
 * Starts the embedded PostgreSQL of a data directory, or adopts the one that is still running after its
 * parent was killed. Safe when two processes do it at once: both get the same server.
 * @throws Refused with a sentence for the operator when it cannot run here
 */
export async function launchPostgres(options: LaunchOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 })
  const dataDirectory = await realpath(options.dataDirectory)
  const onProgress = options.onProgress ?? (() => undefined)
  return withLock(lockSubject(dataDirectory), lockWaitMs, async () => {
    try {
      return await launchAlone(dataDirectory, onProgress)
    } catch (error) {
      const home = (await cluster.readState(dataDirectory))?.home ?? dataDirectory
      if (!(await isForWantOfRoom(error, home))) throw error
      throw new Refused('postgres-disk-full', say.postgresDiskFull(home), { status: 503, cause: error })
    }
  })
}

async function launchAlone(
  dataDirectory: string,
  onProgress: (text: Text) => void,
): Promise<EmbeddedPostgres> {
  const account = await serverAccount()
  const placed = await cluster.findOrPlaceCluster(dataDirectory, account, onProgress)
  const running = await findPostmaster(cluster.clusterDirectory(placed))
  if (running) return adopt(running, placed, onProgress)
  const binaries = await prepareBinaries(account, join(dataDirectory, 'postgres'), onProgress)
  const state = await cluster.initialise(dataDirectory, placed, binaries, account, onProgress)
  onProgress(say.startingPostgres)
  return startOnFreePort({ dataDirectory, state, binaries, account, onProgress })
}

/** Where the log has no room either, the server that ended could not say why: then the disk itself is asked. */
async function isForWantOfRoom(error: unknown, home: string): Promise<boolean> {
  if (error instanceof Refused && error.reason !== didNotStart) return false
  const { code } = error as { code?: unknown }
  if (isDiskFull(error) || code === '53100' || /No space left on device/.test(String(error))) return true
  const { bavail, bsize } = await statfs(home)
  return bavail * bsize < leastRoomBytes
}

/** The server of a data directory if it takes connections now; nothing is started. */
export async function findPostgres(
  dataDirectory: string,
): Promise<{ readonly pid: number; readonly port: number; readonly ownerUrl: string } | undefined> {
  const state = await cluster.readState(await realpath(dataDirectory).catch(() => resolve(dataDirectory)))
  const running = state && (await findPostmaster(cluster.clusterDirectory(state)))
  if (!running) return undefined
  const { port, status } = await readPidFile(cluster.clusterDirectory(state))
  if (status !== 'ready') return undefined
  return { pid: running.pid, port, ownerUrl: ownerUrl(state.password, port, databaseName) }
}

/** Stops the server of a data directory, whoever started it. @returns whether one was running */
export async function stopPostgres(dataDirectory: string): Promise<boolean> {
  const state = await cluster.readState(await realpath(dataDirectory).catch(() => resolve(dataDirectory)))
  const running = state && (await findPostmaster(cluster.clusterDirectory(state)))
  if (running) await endPostmaster(running)
  return running !== undefined
}

/** Stops the server and deletes its cluster with everything in it. For test runs and `--exit` only. */
export async function destroyPostgres(dataDirectory: string): Promise<void> {
  await stopPostgres(dataDirectory)
  const state = await cluster.readState(await realpath(dataDirectory))
  if (state) await rm(state.home, { recursive: true, force: true })
  await rm(join(dataDirectory, 'postgres'), { recursive: true, force: true })
}

const lockSubject = (dataDirectory: string): string => `postgres ${dataDirectory}`

const ownerUrl = (password: string, port: number, database: string): string =>
  `postgresql://${cluster.superuser}:${password}@127.0.0.1:${port}/${database}`

async function adopt(
  running: ProcessIdentity,
  state: cluster.ClusterState,
  onProgress: (text: Text) => void,
): Promise<EmbeddedPostgres> {
  const port = await waitUntilReady(running, state, onProgress)
  if (!port) throw startFailure(state, 'it ended while it was starting')
  onProgress(say.adoptedPostgres(port))
  return handOver(running, state, port, true)
}

type Start = {
  readonly dataDirectory: string
  readonly state: cluster.ClusterState
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly onProgress: (text: Text) => void
}

/** Keeps the port of the last run, so that whoever knows the address still finds it; another when it is taken. */
async function startOnFreePort(start: Start): Promise<EmbeddedPostgres> {
  const remembered = start.state.port
  let port = remembered && (await isFree('127.0.0.1', remembered)) ? remembered : await freePort()
  let reason = ''
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    const logFrom = await prepareLog(start)
    const child = await spawnPostgres(start, port)
    if (await waitUntilReady(child, start.state, start.onProgress)) {
      if (port !== remembered) await cluster.writeState(start.dataDirectory, { ...start.state, port })
      return handOver(child, start.state, port, false)
    }
    reason = (await readFile(cluster.clusterLog(start.state), 'utf8')).slice(logFrom)
    // the children of a killed postmaster notice its death only after a moment
    if (reason.includes('shared memory block')) await sleep(orphanWaitMs)
    else if (reason.includes('could not bind')) port = await freePort()
    else break
  }
  throw startFailure(start.state, reason.trim().split('\n').at(-1) ?? 'no reason given')
}

function startFailure(state: cluster.ClusterState, reason: string): Refused {
  const text = say.serverDidNotStart('PostgreSQL', reason, cluster.clusterLog(state))
  return new Refused(didNotStart, text, { status: 503 })
}

/** Opens the log for the server's account, one old generation kept. @returns its length so far */
async function prepareLog({ state, account }: Start): Promise<number> {
  const path = cluster.clusterLog(state)
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  if (size > logLimitBytes) await rename(path, `${path}.1`)
  await writeFile(path, '', { flag: 'a', mode: 0o600 })
  if (account) await chown(path, account.uid, account.gid)
  return size > logLimitBytes ? 0 : size
}

/** Modest in memory; durability (fsync, synchronous_commit, full_page_writes) stays as PostgreSQL ships it. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // a failing statement carries personal data, which has no place in a log
  log_min_error_statement: 'panic',
} as const

async function spawnPostgres({ state, binaries, account }: Start, port: number): Promise<ProcessIdentity> {
  const directory = cluster.clusterDirectory(state)
  await disownStalePidFile(directory)
  const options = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = await open(cluster.clusterLog(state), 'a')
  try {
    const child = spawn(join(binaries.directory, 'bin', 'postgres'), ['-D', directory, ...options], {
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
      cwd: binaries.directory,
      detached: true,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
    })
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    failed.catch(() => undefined)
    child.unref()
    if (!child.pid) await failed
    const pid = child.pid!
    return (await identify(pid)) ?? { pid, startTicks: 'gone' }
  } finally {
    await log.close()
  }
}

/**
 * After a reboot the pid in a left postmaster.pid may belong to anybody, and PostgreSQL would then refuse to
 * start. It overlooks the pid of its own parent, so we write ours; its second check, whether processes still
 * use the old shared memory, stays in force.
 */
async function disownStalePidFile(directory: string): Promise<void> {
  const path = join(directory, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  // In its place: on a disk without room a file that was emptied first would stay empty, and nothing would start.
  if (text) await writeWithoutRoom(path, text.replace(/^.*/, String(process.pid)))
}

/** @returns the port once the server takes connections; undefined when it has ended instead */
async function waitUntilReady(
  server: ProcessIdentity,
  state: cluster.ClusterState,
  onProgress: (text: Text) => void,
): Promise<number | undefined> {
  const started = performance.now()
  let nextReport = progressEveryMs
  while (performance.now() - started < startTimeoutMs) {
    const found = await readPidFile(cluster.clusterDirectory(state))
    if (found.pid === server.pid && found.status === 'ready') return found.port
    if (!(await isAlive(server))) return undefined
    const waited = performance.now() - started
    if (waited > nextReport) {
      onProgress(say.stillWaiting('PostgreSQL', Math.round(waited / 1000)))
      nextReport += progressEveryMs
    }
    await sleep(pollMs)
  }
  throw startFailure(state, `not ready after ${startTimeoutMs / 1000} seconds`)
}

/** Signing in proves both ways that this is our server: SCRAM also shows that the server knows the verifier. */
async function handOver(
  server: ProcessIdentity,
  state: cluster.ClusterState,
  port: number,
  adopted: boolean,
): Promise<EmbeddedPostgres> {
  const client = new Client({
    connectionString: ownerUrl(state.password, port, 'postgres'),
    connectionTimeoutMillis: connectTimeoutMs,
  })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
  return {
    ownerUrl: ownerUrl(state.password, port, databaseName),
    port,
    process: server,
    adopted,
    stop: () => endPostmaster(server),
  }
}
