import { link, lstat, open, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { givenPath } from './given-path.ts'

/**
 * Asks before something is fetched that the other side notes as taken.
 * @throws Refused `file-exists` (409)
 */
export async function requireNew(file: string): Promise<void> {
  const path = givenPath(file)
  const found = await lstat(path).catch(() => undefined)
  if (found) throw fileExists(path)
}

const fileExists = (path: string): Refused =>
  new Refused('file-exists', cliTexts.fileExists(path), { status: 409 })

/**
 * Writes a new file named on the command line: it is there whole or not at all, and never written over.
 * @throws Refused when it cannot be written
 */
export async function writeWhole(file: string, bytes: Uint8Array | string): Promise<void> {
  const path = givenPath(file)
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`)
  try {
    const handle = await open(draft, 'w', 0o644)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await link(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw fileExists(path)
    throw new Refused('file-unwritable', cliTexts.unwritableFile(file, code ?? String(error)), {
      cause: error,
    })
  } finally {
    await rm(draft, { force: true })
  }
}
