import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'

import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'

import { archiveEntry, malformedArchive, readArchiveList } from '../../domain/hosting/archive-list.ts'
import { type ArchiveEntry, planArchive } from '../../domain/hosting/archive.ts'
import { Refused } from '../../domain/refused.ts'
import { archiveText } from '../../domain/text/archive.ts'
import { crc32 } from './crc32.ts'
import { syncDirectory } from './durable.ts'

export type Extracted = {
  readonly files: number
  readonly bytes: number
  readonly strippedFolder: string | null
  readonly hasIndex: boolean
}

/**
 * Unpacks an archive into a new or empty directory, or refuses it. Nothing is written before the whole central
 * directory has been judged; every byte is counted and its CRC-32 compared while it is written.
 * @param target a path of ours in the staging area; the caller throws it away on refusal
 */
export async function extractArchive(archive: string, target: string, maxBytes: number): Promise<Extracted> {
  const zip = await openZip(archive)
  try {
    const entries = await readArchiveList(zip)
    const plan = planArchive(entries.map(describe), maxBytes)
    const folders = new Set<string>([target])
    // The helper made it before, within the limit of a site.
    await mkdir(target, { recursive: true, mode: 0o755 })
    for (const folder of plan.folders) await makeFolders(target, folder, folders)
    for (const { index, path, bytes } of plan.files) {
      await makeFolders(target, path.slice(0, -1), folders)
      await writeEntry(zip, entries[index]!, join(target, ...path), bytes)
    }
    for (const folder of folders) await syncDirectory(folder)
    const { bytes, strippedFolder, hasIndex } = plan
    return { files: plan.files.length, bytes, strippedFolder, hasIndex }
  } finally {
    zip.close()
  }
}

async function openZip(archive: string): Promise<ZipFile> {
  try {
    // Names are judged by our own rules, so the library shall neither judge nor repair them before.
    return await openPromise(archive, { autoClose: false, lazyEntries: true, decodeStrings: false })
  } catch (error) {
    throw new Refused('archive-not-zip', archiveText.notZip, { cause: error })
  }
}

const describe = (entry: Entry): ArchiveEntry =>
  archiveEntry(
    getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true),
    entry,
  )

async function makeFolders(target: string, path: readonly string[], made: Set<string>): Promise<void> {
  let folder = target
  for (const part of path) {
    folder = join(folder, part)
    if (made.has(folder)) continue
    await mkdir(folder, { mode: 0o755 })
    made.add(folder)
  }
}

/**
 * Writes one file, chunk by chunk with each write awaited: a stream that is torn down by an error could
 * still be writing to a descriptor that is closed by then and stands for another file.
 */
async function writeEntry(zip: ZipFile, entry: Entry, path: string, bytes: number): Promise<void> {
  let seen = 0
  let sum = 0
  const handle = await open(path, 'wx', 0o644)
  try {
    for await (const chunk of readEntry(zip, entry)) {
      seen += chunk.length
      if (seen > bytes) throw malformedArchive('longer than its list says')
      sum = crc32(chunk, sum)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (seen !== bytes || sum !== entry.crc32) throw malformedArchive('size or checksum differs')
}

/** The unpacked bytes of an entry; whatever the library or the decompressor dislikes is malformed. */
async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
  } catch (error) {
    throw malformedArchive(error)
  }
}
