import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'
import { canonicalName, foldCase, labelsOf, nameToWire, parentOf, readName } from './names.ts'
import { CLASS, RCODE, TYPE } from './types.ts'

/** Whole DNS messages: RFC 1035 section 4, EDNS(0) of RFC 6891, the TSIG record of RFC 8945 section 4.2. */

export type Question = { readonly name: string; readonly type: number; readonly class: number }

/** One record as it travels; `rdata` is never compressed and its names are in lower case. */
export type ResourceRecord = {
  readonly name: string
  readonly type: number
  readonly class: number
  /** seconds */
  readonly ttl: number
  readonly rdata: Buffer
}

export type Edns = {
  /** octets the sender can take over UDP */
  readonly udpSize: number
  readonly version: number
  readonly dnssecOk: boolean
}

/** The TSIG record of a message and where it starts, which is where the signed part ends. */
export type TsigRecord = {
  readonly keyName: string
  readonly algorithm: string
  /** seconds since 1970 */
  readonly timeSigned: number
  /** seconds */
  readonly fudge: number
  readonly mac: Buffer
  readonly originalId: number
  readonly error: number
  readonly other: Buffer
  readonly offset: number
}

export type Message = {
  readonly id: number
  readonly isResponse: boolean
  readonly opcode: number
  readonly authoritative: boolean
  readonly truncated: boolean
  readonly recursionDesired: boolean
  readonly recursionAvailable: boolean
  /** extended code included when there is EDNS */
  readonly rcode: number
  /** the zone section of an UPDATE */
  readonly questions: readonly Question[]
  /** the prerequisites of an UPDATE */
  readonly answers: readonly ResourceRecord[]
  /** the changes of an UPDATE */
  readonly authority: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
  readonly edns: Edns | null
  readonly tsig: TsigRecord | null
}

export const HEADER_OCTETS = 12
/** The largest message there can be: TCP gives its length in two octets. */
export const MAX_MESSAGE_OCTETS = 65_535

const EMPTY: Omit<Message, 'id'> = {
  isResponse: false,
  opcode: 0,
  authoritative: false,
  truncated: false,
  recursionDesired: false,
  recursionAvailable: false,
  rcode: RCODE.NOERROR,
  questions: [],
  answers: [],
  authority: [],
  additional: [],
  edns: null,
  tsig: null,
}

/** A message with every field not given empty, off or zero. */
export function messageOf(fields: Partial<Message> & { readonly id: number }): Message {
  return { ...EMPTY, ...fields }
}

/** How the data of a type is laid out: octets before the names, number of names, octets after them. */
const NAME_LAYOUT: ReadonlyMap<number, { before: number; names: number; after: number }> = new Map([
  [TYPE.NS, { before: 0, names: 1, after: 0 }],
  [TYPE.CNAME, { before: 0, names: 1, after: 0 }],
  [TYPE.PTR, { before: 0, names: 1, after: 0 }],
  [TYPE.MX, { before: 2, names: 1, after: 0 }],
  [TYPE.SRV, { before: 6, names: 1, after: 0 }],
  [TYPE.SOA, { before: 0, names: 2, after: 20 }],
])

function readNamedRdata(
  message: Buffer,
  layout: { before: number; names: number; after: number },
  start: number,
  end: number,
): Buffer {
  const parts = [message.subarray(start, start + layout.before)]
  let at = start + layout.before
  for (let index = 0; index < layout.names; index += 1) {
    const { name, next } = readName(message, at)
    parts.push(nameToWire(foldCase(name)))
    at = next
  }
  parts.push(message.subarray(at, end))
  if (at + layout.after !== end) throw new FormatError('record data of the wrong length')
  return Buffer.concat(parts)
}

function checkStrings(rdata: Buffer): void {
  let at = 0
  while (at < rdata.length) at += 1 + rdata[at]!
  if (rdata.length === 0 || at !== rdata.length) throw new FormatError('strings do not fill the record')
}

function checkCaa(rdata: Buffer): void {
  const tagOctets = rdata[1] ?? 0
  const tag = rdata.toString('latin1', 2, 2 + tagOctets)
  if (tagOctets === 0 || tagOctets > 15 || rdata.length < 2 + tagOctets || !/^[a-zA-Z0-9]+$/.test(tag)) {
    throw new FormatError('bad CAA record')
  }
}

/** Reads and checks the data of one record, names decompressed and folded. */
function readRdata(message: Buffer, type: number, start: number, end: number): Buffer {
  const layout = NAME_LAYOUT.get(type)
  if (layout) return readNamedRdata(message, layout, start, end)
  const rdata = Buffer.from(message.subarray(start, end))
  if (type === TYPE.A && rdata.length !== 4) throw new FormatError('an A record has four octets')
  if (type === TYPE.AAAA && rdata.length !== 16) throw new FormatError('an AAAA record has sixteen octets')
  if (type === TYPE.TXT) checkStrings(rdata)
  if (type === TYPE.CAA) {
    checkCaa(rdata)
    // RFC 8659 section 4.1: tags are matched without case, so keep one spelling.
    rdata.write(rdata.toString('latin1', 2, 2 + rdata[1]!).toLowerCase(), 2, 'latin1')
  }
  return rdata
}

type RecordAt = ResourceRecord & { readonly offset: number }

class Reader {
  at = HEADER_OCTETS
  readonly message: Buffer

  constructor(message: Buffer) {
    this.message = message
  }

  u16(): number {
    if (this.at + 2 > this.message.length) throw new FormatError('the message ends too soon')
    this.at += 2
    return this.message.readUInt16BE(this.at - 2)
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }

  name(): string {
    const { name, next } = readName(this.message, this.at)
    this.at = next
    return name
  }

  question(): Question {
    return { name: this.name(), type: this.u16(), class: this.u16() }
  }

  record(): RecordAt {
    const offset = this.at
    const name = this.name()
    const type = this.u16()
    const rrClass = this.u16()
    const ttl = this.u32()
    const length = this.u16()
    const end = this.at + length
    if (end > this.message.length) throw new FormatError('record data runs past the end')
    // An UPDATE deletes with empty data in class ANY or NONE (RFC 2136 section 2.5).
    const isBare = length === 0 && rrClass !== CLASS.IN
    const isRaw = type === TYPE.OPT || type === TYPE.TSIG || isBare
    const rdata = isRaw
      ? Buffer.from(this.message.subarray(this.at, end))
      : readRdata(this.message, type, this.at, end)
    this.at = end
    return { name, type, class: rrClass, ttl, rdata, offset }
  }

  /** Reads `count` items. A count that lies ends at the end of the message, never later. */
  list<T>(count: number, read: () => T): T[] {
    const items: T[] = []
    for (let index = 0; index < count; index += 1) items.push(read())
    return items
  }
}

function readTsig(record: RecordAt): TsigRecord {
  const { rdata } = record
  if (record.class !== CLASS.ANY || record.ttl !== 0) throw new FormatError('bad TSIG record')
  const algorithm = readName(rdata, 0)
  const fixed = algorithm.next
  if (rdata.length < fixed + 10) throw new FormatError('TSIG record too short')
  const macEnd = fixed + 10 + rdata.readUInt16BE(fixed + 8)
  if (rdata.length < macEnd + 6) throw new FormatError('TSIG record too short')
  if (rdata.length !== macEnd + 6 + rdata.readUInt16BE(macEnd + 4)) throw new FormatError('bad TSIG record')
  return {
    keyName: canonicalName(record.name),
    algorithm: canonicalName(algorithm.name),
    timeSigned: rdata.readUIntBE(fixed, 6),
    fudge: rdata.readUInt16BE(fixed + 6),
    mac: rdata.subarray(fixed + 10, macEnd),
    originalId: rdata.readUInt16BE(macEnd),
    error: rdata.readUInt16BE(macEnd + 2),
    other: rdata.subarray(macEnd + 6),
    offset: record.offset,
  }
}

/** Takes OPT and TSIG out of the additional section; either may occur once, TSIG only as the very last. */
function splitAdditional(records: readonly RecordAt[]): {
  additional: ResourceRecord[]
  opt: RecordAt | undefined
  tsig: TsigRecord | null
} {
  const opts = records.filter((record) => record.type === TYPE.OPT)
  if (opts.length > 1 || opts.some((opt) => opt.name !== '.')) throw new FormatError('bad OPT record')
  const tsigs = records.filter((record) => record.type === TYPE.TSIG)
  if (tsigs.length > 1 || (tsigs.length === 1 && records.at(-1) !== tsigs[0])) {
    throw new FormatError('TSIG is not the last record')
  }
  const additional = records.filter((record) => record.type !== TYPE.OPT && record.type !== TYPE.TSIG)
  return { additional: additional.map(plain), opt: opts[0], tsig: tsigs[0] ? readTsig(tsigs[0]) : null }
}

function plain({ name, type, class: rrClass, ttl, rdata }: RecordAt): ResourceRecord {
  return { name, type, class: rrClass, ttl, rdata }
}

/**
 * Reads one whole message.
 * @throws FormatError, and nothing else, for any octets that are not exactly one message
 */
export function decodeMessage(octets: Uint8Array): Message {
  if (octets.length < HEADER_OCTETS) throw new FormatError('shorter than a header')
  if (octets.length > MAX_MESSAGE_OCTETS) throw new FormatError('longer than 65535 octets')
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const reader = new Reader(buffer)
  const flags = buffer.readUInt16BE(2)
  const questions = reader.list(buffer.readUInt16BE(4), () => reader.question())
  const answers = reader.list(buffer.readUInt16BE(6), () => plain(reader.record()))
  const authority = reader.list(buffer.readUInt16BE(8), () => plain(reader.record()))
  const rest = splitAdditional(reader.list(buffer.readUInt16BE(10), () => reader.record()))
  if (reader.at !== buffer.length) throw new FormatError('octets after the end of the message')
  if ([...answers, ...authority].some(({ type }) => type === TYPE.TSIG || type === TYPE.OPT)) {
    throw new FormatError('OPT or TSIG outside the additional section')
  }
  const { opt } = rest
  return {
    id: buffer.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    rcode: (flags & 15) | (opt ? (opt.ttl >>> 24) << 4 : 0),
    questions,
    answers,
    authority,
    additional: rest.additional,
    edns: opt
      ? { udpSize: opt.class, version: (opt.ttl >>> 16) & 255, dnssecOk: (opt.ttl & 0x8000) !== 0 }
      : null,
    tsig: rest.tsig,
  }
}

/** Offsets a compression pointer can reach (14 bits). */
const MAX_POINTER = 0x3fff

class Writer {
  buffer = Buffer.allocUnsafe(1024)
  at = HEADER_OCTETS
  readonly seen = new Map<string, number>()

  reserve(octets: number): void {
    if (this.at + octets <= this.buffer.length) return
    if (this.at + octets > MAX_MESSAGE_OCTETS) throw new FormatError('the message exceeds 65535 octets')
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + octets))
    this.buffer.copy(larger, 0, 0, this.at)
    this.buffer = larger
  }

  u16(value: number): void {
    this.reserve(2)
    this.at = this.buffer.writeUInt16BE(value, this.at)
  }

  u32(value: number): void {
    this.reserve(4)
    this.at = this.buffer.writeUInt32BE(value, this.at)
  }

  octets(octets: Uint8Array): void {
    this.reserve(octets.length)
    this.buffer.set(octets, this.at)
    this.at += octets.length
  }

  /** A name, ending in a pointer to an earlier one where it can (RFC 1035 section 4.1.4). */
  name(name: string): void {
    const labels = labelsOf(name)
    let rest = canonicalName(name)
    for (const label of labels) {
      const known = this.seen.get(rest)
      if (known !== undefined) return this.u16(0xc000 | known)
      if (this.at <= MAX_POINTER) this.seen.set(rest, this.at)
      this.reserve(label.length + 1)
      this.buffer[this.at] = label.length
      this.at += 1
      this.octets(label)
      rest = parentOf(rest)
    }
    this.octets(Buffer.of(0))
  }

  record(record: ResourceRecord): void {
    this.name(record.name)
    this.u16(record.type)
    this.u16(record.class)
    this.u32(record.ttl)
    this.u16(record.rdata.length)
    this.octets(record.rdata)
  }
}

function optRecord(edns: Edns, rcode: number): ResourceRecord {
  const ttl = ((rcode >> 4) * 0x1000000 + edns.version * 0x10000 + (edns.dnssecOk ? 0x8000 : 0)) >>> 0
  return { name: '.', type: TYPE.OPT, class: edns.udpSize, ttl, rdata: Buffer.alloc(0) }
}

/**
 * Writes a message with owner names compressed. `tsig` is not written: signing is `signMessage` in tsig.ts.
 * @throws FormatError when it exceeds 65535 octets or holds a name that is not one
 */
export function encodeMessage(message: Message): Buffer {
  const writer = new Writer()
  const additional = message.edns
    ? [...message.additional, optRecord(message.edns, message.rcode)]
    : message.additional
  for (const question of message.questions) {
    writer.name(question.name)
    writer.u16(question.type)
    writer.u16(question.class)
  }
  for (const section of [message.answers, message.authority, additional]) {
    for (const record of section) writer.record(record)
  }
  const octets = writer.buffer.subarray(0, writer.at)
  octets.writeUInt16BE(message.id, 0)
  octets.writeUInt16BE(flagsOf(message), 2)
  const sections = [message.questions, message.answers, message.authority, additional]
  sections.forEach((section, index) => octets.writeUInt16BE(section.length, 4 + index * 2))
  return octets
}

function flagsOf(message: Message): number {
  return (
    (message.isResponse ? 0x8000 : 0) |
    (message.opcode << 11) |
    (message.authoritative ? 0x0400 : 0) |
    (message.truncated ? 0x0200 : 0) |
    (message.recursionDesired ? 0x0100 : 0) |
    (message.recursionAvailable ? 0x0080 : 0) |
    (message.rcode & 15)
  )
}
