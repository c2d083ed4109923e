/** Makes any text printable: what cannot or must not be drawn is shown as its code, never dropped silently. */

const ALLOWED_CONTROLS = new Set(['\n', '\t'])
/**
 * Characters that change how the neighbours are read without being seen: bidirectional controls
 * (Trojan-source reordering), zero-width and other format characters, and the soft hyphen.
 */
const INVISIBLE = /\p{Cf}/u
/** Control, unassigned, private-use and lone surrogate code points: none belongs in PDF/A text. */
const UNPRINTABLE = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u

/**
 * @param text any string, hostile or not
 * @param covers whether the paper's font draws a code point
 * @returns the text with each character that cannot be printed as `[U+4E2D]`; line ends become `\n`
 */
export function printable(text: string, covers: (codePoint: number) => boolean): string {
  const shown: string[] = []
  for (const character of text.replaceAll(/\r\n?/g, '\n').normalize('NFC')) {
    const codePoint = character.codePointAt(0)!
    const plain =
      ALLOWED_CONTROLS.has(character) ||
      (!UNPRINTABLE.test(character) && !INVISIBLE.test(character) && covers(codePoint))
    shown.push(plain ? character : `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`)
  }
  return shown.join('')
}

/** The same for every string inside a value of plain data; bytes are left alone. */
export function printableDeep(value: unknown, covers: (codePoint: number) => boolean): unknown {
  if (typeof value === 'string') return printable(value, covers)
  if (Array.isArray(value)) return value.map((entry) => printableDeep(entry, covers))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, printableDeep(entry, covers)]))
}
