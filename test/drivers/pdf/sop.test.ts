import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import type { SopDocument, SopStep } from '../../../src/domain/sop/document.ts'
import { fitSop, flowRoom } from '../../../src/domain/sop-paper/compose.ts'
import type { SopPrint } from '../../../src/domain/sop-paper/print.ts'
import type { PdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { createPdfDriver, PdfFault } from '../../../src/drivers/pdf/driver.ts'
import { face } from '../../../src/drivers/pdf/face.ts'
import { anySop, sopWith } from '../../domain/flowchart/any-sop.ts'
import { crossingsOf, faultsOf, noFaults } from '../../domain/flowchart/faults.ts'
import { goodFiles, goodSop } from '../../domain/sop/sample.ts'
import { letterhead } from '../../../src/domain/letters/sample-parts.ts'
import { assertWordsWithin } from './sop-words.ts'

const run = promisify(execFile)
const createdAt = '2026-01-05T00:00:00Z'
const seeds = ['sops/kutai-kartanegara-hosting-subdomain.yaml', 'sops/katingan-subdomain-hosting.yaml']

let driver: PdfDriver
let directory: string
before(async () => {
  driver = createPdfDriver({ timeoutMs: 300_000 }) // a busy machine is slow, not wrong
  directory = await mkdtemp(join(tmpdir(), 'ranah-sop-'))
})
after(async () => {
  await driver.close()
  await rm(directory, { recursive: true })
})

let count = 0
async function render(sop: SopDocument, more: Partial<SopPrint> = {}): Promise<string> {
  const { pdf } = await driver.renderSop({ sop, size: 'a4', createdAt, ...more })
  const path = join(directory, `${(count += 1)}.pdf`)
  await writeFile(path, pdf)
  return path
}

const textOf = async (path: string): Promise<string> =>
  (await run('pdftotext', [path, '-'], { maxBuffer: 64 * 1024 * 1024 })).stdout
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** The sample without what identifies a single run. */
const some = <T>(values: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(values, { numRuns, seed: 35_2012 })

describe('the printed SOP', () => {
  test('of 200 SOPs: no arrow through a text or a symbol, no text outside its cell, every sheet on its page', () => {
    const sops = some(anySop, 200)
    const most = (of: (sop: SopDocument) => number) => Math.max(...sops.map(of))
    assert.deepEqual([most((sop) => sop.actors.length), most((sop) => sop.steps.length)], [12, 40])
    for (const [index, sop] of sops.entries()) {
      const size = index % 2 === 0 ? 'a4' : 'f4'
      const fitted = fitSop({ sop, size, createdAt }, face)
      assert.ok(
        fitted,
        `SOP ${index} of ${sop.actors.length} actors and ${sop.steps.length} steps fits no page`,
      )
      const room = flowRoom(size)
      for (const { layout, measures } of fitted.sheets) {
        assert.deepEqual(faultsOf(layout, measures), noFaults, `SOP ${index}`)
        assert.ok(layout.height <= room.height && Math.abs(layout.width - room.width) < 0.01, `SOP ${index}`)
      }
    }
  })

  test('of the shipped SOPs: no arrow crosses another', () => {
    for (const seed of seeds) {
      const { sheets } = fitSop({ sop: goodSop(seed), size: 'a4', createdAt }, face)!
      for (const { layout } of sheets) assert.equal(crossingsOf(layout), 0, seed)
    }
  })

  test('as the PDF has it: every word of the samples and of some of these SOPs stands within its cell', async () => {
    for (const sop of [...goodFiles.map(goodSop), ...some(anySop, 12)]) {
      const words = await assertWordsWithin(await render(sop), fitSop({ sop, size: 'a4', createdAt }, face)!)
      assert.ok(words > 50)
    }
  })

  test('is PDF/A-2a, tagged, Indonesian, with its fonts, and passes qpdf; its pages lie as they should', async () => {
    for (const seed of seeds) {
      const path = await render(goodSop(seed), { logo: letterhead.logo })
      await run('qpdf', ['--check', path])
      const info = (await run('pdfinfo', ['-l', '-1', path])).stdout
      assert.match(info, /Tagged:\s+yes/)
      assert.match(info, /Page\s+1 size:\s+595\.\d+ x 841\.\d+/)
      assert.match(info, /Page\s+2 size:\s+841\.\d+ x 595\.\d+/)
      const metadata = (await run('pdfinfo', ['-meta', path])).stdout
      assert.match(metadata, /<pdfaid:part>2<\/pdfaid:part>/)
      assert.match(metadata, /<pdfaid:conformance>A<\/pdfaid:conformance>/)
      assert.match(
        (
          await run('qpdf', ['--qdf', '--object-streams=disable', path, '-'], {
            encoding: 'latin1',
            maxBuffer: 64e6,
          })
        ).stdout,
        /\/Lang \(id-ID\)/,
      )
      const fonts = (await run('pdffonts', [path])).stdout.split('\n').slice(2).filter(Boolean)
      assert.ok(fonts.length > 0)
      for (const font of fonts) assert.match(font, /\byes\s+yes\s+(yes|no)\b/, font)
    }
  })

  test('is read as a table, and each symbol says in words where its arrows lead', async () => {
    const path = await render(goodSop(seeds[0]!))
    const tree = (await run('pdfinfo', ['-struct-text', path])).stdout
    for (const part of ['Table', 'TH', 'TD', 'Figure']) assert.match(tree, new RegExp(`\\b${part}\\b`), part)
    const { stdout } = await run('qpdf', ['--qdf', '--object-streams=disable', path, '-'], {
      encoding: 'latin1',
      maxBuffer: 64e6,
    })
    assert.match(stdout, /\/Alt \(Keputusan; Disetujui\* ke langkah 4; Tidak disetujui\* ke langkah 1\)/)
  })

  test('shows every field of the identity page and every step, marks what is inferred and says why', async () => {
    for (const seed of seeds) {
      const sop = goodSop(seed)
      const text = flat(await textOf(await render(sop)))
      const { identity } = sop
      const shown = [
        identity.ratifiedBy.post,
        'Tanggal Pengesahan',
        'Disahkan oleh',
        'Kualifikasi Pelaksana',
        'Pencatatan dan Pendataan',
        'Mutu Baku',
        'Keterangan',
        'CATATAN NASKAH SUMBER',
        'Halaman 1 dari 3',
        'Halaman 3 dari 3',
        ...identity.equipment,
      ]
      for (const part of shown) assert.ok(text.includes(flat(part)), part)
      assert.ok(text.includes(seed === seeds[0] ? 'dapat berakibat pada*' : '..... Januari 2023*'))
      assert.ok(text.includes(seed === seeds[0] ? 'Tidak disetujui*' : 'Tidak Lengkap*'))
    }
  })

  test('names what revoked a legal basis', async () => {
    const sop = goodSop(seeds[1]!)
    const [first, ...others] = sop.identity.legalBasis
    const revoked = {
      ...first!,
      status: 'revoked' as const,
      revokedBy: 'Peraturan Contoh Nomor 5 Tahun 2025',
    }
    const identity = { ...sop.identity, legalBasis: [revoked, ...others] }
    const text = flat(await textOf(await render({ ...sop, identity })))
    assert.ok(text.includes('DICABUT oleh Peraturan Contoh Nomor 5 Tahun 2025'), text)
  })

  test('is the same to the last byte, in another process too', async () => {
    const print = { sop: goodSop(seeds[0]!), size: 'f4', createdAt, logo: letterhead.logo } as const
    const other = createPdfDriver()
    try {
      const [one, two] = await Promise.all([driver.renderSop(print), other.renderSop(print)])
      assert.equal(one.sha256, two.sha256)
    } finally {
      await other.close()
    }
  })
})

const hostile = '#eval("1+1") $x$ *tebal* _miring_ \\ #import "x" \u202Ekanan\u202C \u0007 <b>& 漢字 🙂'

describe('hostile text in an SOP', () => {
  const plain = (text: string, more: Partial<SopStep> = {}): SopStep => ({
    no: 1,
    activity: 'submit',
    text,
    actor: 'pelaksana-1',
    with: [],
    requirements: [],
    waitsFor: [],
    standardTime: 'not set',
    output: [],
    remark: null,
    form: [],
    ...more,
  })

  test('is printed as text, in the table and on the identity page', async () => {
    const sop = sopWith(
      [hostile, 'Kepala', 'Petugas'],
      [
        plain(hostile, { output: [hostile], remark: hostile }),
        plain(hostile, { no: 2, activity: 'perform' }),
      ],
    )
    const path = await render({ ...sop, identity: { ...sop.identity, name: hostile, warnings: [hostile] } })
    const text = flat(await textOf(path))
    for (const part of ['#eval("1+1") $x$ *tebal* _miring_', '[U+202E]kanan[U+202C]', '[U+6F22]', '<b>&'])
      assert.ok(text.includes(part), part)
    assert.ok(!text.includes('\u202E'))
  })

  test('of any length stays in its cell; what the table cannot hold stands in full on the last pages', async () => {
    const endless = 'x'.repeat(4000)
    const steps = [
      plain(endless, {
        requirements: Array.from({ length: 20 }, () => ({
          text: `akhir ${'y'.repeat(490)}`,
          need: 'required',
          waivable: false,
        })),
      }),
      plain('Memutuskan', {
        no: 2,
        activity: 'decide',
        decision: {
          outcomes: [
            { id: 'ya', label: `${'panjang '.repeat(60)}sekali`, to: 'end' },
            { id: 'tidak', label: 'Tidak', to: 1 },
          ],
        },
      }),
    ]
    const sop = sopWith(['W'.repeat(500), 'Kepala', 'Petugas'], steps)
    const path = await render(sop)
    await assertWordsWithin(path, fitSop({ sop, size: 'a4', createdAt }, face)!)
    const text = await textOf(path)
    assert.ok(text.replaceAll(/[^x]/g, '').length >= 4000)
    for (const part of ['TEKS LENGKAP', 'panjang sekali']) assert.ok(flat(text).includes(part), part)
  })

  test('and a flowchart that fits no page is refused, not printed half; the next one is printed', async () => {
    const outcomes = (from: number) =>
      Array.from({ length: 12 }, (_, at) => ({
        id: `hasil-${at}`,
        label: 'Memerlukan keterangan tambahan dari perangkat daerah pemohon',
        to: ((from * 7 + at * 5) % 100) + 1,
      }))
    const steps = Array.from({ length: 100 }, (_, index) =>
      plain('Memutuskan', { no: index + 1, activity: 'decide', decision: { outcomes: outcomes(index) } }),
    )
    await assert.rejects(
      driver.renderSop({
        sop: sopWith(
          Array.from({ length: 20 }, (_, index) => `Pelaksana ${index}`),
          steps,
        ),
        size: 'a4',
        createdAt,
      }),
      (error) => error instanceof PdfFault && error.reason === 'too-big',
    )
    assert.ok((await driver.renderSop({ sop: goodSop(seeds[0]!), size: 'a4', createdAt })).pages > 1)
  })
})
