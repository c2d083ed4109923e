import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'
import { canonicalName, nameToWire } from './names.ts'
import { TYPE } from './types.ts'

/** How the text of types that Ranah only passes on is laid out, so that zone files and exports can be read. */

type Field = 'u8' | 'u16' | 'hex' | 'base64' | 'string' | 'name'

/** The last field of a key or digest may be broken by blanks and takes all words that are left. */
export const FIELDS: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
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
])

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
    case 'string': {
      const octets = Buffer.from(word, 'latin1')
      if (octets.length > 255) throw new FormatError('a string longer than 255 octets')
      return Buffer.concat([Buffer.of(octets.length), octets])
    }
  }
}

/** @param words of the text, escapes resolved, one octet per character @throws FormatError */
export function fieldsToWire(fields: readonly Field[], words: readonly string[]): Buffer {
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
