import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SopDocument } from '../domain/sop/document.ts'
import { parseSop } from '../domain/sop/parse.ts'

/** An SOP file that comes with the program. */
export type SopFile = { readonly file: string; readonly source: string; readonly document: SopDocument }

/**
 * @param directory the folder `sops/`
 * @returns every SOP document directly in it that can be read, by file name
 */
export async function readShippedSops(directory: string): Promise<readonly SopFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  const files = await Promise.all(
    names.map(async (file) => {
      const source = await readFile(join(directory, file), 'utf8')
      const parsed = parseSop(source)
      return parsed.ok ? [{ file, source, document: parsed.document }] : []
    }),
  )
  return files.flat()
}
