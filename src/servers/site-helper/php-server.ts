import { access, mkdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { replaceFile } from '../sites/durable.ts'
import { places } from './places.ts'

const RELOAD_TIMEOUT_MS = 30_000
const POLL_MS = 25

/** Whether PHP runs with these pools. The mark lies where a restart of the host clears it. */
export async function arePoolsInForce(digest: string, sockets: readonly string[]): Promise<boolean> {
  if ((await readFile(places.phpInForce, 'utf8').catch(() => '')) !== digest) return false
  return (await Promise.all(sockets.map(answers))).every(Boolean)
}

/** Reloads php-fpm and waits until every pool takes connections. */
export async function reloadPhp(version: string, digest: string, sockets: readonly string[]): Promise<void> {
  const down = (cause: unknown) =>
    new Refused('service-down', hostingText.serviceDown(`php${version}-fpm`), { status: 503, cause })
  try {
    const master = await readFile(`/run/php/php${version}-fpm.pid`, 'utf8')
    // Graceful: requests in progress end first.
    process.kill(Number(master.trim()), 'SIGUSR2')
  } catch (error) {
    throw down(error)
  }
  const deadline = performance.now() + RELOAD_TIMEOUT_MS
  while (!(await Promise.all(sockets.map(answers))).every(Boolean)) {
    if (performance.now() > deadline) throw down(new Error('a pool does not answer'))
    await sleep(POLL_MS)
  }
  await mkdir('/run/ranah', { recursive: true, mode: 0o755 })
  await replaceFile(places.phpInForce, digest)
}

async function answers(path: string): Promise<boolean> {
  if (
    !(await access(path).then(
      () => true,
      () => false,
    ))
  )
    return false
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
