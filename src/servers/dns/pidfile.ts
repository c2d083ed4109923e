import { createHash } from 'node:crypto'
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import { isDiskFull, writeWithoutRoom } from '../json-file.ts'

/** Who serves a data directory: one process at a time, and how to find it again. */

const pidfileSchema = z.strictObject({
  pid: z.number().int().positive(),
  port: z.number().int(),
  /** start of the process in clock ticks since boot: tells it from a later process with the same number */
  started: z.string(),
})
export type Pidfile = z.infer<typeof pidfileSchema>

const PIDFILE = 'pid.json'

/** When a process started, or nothing when there is no such process (proc(5), field 22). */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command in parentheses may hold blanks; the fields after it do not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}

export async function writePidfile(dataDir: string, port: number): Promise<void> {
  const content: Pidfile = { pid: process.pid, port, started: (await startOf(process.pid)) ?? '' }
  const text = `${JSON.stringify(content)}\n`
  const fresh = join(dataDir, `${PIDFILE}.new`)
  try {
    await writeFile(fresh, text)
    await rename(fresh, join(dataDir, PIDFILE))
  } catch (error) {
    if (!isDiskFull(error)) throw error
    await rm(fresh, { force: true })
    await writeWithoutRoom(join(dataDir, PIDFILE), text)
  }
}

export async function removePidfile(dataDir: string): Promise<void> {
  await rm(join(dataDir, PIDFILE), { force: true })
}

/** The process that serves the directory now, if any. */
export async function readPidfile(dataDir: string): Promise<Pidfile | undefined> {
  const text = await readFile(join(dataDir, PIDFILE), 'utf8').catch(() => '')
  const { data } = pidfileSchema.safeParse(parseOrNull(text))
  return data && (await isAlive(data)) ? data : undefined
}

/** A file that a power cut left empty names nobody. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whether the very process that wrote the file still runs. */
export async function isAlive({ pid, started }: Pidfile): Promise<boolean> {
  return (await startOf(pid)) === started
}

async function lockNameOf(dataDir: string): Promise<string> {
  const path = await realpath(dataDir)
  return `\0ranah-dns-${createHash('sha256').update(path).digest('hex').slice(0, 40)}`
}

/**
 * Takes the data directory for this process, for as long as it lives: a name in Linux's abstract socket space is
 * given to one process, and is free again the moment that process is gone, however it went.
 * @throws Error when another process has it
 */
export async function lockDataDir(dataDir: string): Promise<void> {
  const server = createServer((socket) => socket.destroy())
  const name = await lockNameOf(dataDir)
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => {
      reject(
        new Error(`Another name server already serves ${dataDir}. Stop it first, or use another directory.`),
      )
    })
    server.listen(name, resolve)
  })
  server.unref()
}

/** Whether some process has the data directory, be it still starting. */
export async function isLocked(dataDir: string): Promise<boolean> {
  const socket = connect(await lockNameOf(dataDir))
  const answer = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  return answer.finally(() => socket.destroy())
}
