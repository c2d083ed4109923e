import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** One of Debian's own servers, run in the foreground as a child of ours: it ends with us or when it is told. */
export type Daemon = {
  readonly pid: number
  /** what it printed so far, for a person who wonders */
  readonly log: () => string
  /** sends a signal without waiting, e.g. SIGSTOP */
  readonly signal: (signal: NodeJS.Signals) => void
  /** ends it and waits until it is gone */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** A bound on a hang: on a busy machine a server takes its time. */
const startLimitMs = 60_000
const stopLimitMs = 10_000
const toolLimitMs = 60_000
const pollMs = 25
/** Characters of its output that are kept. */
const maxLogCharacters = 200_000

/**
 * Starts a server and waits until `isReady` holds.
 * @param argv the program first; no shell reads it
 * @param environment beside our own
 * @throws Error with the end of its log when it ends or does not get ready in time
 */
export async function startDaemon(
  argv: readonly [string, ...string[]],
  isReady: () => Promise<boolean>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Daemon> {
  const child = spawn(argv[0], argv.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let log = ''
  let ended = false
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-maxLogCharacters)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.once('error', (error) => {
    ended = true
    log += error.message
  })
  child.once('exit', () => (ended = true))
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    process.removeListener('exit', killWithUs)
    if (ended) return
    const gone = once(child, 'exit')
    child.kill(signal)
    // a stopped process hears nothing else before it goes on
    child.kill('SIGCONT')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
    await gone
    clearTimeout(timer)
  }
  const deadline = performance.now() + startLimitMs
  while (!(await isReady())) {
    if (!ended && performance.now() < deadline) {
      await sleep(pollMs)
      continue
    }
    await stop('SIGKILL')
    throw new Error(`${argv[0]} did not start: ${log.slice(-4_000)}`)
  }
  return { pid: child.pid ?? 0, log: () => log, signal: (signal) => void child.kill(signal), stop }
}

/** Runs a program to its end. @returns what it printed @throws Error when it fails */
export async function runTool(file: string, argv: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(file, argv, { timeout: toolLimitMs })
  return stdout + stderr
}

/** `9.18.49` out of what a program prints about itself; PowerDNS ends with 99 after that. */
export async function versionOf(file: string, argument: string): Promise<string> {
  const printed = await new Promise<string>((resolve) => {
    execFile(file, [argument], { timeout: toolLimitMs }, (_error, stdout, stderr) => resolve(stdout + stderr))
  })
  const version = /\d+\.\d+(?:\.\d+)*/.exec(printed)?.[0]
  if (!version) throw new Error(`${file} does not say its version: ${printed.slice(0, 300)}`)
  return version
}
