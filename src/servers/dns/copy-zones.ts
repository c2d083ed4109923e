import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A fold may take the files away while they are read; it comes once in megabytes of journal. */
const attempts = 10

/**
 * Copies the zones of a data directory while its server goes on: the newest snapshot, which never changes, and the
 * journal after it, which only grows and is cut after its last whole line. Together they are one moment.
 * @param target created; gets what a server needs to start from
 */
export async function copyZones(dataDir: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 })
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const newest = await newestSnapshot(dataDir)
    if (newest === undefined) return
    const pair = await readPair(dataDir, newest)
    if (!pair) continue
    await writeFile(join(target, `zones-${newest}`), pair.zones, { mode: 0o600, flush: true })
    await writeFile(join(target, `journal-${newest}`), pair.journal, { mode: 0o600, flush: true })
    return
  }
  throw new Error(`${dataDir}: the zones changed too fast to be copied (${attempts} attempts)`)
}

async function newestSnapshot(dataDir: string): Promise<number | undefined> {
  const names = await readdir(dataDir).catch(() => [])
  const numbers = names.flatMap((name) => /^zones-(\d+)$/.exec(name)?.[1] ?? []).map(Number)
  return numbers.length === 0 ? undefined : Math.max(...numbers)
}

async function readPair(dataDir: string, number: number) {
  try {
    const zones = await readFile(join(dataDir, `zones-${number}`))
    const journal = await readFile(join(dataDir, `journal-${number}`))
    return { zones, journal: journal.subarray(0, journal.lastIndexOf(0x0a) + 1) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
