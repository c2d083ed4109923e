import { writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import type { Daemon } from './daemon.ts'
import { startDaemon } from './daemon.ts'

const program = '/usr/sbin/clamd'

/**
 * Starts clamd with the signatures that lie in the directory, and no others: nothing is asked from the network.
 * @param settings lines of clamd.conf beside those that make it a child of ours
 * @returns it, listening on `clamd.sock` in the directory
 */
export async function startClamd(
  directory: string,
  signatures: string,
  settings: readonly string[] = [],
): Promise<Daemon & { readonly path: string }> {
  const path = join(directory, 'clamd.sock')
  const config = join(directory, 'clamd.conf')
  const lines = [
    `LocalSocket ${path}`,
    `DatabaseDirectory ${signatures}`,
    'Foreground yes',
    'SelfCheck 0',
    ...settings,
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  const daemon = await startDaemon([program, '-c', config], () => listens(path))
  return { ...daemon, path }
}

function listens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ path })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
    socket.once('connect', () => socket.end('zPING\0'))
  })
}
