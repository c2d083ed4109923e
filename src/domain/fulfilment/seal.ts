import { createCipheriv, createDecipheriv } from 'node:crypto'
import * as z from 'zod'
import { databaseEngines } from '../hosting/site.ts'

/**
 * Seals what only one person may read, under the installation's key: AES-256-GCM, bound to what it belongs to.
 * Layout: 12 octets nonce, 16 octets tag, ciphertext.
 */
export const nonceLength = 12
const tagLength = 16

/**
 * @param key 32 octets
 * @param nonce 12 fresh random octets
 * @param context what the secret belongs to; opening it for anything else fails
 */
export function seal(key: Uint8Array, nonce: Uint8Array, context: string, secret: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** @throws Error when the key, the context or a single bit is not the one it was sealed with */
export function unseal(key: Uint8Array, context: string, sealed: Uint8Array): string {
  const nonce = sealed.subarray(0, nonceLength)
  const tag = sealed.subarray(nonceLength, nonceLength + tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(tag)
  return Buffer.concat([
    decipher.update(sealed.subarray(nonceLength + tagLength)),
    decipher.final(),
  ]).toString('utf8')
}

export const credentials = z.strictObject({
  username: z.string(),
  password: z.string(),
  host: z.string(),
  port: z.int(),
  /** The site's own database, as its host reaches it. */
  database: z
    .strictObject({
      engine: z.enum(databaseEngines),
      host: z.string(),
      port: z.int(),
      name: z.string(),
      username: z.string(),
      password: z.string(),
    })
    .optional(),
})
/** What a technical contact needs to manage the files and the database of a site. */
export type Credentials = z.infer<typeof credentials>

/** Credentials that only the holder of an age key reads. */
export const ageFile = z.strictObject({
  recipient: z.string(),
  /** The file, in age's form of text. */
  age: z.string(),
})
export type AgeFile = z.infer<typeof ageFile>

/** What a technical contact is handed once: the credentials, or a file that only they can read. */
export type HandOver = Credentials | AgeFile

/** @returns what is inside the file: the same names as the API gives them, a line each */
export const ageContent = (value: Credentials): string => `${JSON.stringify(value, null, 2)}\n`

/** A hand-over as it waits for the contact. */
export type SealedHandOver = {
  /** Of the one-time page. */
  readonly id: string
  readonly bytes: Buffer
  /** The age key to which it was encrypted before it was sealed; null when the contact had none. */
  readonly recipient: string | null
  readonly expiresAt: Date
}

/** @returns the text under which a hand-over is sealed */
export const closedHandOver = (value: HandOver): string => JSON.stringify(value)

/** @throws ZodError when the text is not of a hand-over */
export const openedHandOver = (text: string): HandOver =>
  z.union([credentials, ageFile]).parse(JSON.parse(text))
