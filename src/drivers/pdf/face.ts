import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Face } from '../../domain/flowchart/fit.ts'
import { readFont, type Font } from './glyphs.ts'

const files = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf']

/** The fonts of every paper, as they are embedded: upright and bold. */
export const fontBlobs: readonly Buffer[] = files.map((name) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/arimo/${name}`))),
)
const fonts = fontBlobs.map(readFont)

/** @returns whether every font of the papers draws this character */
export const covers = (codePoint: number): boolean => fonts.every((font) => font.covers(codePoint))

function widthIn({ advanceOf }: Font): (text: string) => number {
  const known = new Map<string, number>()
  const widthOf = (character: string): number => {
    const width = known.get(character) ?? advanceOf(character.codePointAt(0)!)
    known.set(character, width)
    return width
  }
  return (text) => Array.from(text).reduce((sum, character) => sum + widthOf(character), 0)
}

/** Widths of texts in these fonts, set without kerning and ligatures, as shares of the size of the letters. */
export const face: Face = { widthOf: widthIn(fonts[0]!), boldWidthOf: widthIn(fonts[1]!) }
