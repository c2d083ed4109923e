import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { Refused } from '../../domain/refused.ts'
import { serverDidNotStart } from '../../domain/text/servers.ts'
import { dnsServerConfigSchema, type DnsServerConfigInput } from './config.ts'
import { isAlive, isLocked, readPidfile, type Pidfile } from './pidfile.ts'

/** Time a start may take, in milliseconds: large zones are read before the first answer. */
const START_TIMEOUT_MS = 30_000
/** Time a stop may take before the process is killed. */
const STOP_TIMEOUT_MS = 10_000
const POLL_MS = 25
/** Octets of the log that a failed start reports. */
const LOG_TAIL_CHARACTERS = 2_000

export type RunningDnsServer = {
  readonly pid: number
  readonly port: number
  /** whether it was already running, e.g. started by a parent that was killed */
  readonly adopted: boolean
}

async function until<T>(deadlineMs: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = performance.now() + deadlineMs
  while (performance.now() < end) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(POLL_MS)
  }
  return undefined
}

async function writeConfig(dataDir: string, text: string): Promise<string> {
  const file = join(dataDir, 'config.json')
  // One that says this already is not touched, so that a disk without room is no obstacle.
  if ((await readFile(file, 'utf8').catch(() => null)) === text) return file
  // The file holds keys: nobody else may read it.
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, text, { mode: 0o600 })
  await rename(temporary, file)
  return file
}

/** Starts a process; when somebody else starts one at the same moment, theirs is the one that is found. */
async function start(dataDir: string, configFile: string): Promise<Pidfile> {
  const logFile = join(dataDir, 'server.log')
  const log = await open(logFile, 'a', 0o600)
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const argv = ['--import', import.meta.resolve('tsx'), main, configFile]
  const child = spawn(process.execPath, argv, { detached: true, stdio: ['ignore', log.fd, log.fd] })
  let hasEnded = false
  child.once('error', () => (hasEnded = true))
  child.once('exit', () => (hasEnded = true))
  child.unref()
  await log.close()
  const running = await until(START_TIMEOUT_MS, async () => {
    const pidfile = await readPidfile(dataDir)
    if (pidfile) return pidfile
    return hasEnded && !(await isLocked(dataDir)) ? ('ended' as const) : undefined
  })
  if (running && running !== 'ended') return running
  const reason = running === 'ended' ? lastFault(await readFile(logFile, 'utf8')) : 'not ready in time'
  throw new Refused('server-did-not-start', serverDidNotStart('DNS', reason, logFile), { status: 503 })
}

const faultLine = z.looseObject({ fault: z.string() })

/** Why the server ended, in its own words: the last line of its log. */
function lastFault(log: string): string {
  const line = log.trimEnd().slice(-LOG_TAIL_CHARACTERS).split('\n').at(-1) ?? ''
  try {
    return faultLine.parse(JSON.parse(line)).fault
  } catch {
    return line
  }
}

/**
 * Makes sure that a name server with this configuration serves the data directory, and outlives its starter.
 * One that already runs is adopted when its configuration is the same, and restarted when it is not.
 * @throws Refused `server-did-not-start` with the last line of its log (`server.log` in the data directory)
 */
export async function launchDnsServer(input: DnsServerConfigInput): Promise<RunningDnsServer> {
  const config = dnsServerConfigSchema.parse(input)
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const text = `${JSON.stringify(config, null, 2)}\n`
  const running = await readPidfile(config.dataDir)
  if (running) {
    const current = await readFile(join(config.dataDir, 'config.json'), 'utf8').catch(() => '')
    if (current === text) return { pid: running.pid, port: running.port, adopted: true }
    await stopDnsServer(config.dataDir)
  }
  const { pid, port } = await start(config.dataDir, await writeConfig(config.dataDir, text))
  return { pid, port, adopted: false }
}

/** Stops the name server of a data directory, if one runs; every answered update is already on disk. */
export async function stopDnsServer(dataDir: string): Promise<void> {
  const running = await readPidfile(dataDir)
  if (!running) return
  process.kill(running.pid, 'SIGTERM')
  const isGone = async (): Promise<true | undefined> => ((await isAlive(running)) ? undefined : true)
  if (await until(STOP_TIMEOUT_MS, isGone)) return
  process.kill(running.pid, 'SIGKILL')
  await until(STOP_TIMEOUT_MS, isGone)
}
