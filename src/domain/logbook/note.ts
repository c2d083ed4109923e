import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * Signed notes (c2sp.org/signed-note), the checkpoints that are written as one (c2sp.org/tlog-checkpoint), and the
 * cosignatures of witnesses (c2sp.org/tlog-cosignature). Ed25519 only.
 */

/** What a key signs: a note as it is, or a checkpoint at a time. */
export type KeyKind = 'note' | 'cosignature'
const kindOctets = { note: 1, cosignature: 4 } as const

/** A public key with the name under which it signs. */
export type NoteKey = {
  readonly name: string
  readonly kind: KeyKind
  /** 8 hex digits */
  readonly id: string
  readonly key: KeyObject
}

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }

/** One signature line, not yet judged. */
export type NoteSignature = {
  readonly name: string
  readonly id: string
  readonly signature: Buffer
  readonly line: string
}

/** A note that was read; nothing is proven by that. `text` ends with a line feed. */
export type ReadNote = { readonly text: string; readonly signatures: readonly NoteSignature[] }

const signatureOctets = 64
const timeOctets = 8
/** Longest note that is read, in characters, and most signatures looked at. */
const maxNote = 20_000
const maxSignatures = 64
const nameForm = /^[^\s+\p{Cc}]{1,200}$/u
const lineForm = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/

/** DER around the 32 octets of an Ed25519 key (RFC 8410). */
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const publicOctets = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length)

/** @param seed 32 random octets: the private key as RFC 8032 has it */
export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })

const idOf = (name: string, kind: KeyKind, key: Buffer): string =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([kindOctets[kind]]))
    .update(key)
    .digest('hex')
    .slice(0, 8)

/** @returns the public side of a private key, as its vkey */
export function vkeyOf(name: string, kind: KeyKind, privateKey: KeyObject): string {
  if (!nameForm.test(name)) throw new TypeError(`note: ${name} is no name of a key`)
  const key = publicOctets(createPublicKey(privateKey))
  const octets = Buffer.concat([Buffer.from([kindOctets[kind]]), key])
  return `${name}+${idOf(name, kind, key)}+${octets.toString('base64')}`
}

/** @returns the key that a vkey stands for; undefined for what is none, or is of another kind of signature */
export function readVkey(vkey: string): NoteKey | undefined {
  const [name = '', id = '', encoded = '', ...more] = vkey.split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/)
  const octets = Buffer.from(encoded, 'base64')
  const kind = octets[0] === 1 ? 'note' : octets[0] === 4 ? 'cosignature' : undefined
  const key = octets.subarray(1)
  if (more.length > 0 || kind === undefined || key.length !== 32 || !nameForm.test(name)) return undefined
  if (octets.toString('base64') !== encoded || idOf(name, kind, key) !== id) return undefined
  const spki = Buffer.concat([publicPrefix, key])
  return { name, kind, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) }
}

/** The text of a checkpoint, which is what is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** @returns the line that signs a note's text */
export function signatureLine(name: string, privateKey: KeyObject, text: string): string {
  return lineOf(name, 'note', privateKey, sign(null, Buffer.from(text), privateKey))
}

/** @returns the line by which a witness says what it saw at a time (cosignature/v1) */
export function cosignatureLine(name: string, privateKey: KeyObject, text: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const time = Buffer.alloc(timeOctets)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, cosignedText(text, BigInt(seconds)), privateKey)
  return lineOf(name, 'cosignature', privateKey, Buffer.concat([time, signature]))
}

const cosignedText = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

function lineOf(name: string, kind: KeyKind, privateKey: KeyObject, signature: Buffer): string {
  const id = idOf(name, kind, publicOctets(createPublicKey(privateKey)))
  return `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`
}

/** @returns the note that a text is; undefined for what is none */
export function readNote(note: string): ReadNote | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > maxNote || !note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    return undefined
  const lines = note.slice(end + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0 || lines.length > maxSignatures) return undefined
  const signatures = lines.map(readSignatureLine)
  if (!signatures.every((each) => each !== undefined)) return undefined
  return { text: note.slice(0, end + 1), signatures }
}

/** @returns the signature that a line without its line feed holds */
export function readSignatureLine(line: string): NoteSignature | undefined {
  const [, name = '', encoded = ''] = lineForm.exec(line) ?? []
  const octets = Buffer.from(encoded, 'base64')
  if (!nameForm.test(name) || octets.length < 5 || octets.toString('base64') !== encoded) return undefined
  return { name, id: octets.toString('hex', 0, 4), signature: octets.subarray(4), line: `${line}\n` }
}

/** Whether a key signed the text: when, for a cosignature. Undefined where it did not, or where the signature is wrong. */
export function signedBy(
  { text, signatures }: ReadNote,
  key: NoteKey,
): { readonly line: string; readonly at: Date | undefined } | undefined {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id)
  // a wrong signature under a known key makes the whole note bad
  if (own.length === 0 || !own.every(({ signature }) => isGood(text, key, signature))) return undefined
  const { signature, line } = own[0]!
  const at = key.kind === 'cosignature' ? new Date(Number(signature.readBigUInt64BE()) * 1000) : undefined
  return { line, at }
}

function isGood(text: string, { kind, key }: NoteKey, signature: Buffer): boolean {
  if (kind === 'note')
    return signature.length === signatureOctets && verify(null, Buffer.from(text), key, signature)
  if (signature.length !== timeOctets + signatureOctets) return false
  const seconds = signature.readBigUInt64BE()
  const isTime = seconds > 0n && seconds <= BigInt(maxSeconds)
  return isTime && verify(null, cosignedText(text, seconds), key, signature.subarray(timeOctets))
}

/** The last second that a Date can hold. */
const maxSeconds = 8_640_000_000_000

/** @returns what the text of a note says as a checkpoint; undefined for another text. Lines after the third are ignored. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', encoded = '', ...more] = text.split('\n')
  const root = Buffer.from(encoded, 'base64')
  const isWhole = more.at(-1) === '' && more.slice(0, -1).every((line) => line !== '')
  if (!isWhole || origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined
  if (root.length !== 32 || root.toString('base64') !== encoded) return undefined
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : undefined
}
