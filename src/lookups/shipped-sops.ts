import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SopDocument } from '../domain/sop/document.ts'
import { kindsOf } from '../domain/sop/graph.ts'
import { parseSop } from '../domain/sop/parse.ts'

/** An SOP file that comes with the program. */
export type SopFile = {
  readonly file: string
  readonly source: string
  readonly document: SopDocument
  /** Whether it gives new names, so that an office can begin with it. */
  readonly begins: boolean
}

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
      if (!parsed.ok) return []
      const { document } = parsed
      return [{ file, source, document, begins: kindsOf(document).some(({ about }) => about === 'new-name') }]
    }),
  )
  return files.flat()
}
