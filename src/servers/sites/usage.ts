import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export type Usage = { readonly bytes: number; readonly entries: number }

/** Files and folders per site: each costs an inode, however small it is. */
export const ENTRIES_MAX_PER_SITE = 50_000

/** Bytes of all files and number of all entries below a directory of ours; links are counted, not followed. */
export async function measure(directory: string): Promise<Usage> {
  let bytes = 0
  let entries = 0
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    entries += 1
    if (!entry.isFile()) continue
    bytes += await lstat(join(entry.parentPath, entry.name)).then(
      (stats) => stats.size,
      () => 0,
    )
  }
  return { bytes, entries }
}

/** What the live version of each site holds: measured once after a start or a switch, then kept in step. */
export class UsageBook {
  readonly #known = new Map<string, Usage>()

  async of(versionDirectory: string): Promise<Usage> {
    const known = this.#known.get(versionDirectory)
    if (known) return known
    const measured = await measure(versionDirectory)
    this.#known.set(versionDirectory, measured)
    return measured
  }

  /** Books a change that has happened; call within the site's exclusive section. */
  book(versionDirectory: string, bytes: number, entries: number): void {
    const before = this.#known.get(versionDirectory)
    if (!before) return
    this.#known.set(versionDirectory, { bytes: before.bytes + bytes, entries: before.entries + entries })
  }
}
