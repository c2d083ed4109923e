import { randomInt, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import type { SiteAccess } from './site-record.ts'
import type { SiteStore } from './site-store.ts'

/** Without the signs that are mistaken for one another on paper (0 O, 1 l I). */
const LOWER = 'abcdefghijkmnpqrstuvwxyz23456789'
const ALPHABET = `${LOWER}ABCDEFGHJKLMNPQRSTUVWXYZ`
/** 24 signs of 56 are 139 bits: no guessing over a network or from a stolen hash comes near. */
const PASSWORD_SIGNS = 24
const USERNAME_TAIL_SIGNS = 6
/** One in a thousand million is taken already; twenty in a row never are. */
const USERNAME_TRIES = 20
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const
const HASH_BYTES = 32
/** Spent tokens remembered per site; a retry that comes later than this many issues is no retry. */
const SPENT_TOKENS_MAX = 100

const randomSigns = (count: number, alphabet: string) =>
  Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]!).join('')

function hashPassword(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, Buffer.from(salt, 'base64'), HASH_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}

const NOBODY_SALT = randomBytes(16).toString('base64')

/** Whether a password is the current one. An unknown user costs the same time and is always refused. */
export async function isPassword(access: SiteAccess | null, password: string): Promise<boolean> {
  const hash = await hashPassword(password, access?.salt ?? NOBODY_SALT)
  return access !== null && timingSafeEqual(hash, Buffer.from(access.hash, 'base64'))
}

function newUsername(store: SiteStore, fqdn: string): string {
  const label = fqdn.split('.')[0]!.slice(0, 16)
  for (let tries = 0; tries < USERNAME_TRIES; tries++) {
    const username = `${label}-${randomSigns(USERNAME_TAIL_SIGNS, LOWER)}`
    if (!store.findByUsername(username)) return username
  }
  throw new Error('no free user name found')
}

/** A password of 139 bits that can be read out and copied from paper. */
export const newPassword = () => randomSigns(PASSWORD_SIGNS, ALPHABET)

/** Tokens that must never issue again: all earlier ones, except the one that is asking. */
export function spentAfter(
  record: { readonly access: { readonly token: string } | null; readonly spentTokens: readonly string[] },
  token: string | null,
): string[] {
  const last = record.access?.token
  const spent = last !== undefined && last !== token ? [...record.spentTokens, last] : [...record.spentTokens]
  return spent.slice(-SPENT_TOKENS_MAX)
}

export type IssuedCredentials = { username: string; password: string; generation: number }

/**
 * Makes a new password for a site; the earlier one stops working and its sessions end. The answer is the
 * only time the password exists in clear. A repeated token rotates again, so that a lost answer is of no
 * use to whoever finds it; a token that was replaced or revoked meanwhile is refused.
 */
export function issueCredentials(
  store: SiteStore,
  fqdn: string,
  token: string,
  now: () => Date,
): Promise<IssuedCredentials> {
  return store.exclusively(fqdn, async () => {
    const record = store.require(fqdn)
    if (record.spentTokens.includes(token)) {
      throw new Refused('credentials-superseded', hostingText.superseded(fqdn), { status: 409 })
    }
    const password = newPassword()
    const salt = randomBytes(16).toString('base64')
    const generation = record.generation + 1
    const username = record.access?.username ?? newUsername(store, fqdn)
    const hash = (await hashPassword(password, salt)).toString('base64')
    const access = { username, salt, hash, generation, token, issuedAt: now().toISOString() }
    await store.save({ ...record, access, generation, spentTokens: spentAfter(record, token) })
    return { username, password, generation }
  })
}

/** Takes the sign-in of a site away; its sessions end. Repeating it changes nothing. */
export function revokeCredentials(store: SiteStore, fqdn: string): Promise<'revoked' | 'unchanged'> {
  return store.exclusively(fqdn, async () => {
    const record = store.require(fqdn)
    if (!record.access) return 'unchanged'
    await store.save({ ...record, access: null, spentTokens: spentAfter(record, null) })
    return 'revoked'
  })
}
