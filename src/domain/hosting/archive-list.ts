import { Refused } from '../refused.ts'
import { archiveText } from '../text/archive.ts'
import type { ArchiveEntry } from './archive.ts'
import { ARCHIVE_MAX_ENTRIES } from './archive.ts'

/** An entry of a ZIP's central directory, and the directory, as a library reads them. */
type ListedEntry = {
  readonly fileNameLength: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly externalFileAttributes: number
  readonly compressionMethod: number
  readonly relativeOffsetOfLocalHeader: number
  readonly isEncrypted: () => boolean
}
type ListedArchive<Entry> = { readonly entryCount: number; readonly eachEntry: () => AsyncIterable<Entry> }

export const malformedArchive = (cause: unknown): Refused =>
  new Refused('archive-malformed', archiveText.malformed, { cause })

/**
 * Reads the list of an archive, as long as it may be.
 * @throws Refused `archive-too-many`, `archive-malformed`
 */
export async function readArchiveList<Entry>(zip: ListedArchive<Entry>): Promise<Entry[]> {
  if (zip.entryCount > ARCHIVE_MAX_ENTRIES)
    throw new Refused('archive-too-many', archiveText.tooMany(ARCHIVE_MAX_ENTRIES), { status: 413 })
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    throw malformedArchive(error)
  }
  return entries
}

/** An entry as it is judged. @param path its name, read without repairs */
export const archiveEntry = (path: string, entry: ListedEntry): ArchiveEntry => ({
  path,
  nameBytes: entry.fileNameLength,
  packedBytes: entry.compressedSize,
  bytes: entry.uncompressedSize,
  unixMode: entry.externalFileAttributes >>> 16,
  encrypted: entry.isEncrypted(),
  method: entry.compressionMethod,
  offset: entry.relativeOffsetOfLocalHeader,
})
