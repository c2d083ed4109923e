import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ownNetworks } from './own-networks.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const repository = fileURLToPath(new URL('../../', import.meta.url))
const commandTimeoutMs = 240_000
const readyTimeoutMs = 240_000
const stopTimeoutMs = 30_000

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** The environment of an installation on free ports of loopback, with nothing of this machine's own settings. */
function environmentOf(dataDirectory: string, more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const free = { RANAH_PORT: '0', RANAH_DNS_PORT: '0', RANAH_SITES_PORT: '0', RANAH_SFTP_PORT: '0' }
  const own = { RANAH_OWN_NETWORKS: ownNetworks.join(',') }
  const { PATH, HOME } = process.env
  return { PATH, HOME, RANAH_DATA: dataDirectory, ...free, ...own, ...more }
}

/** Starts `ranah ARGS` as an operator would. */
export function spawnRanah(
  dataDirectory: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: repository,
    env: environmentOf(dataDirectory, more),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs `ranah ARGS` to its end. */
export async function ranah(
  dataDirectory: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawnRanah(dataDirectory, args, more)
  const said = { stdout: '', stderr: '' }
  child.stdout!.on('data', (chunk: Buffer) => (said.stdout += chunk.toString('utf8')))
  child.stderr!.on('data', (chunk: Buffer) => (said.stderr += chunk.toString('utf8')))
  const timer = setTimeout(() => child.kill('SIGKILL'), commandTimeoutMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, ...said }
}

/** A `ranah` that goes on; `said` is what it printed on standard output until it was ready. */
export type LongRun = {
  readonly said: string
  /** Everything it has printed until now, on both outputs. */
  readonly printed: () => string
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Starts a command that goes on and waits until standard output, from its beginning, fits `ready`. */
export async function startRanah(
  dataDirectory: string,
  args: readonly string[],
  ready: (stdout: string) => boolean,
  more: Readonly<Record<string, string>> = {},
): Promise<LongRun> {
  const child = spawnRanah(dataDirectory, args, more)
  let stdout = ''
  let stderr = ''
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${stdout}${stderr}`)), readyTimeoutMs)
    const settle = (end: () => void): void => {
      clearTimeout(timer)
      end()
    }
    child.stdout!.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8')
      if (ready(stdout)) settle(resolve)
    })
    child.once('exit', (code) => settle(() => reject(new Error(`ended with ${code}: ${stdout}${stderr}`))))
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return { said: stdout, printed: () => stdout + stderr, end: (signal) => endOf(child, signal) }
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended
  clearTimeout(timer)
  return child.exitCode
}
