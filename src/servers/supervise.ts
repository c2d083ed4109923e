import { setTimeout as sleep } from 'node:timers/promises'
import type { Text } from '../domain/refused.ts'
import * as say from '../domain/text/servers.ts'
import { isAlive, type ProcessIdentity } from './process.ts'

/** A server process that runs now, whoever started it. */
export type Running = {
  readonly process: ProcessIdentity
  /** whether it ran before we came, e.g. started by a process that was killed */
  readonly adopted: boolean
  readonly stop: () => Promise<void>
}

export type Supervised<R extends Running> = {
  /** the process of this moment; after a restart another one */
  readonly current: () => R
  /** ends the watch and leaves the server running */
  readonly release: () => void
  /** ends the watch and the server */
  readonly stop: () => Promise<void>
}

export type SuperviseOptions<R extends Running> = {
  /** for people, e.g. `DNS server` */
  readonly name: string
  /** starts the server, or adopts the one that runs */
  readonly start: () => Promise<R>
  readonly onEvent?: (text: Text) => void
  readonly onRestart?: (running: R) => void
}

const watchEveryMs = 250
const firstBackOffMs = 100
const longestBackOffMs = 30_000
/** a server that lived this long starts its next back-off from the beginning */
const healthyAfterMs = 30_000

/**
 * Starts a server and keeps it running: when its process dies it is started again, at once the first time,
 * then after ever longer waits up to half a minute.
 * @throws whatever the first start throws; later failures go to `onEvent`
 */
export async function supervise<R extends Running>(options: SuperviseOptions<R>): Promise<Supervised<R>> {
  let current = await options.start()
  const over = new AbortController()
  const watched = watch(
    options,
    () => current,
    (next) => (current = next),
    over.signal,
  )
  return {
    current: () => current,
    release: () => over.abort(),
    stop: async () => {
      over.abort()
      await watched
      await current.stop()
    },
  }
}

async function watch<R extends Running>(
  options: SuperviseOptions<R>,
  current: () => R,
  replace: (next: R) => void,
  over: AbortSignal,
): Promise<void> {
  let attempt = 0
  let since = performance.now()
  while (!over.aborted) {
    await pause(watchEveryMs, over)
    if (over.aborted || (await isAlive(current().process))) continue
    if (performance.now() - since > healthyAfterMs) attempt = 0
    const waitMs = Math.min(longestBackOffMs, attempt === 0 ? 0 : firstBackOffMs * 2 ** attempt)
    attempt += 1
    options.onEvent?.(say.serverDied(options.name, attempt, waitMs))
    await pause(waitMs, over)
    if (over.aborted) return
    try {
      const next = await options.start()
      replace(next)
      since = performance.now()
      options.onEvent?.(say.serverIsBack(options.name, next.process.pid))
      options.onRestart?.(next)
    } catch (error) {
      options.onEvent?.(say.serverRestartFailed(options.name, error instanceof Error ? error.message : ''))
    }
  }
}

/** Does not hold the process open. */
async function pause(waitMs: number, over: AbortSignal): Promise<void> {
  await sleep(waitMs, undefined, { signal: over, ref: false }).catch(() => undefined)
}
