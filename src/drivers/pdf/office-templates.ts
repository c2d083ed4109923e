import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Typst sources of an office by file name. One that has the name of a shipped template goes before it. */
export type OfficeTemplates = Readonly<Record<string, string>>

const templateName = /^[a-z][a-z0-9-]{0,60}\.typ$/
/** A template of more octets, or more of them, is a mistake. */
const maxOctets = 256 * 1024
const maxFiles = 50

/**
 * Reads an office's folder of templates anew for each letter, so that a mended file holds at once. Links and files with
 * other names are left out.
 * @returns nothing when the office has no folder
 */
export async function readOfficeTemplates(folder: string): Promise<OfficeTemplates> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: Record<string, string> = {}
  for (const name of names.filter((each) => templateName.test(each)).slice(0, maxFiles)) {
    const { size } = await lstat(join(folder, name)).then((at) => (at.isFile() ? at : { size: Infinity }))
    if (size <= maxOctets) found[name] = await readFile(join(folder, name), 'utf8')
  }
  return found
}
