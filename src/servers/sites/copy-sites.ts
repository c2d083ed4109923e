import { cp, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { HOST_KEY_FILE } from './host-key.ts'
import { Places } from './places.ts'

/** A site under upload is tried again after a moment; whoever uploads without pause has to pause. */
const attempts = 8
const pauseMs = 500

/**
 * Copies the sites of a data directory while its host goes on: each as it stood at one moment, records, kept
 * versions and hashes of passwords included, removed sites and the host's own key too. A site that changes while it
 * is copied is copied again.
 * @throws Refused `site-keeps-changing`
 */
export async function copySites(dataDir: string, target: string): Promise<void> {
  const from = new Places(dataDir)
  const to = new Places(target)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await rm(target, { recursive: true, force: true })
    await mkdir(to.sites, { recursive: true, mode: 0o700 })
    await mkdir(to.archive, { recursive: true, mode: 0o700 })
    const before = await listSites(from)
    for (const each of before) await copyStill(join(dataDir, each), join(target, each), each)
    const after = await listSites(from)
    if (before.join('\n') !== after.join('\n')) continue
    await cp(join(dataDir, HOST_KEY_FILE), join(target, HOST_KEY_FILE)).catch(ignoreMissing)
    return
  }
  throw new Refused('site-keeps-changing', say.sitesKeepChanging, { status: 503 })
}

/** Every site, and every removed one, relative to the data directory. */
async function listSites({ sites, archive }: Places): Promise<readonly string[]> {
  const live = (await namesIn(sites)).map((name) => join('sites', name))
  const removed = (await namesIn(archive)).map(async (name) =>
    (await namesIn(join(archive, name))).map((token) => join('archive', name, token)),
  )
  return [...live, ...(await Promise.all(removed)).flat()].toSorted()
}

const namesIn = (directory: string): Promise<readonly string[]> => readdir(directory).catch(() => [])

/** Copies a tree that stands still; one that has gone meanwhile shows in the list. */
async function copyStill(from: string, to: string, name: string): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = await stateOf(from)
    if (before === '') return
    try {
      await cp(from, to, { recursive: true, preserveTimestamps: true, filter: isKept })
    } catch (error) {
      ignoreMissing(error)
    }
    if ((await stateOf(from)) === before) return
    await rm(to, { recursive: true, force: true })
    await sleep(pauseMs)
  }
  throw new Refused('site-keeps-changing', say.siteKeepsChanging(name), { status: 503 })
}

/** Folders and files, and nothing that is half written or no file at all. */
async function isKept(path: string): Promise<boolean> {
  if (path.endsWith('.tmp')) return false
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined && (found.isFile() || found.isDirectory())
}

/** Everything by which a change of a tree shows; empty when it is not there. */
async function stateOf(path: string): Promise<string> {
  const names: readonly string[] = await readdir(path, { recursive: true }).catch(() => [])
  const lines = await Promise.all(
    names.toSorted().map(async (name) => {
      const found = await lstat(join(path, name), { bigint: true }).catch(() => undefined)
      return found ? `${name}\0${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}` : `${name}\0gone`
    }),
  )
  return lines.join('\n')
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
