import { Buffer } from 'node:buffer'

/** A PDF made of its objects, the first of which is the catalogue. */
export function pdfOf(objects: readonly string[]): Buffer {
  let file = '%PDF-1.7\n'
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

const stream = (content: string, more = ''): string =>
  `<<${more}/Length ${content.length}>>stream\n${content}\nendstream`

/** A PDF with so many pages, each with its own words. @param catalog what stands in the catalogue beside the pages */
export function pagesPdf(pages: number, words: string, catalog = ''): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ')
  return pdfOf([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...Array.from({ length: pages }, (_, index) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + index * 2} 0 R/Resources<</Font<</F 3 0 R>>>>>>`,
      stream(`BT /F 20 Tf 60 760 Td (${words} ${index + 1}) Tj ET`),
    ]).flat(),
  ])
}

/** A form with a filled-in field, a hidden one, and a note; @param need whether the reader shall draw the fields */
export const filledPdf = (need: boolean): Buffer =>
  pdfOf([
    `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 7 0 R]/DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 12 Tf 0 g)/NeedAppearances ${need}>>>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R 7 0 R 8 0 R]>>',
    stream('BT /F 20 Tf 20 100 Td (formulir) Tj ET'),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Type/Annot/Subtype/Widget/FT/Tx/T(nama)/V(Terisi)/DA(/Helv 12 Tf 0 g)/Rect[20 20 200 60]/F 4${need ? '' : '/AP<</N 9 0 R>>'}>>`,
    '<</Type/Annot/Subtype/Widget/FT/Tx/T(rahasia)/V(Sembunyi)/DA(/Helv 12 Tf 0 g)/Rect[20 150 200 170]/F 2/AP<</N 10 0 R>>>>',
    '<</Type/Annot/Subtype/FreeText/Rect[220 150 290 170]/Contents(Catatan)/F 4/AP<</N 11 0 R>>>>',
    ...['Terisi', 'Sembunyi', 'Catatan'].map((words) =>
      stream(
        `BT /F 12 Tf 5 5 Td (${words}) Tj ET`,
        '/Type/XObject/Subtype/Form/BBox[0 0 180 40]/Resources<</Font<</F 5 0 R>>>>',
      ),
    ),
  ])

/** A page with a stamp that lies over it, as signing services place theirs. */
export const stampedPdf = pdfOf([
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>>',
  stream('BT /F 20 Tf 20 100 Td (bercap) Tj ET'),
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  '<</Type/Annot/Subtype/Stamp/Rect[20 20 200 60]/AP<</N 7 0 R>>/F 4>>',
  stream(
    'BT /F 20 Tf 5 10 Td (CAP) Tj ET',
    '/Type/XObject/Subtype/Form/BBox[0 0 180 40]/Resources<</Font<</F 5 0 R>>>>',
  ),
])
