/** What would keep the setting process busy without end, or would need the machine's whole memory, is given up. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import type { PdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { createPdfDriver, PdfFault } from '../../../src/drivers/pdf/driver.ts'
import { accepted } from '../../../src/domain/letters/samples.ts'

/** Far above what a letter takes on a busy machine, and far below what these would. */
const timeoutMs = 20_000
const memoryOctets = 900 * 1024 ** 2

let driver: PdfDriver
before(() => {
  driver = createPdfDriver({ timeoutMs, memoryOctets })
})
after(() => driver.close())

const faultOf = async (work: Promise<unknown>): Promise<PdfFault> => {
  const fault: unknown = await work.then(
    () => assert.fail('it was set'),
    (error: unknown) => error,
  )
  assert.ok(fault instanceof PdfFault, String(fault))
  return fault
}

const goesOn = async (): Promise<void> => assert.ok((await driver.render(accepted)).pages >= 1)

test("an office's template that never ends or grows without end is the template's fault, and the next letter is set", async () => {
  for (const [source, said] of [
    ['#for n in range(100000) { for m in range(1000000) { let _ = calc.rem(n * m, 7) } }', /not set within/],
    ['#let n = 0\n#while n < 1 { n -= 1 }', /sheet\.typ:2: loop seems to be infinite/],
    ['#let f(n) = f(n + 1)\n#f(0)', /sheet\.typ:1: maximum function call depth exceeded/],
    ['#range(100000000).len()', /needs more than \d+ MB/],
  ] as const) {
    const fault = await faultOf(driver.render(accepted, { 'sheet.typ': source }))
    assert.equal(fault.reason, 'template', source)
    assert.match(fault.message, said)
    await goesOn()
  }
})

/** A PDF without a table of references: readers look for the objects themselves. */
const pdfOf = (...objects: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.flatMap((each, index) => [
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(each),
      Buffer.from('\nendobj\n'),
    ]),
    Buffer.from('trailer << /Root 1 0 R >>\n%%EOF\n'),
  ])

const catalog = '<< /Type /Catalog /Pages 2 0 R >>'
const streamOf = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${content.length} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ])

const side = 40_000

/** A page of 40,000 by 40,000 pixels in a few kilobytes: packed twice, one and a half gigabytes when drawn. */
const hugePicture = (): Buffer => {
  const row = deflateSync(Buffer.alloc(side))
  const pixels = deflateSync(deflateSync(Buffer.alloc(side * 4_000)))
  assert.ok(pixels.length < 10_000 && row.length < 1_000)
  return pdfOf(
    catalog,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>',
    streamOf('', Buffer.from('q 100 0 0 100 0 0 cm /A Do Q')),
    streamOf(
      `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter [/FlateDecode /FlateDecode]`,
      pixels,
    ),
  )
}

const bombs: Readonly<Record<string, Buffer>> = {
  'a page tree that is its own branch': pdfOf(catalog, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'),
  'two branches that hold each other': pdfOf(
    catalog,
    '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 4 >>',
    '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 4 >>',
  ),
  'a drawing that draws itself': pdfOf(
    catalog,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>',
    streamOf('', Buffer.from('/A Do')),
    streamOf(
      '/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /A 5 0 R >> >>',
      Buffer.from('/A Do /A Do'),
    ),
  ),
  'forty drawings, each drawing the next twice': pdfOf(
    catalog,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>',
    streamOf('', Buffer.from('/A Do')),
    ...Array.from({ length: 40 }, (_, n) =>
      streamOf(
        `/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /A ${n + 6} 0 R >> >>`,
        Buffer.from('/A Do /A Do'),
      ),
    ),
    streamOf('/Type /XObject /Subtype /Form /BBox [0 0 100 100]', Buffer.from('0 0 9 9 re f')),
  ),
  'ten thousand pages': pdfOf(
    catalog,
    `<< /Type /Pages /Kids [${Array.from({ length: 10_000 }, (_, n) => `${n + 3} 0 R`).join(' ')}] /Count 10000 >>`,
    ...Array.from({ length: 10_000 }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>'),
  ),
  'a picture of more than a gigabyte in a few kilobytes': hugePicture(),
}

for (const [what, pdf] of Object.entries(bombs))
  test(`${what} comes to an end, within time and memory, and the next file is read`, async () => {
    for (const work of [driver.countPages(pdf), driver.pageImage(pdf, 1)]) {
      const fault = await work.then(
        () => undefined,
        (error: unknown) => error,
      )
      assert.ok(fault === undefined || fault instanceof PdfFault, String(fault))
    }
    await goesOn()
  })
