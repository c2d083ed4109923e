/** Which characters a font can draw, read from its own tables; PDF/A refuses a paper with a missing glyph. */

type Segment = { readonly first: number; readonly last: number }

/** Reads the Unicode `cmap` of a TrueType font (OpenType 1.9, cmap formats 4 and 12). */
export function coverageOf(font: Buffer): (codePoint: number) => boolean {
  const segments = [...segmentsOf(font)].toSorted((a, b) => a.first - b.first)
  return (codePoint) => {
    let low = 0
    let high = segments.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const { first, last } = segments[middle]!
      if (codePoint < first) high = middle - 1
      else if (codePoint > last) low = middle + 1
      else return true
    }
    return false
  }
}

function segmentsOf(font: Buffer): readonly Segment[] {
  const tables = font.readUInt16BE(4)
  for (let index = 0; index < tables; index++) {
    const record = 12 + index * 16
    if (font.toString('latin1', record, record + 4) === 'cmap') {
      return cmapSegments(font.subarray(font.readUInt32BE(record + 8)))
    }
  }
  throw new Error('the font has no cmap table')
}

function cmapSegments(cmap: Buffer): readonly Segment[] {
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
  Array.from({ length: table.readUInt32BE(12) }, (_, index) => ({
    first: table.readUInt32BE(16 + index * 12),
    last: table.readUInt32BE(20 + index * 12),
  }))

const basicSegments = (table: Buffer): readonly Segment[] => {
  const count = table.readUInt16BE(6) / 2
  return Array.from({ length: count }, (_, index) => ({
    last: table.readUInt16BE(14 + index * 2),
    first: table.readUInt16BE(16 + count * 2 + index * 2),
  }))
}
