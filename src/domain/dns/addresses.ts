import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'

/** IPv4 address to its four octets. @throws FormatError unless four decimal numbers without leading zeros */
export function parseIpv4(text: string): Buffer {
  const parts = text.split('.')
  const valid =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  if (!valid) throw new FormatError(`not an IPv4 address: ${text.slice(0, 60)}`)
  return Buffer.from(parts.map(Number))
}

export function printIpv4(octets: Uint8Array): string {
  return `${octets[0]}.${octets[1]}.${octets[2]}.${octets[3]}`
}

/** Sixteen-bit groups of one side of `::`; an IPv4 tail counts as two (RFC 4291 section 2.2). */
function groupsOf(side: string, original: string): number[] {
  if (side === '') return []
  return side.split(':').flatMap((part, index, all) => {
    if (part.includes('.') && index === all.length - 1) {
      const tail = parseIpv4(part)
      return [tail.readUInt16BE(0), tail.readUInt16BE(2)]
    }
    if (!/^[0-9a-f]{1,4}$/i.test(part)) throw new FormatError(`not an IPv6 address: ${original}`)
    return [Number.parseInt(part, 16)]
  })
}

/** IPv6 address to its sixteen octets. @throws FormatError when it is not one */
export function parseIpv6(text: string): Buffer {
  const original = text.slice(0, 60)
  const sides = text.split('::')
  if (sides.length > 2 || text.length > 45) throw new FormatError(`not an IPv6 address: ${original}`)
  const head = groupsOf(sides[0]!, original)
  const tail = sides.length === 2 ? groupsOf(sides[1]!, original) : []
  const missing = 8 - head.length - tail.length
  if (sides.length === 2 ? missing < 1 : missing !== 0)
    throw new FormatError(`not an IPv6 address: ${original}`)
  const octets = Buffer.alloc(16)
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  groups.forEach((group, index) => octets.writeUInt16BE(group, index * 2))
  return octets
}

/** Start and length of the longest run of zero groups; runs of one are not shortened (RFC 5952 section 4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 1 }
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0
    while (groups[start + length] === 0) length += 1
    if (length > best.length) best = { start, length }
    if (length > 0) start += length - 1
  }
  return best
}

/** The recommended text of an IPv6 address (RFC 5952). */
export function printIpv6(octets: Uint8Array): string {
  const bytes = Buffer.from(octets)
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2))
  const run = longestZeroRun(groups)
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  if (run.start < 0) return hex(groups)
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`
}
