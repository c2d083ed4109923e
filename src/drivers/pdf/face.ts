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

/** A layout measures the same words in many widths and sizes; so many of them are remembered. */
const rememberedTexts = 50_000

function widthIn({ advanceOf }: Font): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    const width = known.get(text)
    if (width !== undefined) return width
    if (known.size >= rememberedTexts) known.clear()
    let sum = 0
    for (const character of text) sum += advanceOf(character.codePointAt(0)!)
    known.set(text, sum)
    return sum
  }
}

/** Widths of texts in these fonts, set without kerning and ligatures, as shares of the size of the letters. */
export const face: Face = { widthOf: widthIn(fonts[0]!), boldWidthOf: widthIn(fonts[1]!) }
