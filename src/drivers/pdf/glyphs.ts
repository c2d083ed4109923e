/**
 * What a TrueType font says of itself, read from its own tables: which characters it draws (PDF/A refuses a paper
 * with a missing glyph) and how wide they are (a flowchart is laid out before it is set).
 */
export type Font = {
  readonly covers: (codePoint: number) => boolean
  /** Width of a character without kerning, as a share of the size of the letters; of the missing glyph if it has none. */
  readonly advanceOf: (codePoint: number) => number
}

/** Reads `head`, `hhea`, `hmtx` and the Unicode `cmap` (OpenType 1.9, cmap formats 4 and 12). */
export function readFont(font: Buffer): Font {
  const glyphOf = glyphsOf(tableOf(font, 'cmap'))
  const unitsPerEm = tableOf(font, 'head').readUInt16BE(18)
  const metrics = tableOf(font, 'hhea').readUInt16BE(34)
  const widths = tableOf(font, 'hmtx')
  return {
    covers: (codePoint) => glyphOf(codePoint) !== 0,
    // glyphs after the last metric are as wide as it
    advanceOf: (codePoint) => widths.readUInt16BE(Math.min(glyphOf(codePoint), metrics - 1) * 4) / unitsPerEm,
  }
}

function tableOf(font: Buffer, tag: string): Buffer {
  const tables = font.readUInt16BE(4)
  for (let index = 0; index < tables; index++) {
    const record = 12 + index * 16
    if (font.toString('latin1', record, record + 4) === tag)
      return font.subarray(font.readUInt32BE(record + 8))
  }
  throw new Error(`the font has no ${tag} table`)
}

type Segment = {
  readonly first: number
  readonly last: number
  readonly glyphOf: (codePoint: number) => number
}

function glyphsOf(cmap: Buffer): (codePoint: number) => number {
  const segments = segmentsOf(cmap).toSorted((a, b) => a.first - b.first)
  return (codePoint) => {
    let low = 0
    let high = segments.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const { first, last, glyphOf } = segments[middle]!
      if (codePoint < first) high = middle - 1
      else if (codePoint > last) low = middle + 1
      else return glyphOf(codePoint)
    }
    return 0
  }
}

function segmentsOf(cmap: Buffer): readonly Segment[] {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4)),
  )
  const full = subtables.find((table) => table.readUInt16BE(0) === 12)
  if (full) return fullSegments(full)
  const basic = subtables.find((table) => table.readUInt16BE(0) === 4)
  if (basic) return basicSegments(basic)
  throw new Error('the font has no Unicode cmap')
}

const fullSegments = (table: Buffer): readonly Segment[] =>
  Array.from({ length: table.readUInt32BE(12) }, (_, index) => {
    const at = 16 + index * 12
    const first = table.readUInt32BE(at)
    const glyph = table.readUInt32BE(at + 8)
    return { first, last: table.readUInt32BE(at + 4), glyphOf: (codePoint) => glyph + codePoint - first }
  })

/** Four arrays of the same length after each other, with two bytes of padding after the first. */
function basicSegments(table: Buffer): readonly Segment[] {
  const bytes = table.readUInt16BE(6)
  return Array.from({ length: bytes / 2 }, (_, index) => {
    const last = table.readUInt16BE(14 + index * 2)
    const first = table.readUInt16BE(16 + bytes + index * 2)
    const delta = table.readUInt16BE(16 + bytes * 2 + index * 2)
    const offsetAt = 16 + bytes * 3 + index * 2
    const offset = table.readUInt16BE(offsetAt)
    return {
      first,
      last,
      glyphOf: (codePoint) => {
        if (offset === 0) return (codePoint + delta) & 0xffff
        const glyph = table.readUInt16BE(offsetAt + offset + (codePoint - first) * 2)
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff
      },
    }
  })
}
