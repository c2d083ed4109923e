import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refused, type Text } from '../domain/refused.ts'
import { lockBusy } from '../domain/text/servers.ts'

const retryMs = 25

/**
 * Holds a lock of this machine while `work` runs.
 * @throws Refused `lock-busy` after `waitMs`
 */
export async function withLock<T>(subject: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(subject, waitMs)
  try {
    return await work()
  } finally {
    release()
  }
}

/**
 * Takes a lock of this machine until it is released. The lock is a listening socket in Linux's abstract namespace:
 * the kernel gives it to one process only and takes it back when that process dies, however it dies.
 * @param subject what is locked, e.g. `postgres /srv/ranah`; any length
 * @param busy what is said when it cannot be had; a sentence of its own where people are likely to meet it
 * @throws Refused `lock-busy` after `waitMs`
 */
export async function takeLock(
  subject: string,
  waitMs: number,
  busy: Text = lockBusy(subject, Math.round(waitMs / 1000)),
): Promise<() => void> {
  const name = `\0ranah-${createHash('sha256').update(subject).digest('hex').slice(0, 32)}`
  const deadline = performance.now() + waitMs
  let server = await listen(name)
  while (!server) {
    if (performance.now() > deadline) {
      throw new Refused('lock-busy', busy, { status: 503 })
    }
    await sleep(retryMs)
    server = await listen(name)
  }
  const held = server
  return () => void held.close()
}

function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path }, () => resolve(server))
  })
}
