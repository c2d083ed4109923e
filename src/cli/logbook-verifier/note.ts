import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { faults } from './faults.ts'

/** Checkpoints: notes signed by the office and cosigned by witnesses. [8] */

/** A key that the reader trusts, from its vkey. `type`: 1 signs notes, 4 cosigns checkpoints. */
export type Trusted = {
  readonly name: string
  readonly id: string
  readonly type: number
  readonly key: KeyObject
  /** The name that handed over to this one. */
  readonly after?: string
}

/** A checkpoint whose signature under a trusted key is good. */
export type OpenCheckpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly text: string
  /** Witnesses that the reader trusts, and when each saw it. */
  readonly cosigned: readonly { readonly name: string; readonly at: string }[]
}

const MAX_NOTE = 20_000
const SIGNATURE = 64
const TIME = 8
const SPKI = Buffer.from('302a300506032b6570032100', 'hex') // RFC 8410

/** The octets of a base64 text that is written in the one way it can be. */
export function base64(text: string): Buffer | undefined {
  const octets = Buffer.from(text, 'base64')
  return octets.toString('base64') === text ? octets : undefined
}

/** @throws Fault `vkey` */
export function trust(vkey: string): Trusted {
  const [, name = '', id = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? []
  const octets = base64(encoded)
  const type = octets?.[0]
  if (!octets || octets.length !== 33 || (type !== 1 && type !== 4)) throw faults.vkey(vkey)
  const hash = createHash('sha256').update(`${name}\n`).update(octets).digest('hex')
  if (hash.slice(0, 8) !== id) throw faults.vkey(vkey)
  const der = Buffer.concat([SPKI, octets.subarray(1)])
  return { name, id, type, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

/** A note with the names of the trusted keys that signed it, and the trusted witnesses that cosigned it. */
type OpenNote = Pick<OpenCheckpoint, 'text' | 'cosigned'> & { readonly signers: readonly string[] }

/** @throws Fault when it is none, or a signature under a trusted key is wrong */
export function openNote(note: string, trusted: readonly Trusted[]): OpenNote {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > MAX_NOTE || !note.isWellFormed() || /[\0-\x09\x0b-\x1f]/.test(note))
    throw faults.noteForm()
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  if (lines.pop() !== '') throw faults.noteForm()
  const cosigned: { name: string; at: string }[] = []
  const signers: string[] = []
  for (const line of lines) {
    const [, name = '', signature = ''] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const octets = base64(signature)
    if (!octets || octets.length < 5) throw faults.noteForm()
    const id = octets.toString('hex', 0, 4)
    const known = trusted.find((each) => each.name === name && each.id === id)
    if (!known) continue
    const at = judge(known, text, octets.subarray(4))
    if (at !== undefined) cosigned.push({ name, at })
    else signers.push(name)
  }
  return { text, cosigned, signers }
}

/**
 * Opens a checkpoint whose origin is the name of a trusted key that signed it.
 * @throws Fault
 */
export function openCheckpoint(note: string, trusted: readonly Trusted[]): OpenCheckpoint {
  const { text, cosigned, signers } = openNote(note, trusted)
  const [origin = '', size = '', encoded = '', ...extension] = text.split('\n')
  const root = base64(encoded)
  if (extension.pop() !== '' || extension.includes('') || root?.length !== 32) throw faults.noteForm()
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw faults.noteForm()
  if (!signers.includes(origin)) throw faults.unsigned(origin)
  return { origin, size: Number(size), root, text, cosigned }
}

/** @returns the time of a cosignature. @throws Fault when the signature is wrong */
function judge({ name, type, key }: Trusted, text: string, octets: Buffer): string | undefined {
  const time = type === 4 ? octets.subarray(0, TIME) : undefined
  const signature = octets.subarray(time ? TIME : 0)
  if (signature.length !== SIGNATURE || (time && time.length !== TIME)) throw faults.signature(name)
  const seconds = time?.readBigUInt64BE()
  if (seconds !== undefined && (seconds < 1n || seconds > 253_402_300_799n)) throw faults.signature(name)
  const signed = seconds === undefined ? text : `cosignature/v1\ntime ${seconds}\n${text}`
  if (!verify(null, Buffer.from(signed), key, signature)) throw faults.signature(name)
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1000).toISOString()
}
