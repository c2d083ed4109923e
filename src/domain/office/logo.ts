import { Refused } from '../refused.ts'
import { officeTexts } from '../text/office.ts'

/** Largest logo, in bytes; a crest is far below this. */
export const maxLogoBytes = 512 * 1024

export type LogoType = 'image/png' | 'image/svg+xml'

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
  if (type === 'image/svg+xml') checkSvg(new TextDecoder().decode(bytes))
  return type
}

/** @returns the media type of a stored logo by its first bytes */
export function logoTypeOf(bytes: Uint8Array): LogoType | undefined {
  if (pngSignature.every((octet, index) => bytes[index] === octet)) return 'image/png'
  const head = new TextDecoder().decode(bytes.subarray(0, 1000))
  return /^\ufeff?\s*(<\?xml[^>]*\?>\s*)?(<!--[^]*?-->\s*)*<svg[\s>]/.test(head) ? 'image/svg+xml' : undefined
}

/** What an SVG may not hold: programs, other documents, entities, and addresses outside of itself. */
const forbidden = [
  /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet/i,
  /<\s*(script|foreignObject|iframe|object|embed|animate|set|handler|use\s[^>]*href\s*=\s*["']?\s*[^#"'\s])/i,
  /\son[a-z]+\s*=/i,
  /(href|src)\s*=\s*["']?\s*(?!["']?#)(?!data:image\/(png|jpeg);)[^"'\s>]/i,
  /url\(\s*["']?\s*(?!#)[^)\s]/i,
  /@import|expression\s*\(|javascript:/i,
]

function checkSvg(source: string): void {
  const entities = source.replaceAll(/&#x?[0-9a-f]+;?/gi, '')
  if (entities !== source || forbidden.some((pattern) => pattern.test(source))) refuse()
}

function refuse(): never {
  const issues = [{ field: 'logo', text: officeTexts.logoRefused }]
  throw new Refused('logo-refused', officeTexts.logoRefused, { issues })
}
