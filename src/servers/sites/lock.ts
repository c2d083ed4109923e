import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { contentMadeOnce } from './durable.ts'

/**
 * Takes the data directory for this process alone, until it ends in whatever way. The lock is an abstract
 * socket (Linux), which the kernel gives back at any death, so there is no stale lock to guess about. Its
 * name comes from a random file inside the directory, so that no other user can squat on it.
 * @throws Error when another process holds it
 */
export async function lockDataDirectory(dataDir: string): Promise<void> {
  const seed = await contentMadeOnce(join(dataDir, 'lock-name'), () => randomBytes(24).toString('hex'))
  const name = createHash('sha256').update(`ranah-sites:${seed}`).digest('hex')
  const holder = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`another site host already runs on ${dataDir}`) : error),
    )
    holder.listen(`\0ranah-sites-${name}`, resolve)
  })
  holder.unref()
}
