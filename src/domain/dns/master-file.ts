import { isUtf8 } from 'node:buffer'
import type { Text } from '../refused.ts'
import { zoneFileText as text } from '../text/zone-file.ts'
import { FormatError } from './format-error.ts'
import { absolute, canonicalName, isWithin } from './names.ts'
import { logicalLines, LineFault, type LogicalLine } from './master-lines.ts'
import { MAX_TTL_SECONDS, parseRdata, printRdata, type Rrset } from './records.ts'
import { TYPE, isMetaType, typeCode, typeName } from './types.ts'

/** Zone files ("master files", RFC 1035 section 5, $TTL of RFC 2308) as BIND, Knot and PowerDNS write them. */

export type ZoneFileFault = {
  /** counted from 1 */
  readonly line: number
  readonly text: Text
}

export type ZoneFile = {
  /** in canonical form, the SOA among them; of differing TTLs in a set the smallest counts */
  readonly sets: readonly Rrset[]
  readonly records: number
  readonly faults: readonly ZoneFileFault[]
}

/** Characters of a file: a million records are less. */
const MAX_CHARACTERS = 128 * 1024 * 1024
/** Faults that are listed; a file with more is the wrong file. */
const MAX_FAULTS = 100
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

type OpenSet = { name: string; type: string; ttl: number; values: Set<string> }

/** `3600`, `1h`, `1w2d3h` in seconds; nothing for any other word. */
function secondsOf(word: string): number | undefined {
  if (/^\d{1,10}$/.test(word)) return Number(word)
  if (!/^(?:\d{1,10}[smhdw])+$/i.test(word)) return undefined
  let seconds = 0
  for (const [, count, unit] of word.matchAll(/(\d+)([a-z])/gi))
    seconds += Number(count) * UNITS[unit!.toLowerCase()]!
  return seconds
}

function ttlOf(word: string, line: number): number | undefined {
  const seconds = secondsOf(word)
  if (seconds !== undefined && seconds > MAX_TTL_SECONDS) throw new LineFault(line, text.ttlTooLong(word))
  return seconds
}

/** Where names stand among the words of the data, counted from the end where it is negative. */
const NAME_WORDS: Readonly<Record<string, readonly number[]>> = {
  CNAME: [0],
  NS: [0],
  PTR: [0],
  DNAME: [0],
  MX: [1],
  SRV: [3],
  SOA: [0, 1],
  RP: [0, 1],
  NAPTR: [5],
  AFSDB: [1],
  KX: [1],
  SVCB: [1],
  HTTPS: [1],
}

class Reader {
  readonly sets = new Map<string, OpenSet>()
  readonly faults: ZoneFileFault[] = []
  records = 0
  readonly #zone: string
  #origin: string
  #owner: string | undefined
  #defaultTtl: number | undefined
  #lastTtl: number | undefined

  constructor(zone: string) {
    this.#zone = zone
    this.#origin = zone
  }

  /** @returns false when there is no point in going on */
  take(line: LogicalLine): boolean {
    try {
      if (line.words[0]?.startsWith('$')) this.#directive(line)
      else this.#record(line)
    } catch (error) {
      if (error instanceof LineFault) this.faults.push({ line: error.line, text: error.text })
      else if (error instanceof FormatError)
        this.faults.push({ line: line.number, text: text.recordInvalid(error.message) })
      else throw error
    }
    return this.faults.length < MAX_FAULTS
  }

  #directive({ words, number }: LogicalLine): void {
    const name = words[0]!.toUpperCase()
    const value = words[1]
    if (name === '$INCLUDE') throw new LineFault(number, text.include)
    if (name === '$GENERATE') throw new LineFault(number, text.generate)
    if ((name !== '$ORIGIN' && name !== '$TTL') || value === undefined || words.length > 2) {
      throw new LineFault(number, text.directiveUnknown(words[0]!))
    }
    if (name === '$ORIGIN') this.#origin = this.#absoluteName(value)
    else {
      const seconds = ttlOf(value, number)
      if (seconds === undefined) throw new LineFault(number, text.ttlInvalid(value))
      this.#defaultTtl = seconds
    }
  }

  /** `@`, a relative or an absolute name, in canonical form. */
  #absoluteName(word: string): string {
    if (word === '@') return this.#origin
    if (word.endsWith('.') && !isEscapedAtEnd(word)) return canonicalName(word)
    return canonicalName(this.#origin === '.' ? word : `${word}.${this.#origin}`)
  }

  #ownerOf(line: LogicalLine): string {
    if (line.hasBlankOwner) {
      if (this.#owner === undefined) throw new LineFault(line.number, text.ownerMissing)
      return this.#owner
    }
    // a name that cannot be read shall not give its blank followers to the name before it
    this.#owner = undefined
    this.#owner = this.#absoluteName(line.words[0]!)
    return this.#owner
  }

  /** TTL and class in either order, then the type. @returns the index of the type */
  #head(line: LogicalLine): { ttl: number | undefined; at: number } {
    const { words, number } = line
    let at = line.hasBlankOwner ? 0 : 1
    let ttl: number | undefined
    let hasClass = false
    for (; at < words.length; at += 1) {
      const word = words[at]!
      const upper = word.toUpperCase()
      if (!hasClass && upper === 'IN') hasClass = true
      else if (upper === 'CH' || upper === 'HS' || upper === 'CS' || /^CLASS\d+$/.test(upper)) {
        throw new LineFault(number, text.classForeign(word))
      } else {
        const seconds = ttl === undefined ? ttlOf(word, number) : undefined
        if (seconds === undefined) break
        ttl = seconds
      }
    }
    return { ttl, at }
  }

  #record(line: LogicalLine): void {
    // dig prints the signatures of a transfer among the records
    if (line.words[2] === 'ANY' && line.words[3] === 'TSIG') return
    const name = this.#ownerOf(line)
    const { ttl: ownTtl, at } = this.#head(line)
    const type = line.words[at]
    if (type === undefined) throw new LineFault(line.number, text.typeMissing)
    const code = typeCode(type)
    if (isMetaType(code)) throw new LineFault(line.number, text.typeNoData(type))
    if (!isWithin(name, this.#zone)) throw new LineFault(line.number, text.ownerOutside(name, this.#zone))
    this.records += 1
    if (code === TYPE.RRSIG || code === TYPE.NSEC || code === TYPE.NSEC3 || code === TYPE.ZONEMD) return
    const mnemonic = typeName(code)
    const value = printRdata(parseRdata(mnemonic, this.#dataOf(type.toUpperCase(), line.words.slice(at + 1))))
    this.#add(name, mnemonic, this.#ttlFor(mnemonic, value, ownTtl, line.number), value)
  }

  #dataOf(type: string, words: readonly string[]): string {
    const names = NAME_WORDS[type]
    const isGeneric = words[0] === '\\#'
    const isSoa = type === 'SOA' && !isGeneric
    const given = words.map((word, index) => {
      if (!isGeneric && names?.includes(index)) return absolute(this.#absoluteName(word))
      return isSoa ? String(secondsOf(word) ?? word) : word
    })
    return given.join(' ')
  }

  /** RFC 2308 section 4: its own, else $TTL, else that of the record before, else the minimum of the SOA. */
  #ttlFor(type: string, value: string, own: number | undefined, line: number): number {
    const minimum = type === 'SOA' ? Number(value.split(' ')[6]) : undefined
    const ttl = own ?? this.#defaultTtl ?? this.#lastTtl ?? minimum
    if (ttl === undefined) throw new LineFault(line, text.ttlMissing)
    this.#lastTtl = ttl
    return ttl
  }

  #add(name: string, type: string, ttl: number, value: string): void {
    const key = `${name} ${type}`
    const set = this.sets.get(key)
    if (!set) {
      this.sets.set(key, { name, type, ttl, values: new Set([value]) })
      return
    }
    set.ttl = Math.min(set.ttl, ttl)
    set.values.add(value)
  }

  finish(): void {
    const soas = [...this.sets.values()].filter(({ type }) => type === 'SOA')
    if (soas.some(({ name, values }) => name !== this.#zone || values.size > 1)) {
      this.faults.push({ line: 1, text: text.soaTwice })
    }
  }
}

function isEscapedAtEnd(word: string): boolean {
  const slashes = /\\+(?=\.$)/.exec(word)?.[0].length ?? 0
  return slashes % 2 === 1
}

/** The text of a zone file. Servers take it for octets: one that is not UTF-8 keeps each octet as it is. */
export function zoneFileText(file: Buffer): string {
  if (isUtf8(file)) return file.toString('utf8')
  return file.toString('latin1').replace(/[\x80-\xff]/g, (octet) => `\\${octet.charCodeAt(0)}`)
}

/**
 * Reads a zone file without ever throwing for what stands in it.
 * @param zone canonical name; `@` and relative names start from it until $ORIGIN says otherwise
 */
export function parseZoneFile(content: string, zone: string): ZoneFile {
  if (content.length > MAX_CHARACTERS) {
    return { sets: [], records: 0, faults: [{ line: 1, text: text.fileTooLarge(MAX_CHARACTERS >> 20) }] }
  }
  if (content.includes('\0')) return { sets: [], records: 0, faults: [{ line: 1, text: text.notText }] }
  const reader = new Reader(zone)
  try {
    for (const line of logicalLines(content)) if (!reader.take(line)) break
  } catch (error) {
    // a quote or parenthesis that does not end: nothing after it can be read
    if (!(error instanceof LineFault)) throw error
    reader.faults.push({ line: error.line, text: error.text })
  }
  reader.finish()
  const sets = Array.from(reader.sets.values(), (set) => ({ ...set, values: [...set.values].sort() }))
  return { sets, records: reader.records, faults: reader.faults }
}
