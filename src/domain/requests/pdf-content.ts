import { Buffer } from 'node:buffer'
import { constants, inflateSync } from 'node:zlib'

/** What a PDF may carry beside what it shows on paper. */
export const pdfCarries = [
  'script',
  'launch',
  'automatic',
  'attachment',
  'form-xfa',
  'external',
  'media',
  'unseen',
] as const
export type PdfCarry = (typeof pdfCarries)[number]

export type PdfContent = {
  /** The number of pages that the file states, or null where it cannot be read. */
  readonly pages: number | null
  readonly carries: readonly PdfCarry[]
}

/** Object streams of at most this many octets in all are unpacked; what is beyond it counts as unseen. */
const maxUnpackedOctets = 32 * 1024 * 1024
/** What an attempt that fails is charged: it may have unpacked much before it failed. */
const failureOctets = 4 * 1024 * 1024
/** So many object streams are unpacked at most. */
const maxObjectStreams = 2000
/** No office prints more; a larger number is a lie or a mistake. */
const maxPages = 100_000

/** So many nodes of the page tree are looked at in one text, the last of it. */
const maxPagesNodes = 1000

/** White space and comments between two tokens (ISO 32000-1, 7.2.3). */
const gap = String.raw`(?:[\0\t\n\f\r ]|%[^\r\n]{0,200}[\r\n]){0,50}`
/** A name ends at white space, a delimiter or the end. */
const nameEnd = String.raw`(?=[\0\t\n\f\r ()<>[\]{}/%]|$)`
const reference = String.raw`\d{1,10}${gap}\d{1,5}${gap}R`

const named = (...names: readonly string[]) => new RegExp(`/(?:${names.join('|')})${nameEnd}`)

/** How each thing shows in the text of the file, its names without escapes. */
const signs: readonly (readonly [PdfCarry, RegExp])[] = [
  ['script', named('JavaScript')],
  ['launch', named('Launch')],
  // An array after OpenAction is only the place where the reader opens the file: most writers set one.
  ['automatic', new RegExp(`/(?:OpenAction|AA)${gap}(?:<<|${reference})`)],
  ['attachment', named('EmbeddedFiles?', 'FileAttachment', 'Collection')],
  ['form-xfa', named('XFA')],
  ['external', named('URI', 'GoToR', 'GoToE', 'SubmitForm', 'ImportData')],
  ['media', named('RichMedia', 'Rendition', 'Movie', 'Sound', '3D')],
]
const objectStream = named('First', 'ObjStm')
const filter = named('Filter')
const pagesNode = new RegExp(`/Type${gap}/Pages${nameEnd}`, 'g')
/** An array of references holds no bracket: each search ends at the next one. */
const kids = /\/Kids[\0\t\n\f\r ]{0,50}\[[^[\]()<>]*\]/g
const count = new RegExp(`/Count${gap}(\\d{1,10})${nameEnd}`)
const encrypted = new RegExp(`/Encrypt${gap}(?:<<|${reference})`)

/**
 * Looks for what a PDF carries beside its pages by reading its text and its object streams; nothing of it is run.
 * It reads the whole file, also what no table of it refers to: better one notice too many.
 */
export function readPdfContent(file: Buffer): PdfContent & { readonly encrypted: boolean } {
  const raw = file.toString('latin1')
  const { texts, unseen } = unpackObjectStreams(file, raw)
  const all = [withoutEscapes(file), ...texts]
  const carries = signs.filter(([, sign]) => all.some((text) => sign.test(text))).map(([carry]) => carry)
  return {
    pages: statedPages(all),
    carries: unseen ? [...carries, 'unseen'] : carries,
    encrypted: encrypted.test(all[0]!),
  }
}

const overlay = new RegExp(
  `/Subtype${gap}/(?:Widget|Stamp|FreeText|Ink|Line|Square|Circle|Poly\\w{3,4}|Highlight|Underline|StrikeOut|Text)${nameEnd}`,
)

/** @returns whether fields, notes or stamps lie over its pages, which a copy of the pages alone does not show */
export function hasOverlays(file: Buffer): boolean {
  const { texts } = unpackObjectStreams(file, file.toString('latin1'))
  return [withoutEscapes(file), ...texts].some((text) => overlay.test(text))
}

/** `/J#61vaScript` is the name JavaScript (ISO 32000-1, 7.3.5). */
function withoutEscapes(bytes: Buffer): string {
  if (!bytes.includes('#')) return bytes.toString('latin1')
  const plain = Buffer.alloc(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const high = bytes[at] === 0x23 ? hexDigit(bytes[at + 1]) : -1
    const low = high < 0 ? -1 : hexDigit(bytes[at + 2])
    plain[length] = low < 0 ? bytes[at]! : high * 16 + low
    if (low >= 0) at += 2
    length += 1
  }
  return plain.toString('latin1', 0, length)
}

/** @returns the value of an octet that is a hexadecimal digit, or -1 */
function hexDigit(octet = 0): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30
  const letter = (octet | 0x20) - 0x61
  return letter >= 0 && letter < 6 ? letter + 10 : -1
}

/** Objects may lie packed in streams with the keys /N and /First (ISO 32000-1, 7.5.7). */
function unpackObjectStreams(file: Buffer, raw: string): { texts: readonly string[]; unseen: boolean } {
  const texts: string[] = []
  let unseen = false
  let tried = 0
  let room = maxUnpackedOctets
  let from = 0
  for (const token of raw.matchAll(/\bobj\b|(?<!end)stream[ \t]{0,8}(?:\r\n|\n|\r)/g)) {
    const end = token.index + token[0].length
    if (token[0] === 'obj') {
      from = end
      continue
    }
    const dictionary = withoutEscapes(file.subarray(from, token.index))
    from = end
    if (!objectStream.test(dictionary) || !filter.test(dictionary)) continue
    tried += 1
    const packed = tried > maxObjectStreams ? undefined : inflated(file.subarray(end), room)
    // Another filter, damaged, or too much: a reader may see in it what is not seen here.
    if (!packed) unseen = true
    if (tried > maxObjectStreams) break
    room -= packed?.length ?? failureOctets
    if (packed) texts.push(withoutEscapes(packed))
  }
  return { texts, unseen }
}

/** @returns the unpacked octets, or nothing when they cannot be unpacked or have no room */
function inflated(packed: Buffer, room: number): Buffer | undefined {
  if (room <= 0 || packed.length < 2 || (packed[0]! & 15) !== 8) return undefined
  try {
    return inflateSync(packed, { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return undefined
  }
}

/** The root of the page tree states the number of all pages; of several, written by later changes, the last counts. */
function statedPages(texts: readonly string[]): number | null {
  let stated: number | null = null
  for (const whole of texts) {
    if (whole.search(pagesNode) < 0) continue
    // thousands of kids would keep the count out of reach
    const text = whole.replaceAll(kids, '/Kids[]')
    for (const found of [...text.matchAll(pagesNode)].slice(-maxPagesNodes)) {
      const node = dictionaryAround(text, found.index)
      const value = /\/Parent\b/.test(node) ? undefined : count.exec(node)?.[1]
      if (value !== undefined && Number(value) <= maxPages) stated = Number(value)
    }
  }
  return stated
}

/** Octets looked at on each side of a key for the dictionary that it belongs to. */
const dictionaryReach = 4096

/** @returns the dictionary that holds what stands at a place, without what is nested in it */
function dictionaryAround(text: string, at: number): string {
  const back = text.slice(Math.max(0, at - dictionaryReach), at)
  const ahead = text.slice(at, at + dictionaryReach)
  return (
    [...outside([...brackets(back)].toReversed(), '>>')].toReversed().join('') +
    outside(brackets(ahead), '<<').join('')
  )
}

const brackets = (text: string): string[] => text.split(/(<<|>>)/)

/** Walks from inside a dictionary outwards: leaves out what a nested one holds, ends where its own ends. */
function outside(pieces: readonly string[], opens: '<<' | '>>'): string[] {
  const kept: string[] = []
  let depth = 0
  for (const piece of pieces) {
    if (piece === opens) depth += 1
    else if (piece === '<<' || piece === '>>') {
      if (depth === 0) return kept
      depth -= 1
    } else if (depth === 0) kept.push(piece)
  }
  return kept
}
