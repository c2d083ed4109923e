import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { GENERATION_NAME } from './nginx-site.ts'

const ASK_TIMEOUT_MS = 5_000
/** With ten thousand sites a reload takes seconds. */
const RELOAD_TIMEOUT_MS = 60_000
const POLL_MS = 5

const down = (name: string, cause: unknown) =>
  new Refused('service-down', hostingText.serviceDown(name), { status: 503, cause })

/** Which generation nginx serves now; null when it serves none of ours. @throws Refused `service-down` */
export function runningGeneration(port: number): Promise<string | null> {
  const options = { host: '127.0.0.1', port, headers: { host: GENERATION_NAME }, agent: false }
  return new Promise((resolve, reject) => {
    const asking = request({ ...options, timeout: ASK_TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString() : null)
      })
      response.on('error', reject)
    })
    asking.on('timeout', () => asking.destroy(new Error('no answer')))
    asking.on('error', (error) => reject(down('nginx', error)))
    asking.end()
  })
}

/** Reloads nginx and waits until the new configuration answers and no worker of the old one still listens. */
export async function reloadWebServer(port: number, generation: string): Promise<void> {
  const master = Number((await readFile('/run/nginx.pid', 'utf8').catch(() => '')).trim())
  const before = await workersOf(master)
  try {
    if (!(await titleOf(master)).startsWith('nginx: master process')) throw new Error('nginx does not run')
    // As `nginx -s reload` does, once it has read the whole configuration to find the number of this process.
    process.kill(master, 'SIGHUP')
  } catch (error) {
    throw down('nginx', error)
  }
  const deadline = performance.now() + RELOAD_TIMEOUT_MS
  const isOver = async (): Promise<boolean> =>
    (await runningGeneration(port)) === generation &&
    !(await Promise.all(before.map(isListening))).includes(true)
  while (!(await isOver())) {
    if (performance.now() > deadline) throw down('nginx', new Error('the reload did not come to its end'))
    await sleep(POLL_MS)
  }
}

const titleOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')

/** A worker still takes connections; one that only ends its last requests has another title. */
async function isListening(pid: number): Promise<boolean> {
  const title = await titleOf(pid)
  return title.startsWith('nginx: worker process') && !title.includes('shutting down')
}

async function workersOf(master: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
      return Number(parent) === master && (await isListening(Number(pid))) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}
