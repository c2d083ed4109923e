/** The reflected polynomial of CRC-32 (ISO 3309); Node 18, which Debian 12 has, knows no `zlib.crc32` yet. */
const POLYNOMIAL = 0xedb88320

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let sum = octet
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1
  return sum
})

/** CRC-32 of some octets, going on from the sum of those before. */
export function crc32(octets: Uint8Array, before = 0): number {
  let sum = ~before
  for (const octet of octets) sum = TABLE[(sum ^ octet) & 0xff]! ^ (sum >>> 8)
  return ~sum >>> 0
}
