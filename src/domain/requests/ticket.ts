/** Crockford's base 32: no letters that are taken for digits when read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 40 bits: a ticket cannot be guessed, and can be written down. */
const randomLength = 8

/**
 * @param slug the office's short name; it lets a public page find the office from the ticket alone
 * @returns e.g. `KUKAR-2026-7F3K9QXA`
 */
export function newTicket(slug: string, at: Date, randomBytes: (length: number) => Uint8Array): string {
  return `${slug.toUpperCase()}-${at.getUTCFullYear()}-${code(randomLength, randomBytes)}`
}

/** @returns a random code in Crockford's base 32; `length` characters of 5 bits each */
export function code(length: number, randomBytes: (length: number) => Uint8Array): string {
  return Array.from(randomBytes(length), (octet) => alphabet[octet & 31]).join('')
}

/** @returns a ticket or code as somebody typed it, in its one form: capitals, O and I read as digits */
export function normalizeCode(typed: string): string {
  const [slug = '', ...rest] = typed.trim().toUpperCase().replaceAll(/\s+/g, '').slice(0, 60).split('-')
  return [slug, ...rest.map((part) => part.replaceAll('O', '0').replaceAll(/[IL]/g, '1'))].join('-')
}

/** @returns the office's short name in a ticket or verification code, in lower case */
export const slugOf = (ticket: string): string => ticket.split('-')[0]!.toLowerCase()
