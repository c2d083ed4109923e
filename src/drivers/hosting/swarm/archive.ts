import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { crc32 } from 'node:zlib'

import { archiveEntry, malformedArchive, readArchiveList } from '../../../domain/hosting/archive-list.ts'
import { type ArchiveEntry, type ArchivePlan, planArchive } from '../../../domain/hosting/archive.ts'
import { Refused } from '../../../domain/refused.ts'
import { archiveText } from '../../../domain/text/archive.ts'

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
    const entries = await readArchiveList(file)
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

const describe = (entry: Entry): ArchiveEntry =>
  archiveEntry(
    getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true),
    entry,
  )

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let [seen, sum] = [0, 0]
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      seen += chunk.length
      if (seen > entry.uncompressedSize) throw malformedArchive('longer than its list says')
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    throw error instanceof Refused ? error : malformedArchive(error)
  }
  if (seen !== entry.uncompressedSize || sum !== entry.crc32)
    throw malformedArchive('size or checksum differs')
}
