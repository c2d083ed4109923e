import { Buffer } from 'node:buffer'
import { parseIpv4, parseIpv6, printIpv4, printIpv6 } from './addresses.ts'
import { FormatError } from './format-error.ts'
import { passedOnToWire } from './rdata-fields.ts'
import { absolute, canonicalName, nameToWire, readEscape, readName } from './names.ts'
import { TYPE, typeCode, typeName } from './types.ts'

/**
 * The data of a record as a typed value. Names inside are canonical; strings of TXT and CAA hold one octet
 * per character, since DNS knows octets and no character set.
 */
export type Rdata =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME' | 'NS' | 'PTR'; readonly target: string }
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: string }
  | {
      readonly type: 'SRV'
      readonly priority: number
      readonly weight: number
      readonly port: number
      readonly target: string
    }
  | { readonly type: 'CAA'; readonly flags: number; readonly tag: string; readonly value: string }
  | ({ readonly type: 'SOA' } & Soa)
  | { readonly type: 'other'; readonly code: number; readonly octets: Buffer }

/** Start of authority (RFC 1035 section 3.3.13); times in seconds. `minimum` bounds negative answers (RFC 2308). */
export type Soa = {
  readonly mname: string
  readonly rname: string
  readonly serial: number
  readonly refresh: number
  readonly retry: number
  readonly expire: number
  readonly minimum: number
}

function soaFromWire(rdata: Buffer): Rdata {
  const mname = readName(rdata, 0)
  const rname = readName(rdata, mname.next)
  const u32 = (index: number): number => rdata.readUInt32BE(rname.next + index * 4)
  return {
    type: 'SOA',
    mname: canonicalName(mname.name),
    rname: canonicalName(rname.name),
    serial: u32(0),
    refresh: u32(1),
    retry: u32(2),
    expire: u32(3),
    minimum: u32(4),
  }
}

function stringsFromWire(rdata: Buffer): string[] {
  const strings: string[] = []
  for (let at = 0; at < rdata.length; at += 1 + rdata[at]!) {
    strings.push(rdata.toString('latin1', at + 1, at + 1 + rdata[at]!))
  }
  return strings
}

function nameAt(rdata: Buffer, at: number): string {
  return canonicalName(readName(rdata, at).name)
}

/** Uncompressed data from a message or a store (see `readRdata` in message.ts, which checks its shape). */
export function rdataFromWire(code: number, rdata: Buffer): Rdata {
  switch (code) {
    case TYPE.A:
      return { type: 'A', address: printIpv4(rdata) }
    case TYPE.AAAA:
      return { type: 'AAAA', address: printIpv6(rdata) }
    case TYPE.CNAME:
    case TYPE.NS:
    case TYPE.PTR:
      return { type: typeName(code) as 'CNAME' | 'NS' | 'PTR', target: nameAt(rdata, 0) }
    case TYPE.TXT:
      return { type: 'TXT', strings: stringsFromWire(rdata) }
    case TYPE.MX:
      return { type: 'MX', preference: rdata.readUInt16BE(0), exchange: nameAt(rdata, 2) }
    case TYPE.SRV:
      return {
        type: 'SRV',
        priority: rdata.readUInt16BE(0),
        weight: rdata.readUInt16BE(2),
        port: rdata.readUInt16BE(4),
        target: nameAt(rdata, 6),
      }
    case TYPE.CAA: {
      const tagEnd = 2 + rdata[1]!
      const tag = rdata.toString('latin1', 2, tagEnd)
      return { type: 'CAA', flags: rdata[0]!, tag, value: rdata.toString('latin1', tagEnd) }
    }
    case TYPE.SOA:
      return soaFromWire(rdata)
    default:
      return { type: 'other', code, octets: rdata }
  }
}

function unsigned(bits: 8 | 16 | 32, ...values: number[]): Buffer {
  const size = bits / 8
  const octets = Buffer.alloc(values.length * size)
  values.forEach((value, index) => {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
      throw new FormatError(`not a ${bits} bit number: ${value}`)
    }
    octets.writeUIntBE(value, index * size, size)
  })
  return octets
}

function characterString(text: string): Buffer {
  const octets = Buffer.from(text, 'latin1')
  if (octets.length > 255) throw new FormatError('a string longer than 255 octets')
  return Buffer.concat([Buffer.of(octets.length), octets])
}

/** The data on the wire, names uncompressed and in lower case. @throws FormatError when a value is out of range */
export function rdataToWire(data: Rdata): Buffer {
  switch (data.type) {
    case 'A':
      return parseIpv4(data.address)
    case 'AAAA':
      return parseIpv6(data.address)
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return nameToWire(data.target)
    case 'TXT':
      if (data.strings.length === 0) throw new FormatError('a TXT record needs a string')
      return Buffer.concat(data.strings.map(characterString))
    case 'MX':
      return Buffer.concat([unsigned(16, data.preference), nameToWire(data.exchange)])
    case 'SRV':
      return Buffer.concat([unsigned(16, data.priority, data.weight, data.port), nameToWire(data.target)])
    case 'CAA':
      if (!/^[a-z0-9]{1,15}$/.test(data.tag)) throw new FormatError('bad CAA tag')
      return Buffer.concat([
        unsigned(8, data.flags),
        characterString(data.tag),
        Buffer.from(data.value, 'latin1'),
      ])
    case 'SOA': {
      const { serial, refresh, retry, expire, minimum } = data
      const numbers = unsigned(32, serial, refresh, retry, expire, minimum)
      return Buffer.concat([nameToWire(data.mname), nameToWire(data.rname), numbers])
    }
    case 'other':
      return data.octets
  }
}

function quoted(text: string): string {
  const escaped = text.replace(/["\\]|[^\x20-\x7e]/g, (char) =>
    char === '"' || char === '\\' ? `\\${char}` : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}

/** The canonical text of the data, as in a zone file: names with trailing dot, strings quoted. */
export function printRdata(data: Rdata): string {
  switch (data.type) {
    case 'A':
    case 'AAAA':
      return data.address
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return absolute(data.target)
    case 'TXT':
      return data.strings.map(quoted).join(' ')
    case 'MX':
      return `${data.preference} ${absolute(data.exchange)}`
    case 'SRV':
      return `${data.priority} ${data.weight} ${data.port} ${absolute(data.target)}`
    case 'CAA':
      return `${data.flags} ${data.tag} ${quoted(data.value)}`
    case 'SOA':
      return [
        absolute(data.mname),
        absolute(data.rname),
        data.serial,
        data.refresh,
        data.retry,
        data.expire,
        data.minimum,
      ].join(' ')
    case 'other':
      return `\\# ${data.octets.length}${data.octets.length > 0 ? ` ${data.octets.toString('hex')}` : ''}`
  }
}

/** One word of a record's text: bare or quoted, escapes resolved to octets (RFC 1035 section 5.1). */
function readWord(text: string, at: number): { word: string; next: number } {
  const isQuoted = text[at] === '"'
  let word = ''
  for (let next = isQuoted ? at + 1 : at; ;) {
    const char = text[next]
    if (char === undefined) {
      if (isQuoted) throw new FormatError('a quote is not closed')
      return { word, next }
    }
    if (char === '"' && isQuoted) return { word, next: next + 1 }
    if (/\s/.test(char) && !isQuoted) return { word, next }
    if (char === '\\') {
      const escape = readEscape(text, next)
      word += String.fromCharCode(escape.octet)
      next = escape.next
    } else {
      const point = String.fromCodePoint(text.codePointAt(next)!)
      word += Buffer.from(point, 'utf8').toString('latin1')
      next += point.length
    }
  }
}

function stringsOf(text: string): string[] {
  const words: string[] = []
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at += 1
      continue
    }
    const { word, next } = readWord(text, at)
    words.push(word)
    at = next
  }
  return words
}

function parseGeneric(code: number, text: string): Rdata {
  const match = /^\\#\s+(\d{1,5})\s*([0-9a-f\s]*)$/i.exec(text)
  if (!match) throw new FormatError(`${typeName(code)} needs the form \\# LENGTH HEX (RFC 3597)`)
  const octets = Buffer.from(match[2]!.replace(/\s+/g, ''), 'hex')
  if (octets.length !== Number(match[1])) throw new FormatError('the length differs from the octets given')
  return { type: 'other', code, octets }
}

function decimal(word: string | undefined): number {
  if (word === undefined || !/^\d{1,10}$/.test(word)) throw new FormatError('a number is missing')
  return Number(word)
}

function words(text: string, count: number): string[] {
  const parts = text.split(/\s+/).filter((part) => part !== '')
  if (parts.length !== count) throw new FormatError(`${count} fields expected, ${parts.length} given`)
  return parts
}

function parseKnown(code: number, text: string): Rdata {
  switch (code) {
    case TYPE.A:
      return { type: 'A', address: text.trim() }
    case TYPE.AAAA:
      return { type: 'AAAA', address: text.trim() }
    case TYPE.CNAME:
    case TYPE.NS:
    case TYPE.PTR: {
      const [target] = words(text, 1)
      return { type: typeName(code) as 'CNAME' | 'NS' | 'PTR', target: canonicalName(target!) }
    }
    case TYPE.TXT:
      return { type: 'TXT', strings: stringsOf(text) }
    case TYPE.MX: {
      const [preference, exchange] = words(text, 2)
      return { type: 'MX', preference: decimal(preference), exchange: canonicalName(exchange!) }
    }
    case TYPE.SRV: {
      const [priority, weight, port, target] = words(text, 4)
      return {
        type: 'SRV',
        priority: decimal(priority),
        weight: decimal(weight),
        port: decimal(port),
        target: canonicalName(target!),
      }
    }
    case TYPE.CAA: {
      const [flags, tag, value, ...rest] = stringsOf(text)
      if (value === undefined || rest.length > 0) throw new FormatError('CAA needs flags, tag and value')
      return { type: 'CAA', flags: decimal(flags), tag: tag!.toLowerCase(), value }
    }
    case TYPE.SOA:
      return parseSoa(text)
    default:
      return parseOther(code, text.trim())
  }
}

/** Types that are passed on as octets: by their text where we know it, else in the form of RFC 3597. */
function parseOther(code: number, text: string): Rdata {
  const octets = text.startsWith('\\#') ? undefined : passedOnToWire(code, stringsOf(text))
  return octets ? { type: 'other', code, octets } : parseGeneric(code, text)
}

function parseSoa(text: string): Rdata {
  const [mname, rname, ...numbers] = words(text, 7)
  const [serial, refresh, retry, expire, minimum] = numbers.map(decimal)
  return {
    type: 'SOA',
    mname: canonicalName(mname!),
    rname: canonicalName(rname!),
    serial: serial!,
    refresh: refresh!,
    retry: retry!,
    expire: expire!,
    minimum: minimum!,
  }
}

/**
 * Reads the data of a record from text as a person writes it; names count as absolute with or without their dot.
 * @param type mnemonic, e.g. `MX` or `TYPE65280`
 * @throws FormatError when the text is not data of that type
 */
export function parseRdata(type: string, text: string): Rdata {
  const code = typeCode(type)
  const isGeneric = /^\s*\\#\s/.test(text)
  const data = isGeneric ? parseGeneric(code, text.trim()) : parseKnown(code, text)
  // The wire form is the judge of every range, and turns `::0:1` into its one spelling.
  const wire = rdataToWire(data)
  return data.type === 'other' && isGeneric ? checkedGeneric(code, wire) : rdataFromWire(code, wire)
}

/** Data of a known type given as `\# ...` must be data of that type: printing it again must lead back to it. */
function checkedGeneric(code: number, wire: Buffer): Rdata {
  try {
    const data = rdataFromWire(code, wire)
    if (rdataToWire(data).equals(wire)) return data
  } catch {
    // falls through to the one error
  }
  throw new FormatError(`the octets are not data of type ${typeName(code)}`)
}

/** All records of one name and type, as people and plans see them: canonical name, canonical texts, sorted. */
export type Rrset = {
  readonly name: string
  readonly type: string
  /** seconds */
  readonly ttl: number
  readonly values: readonly string[]
}

/** Longest time to live, in seconds (RFC 2181 section 8). */
export const MAX_TTL_SECONDS = 2 ** 31 - 1

/**
 * A record set in its one spelling, so that equal sets are equal JSON.
 * @throws FormatError when a name, type, TTL or value is not valid
 */
export function canonicalRrset(set: Rrset): Rrset {
  if (!Number.isInteger(set.ttl) || set.ttl < 0 || set.ttl > MAX_TTL_SECONDS) {
    throw new FormatError(`not a TTL in seconds: ${set.ttl}`)
  }
  const type = typeName(typeCode(set.type))
  const values = new Set(set.values.map((value) => printRdata(parseRdata(type, value))))
  return { name: canonicalName(set.name), type, ttl: set.ttl, values: [...values].sort() }
}
