/** The places of a PDF in which signatures lie, as the file itself says. Everything in it may be hostile. */

/** Signatures that are looked at in one file: the last ones. */
const MAX_SIGNATURES = 20
const rangePattern =
  /\/ByteRange\s{0,20}\[\s{0,20}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{0,20}\]/g

/** Octets before and after a signature's place in which the rest of its dictionary is looked for. */
const AROUND = 2000

/** One signature: what it covers, where it lies, and what its dictionary says. */
export type Placed = {
  /** Up to here the file is covered; the place itself is not. */
  readonly end: number
  readonly open: number
  readonly close: number
  readonly dictionary: string
}

/** @returns the signatures in the order of the file; nothing for a range that cannot be */
export function placesIn(pdf: Buffer): readonly (Placed | undefined)[] {
  const text = pdf.toString('latin1')
  return [...text.matchAll(rangePattern)].slice(-MAX_SIGNATURES).map((found) => {
    const [zero, open, close, rest] = found.slice(1).map(Number) as [number, number, number, number]
    const end = close + rest
    if (zero !== 0 || open >= close || end > pdf.length || text[open] !== '<' || text[close - 1] !== '>')
      return undefined
    return { end, open, close, dictionary: dictionaryAround(text, open, close) }
  })
}

/** The object in which a signature lies, without what fills its place. */
function dictionaryAround(text: string, open: number, close: number): string {
  const before = text.slice(Math.max(0, open - AROUND), open)
  const after = text.slice(close, close + AROUND)
  const [rest = ''] = after.split('endobj', 1)
  return `${before.slice(before.lastIndexOf(' obj') + 1)} ${rest}`
}

/** What a signature covers. */
export const coveredBy = (pdf: Buffer, { open, close, end }: Placed): Buffer =>
  Buffer.concat([pdf.subarray(0, open), pdf.subarray(close, end)])

/**
 * The CMS of a signature's place.
 * @throws RangeError when what fills the place up to its end is not zeros: nothing may hide there
 */
export function cmsAt(pdf: Buffer, { open, close }: Placed): Buffer {
  const hex = pdf.subarray(open + 1, close - 1).toString('latin1')
  const octets = Buffer.from(hex, 'hex')
  if (octets.length * 2 !== hex.length) throw new RangeError('not hexadecimal')
  const lengthOctets = octets.readUInt8(1) < 0x80 ? 0 : octets.readUInt8(1) & 0x7f
  const length = lengthOctets === 0 ? octets.readUInt8(1) : octets.readUIntBE(2, lengthOctets)
  const end = 2 + lengthOctets + length
  if (end > octets.length || octets.subarray(end).some((each) => each !== 0))
    throw new RangeError('not filled')
  return octets.subarray(0, end)
}

/** @returns the file with another CMS in the same place; nothing when it does not fit */
export function withCms(pdf: Buffer, place: Placed, cms: Buffer): Buffer | undefined {
  const room = place.close - place.open - 2
  if (cms.length * 2 > room) return undefined
  const changed = Buffer.from(pdf)
  changed.write(cms.toString('hex').padEnd(room, '0'), place.open + 1, 'latin1')
  return changed
}
