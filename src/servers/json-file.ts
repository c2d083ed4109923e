import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The parsed content, or undefined when there is no such file. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces a private file (0600) as a whole: after a power cut it holds the old text or the new one. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeDurably(path, jsonText(value))
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Whether there was no room for what was to be written. */
export const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')

/** As writeJson; a file that says this already is not touched, so that a disk without room is no obstacle. */
export async function keepJson(path: string, value: unknown): Promise<void> {
  const known = await readFile(path, 'utf8').catch(() => null)
  if (known !== jsonText(value)) await writeJson(path, value)
}

/**
 * Writes over the octets that a file has, which needs no room. It may be torn by a power cut: only for what is judged
 * when it is read. Without such a file, or when it does not fit, nothing is written.
 */
export async function writeWithoutRoom(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_RDWR).catch(() => null)
  if (file === null) return
  try {
    const { size } = await file.stat()
    await file.write(text.padEnd(size, ' '), 0)
    await file.sync()
  } catch (error) {
    if (!isDiskFull(error)) throw error
  } finally {
    await file.close()
  }
}

/** As writeJson, for any text. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`
  try {
    const file = await open(partial, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
