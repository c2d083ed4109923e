/** Writes DER (X.690), and reads and writes object identifiers. */
import { derItems } from '../certificates/der.ts'
import type { DerItem } from '../certificates/der.ts'

export const SEQUENCE = 0x30
export const SET = 0x31
export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const OCTETS = 0x04
export const OID = 0x06
export const GENERALIZED_TIME = 0x18
/** [0] and [1], constructed */
export const CONTEXT_0 = 0xa0
export const CONTEXT_1 = 0xa1
export const NULL = Buffer.from([0x05, 0x00])

export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const hex = content.length.toString(16)
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content])
}

export const within = (item: DerItem): DerItem[] => derItems(item.content)

const FOLLOWS = 0x80
const BITS = 7

/** @param dotted e.g. `1.2.840.113549` */
export function oidOctets(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return Buffer.from([first * 40 + second, ...rest].flatMap(base128))
}

function base128(number: number): number[] {
  const octets = [number % FOLLOWS]
  for (let left = Math.floor(number / FOLLOWS); left > 0; left = Math.floor(left / FOLLOWS))
    octets.unshift((left % FOLLOWS) | FOLLOWS)
  return octets
}

/** @returns numbers with dots */
export function oidText(octets: Buffer): string {
  const numbers: bigint[] = []
  let number = 0n
  for (const octet of octets) {
    number = (number << BigInt(BITS)) | BigInt(octet & ~FOLLOWS)
    if (octet & FOLLOWS) continue
    numbers.push(number)
    number = 0n
  }
  const [head = 0n, ...rest] = numbers
  const first = head < 80n ? head / 40n : 2n
  return [first, head - first * 40n, ...rest].join('.')
}
