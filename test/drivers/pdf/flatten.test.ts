import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { flatten } from '../../../src/drivers/pdf/flatten.ts'
import { previewPage } from '../../../src/lookups/preview-page.ts'
import { filledPdf, pagesPdf, stampedPdf } from '../../support/pdf-samples.ts'

/** Fields, notes and stamps over the pages of somebody's PDF, drawn without running anything of it. */

const uploads = createPdfDriver()
const folder = await mkdtemp(join(tmpdir(), 'ranah-flatten-'))
after(async () => {
  await uploads.close()
  await rm(folder, { recursive: true })
})

function textOf(pdf: Uint8Array): string {
  const path = join(folder, 'drawn.pdf')
  writeFileSync(path, pdf)
  return execFileSync('/usr/bin/pdftotext', ['-layout', path, '-']).toString()
}
/** The page of the upload is an image inside the image. */
const inside = (svg: Buffer): string => {
  const [, page] = /data:image\/svg\+xml;base64,([^"]+)/.exec(svg.toString())!
  return Buffer.from(page!, 'base64').toString()
}
const glyphs = (svg: Buffer): number => inside(svg).split('<use ').length - 1

test('a stamp, a note and filled-in fields become part of the page, hidden ones do not', async () => {
  assert.match(textOf((await flatten(stampedPdf))!), /bercap\s+CAP/)
  for (const need of [false, true]) {
    const text = textOf((await flatten(filledPdf(need)))!)
    for (const words of ['formulir', 'Terisi', 'Catatan']) assert.ok(text.includes(words), `${need} ${text}`)
    assert.ok(!text.includes('Sembunyi'), text)
  }
})

test('the preview draws them, and what the file carries stays behind', async () => {
  const plain = await uploads.pageImage(stampedPdf, 1)
  assert.equal(glyphs(await previewPage({ uploads }, stampedPdf, 1)), glyphs(plain.svg) + 'CAP'.length)
  const script = Buffer.from(
    stampedPdf.toString('latin1').replace('/F 4>>', '/F 4/A<</S/JavaScript/JS(app.alert\\(1\\))>>>>'),
    'latin1',
  )
  const shown = await previewPage({ uploads }, script, 1)
  assert.equal(glyphs(shown), glyphs(plain.svg) + 'CAP'.length)
  for (const text of [shown.toString(), inside(shown)])
    assert.doesNotMatch(text, /app\.alert|<script|javascript/i)
  // where there is no tool for it, the page is shown as before
  const without = { ...uploads, flatten: async () => undefined }
  assert.equal(glyphs(await previewPage({ uploads: without }, stampedPdf, 1)), glyphs(plain.svg))
})

test('what is no PDF, locked, or blown up gives nothing or a small file, in short time and without a trace', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('ranah-pages-'))
  assert.equal(await flatten(Buffer.from('<html>')), undefined)
  assert.equal(await flatten(Buffer.alloc(0)), undefined)
  assert.equal(await flatten(stampedPdf.subarray(0, 90)), undefined)
  const [plain, locked] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')]
  writeFileSync(plain, pagesPdf(1, 'terkunci'))
  execFileSync('/usr/bin/qpdf', ['--encrypt', 'sandi', 'pemilik', '256', '--', plain, locked])
  assert.equal(await flatten(readFileSync(locked)), undefined)
  // an object stream of 600 MB of zeros that a reader must unpack to find the stamp
  const bomb = deflateSync(Buffer.alloc(600_000_000), { level: 1 })
  const head =
    '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Annots[4 0 R]>>\nendobj\n' +
    '4 0 obj\n<</Type/Annot/Subtype/Stamp/Rect[0 0 10 10]/AP<</N 5 0 R>>>>\nendobj\n' +
    `5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/Length ${bomb.length}>>stream\n`
  const tail = '\nendstream\nendobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n'
  const blown = await flatten(Buffer.concat([Buffer.from(head), bomb, Buffer.from(tail)]))
  assert.ok((blown?.length ?? 0) < 20_000_000, String(blown?.length))
  assert.deepEqual(
    readdirSync(tmpdir()).filter((name) => name.startsWith('ranah-pages-')),
    before,
  )
  // and the next one is drawn
  assert.match(textOf((await flatten(stampedPdf))!), /CAP/)
})
