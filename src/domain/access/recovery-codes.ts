import { createHash } from 'node:crypto'

/** Codes of one set. */
export const recoveryCodeCount = 10
/** From this many on the person is told to make new ones. */
export const fewCodesLeft = 3

/** Signs that nobody mistakes for another on paper: no 0, 1, i, l, o. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const groups = 3
const groupLength = 4
const shape = new RegExp(`^[${alphabet}]{${groups * groupLength}}$`)
/** Octets at and above this are thrown again, so that every sign is as likely as the others. */
const fairBelow = Math.floor(256 / alphabet.length) * alphabet.length

/** Makes one set of codes, about 59 bits each. */
export function makeRecoveryCodes(randomBytes: (length: number) => Buffer): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length: groups }, () => randomSigns(randomBytes)).join('-'),
  )
}

function randomSigns(randomBytes: (length: number) => Buffer): string {
  let signs = ''
  while (signs.length < groupLength) {
    const octet = randomBytes(1)[0]!
    if (octet < fairBelow) signs += alphabet[octet % alphabet.length]
  }
  return signs
}

/** The code as it was made, whatever spaces, hyphens and capitals it was typed with. */
const bare = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '')

/** @returns whether a text has the length and the signs of a recovery code, so that it is none of an authenticator app */
export const looksLikeRecoveryCode = (text: string): boolean => shape.test(bare(text))

/** What stands in the database for a code: bound to its owner, so that two equal codes do not show. */
export const hashRecoveryCode = (personId: string, code: string): string =>
  createHash('sha256')
    .update(`recovery-code:${personId}:${bare(code)}`)
    .digest('hex')
