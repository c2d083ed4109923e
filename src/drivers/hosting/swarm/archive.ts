import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { crc32 } from 'node:zlib'

import {
  ARCHIVE_MAX_ENTRIES,
  type ArchiveEntry,
  type ArchivePlan,
  planArchive,
} from '../../../domain/hosting/archive.ts'
import { Refused } from '../../../domain/refused.ts'
import { archiveText } from '../../../domain/text/archive.ts'

const malformed = (cause: unknown) => new Refused('archive-malformed', archiveText.malformed, { cause })

/** A ZIP that was judged: what goes where, and the octets of each file. */
export type JudgedArchive = {
  readonly plan: ArchivePlan
  /** The octets of a file of the plan; refuses one that is not what the list says. */
  readonly read: (index: number) => AsyncGenerator<Buffer>
}

/**
 * Judges an archive by its list and lends it out.
 * @param maxBytes most octets it may unpack to
 * @throws Refused `archive-...`
 */
export async function withArchive<T>(
  zip: Uint8Array,
  maxBytes: number,
  work: (archive: JudgedArchive) => Promise<T>,
): Promise<T> {
  const file = await openZip(zip)
  try {
    const entries = await readEntries(file)
    const plan = planArchive(entries.map(describe), maxBytes)
    return await work({ plan, read: (index) => readEntry(file, entries[index]!) })
  } finally {
    file.close()
  }
}

async function openZip(zip: Uint8Array): Promise<ZipFile> {
  try {
    // Names are judged by our own rules, so the library shall neither judge nor repair them before.
    return await fromBufferPromise(Buffer.from(zip), { lazyEntries: true, decodeStrings: false })
  } catch (error) {
    throw new Refused('archive-not-zip', archiveText.notZip, { cause: error })
  }
}

async function readEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > ARCHIVE_MAX_ENTRIES) {
    throw new Refused('archive-too-many', archiveText.tooMany(ARCHIVE_MAX_ENTRIES), { status: 413 })
  }
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    throw malformed(error)
  }
  return entries
}

function describe(entry: Entry): ArchiveEntry {
  return {
    path: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true),
    nameBytes: entry.fileNameLength,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    unixMode: entry.externalFileAttributes >>> 16,
    encrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
    offset: entry.relativeOffsetOfLocalHeader,
  }
}

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let [seen, sum] = [0, 0]
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      seen += chunk.length
      if (seen > entry.uncompressedSize) throw malformed('longer than its list says')
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    throw error instanceof Refused ? error : malformed(error)
  }
  if (seen !== entry.uncompressedSize || sum !== entry.crc32) throw malformed('size or checksum differs')
}
