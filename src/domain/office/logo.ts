import { Refused } from '../refused.ts'
import { officeTexts } from '../text/office.ts'

/** Largest logo, in bytes; a crest is far below this. */
export const maxLogoBytes = 512 * 1024

export type LogoType = 'image/png' | 'image/svg+xml'

/** Most pixels of a picture: 4,000 by 4,000. Of a few kilobytes can come gigabytes when it is drawn. */
const maxPixels = 16_000_000

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/**
 * Looks at what the bytes are, whatever their name says.
 * @throws Refused for anything but a PNG image, or an SVG image that draws and does nothing else
 */
export function checkLogo(bytes: Uint8Array): LogoType {
  if (bytes.length > maxLogoBytes)
    throw new Refused('logo-too-large', officeTexts.logoTooLarge, { status: 413 })
  const type = logoTypeOf(bytes)
  if (type === undefined) refuse()
  if (type === 'image/png') checkPng(bytes)
  else checkSvg(new TextDecoder().decode(bytes))
  return type
}

/** @returns the media type of a stored logo by its first bytes */
export function logoTypeOf(bytes: Uint8Array): LogoType | undefined {
  if (pngSignature.every((octet, index) => bytes[index] === octet)) return 'image/png'
  return startsAsSvg(new TextDecoder().decode(bytes.subarray(0, 1000))) ? 'image/svg+xml' : undefined
}

/** What may stand before the root element: a declaration and comments. */
const before = [
  { open: '<?xml', close: '?>' },
  { open: '<!--', close: '-->' },
]

function startsAsSvg(head: string): boolean {
  let rest = head.replace(/^\ufeff/, '').trimStart()
  for (;;) {
    const kind = before.find(({ open }) => rest.startsWith(open))
    if (!kind) return /^<svg[\s>]/.test(rest)
    const end = rest.indexOf(kind.close, kind.open.length)
    if (end < 0) return false
    rest = rest.slice(end + kind.close.length).trimStart()
  }
}

/**
 * What an SVG may not hold: programs, other documents, entities, and addresses outside of itself. Repetitions are
 * bounded, because an expression without a bound can be kept busy for minutes by a file of this size.
 */
const forbidden = [
  /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet/i,
  /<(?:[\w.-]{1,40}:)?(?:script|foreignObject|iframe|object|embed|animate|set|handler)/i,
  /<\s/,
  /\son[a-z]+\s*=/i,
  // an address is a place in the file itself, or a picture that the file carries
  /(?:href|src)\s{0,4}=(?!\s{0,4}["']?(?:#|data:image\/(?:png|jpeg);))/i,
  /(?:href|src)\s{5}/i,
  /url\((?!\s{0,4}["']?#)/i,
  /@import|expression\s{0,4}\(|javascript:/i,
]

function checkSvg(source: string): void {
  const entities = source.replaceAll(/&#x?[0-9a-f]+;?/gi, '')
  if (entities !== source || forbidden.some((pattern) => pattern.test(source))) refuse()
  for (const [, carried = ''] of source.matchAll(/data:image\/png;base64,([^"')]*)/gi))
    checkPng(Buffer.from(carried, 'base64'))
}

/** The first chunk of a PNG tells width and height (PNG, section 11.2.2). */
function checkPng(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pixels = bytes.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20)
  if (pixels > maxPixels) throw new Refused('logo-too-large', officeTexts.logoTooManyPixels, { status: 413 })
}

function refuse(): never {
  const issues = [{ field: 'logo', text: officeTexts.logoRefused }]
  throw new Refused('logo-refused', officeTexts.logoRefused, { issues })
}
