import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Makes a directory's entries survive a loss of power, not only a killed process. */
export const syncDirectory = (path: string): Promise<void> => syncPath(path)

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Waits for all of it, also where some fails: nothing is still being written afterwards. @throws the first failure */
export async function sideBySide(works: readonly Promise<void>[]): Promise<void> {
  for (const each of await Promise.allSettled(works)) if (each.status === 'rejected') throw each.reason
}

/** Syncs files and directories side by side: the disk takes them in together, and none is left to chance. */
export async function syncAll(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map(syncPath))
}

async function writeSynced(path: string, content: string | Buffer, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const besides = (path: string) => join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)

/** Replaces a file so that a reader, and a restart after any crash, sees the old or the new one, whole. */
export async function replaceFile(path: string, content: string | Buffer, mode = 0o600): Promise<void> {
  const temporary = besides(path)
  try {
    await writeSynced(temporary, content, mode)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncDirectory(dirname(path))
}

/** Moves a directory to a name that must be free, and makes the move durable at both ends. */
export async function moveDirectory(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncDirectory(dirname(to))
  await syncDirectory(dirname(from))
}

/**
 * Moves a directory out of the staging area to a name that must be free. What a crash leaves in the staging area is
 * cleared away at the next start, so that only the new place must be durable.
 */
export async function putInPlace(staged: string, to: string): Promise<void> {
  await rename(staged, to)
  await syncDirectory(dirname(to))
}

/**
 * Returns the content of a file that is made once and never changes, such as a key. Processes that start
 * at the same moment agree on one content, because a hard link cannot replace a file.
 */
export async function contentMadeOnce(path: string, make: () => string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const existing = await readFile(path, 'utf8').catch(() => null)
  if (existing !== null) return existing
  const temporary = besides(path)
  await writeSynced(temporary, make(), 0o600)
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(temporary)
  await syncDirectory(dirname(path))
  return readFile(path, 'utf8')
}
