import { spawn } from 'node:child_process'
import { mkdir, open, realpath, rename, rm, stat, statfs, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { Refused, type Text } from '../domain/refused.ts'
import * as say from '../domain/text/servers.ts'
import { isDiskFull, jsonText, keepJson, readJson, writeJson, writeWithoutRoom } from './json-file.ts'
import { withLock } from './lock.ts'
import { endProcess, findByCommandTail, identify, isAlive, type ProcessIdentity } from './process.ts'
import type { Running } from './supervise.ts'

/** One of our own servers: a process of its own that outlives the portal. */
export type NodeServer = Running & {
  /** what it printed when it was ready: at least `{ ready: true }`, and the ports it took */
  readonly ready: Readonly<Record<string, unknown>>
  /** whether it was already running when we came */
  readonly adopted: boolean
}

export type NodeServerSpec = {
  /** for people, e.g. `DNS server` */
  readonly name: string
  /** absolute path of its main.ts, which takes the path of a JSON file as its only argument */
  readonly entry: string
  /** its own directory; configuration, log and what it keeps lie there */
  readonly directory: string
  /** written to `directory`/config.json (0600); another configuration than the running one restarts it */
  readonly config: unknown
  readonly onProgress?: (text: Text) => void
  /** default 30 s */
  readonly readyTimeoutMs?: number
}

const recordShape = z.object({
  pid: z.int(),
  startTicks: z.string(),
  config: z.string(),
  ready: z.record(z.string(), z.unknown()),
})

const readyLine = z.looseObject({ ready: z.literal(true) })
const defaultReadyTimeoutMs = 30_000
const lockWaitMs = 60_000
const pollMs = 20
const progressEveryMs = 5_000
const logLimitBytes = 10_000_000
/** more than a server says when it starts */
const readyLineRoomBytes = 16_384
const stopSignals = [
  { signal: 'SIGTERM', waitMs: 10_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const

/**
 * Starts one of our servers, or adopts the live one when its configuration is the same. Safe when two
 * processes do it at once. A process that runs but never became ready is ended first.
 * @throws Refused `server-did-not-start`
 */
export async function launchNodeServer(spec: NodeServerSpec): Promise<NodeServer> {
  await mkdir(spec.directory, { recursive: true, mode: 0o700 })
  const directory = await realpath(spec.directory)
  return withLock(`server ${directory}`, lockWaitMs, async () => {
    const files = filesOf(directory)
    const strangers = await findByCommandTail([spec.entry, files.config])
    const known = await recorded(files.record)
    const config = JSON.stringify(spec.config)
    if (known && known.config === config && (await isAlive(known.process))) {
      return running(known.process, known.ready, true)
    }
    if (known && (await isAlive(known.process))) await endProcess(known.process, stopSignals)
    for (const stranger of strangers) await endProcess(stranger, stopSignals)
    await keepJson(files.config, spec.config)
    const server = await spawnServer(spec, files)
    await noteServer(files.record, { ...server.process, config, ready: server.ready })
    return running(server.process, server.ready, false)
  })
}

/** What the live server of a directory said when it was ready; nothing is started. */
export async function findNodeServer(
  directory: string,
): Promise<{ readonly pid: number; readonly ready: NodeServer['ready'] } | undefined> {
  const known = await recorded(filesOf(directory).record)
  return known && (await isAlive(known.process)) ? { pid: known.process.pid, ready: known.ready } : undefined
}

/** Stops the server of a directory, whoever started it. @returns whether one was running */
export async function stopNodeServer(entry: string, directory: string): Promise<boolean> {
  const place = await realpath(directory).catch(() => directory)
  const found = await findByCommandTail([entry, filesOf(place).config])
  for (const server of found) await endProcess(server, stopSignals)
  return found.length > 0
}

type Files = { readonly config: string; readonly record: string; readonly log: string }

const filesOf = (directory: string): Files => ({
  config: join(directory, 'config.json'),
  record: join(directory, 'supervised.json'),
  log: join(directory, 'server.log'),
})

type Recorded = { process: ProcessIdentity; config: string; ready: Record<string, unknown> }

async function recorded(path: string): Promise<Recorded | undefined> {
  const parsed = recordShape.safeParse(await readJson(path).catch(() => undefined))
  if (!parsed.success) return undefined
  const { pid, startTicks, config, ready } = parsed.data
  return { process: { pid, startTicks }, config, ready }
}

/** A server that could not be noted runs all the same; whoever comes next takes it for a stranger. */
async function noteServer(path: string, record: z.infer<typeof recordShape>): Promise<void> {
  try {
    await writeJson(path, record)
  } catch (error) {
    if (!isDiskFull(error)) throw error
    await writeWithoutRoom(path, jsonText(record))
  }
}

function running(process: ProcessIdentity, ready: NodeServer['ready'], adopted: boolean): NodeServer {
  const stop = async (): Promise<void> => void (await endProcess(process, stopSignals))
  return { process, ready, adopted, stop }
}

/** Its output goes to a file, never to a pipe of ours: a pipe would break when we die, and it with it. */
async function spawnServer(
  spec: NodeServerSpec,
  files: Files,
): Promise<{ process: ProcessIdentity; ready: NodeServer['ready'] }> {
  const logFrom = await rotateLog(files.log)
  const log = await open(files.log, 'a', 0o600)
  try {
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), spec.entry, files.config],
      {
        cwd: '/',
        detached: true,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC' },
        stdio: ['ignore', log.fd, log.fd],
      },
    )
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    failed.catch(() => undefined)
    child.unref()
    if (!child.pid) await failed
    const server = (await identify(child.pid!)) ?? { pid: child.pid!, startTicks: 'gone' }
    return { process: server, ready: await waitForReadyLine(spec, server, files.log, logFrom) }
  } finally {
    await log.close()
  }
}

/**
 * One old generation is kept; on a disk without room its words make way for the line that says that the server is ready.
 * @returns the length of the log before the start
 */
async function rotateLog(path: string): Promise<number> {
  if (await hasNoRoom(path)) await rm(`${path}.1`, { force: true })
  if (await hasNoRoom(path)) await truncate(path).catch(() => undefined)
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  if (size < logLimitBytes) return size
  await rm(`${path}.1`, { force: true })
  await rename(path, `${path}.1`)
  return 0
}

async function hasNoRoom(path: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dirname(path))
  return bavail * bsize < readyLineRoomBytes
}

async function waitForReadyLine(
  spec: NodeServerSpec,
  server: ProcessIdentity,
  log: string,
  logFrom: number,
): Promise<NodeServer['ready']> {
  const started = performance.now()
  const timeoutMs = spec.readyTimeoutMs ?? defaultReadyTimeoutMs
  let nextReport = progressEveryMs
  let reason = `not ready after ${timeoutMs / 1000} seconds`
  while (performance.now() - started < timeoutMs) {
    const alive = await isAlive(server)
    const lines = (await readFrom(log, logFrom)).split('\n')
    const ready = lines.map(parseReadyLine).find((line) => line !== undefined)
    if (ready && alive) return ready
    if (!alive) {
      reason =
        lines.findLast((line) => /error/i.test(line)) ?? lines.findLast((line) => line !== '') ?? 'it ended'
      break
    }
    const waited = performance.now() - started
    if (waited > nextReport) {
      spec.onProgress?.(say.stillWaiting(spec.name, Math.round(waited / 1000)))
      nextReport += progressEveryMs
    }
    await sleep(pollMs)
  }
  await endProcess(server, stopSignals)
  throw new Refused('server-did-not-start', say.serverDidNotStart(spec.name, reason, log), { status: 503 })
}

function parseReadyLine(line: string): NodeServer['ready'] | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const parsed = readyLine.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** at most this much of what a server printed before it was ready is looked at */
const readLimitBytes = 1_000_000

async function readFrom(path: string, position: number): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(readLimitBytes), position })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
