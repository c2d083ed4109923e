import { Buffer } from 'node:buffer'
import { parseIpv4, parseIpv6 } from './addresses.ts'
import { FormatError } from './format-error.ts'
import { canonicalName, nameToWire } from './names.ts'

/** Service bindings (RFC 9460), as they stand in zone files: `1 . alpn="h2,h3" ipv4hint=192.0.2.5`. */

/** In the order of their numbers. */
const KEYS = [
  'mandatory',
  'alpn',
  'no-default-alpn',
  'port',
  'ipv4hint',
  'ech',
  'ipv6hint',
  'dohpath',
  'ohttp',
]
const WITHOUT_VALUE: ReadonlySet<string> = new Set(['no-default-alpn', 'ohttp'])

/** @param words of the text, escapes resolved, one octet per character @throws FormatError */
export function svcbToWire(words: readonly string[]): Buffer {
  const [priority, target, ...given] = words
  if (priority === undefined || target === undefined) throw new FormatError('priority and target expected')
  const parameters = new Map<number, Buffer>()
  for (const word of given) {
    const [, key, quoted] = /^([a-z0-9-]+)(?:=([^]*))?$/i.exec(word) ?? []
    if (key === undefined) throw new FormatError(`not a parameter: ${word.slice(0, 30)}`)
    const code = keyCode(key.toLowerCase())
    if (parameters.has(code)) throw new FormatError(`${key} is given twice`)
    parameters.set(code, valueToWire(key.toLowerCase(), quoted?.replace(/^"([^]*)"$/, '$1') ?? ''))
  }
  const inOrder = [...parameters].toSorted(([a], [b]) => a - b)
  return Buffer.concat([
    u16(priority),
    nameToWire(canonicalName(target)),
    ...inOrder.flatMap(([code, value]) => [u16(String(code)), u16(String(value.length)), value]),
  ])
}

function u16(word: string): Buffer {
  if (!/^\d{1,5}$/.test(word) || Number(word) > 0xffff) throw new FormatError(`not a number here: ${word}`)
  const octets = Buffer.alloc(2)
  octets.writeUInt16BE(Number(word))
  return octets
}

function keyCode(key: string): number {
  const known = KEYS.indexOf(key)
  if (known >= 0) return known
  const code = /^key(\d{1,5})$/.exec(key)?.[1]
  if (code === undefined) throw new FormatError(`not a parameter: ${key.slice(0, 30)}`)
  return u16(code).readUInt16BE()
}

function valueToWire(key: string, value: string): Buffer {
  if (WITHOUT_VALUE.has(key) !== (value === '') && !key.startsWith('key'))
    throw new FormatError(`${key} ${value === '' ? 'needs a value' : 'takes no value'}`)
  switch (key) {
    case 'mandatory': {
      const codes = value.split(',').map((each) => keyCode(each.toLowerCase()))
      return Buffer.concat(codes.toSorted((a, b) => a - b).map((code) => u16(String(code))))
    }
    case 'alpn':
      return Buffer.concat(value.split(/(?<!\\),/).map(protocol))
    case 'port':
      return u16(value)
    case 'ipv4hint':
      return Buffer.concat(value.split(',').map(parseIpv4))
    case 'ipv6hint':
      return Buffer.concat(value.split(',').map(parseIpv6))
    case 'ech':
      return Buffer.from(value, 'base64')
    default:
      return Buffer.from(value, 'latin1')
  }
}

/** One of a list: a comma or a backslash in it stands behind a backslash (RFC 9460 appendix A.1). */
function protocol(word: string): Buffer {
  const octets = Buffer.from(word.replace(/\\([^])/g, '$1'), 'latin1')
  if (octets.length === 0 || octets.length > 255) throw new FormatError('not a list of protocols')
  return Buffer.concat([Buffer.of(octets.length), octets])
}
