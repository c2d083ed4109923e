import { lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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

type Known = { readonly directory: string; usage: Promise<Usage> }

/**
 * What the live version of each site holds: measured once after a start or a switch, then kept in step.
 * Every change of a site asks first, so nothing changes while it is measured.
 */
export class UsageBook {
  /** By the folder of a site's versions, so that it knows one version per site. */
  readonly #known = new Map<string, Known>()

  of(versionDirectory: string): Promise<Usage> {
    const place = dirname(versionDirectory)
    const known = this.#known.get(place)
    if (known?.directory === versionDirectory) return known.usage
    const measured = measure(versionDirectory)
    this.#known.set(place, { directory: versionDirectory, usage: measured })
    measured.catch(() => this.#known.delete(place))
    return measured
  }

  /** Books a change that has happened; call within the site's exclusive section. */
  book(versionDirectory: string, bytes: number, entries: number): void {
    const known = this.#known.get(dirname(versionDirectory))
    if (known?.directory !== versionDirectory) return
    known.usage = add(known.usage, bytes, entries)
  }
}

async function add(before: Promise<Usage>, bytes: number, entries: number): Promise<Usage> {
  const usage = await before
  return { bytes: usage.bytes + bytes, entries: usage.entries + entries }
}
