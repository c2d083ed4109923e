import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { openSync, closeSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { RUNNING_FILE, type RunningHost, runningHost } from '../../domain/hosting/control.ts'
import type { SitesConfigInput } from './config.ts'
import { replaceFile } from './durable.ts'

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 10_000
const PING_TIMEOUT_MS = 3_000
const POLL_MS = 50

export type LaunchedSites = RunningHost & { readonly adopted: boolean }

/**
 * Makes sure that the site host of this data directory runs as a detached process: adopts the one that is
 * still running when it listens where the configuration wants it, otherwise (re)starts it. The process
 * outlives the caller. Its words go to `sites.log` in the data directory.
 * @throws Error when it is not ready within START_TIMEOUT_MS, with the end of its log
 */
export async function launchSites(config: SitesConfigInput): Promise<LaunchedSites> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const running = await findSites(config)
  if (running && (await servesAs(config, running))) return { ...running, adopted: true }
  if (running) await stopSites(config)
  return { ...(await spawnSites(config)), adopted: false }
}

/** The running site host of a data directory, proven by its answer to our secret; null when none answers. */
export async function findSites(config: SitesConfigInput): Promise<RunningHost | null> {
  try {
    const text = await readFile(join(config.dataDir, RUNNING_FILE), 'utf8')
    const running = runningHost.parse(JSON.parse(text))
    const secret = (await readFile(config.controlSecretFile, 'utf8')).trim()
    return (await ping(running.controlPort, secret)) === running.pid ? running : null
  } catch {
    return null
  }
}

/** Ends the running site host, if any, and waits until it is gone. */
export async function stopSites(config: SitesConfigInput): Promise<void> {
  const running = await findSites(config)
  if (!running) return
  process.kill(running.pid, 'SIGTERM')
  for (let waitedMs = 0; isAlive(running.pid); waitedMs += POLL_MS) {
    if (waitedMs >= STOP_TIMEOUT_MS) throw new Error(`the site host ${running.pid} does not stop`)
    await sleep(POLL_MS)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const configFile = (config: SitesConfigInput) => join(config.dataDir, 'config.json')

/** Whether a running host was started with this very configuration. */
async function servesAs(config: SitesConfigInput, running: RunningHost): Promise<boolean> {
  const isPort = (wanted: number, actual: number) => wanted === 0 || wanted === actual
  const written = await readFile(configFile(config), 'utf8').catch(() => '')
  return (
    written === JSON.stringify(config) &&
    isPort(config.webPort, running.webPort) &&
    isPort(config.sftpPort, running.sftpPort)
  )
}

function ping(port: number, secret: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const options = { host: '127.0.0.1', port, path: '/v1/ping', method: 'POST', headers, agent: false }
    const asking = request({ ...options, timeout: PING_TIMEOUT_MS }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => {
        const pid: unknown = response.statusCode === 200 ? JSON.parse(body).pid : null
        resolve(typeof pid === 'number' ? pid : null)
      })
    })
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(null))
    asking.end('{}')
  })
}

async function spawnSites(config: SitesConfigInput): Promise<RunningHost> {
  await replaceFile(configFile(config), JSON.stringify(config))
  const logPath = join(config.dataDir, 'sites.log')
  const log = openSync(logPath, 'a', 0o600)
  const entry = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', entry, configFile(config)], {
    // The loader is found from our own package, wherever the caller was started.
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    detached: true,
    stdio: ['ignore', 'pipe', log],
  }) as ChildProcessByStdio<null, Readable, null>
  closeSync(log)
  try {
    return await readyLine(child)
  } catch (error) {
    child.kill('SIGKILL')
    const words = (await readFile(logPath, 'utf8').catch(() => '')).slice(-1_000)
    throw new Error(`the site host did not start: ${String(error)}\n${words}`, { cause: error })
  } finally {
    child.stdout.destroy()
    child.unref()
  }
}

function readyLine(child: ChildProcessByStdio<null, Readable, null>): Promise<RunningHost> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`not ready within ${START_TIMEOUT_MS} ms`)),
      START_TIMEOUT_MS,
    )
    const lines = createInterface({ input: child.stdout })
    lines.once('line', (line) => {
      clearTimeout(late)
      const { ready, ...running } = JSON.parse(line) as RunningHost & { ready: boolean }
      if (ready) resolve(runningHost.parse(running))
      else reject(new Error(line))
    })
    child.once('exit', (code) => reject(new Error(`it ended with code ${String(code)}`)))
    child.once('error', reject)
  })
}
