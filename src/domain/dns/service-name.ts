import { Buffer } from 'node:buffer'
import { Refused, type Text } from '../refused.ts'
import { dnsText } from '../text/dns.ts'
import { MAX_LABEL_OCTETS } from './names.ts'
import { RESERVED_LABELS, type ReservedLabel } from './reserved-labels.ts'

/** A name that the desk may give out: canonical, in lower case, under its zone. */
export type ServiceName = {
  /** e.g. `perpustakaan.contohkab.go.id` */
  readonly fqdn: string
  /** the part in front of the zone, e.g. `perpustakaan` or `arsip.perpustakaan` */
  readonly label: string
  readonly zone: string
}

/** Longest host name as text (RFC 1035 section 2.3.4: 255 octets on the wire). */
const MAX_NAME_CHARACTERS = 253
/** Longest input that is looked at; anything longer is too long in every respect. */
const MAX_INPUT_CHARACTERS = 2000

/** Letters of other scripts that read as Latin ones (the common part of Unicode UTS 39 "confusables"). */
const CONFUSABLES = new Map<string, string>(
  Object.entries({
    a: 'аɑα',
    b: 'Ьв',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еҽ',
    g: 'ɡ',
    h: 'һн',
    i: 'іıι',
    j: 'ј',
    k: 'кκ',
    l: 'ӏ',
    m: 'м',
    n: 'ո',
    o: 'оοօ',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕ',
    t: 'тτ',
    u: 'սυ',
    v: 'ѵν',
    w: 'ԝ',
    x: 'хχ',
    y: 'уγ',
    z: 'ᴢ',
  }).flatMap(([letter, lookalikes]) => Array.from(lookalikes, (char) => [char, letter] as const)),
)

/** Ends of names that belong to somebody's own domain: with one of these the name is meant to be complete. */
const FOREIGN_ENDINGS = new Set(['id', 'com', 'net', 'org', 'gov', 'edu', 'info', 'io'])

function refuse(reason: string, text: Text): never {
  throw new Refused(reason, text, { issues: [{ field: 'name', text }] })
}

function codeOf(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The plain letter that a character outside ASCII looks like, by script or by width or accent. */
function lookalikeOf(char: string): string | undefined {
  const lower = char.toLowerCase()
  const byShape = CONFUSABLES.get(char) ?? CONFUSABLES.get(lower)
  if (byShape) return byShape
  // Full-width and accented letters fall apart into a plain letter and marks.
  const folded = lower.normalize('NFKD').replace(/\p{M}/gu, '')
  return /^[a-z0-9.-]$/.test(folded) ? folded : undefined
}

function refuseForeignCharacters(input: string): void {
  for (const char of input) {
    if (char.codePointAt(0)! < 0x80) continue
    if (/[\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Mn}\p{Co}\p{Cn}\p{Cs}]|\u115f|\u1160|\u3164/u.test(char)) {
      refuse('name-invisible-character', dnsText.nameInvisible(codeOf(char)))
    }
    if (/\p{Zs}/u.test(char)) refuse('name-space', dnsText.nameSpace)
    const letter = lookalikeOf(char)
    if (letter) refuse('name-confusable', dnsText.nameConfusable(char, codeOf(char), letter))
    refuse('name-unicode', dnsText.nameUnicode(char, codeOf(char)))
  }
}

function refuseBadCharacters(input: string): void {
  refuseForeignCharacters(input)
  if (/[\x00-\x08\x0e-\x1f\x7f]/.test(input)) {
    const control = /[\x00-\x1f\x7f]/.exec(input)![0]
    refuse('name-invisible-character', dnsText.nameInvisible(codeOf(control)))
  }
  if (/\s/.test(input)) refuse('name-space', dnsText.nameSpace)
  if (/^[a-z]+:\/\/|\//i.test(input)) refuse('name-url', dnsText.nameUrl)
  if (input.includes('_')) refuse('name-underscore', dnsText.nameUnderscore)
  const other = /[^a-z0-9.-]/i.exec(input)
  if (other) refuse('name-character', dnsText.nameCharacter(other[0]))
}

/** The part in front of the zone, from a full name or from that part alone. */
function relativePart(name: string, zone: string): string {
  if (name === zone) refuse('name-is-zone', dnsText.nameIsZone(zone))
  if (name.endsWith(`.${zone}`)) return name.slice(0, -zone.length - 1)
  const labels = name.split('.')
  const isForeign = labels.length > 1 && FOREIGN_ENDINGS.has(labels.at(-1)!)
  if (isForeign) refuse('name-outside-zone', dnsText.outsideZone(name, zone))
  return name
}

/** The rules of one label of a host name (RFC 952, RFC 1123 section 2.1, RFC 5891 section 4.2.3.1). */
function checkLabel(label: string): void {
  const octets = Buffer.byteLength(label)
  if (octets > MAX_LABEL_OCTETS) refuse('name-label-too-long', dnsText.nameLabelTooLong(label, octets))
  if (label.startsWith('-') || label.endsWith('-')) refuse('name-edge-hyphen', dnsText.nameEdgeHyphen(label))
  if (label.slice(2, 4) === '--') refuse('name-punycode', dnsText.namePunycode(label))
}

function checkReserved(labels: readonly string[], reserved: readonly ReservedLabel[]): void {
  const top = labels.at(-1)
  const entry = reserved.find(({ label, where }) =>
    where === 'top' ? label === top : labels.includes(label),
  )
  if (entry) refuse('name-reserved', dnsText.nameReserved(entry.label, entry.reason))
}

/** An underscore name on the reserved list gets the more telling reason. */
function checkReservedUnderscore(input: string, reserved: readonly ReservedLabel[]): void {
  const labels = input.split('.')
  const entry = reserved.find(({ label }) => label.startsWith('_') && labels.includes(label))
  if (entry) refuse('name-reserved', dnsText.nameReserved(entry.label, entry.reason))
}

/**
 * Checks a name that somebody asks for. All-numeric labels are allowed (RFC 1123; emergency numbers such as
 * `112` are given out); capitals are folded; blanks around the name are dropped; names may be nested.
 * @param input a label, several labels, or the full name under the zone
 * @param zone canonical name of the parent domain
 * @throws Refused, with a stable reason `name-...` and the issue on field `name`
 */
export function parseServiceName(
  input: string,
  zone: string,
  reserved: readonly ReservedLabel[] = RESERVED_LABELS,
): ServiceName {
  const trimmed = input.trim()
  if (trimmed === '') refuse('name-empty', dnsText.nameEmpty)
  if (trimmed.length > MAX_INPUT_CHARACTERS) refuse('name-too-long', dnsText.nameTooLong(trimmed.length))
  checkReservedUnderscore(trimmed.toLowerCase(), reserved)
  refuseBadCharacters(trimmed)
  const name = trimmed.toLowerCase()
  if (name.startsWith('.') || name.includes('..')) refuse('name-empty-label', dnsText.nameEmptyLabel)
  if (name.endsWith('.')) refuse('name-trailing-dot', dnsText.nameTrailingDot)
  const label = relativePart(name, zone)
  const labels = label.split('.')
  for (const part of labels) checkLabel(part)
  const fqdn = `${label}.${zone}`
  if (fqdn.length > MAX_NAME_CHARACTERS) refuse('name-too-long', dnsText.nameTooLong(fqdn.length))
  if (labels[0] === 'www' && labels.length > 1) {
    refuse('name-www', dnsText.nameWww(`${labels.slice(1).join('.')}.${zone}`))
  }
  checkReserved(labels, reserved)
  return { fqdn, label, zone }
}
