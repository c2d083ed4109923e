import { crc32, deflateRawSync } from 'node:zlib'

/** One entry as it shall be written, with every field open to lies. */
export type MadeEntry = {
  readonly name: string | Buffer
  readonly data?: Buffer | string
  /** Unix mode for the external attributes, e.g. 0o120777 for a link. */
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  readonly stored?: boolean
  /** What the lists claim instead of the truth. */
  readonly claimedSize?: number
  readonly claimedCrc?: number
  /** Points to the local header of an earlier entry instead of its own. */
  readonly sameDataAs?: number
}

const UTF8_FLAG = 0x800

function header(entry: MadeEntry, packed: Buffer, isCentral: boolean): Buffer {
  const data = Buffer.from(entry.data ?? '')
  const name = Buffer.from(entry.name as string)
  const fields = Buffer.alloc(isCentral ? 46 : 30)
  const at = isCentral ? 2 : 0
  fields.writeUInt32LE(isCentral ? 0x02014b50 : 0x04034b50, 0)
  if (isCentral) fields.writeUInt16LE((3 << 8) | 20, 4)
  fields.writeUInt16LE(20, 4 + at)
  fields.writeUInt16LE((entry.flags ?? 0) | UTF8_FLAG, 6 + at)
  fields.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 8 + at)
  fields.writeUInt32LE((entry.claimedCrc ?? crc32(data)) >>> 0, 14 + at)
  fields.writeUInt32LE(packed.length, 18 + at)
  fields.writeUInt32LE(entry.claimedSize ?? data.length, 22 + at)
  fields.writeUInt16LE(name.length, 26 + at)
  if (isCentral) fields.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
  return Buffer.concat([fields, name])
}

/** A ZIP archive written field by field (APPNOTE 4.3), honest unless an entry says otherwise. */
export function makeZip(entries: readonly MadeEntry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  const offsets: number[] = []
  const packedOf: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? '')
    const source = entry.sameDataAs
    const packed = source === undefined ? (entry.stored ? data : deflateRawSync(data)) : packedOf[source]!
    packedOf.push(packed)
    offsets.push(source === undefined ? offset : offsets[source]!)
    const central = header(entry, packed, true)
    central.writeUInt32LE(offsets.at(-1)!, 42)
    centrals.push(central)
    if (source !== undefined) continue
    const local = Buffer.concat([header(entry, packed, false), packed])
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
