import { createHash } from 'node:crypto'

/** Random part of a token, in octets. */
export const tokenBytes = 32

const apiToken = /^ranah_([a-z0-9]{2,16})_[A-Za-z0-9_-]{43}$/

/** What stands in the database for a token: whoever reads the database cannot use it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A token of the API names its office, so that it is looked up in that office's rows only. */
export function writeApiToken(officeSlug: string, random: Buffer): string {
  return `ranah_${officeSlug}_${random.toString('base64url')}`
}

/** @returns the office that a token says it is of; undefined for anything that is not a token */
export function officeOfApiToken(token: string): string | undefined {
  return apiToken.exec(token)?.[1]
}
