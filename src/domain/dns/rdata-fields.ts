import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'
import { canonicalName, nameToWire } from './names.ts'
import { locToWire } from './rdata-loc.ts'
import { svcbToWire } from './rdata-svcb.ts'
import { PASSED_ON, TYPE } from './types.ts'

/** How the text of types that Ranah only passes on is laid out, so that zone files and exports can be read. */

type Field = 'u8' | 'u16' | 'hex' | 'base64' | 'string' | 'name' | 'eui' | 'rest'

/** The last field of a key or digest may be broken by blanks and takes all words that are left. */
const FIELDS: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
  [TYPE.HINFO, ['string', 'string']],
  [TYPE.RP, ['name', 'name']],
  [TYPE.NAPTR, ['u16', 'u16', 'string', 'string', 'string', 'name']],
  [TYPE.DNAME, ['name']],
  [TYPE.DS, ['u16', 'u8', 'u8', 'hex']],
  [TYPE.SSHFP, ['u8', 'u8', 'hex']],
  [TYPE.DNSKEY, ['u16', 'u8', 'u8', 'base64']],
  [TYPE.TLSA, ['u8', 'u8', 'u8', 'hex']],
  [TYPE.CDS, ['u16', 'u8', 'u8', 'hex']],
  [TYPE.CDNSKEY, ['u16', 'u8', 'u8', 'base64']],
  [TYPE.OPENPGPKEY, ['base64']],
  [PASSED_ON.AFSDB, ['u16', 'name']],
  [PASSED_ON.KX, ['u16', 'name']],
  [PASSED_ON.DHCID, ['base64']],
  [PASSED_ON.SMIMEA, ['u8', 'u8', 'u8', 'hex']],
  [PASSED_ON.EUI48, ['eui']],
  [PASSED_ON.EUI64, ['eui']],
  [PASSED_ON.URI, ['u16', 'u16', 'rest']],
])
/** Those whose text is no row of fields. */
const OTHERS: ReadonlyMap<number, (words: readonly string[]) => Buffer> = new Map([
  [PASSED_ON.LOC, locToWire],
  [PASSED_ON.SVCB, svcbToWire],
  [PASSED_ON.HTTPS, svcbToWire],
  [PASSED_ON.SPF, (words: readonly string[]) => Buffer.concat(words.map((word) => string(word)))],
])

/**
 * The data of a type that is only passed on.
 * @param words of its text, escapes resolved, one octet per character
 * @returns undefined for a type that is not known by its text @throws FormatError
 */
export function passedOnToWire(code: number, words: readonly string[]): Buffer | undefined {
  const fields = FIELDS.get(code)
  return fields ? fieldsToWire(fields, words) : OTHERS.get(code)?.(words)
}

function number(word: string, octets: 1 | 2): Buffer {
  const value = Number(word)
  if (!/^\d{1,5}$/.test(word) || value >= 256 ** octets) throw new FormatError(`not a number here: ${word}`)
  const buffer = Buffer.alloc(octets)
  buffer.writeUIntBE(value, 0, octets)
  return buffer
}

function encoded(word: string, encoding: 'hex' | 'base64'): Buffer {
  const octets = Buffer.from(word, encoding)
  const isWhole =
    encoding === 'hex'
      ? /^(?:[0-9a-f]{2})+$/i.test(word)
      : /^[0-9a-z+/]+={0,2}$/i.test(word) && word.length % 4 === 0
  if (!isWhole) throw new FormatError(`not ${encoding}: ${word.slice(0, 30)}`)
  return octets
}

function fieldToWire(field: Field, word: string): Buffer {
  switch (field) {
    case 'u8':
      return number(word, 1)
    case 'u16':
      return number(word, 2)
    case 'hex':
    case 'base64':
      return encoded(word, field)
    case 'name':
      return nameToWire(canonicalName(word))
    case 'string':
      return string(word)
    case 'rest':
      return Buffer.from(word, 'latin1')
    case 'eui':
      if (!/^[0-9a-f]{2}(?:-[0-9a-f]{2})+$/i.test(word)) throw new FormatError(`not an EUI: ${word}`)
      return Buffer.from(word.replaceAll('-', ''), 'hex')
  }
}

function string(word: string): Buffer {
  const octets = Buffer.from(word, 'latin1')
  if (octets.length > 255) throw new FormatError('a string longer than 255 octets')
  return Buffer.concat([Buffer.of(octets.length), octets])
}

function fieldsToWire(fields: readonly Field[], words: readonly string[]): Buffer {
  const last = fields.at(-1)
  const isOpen = last === 'hex' || last === 'base64'
  const given = isOpen
    ? [...words.slice(0, fields.length - 1), words.slice(fields.length - 1).join('')]
    : words
  if (given.length !== fields.length || given.at(-1) === '') {
    throw new FormatError(`${fields.length} fields expected, ${words.length} given`)
  }
  return Buffer.concat(fields.map((field, index) => fieldToWire(field, given[index]!)))
}
