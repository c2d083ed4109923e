import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'
import { databaseDump } from '../../db/backup/dump.ts'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a backup says of itself; the first file in it. */
export const manifestShape = z.strictObject({
  format: z.literal('ranah-backup-1'),
  program: z.string(),
  createdAt: z.iso.datetime(),
  database: databaseDump,
  /** every file, by its path in the backup */
  files: z.array(z.strictObject({ path: z.string(), size: z.int().min(0), sha256 })),
})
export type Manifest = z.infer<typeof manifestShape>

const manifestName = 'manifest.json'
const digestName = 'manifest.sha256'

/** The two files that describe the others; they come first, so that a look needs no whole read. */
export const describing = [manifestName, digestName] as const

/** Writes the manifest over everything that lies in a directory. */
export async function writeManifest(
  directory: string,
  facts: Omit<Manifest, 'files' | 'format'>,
): Promise<void> {
  const manifest: Manifest = { format: 'ranah-backup-1', ...facts, files: await listFiles(directory) }
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeFile(join(directory, manifestName), text, { mode: 0o600 })
  const digest = createHash('sha256').update(text).digest('hex')
  await writeFile(join(directory, digestName), `${digest}  ${manifestName}\n`, { mode: 0o600 })
}

/**
 * Holds everything in a directory against its manifest: nothing changed, nothing missing, nothing more.
 * @throws Refused `backup-damaged` that names the first file that does not fit
 */
export async function verifyManifest(directory: string): Promise<Manifest> {
  const manifest = await readManifest(directory)
  const found = new Map((await listFiles(directory)).map((file) => [file.path, file]))
  for (const wanted of manifest.files) {
    const file = found.get(wanted.path)
    if (!file) throw damaged(say.damage.missing(wanted.path))
    if (file.size !== wanted.size || file.sha256 !== wanted.sha256)
      throw damaged(say.damage.digest(wanted.path))
    found.delete(wanted.path)
  }
  const extra = found.keys().next().value
  if (extra !== undefined) throw damaged(say.damage.extra(extra))
  return manifest
}

async function readManifest(directory: string): Promise<Manifest> {
  try {
    const text = await readFile(join(directory, manifestName), 'utf8')
    const digest = (await readFile(join(directory, digestName), 'utf8')).slice(0, 64)
    if (createHash('sha256').update(text).digest('hex') !== digest)
      throw damaged(say.damage.digest(manifestName))
    return manifestShape.parse(JSON.parse(text))
  } catch (error) {
    throw error instanceof Refused ? error : damaged(say.damage.noManifest, error)
  }
}

const damaged = (what: string, cause?: unknown): Refused =>
  new Refused('backup-damaged', say.damaged(what), { cause })

/** Every file with its digest, by path; anything that is neither file nor folder is no part of a backup. */
async function listFiles(directory: string): Promise<Manifest['files']> {
  const names = (await readdir(directory, { recursive: true })).toSorted()
  const files: Manifest['files'] = []
  for (const path of names) {
    const found = await lstat(join(directory, path))
    if (found.isDirectory() || (describing as readonly string[]).includes(path)) continue
    if (!found.isFile()) throw damaged(say.damage.extra(path))
    files.push({ path, size: found.size, sha256: await digestOfFile(join(directory, path)) })
  }
  return files
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
