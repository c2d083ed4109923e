import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { CellValue, Head } from '../domain/sheets/columns.ts'
import { sheetEnd, sheetPart, sheetRows, sheetStart, workbookParts } from '../domain/sheets/xlsx.ts'

type Batches = AsyncIterable<readonly (readonly CellValue[])[]>

/**
 * A table as an XLSX file. Batches are packed as they come: held are one batch and what is packed already.
 * Equal rows make equal files.
 */
export async function writeWorkbook(
  title: string,
  heads: readonly Head[],
  batches: Batches,
): Promise<Buffer> {
  const members: Member[] = []
  for (const { name, xml } of workbookParts(title)) members.push(await pack(name, [xml]))
  members.push(await pack(sheetPart, sheetXml(heads, batches)))
  return archive(members)
}

async function* sheetXml(heads: readonly Head[], batches: Batches): AsyncGenerator<string> {
  let written = 0
  for await (const batch of batches) {
    if (written === 0) yield sheetStart(heads, batch)
    written += written === 0 ? 1 : 0
    yield sheetRows(heads, batch, written)
    written += batch.length
  }
  if (written === 0) yield sheetStart(heads, [])
  yield sheetEnd
}

/** A member of a ZIP archive, packed. */
type Member = {
  readonly name: Buffer
  readonly crc: number
  readonly size: number
  readonly packed: readonly Buffer[]
  readonly packedSize: number
}

async function pack(name: string, parts: Iterable<string> | AsyncIterable<string>): Promise<Member> {
  let crc = 0
  let size = 0
  const packed: Buffer[] = []
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      const bytes = Buffer.from(part)
      crc = crc32(bytes, crc)
      size += bytes.length
      yield bytes
    }
  }
  await pipeline(counted, createDeflateRaw(), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) packed.push(chunk)
  })
  const packedSize = packed.reduce((sum, chunk) => sum + chunk.length, 0)
  return { name: Buffer.from(name), crc, size, packed, packedSize }
}

/** Version 2.0 of the format, no flags, method 8 (deflate), 1 January 1980 (APPNOTE 4.3.7). */
const common = Buffer.from('14000000080000002100', 'hex')

/** The members as one ZIP archive, each with its sizes before it. */
function archive(members: readonly Member[]): Buffer {
  const chunks: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const facts = factsOf(member)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, member.name])
    chunks.push(local, ...member.packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, member.name)
    offset += local.length + member.packedSize
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...chunks, index, end])
}

/** What the header of a member and its line in the directory have in common. */
function factsOf({ crc, size, packedSize, name }: Member): Buffer {
  const facts = Buffer.alloc(16)
  facts.writeUInt32LE(crc, 0)
  facts.writeUInt32LE(packedSize, 4)
  facts.writeUInt32LE(size, 8)
  facts.writeUInt16LE(name.length, 12)
  return Buffer.concat([common, facts])
}
