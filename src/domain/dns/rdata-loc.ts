import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'

/** A place on the earth (RFC 1876), as it stands in zone files: `0 30 12.000 S 117 9 0.000 E 10m 1m 10000m 10m`. */

/** What is left out at the end: size of the place, then how exact it is, horizontally and vertically. */
const DEFAULTS = ['1m', '10000m', '10m'] as const
const VERSION = 0
const EQUATOR = 2 ** 31
/** The lowest height that can be said, in centimetres. */
const LOWEST_CM = -10_000_000

/** @param words of the text @throws FormatError */
export function locToWire(words: readonly string[]): Buffer {
  const left = [...words]
  const latitude = angle(left, 'N', 'S', 90)
  const longitude = angle(left, 'E', 'W', 180)
  const [height, ...given] = left
  if (height === undefined || given.length > DEFAULTS.length) throw new FormatError('not a place')
  const exactness = DEFAULTS.map((usual, index) => oneDigit(centimetres(given[index] ?? usual)))
  const wire = Buffer.alloc(16)
  wire.set([VERSION, ...exactness])
  wire.writeUInt32BE(latitude, 4)
  wire.writeUInt32BE(longitude, 8)
  wire.writeUInt32BE(inRange(centimetres(height) - LOWEST_CM, 0, 2 ** 32 - 1), 12)
  return wire
}

function inRange(value: number, least: number, most: number): number {
  if (!(value >= least && value <= most)) throw new FormatError('a number of the place is out of range')
  return value
}

/** Takes degrees, and minutes and seconds where they stand, up to the letter. @returns thousandths of a second */
function angle(left: string[], plus: string, minus: string, most: number): number {
  const at = left.findIndex((word) => [plus, minus].includes(word.toUpperCase()))
  if (at < 1 || at > 3) throw new FormatError(`degrees up to ${plus} or ${minus} are missing`)
  const [degrees, minutes = '0', seconds = '0', letter] = [
    ...left.splice(0, at),
    ...Array<undefined>(3 - at).fill(undefined),
    left.shift(),
  ]
  if (![degrees, minutes].every((word) => /^\d{1,3}$/.test(word!)) || !/^\d{1,2}(\.\d{1,3})?$/.test(seconds))
    throw new FormatError('not an angle')
  const thousandths =
    inRange(Number(degrees), 0, most) * 3_600_000 +
    inRange(Number(minutes), 0, 59) * 60_000 +
    Math.round(inRange(Number(seconds), 0, 59.999) * 1000)
  inRange(thousandths, 0, most * 3_600_000)
  return letter!.toUpperCase() === plus ? EQUATOR + thousandths : EQUATOR - thousandths
}

function centimetres(word: string): number {
  if (!/^-?\d{1,8}(\.\d{1,2})?m?$/i.test(word)) throw new FormatError(`not metres: ${word}`)
  return Math.round(Number(word.replace(/m$/i, '')) * 100)
}

/** One digit and a power of ten in one octet. */
function oneDigit(cm: number): number {
  const exponent = Math.max(0, String(inRange(cm, 0, 9e9)).length - 1)
  return Math.floor(cm / 10 ** exponent) * 16 + exponent
}
