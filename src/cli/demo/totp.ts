import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const stepMs = 30_000

/** @returns the code of an authenticator app for this moment (RFC 6238, SHA-1, 6 digits, 30 seconds) */
export function totp(secret: string, at: Date): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / stepMs)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = digest[19]! & 15
  const number = (digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000
  return String(number).padStart(6, '0')
}

/** Milliseconds until the next code. */
export const untilNextCode = (at: Date): number => stepMs - (at.getTime() % stepMs)

function fromBase32(text: string): Buffer {
  const octets: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text.toUpperCase().replaceAll(/[\s=]/g, '')) {
    value = (value << 5) | alphabet.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      octets.push((value >> bits) & 255)
    }
  }
  return Buffer.from(octets)
}
