import { Buffer } from 'node:buffer'
import { FormatError } from './format-error.ts'

/**
 * Domain names, as text and on the wire (RFC 1035 sections 3.1 and 5.1, RFC 4343 for case).
 * As text a name is absolute and written without its trailing dot; the root is `.`.
 * The canonical form is lower case with minimal escapes, so that equal names are equal strings.
 */

/** Longest label, in octets (RFC 1035 section 2.3.4). */
export const MAX_LABEL_OCTETS = 63
/** Longest name on the wire, length octets and root included (RFC 1035 section 2.3.4). */
const MAX_WIRE_NAME_OCTETS = 255
const POINTER = 0xc0
const NEEDS_BACKSLASH = new Set(Array.from('."();@$\\', (char) => char.charCodeAt(0)))
/** Names that need no escape: the common case takes the short way. */
const PLAIN_NAME = /^[a-z0-9_*-]+(?:\.[a-z0-9_*-]+)*$/

function printOctet(octet: number): string {
  if (NEEDS_BACKSLASH.has(octet)) return `\\${String.fromCharCode(octet)}`
  if (octet > 0x20 && octet < 0x7f) return String.fromCharCode(octet)
  return `\\${String(octet).padStart(3, '0')}`
}

/** Every octet as it is printed: a transfer of a large zone prints millions. */
const PRINTED = Array.from({ length: 256 }, (_, octet) => printOctet(octet))

function printLabel(label: Uint8Array): string {
  let text = ''
  for (const octet of label) text += PRINTED[octet]
  return text
}

const isPlain = Uint8Array.from(PRINTED, (text) => (text.length === 1 ? 1 : 0))

/** A label of a message: one that needs no escape is taken as a whole. */
function printedLabel(message: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1)
    if (isPlain[message[at]!] === 0) return printLabel(message.subarray(start, end))
  return message.toString('latin1', start, end)
}

/**
 * Reads one escape that starts at `text[at]` (a backslash), as `\.` or `\046`.
 * @returns the octet and the index after the escape
 */
export function readEscape(text: string, at: number): { octet: number; next: number } {
  const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))
  if (digits) {
    const octet = Number(digits[0])
    if (octet > 255) throw new FormatError(`escape \\${digits[0]} is above 255`)
    return { octet, next: at + 4 }
  }
  const code = text.charCodeAt(at + 1)
  if (Number.isNaN(code)) throw new FormatError('a backslash ends the text')
  if (code > 0x7f || (code >= 0x30 && code <= 0x39)) throw new FormatError('bad escape')
  return { octet: code, next: at + 2 }
}

function finishLabel(octets: number[]): Buffer {
  if (octets.length === 0) throw new FormatError('empty label')
  if (octets.length > MAX_LABEL_OCTETS) throw new FormatError('label longer than 63 octets')
  return Buffer.from(octets)
}

/**
 * The labels of a name given as text, escapes resolved, case kept. A trailing dot is allowed.
 * @throws FormatError for an empty label, a label over 63 octets, or a name over 255 octets on the wire
 */
export function labelsOf(name: string): Buffer[] {
  if (name === '.' || name === '') return []
  const labels: Buffer[] = []
  let octets: number[] = []
  for (let at = 0; at < name.length;) {
    const code = name.charCodeAt(at)
    if (code === 0x2e) {
      labels.push(finishLabel(octets))
      octets = []
      at += 1
    } else if (code === 0x5c) {
      const escape = readEscape(name, at)
      octets.push(escape.octet)
      at = escape.next
    } else {
      if (code > 0x7f) throw new FormatError('a character outside ASCII in a domain name')
      octets.push(code)
      at += 1
    }
  }
  if (octets.length > 0) labels.push(finishLabel(octets))
  const wire = labels.reduce((sum, label) => sum + label.length + 1, 1)
  if (wire > MAX_WIRE_NAME_OCTETS) throw new FormatError('name longer than 255 octets')
  return labels
}

/** ASCII lower case only: other octets are not letters in a domain name (RFC 4343 section 3). */
export function foldCase(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name
}

/**
 * The one spelling of a name: lower case, no trailing dot, minimal escapes; the root is `.`.
 * @throws FormatError as `labelsOf`
 */
export function canonicalName(name: string): string {
  const folded = foldCase(name)
  if (folded.length <= MAX_LABEL_OCTETS && PLAIN_NAME.test(folded)) return folded
  // An escape may spell a capital letter (`\065`), so fold again after resolving it.
  return foldCase(labelsOf(folded).map(printLabel).join('.')) || '.'
}

/** A name as it stands in a zone file: with its trailing dot. */
export function absolute(name: string): string {
  return name === '.' ? '.' : `${name}.`
}

/** A name on the wire, without compression. @throws FormatError as `labelsOf` */
export function nameToWire(name: string): Buffer {
  const parts: Buffer[] = []
  for (const label of labelsOf(name)) parts.push(Buffer.of(label.length), label)
  parts.push(Buffer.of(0))
  return Buffer.concat(parts)
}

/** Where the first label ends; escapes such as `\.` do not end it. */
function firstDot(name: string): number {
  for (let at = 0; at < name.length; at += 1) {
    if (name[at] === '\\') at += 1
    else if (name[at] === '.') return at
  }
  return -1
}

/** The name one label up of a canonical name; the root is its own parent. */
export function parentOf(name: string): string {
  const dot = firstDot(name)
  return dot < 0 || name === '.' ? '.' : name.slice(dot + 1)
}

/** Whether a canonical name is the zone itself or lies under it. */
export function isWithin(name: string, zone: string): boolean {
  if (name === zone || zone === '.') return true
  if (!name.endsWith(`.${zone}`)) return false
  // `a\.contoh` ends with `.contoh` as text and yet is one label.
  return !name.includes('\\') || ancestorsOf(name).includes(zone)
}

/** A canonical name and every name above it, nearest first, the root last. */
export function ancestorsOf(name: string): string[] {
  const chain = [name]
  for (let at = name; at !== '.';) {
    at = parentOf(at)
    chain.push(at)
  }
  return chain
}

/**
 * Reads a name from a message, following compression pointers (RFC 1035 section 4.1.4).
 * Every pointer must lead before the place it was read from, so a loop cannot exist.
 * @returns the name with its case kept, and the offset after it
 * @throws FormatError for anything that is not a name inside the message
 */
export function readName(message: Buffer, offset: number): { name: string; next: number } {
  let text = ''
  let at = offset
  let next = -1
  let lowest = offset
  let octets = 1
  for (;;) {
    const length = message[at]
    if (length === undefined) throw new FormatError('name runs past the end')
    if (length === 0) break
    if (length >= POINTER) {
      const low = message[at + 1]
      if (low === undefined) throw new FormatError('pointer runs past the end')
      const target = ((length & 0x3f) << 8) | low
      if (target >= lowest) throw new FormatError('pointer does not lead backwards')
      if (next < 0) next = at + 2
      at = lowest = target
      continue
    }
    if (length > MAX_LABEL_OCTETS) throw new FormatError('unknown label type')
    octets += length + 1
    if (octets > MAX_WIRE_NAME_OCTETS) throw new FormatError('name longer than 255 octets')
    if (at + 1 + length > message.length) throw new FormatError('label runs past the end')
    if (text !== '') text += '.'
    const end = at + 1 + length
    text += printedLabel(message, at + 1, end)
    at = end
  }
  return { name: text || '.', next: next < 0 ? at + 1 : next }
}
