import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { CasePart, Paper } from '../../../src/domain/letters/papers.ts'
import { paperSchema } from '../../../src/domain/letters/papers.ts'
import { common, letterhead } from '../../../src/domain/letters/sample-parts.ts'
import type { PdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { createPdfDriver, PdfFault } from '../../../src/drivers/pdf/driver.ts'
import { bookSample } from '../../../src/domain/letters/sample-books.ts'
import { accepted, handedOver, refused, registerOf, samples } from '../../../src/domain/letters/samples.ts'

const run = promisify(execFile)
const hostile = '#eval("1+1") $x$ *tebal* _miring_ \\ #import "x" \u202Ekanan\u202C \u0007 <b>& 漢字 🙂'

const casePart: CasePart = {
  kind: 'case-part',
  size: common.size,
  letterhead,
  createdAt: common.createdAt,
  ticket: 'CTH-2025-000123',
  title: 'Riwayat permohonan',
  sections: [{ heading: 'Isian', facts: [{ label: 'Nama', value: hostile }] }],
}

let driver: PdfDriver
let directory: string
before(async () => {
  driver = createPdfDriver()
  directory = await mkdtemp(join(tmpdir(), 'ranah-pdf-'))
})
after(async () => {
  await driver.close()
  await rm(directory, { recursive: true })
})

let count = 0
async function render(paper: Paper): Promise<string> {
  const { pdf } = await driver.render(paper)
  const path = join(directory, `${(count += 1)}.pdf`)
  await writeFile(path, pdf)
  return path
}

const textOf = async (path: string): Promise<string> =>
  (await run('pdftotext', ['-layout', path, '-'])).stdout

describe('papers', () => {
  test('every kind of paper is PDF/A-2a, tagged, Indonesian, with its fonts, and passes qpdf', async () => {
    const all = Object.entries<Paper>({ ...samples, part: casePart })
    const kinds = paperSchema.options.map(({ shape }) => shape.kind.value)
    assert.deepEqual([...new Set(all.map(([, { kind }]) => kind))].toSorted(), kinds.toSorted())
    for (const [name, paper] of all) {
      const path = await render(paper)
      const info = (await run('pdfinfo', [path])).stdout
      assert.match(info, /Tagged:\s+yes/, name)
      assert.match(info, /Encrypted:\s+no/, name)
      assert.match(info, /JavaScript:\s+no/, name)
      assert.match(info, /Title:\s+\S/, name)
      const metadata = (await run('pdfinfo', ['-meta', path])).stdout
      assert.match(metadata, /<pdfaid:part>2<\/pdfaid:part>/, name)
      assert.match(metadata, /<pdfaid:conformance>A<\/pdfaid:conformance>/, name)
      const plain = await run('qpdf', ['--qdf', '--object-streams=disable', path, '-'], {
        encoding: 'latin1',
        maxBuffer: 64e6,
      })
      assert.match(plain.stdout, /\/Lang \(id-ID\)/, name)
      assert.doesNotMatch(plain.stdout, /\/(?:EmbeddedFiles|Launch|SubmitForm)\b/, name)
      const fonts = (await run('pdffonts', [path])).stdout
        .split('\n')
        .slice(2)
        .filter((line) => line !== '')
      assert.ok(fonts.length > 0, name)
      for (const font of fonts) assert.match(font, /\byes\s+yes\s+(yes|no)\b/, `${name}: ${font}`)
      await run('qpdf', ['--check', path])
      if ('number' in paper && paper.number) assert.ok((await textOf(path)).includes(paper.number), name)
    }
  })

  test('an acceptance names the address and its date, a refusal every reason', async () => {
    const yes = await textOf(await render(accepted))
    for (const words of ['antrean.contohkab.go.id', '25 Agustus 2025', 'Yth.', '7QKD-M3XW-9F2T'])
      assert.ok(yes.includes(words), words)
    const no = await textOf(await render(refused))
    for (const { remark } of refused.reasons)
      assert.ok(no.replaceAll(/\s+/g, ' ').includes(remark.slice(0, 40)), remark)
  })

  test('the hand-over note has the address and no secret; it has no field for one', async () => {
    const text = await textOf(await render(handedOver))
    assert.ok(text.includes(handedOver.fqdn))
    assert.doesNotMatch(text, /kata sandi:|password/i)
  })

  test('minutes of hand-over say the day in words and name both parties; long and hostile names stay on the page', async () => {
    const text = await textOf(await render({ ...handedOver, date: '2026-11-26' }))
    const words = text.replaceAll(/\s+/g, ' ')
    assert.match(words, /hari ini Kamis, tanggal dua puluh enam bulan November tahun dua ribu dua puluh enam/)
    for (const party of [
      'PIHAK PERTAMA',
      'PIHAK KEDUA',
      handedOver.receivedBy.name,
      handedOver.signature.name,
    ])
      assert.ok(words.includes(party), party)
    const items = Array.from({ length: 30 }, (_, index) => ({ label: `Uraian ${index}`, value: hostile }))
    const long = await render({
      ...handedOver,
      details: items,
      receivedBy: { name: 'Prof. Dr. Ir. H. '.repeat(12), post: 'Kepala'.repeat(40) },
    })
    const longText = await textOf(long)
    assert.ok(longText.includes('#eval("1+1")'))
    assert.ok(longText.includes('Uraian 29'))
    const { stdout } = await run('pdftotext', ['-bbox', long, '-'])
    for (const [, right] of stdout.matchAll(/xMax="([\d.]+)"/g)) assert.ok(Number(right) <= 596, right)
  })

  test('A4 and F4 have their sizes', async () => {
    const a4 = (await run('pdfinfo', [await render(accepted)])).stdout
    assert.match(a4, /Page size:\s+595\.\d+ x 841\.\d+/)
    const f4 = (await run('pdfinfo', [await render({ ...accepted, size: 'f4' })])).stdout
    assert.match(f4, /Page size:\s+595\.\d+ x 935\.\d+/)
  })

  test('a register of 100 rows runs over pages and repeats its head on each', async () => {
    const path = await render(registerOf(100))
    const pages = Number(/Pages:\s+(\d+)/.exec((await run('pdfinfo', [path])).stdout)![1])
    assert.ok(pages > 2)
    const text = await textOf(path)
    assert.equal(text.split('Tanggal dan jam').length - 1, pages)
    assert.ok(text.includes('Kegiatan contoh 100'))
  })

  test('the registers the office files hold 200 rows on A4 and F4, landscape, with their head on every page', async () => {
    for (const book of ['incoming', 'outgoing', 'subdomain', 'hosting'] as const)
      for (const size of ['a4', 'f4'] as const) {
        const path = await render({ ...bookSample(book, 200), size })
        const info = (await run('pdfinfo', [path])).stdout
        assert.match(info, size === 'a4' ? /Page size:\s+841\.\d+ x 595/ : /Page size:\s+935\.\d+ x 595/)
        const pages = Number(/Pages:\s+(\d+)/.exec(info)![1])
        const text = await textOf(path)
        assert.ok(pages > 5, `${book}: ${pages}`)
        // the signature may take the last page for itself
        const withRows = text.split('\f').filter((each) => each.includes('25 Agustus 2025'))
        assert.ok(withRows.length >= pages - 1, book)
        for (const each of withRows) assert.match(each, /No\./)
        assert.match(text, /Jumlah: 200/)
      }
  })

  test('hostile text is printed as text and never run', async () => {
    const text = await textOf(
      await render({
        ...refused,
        subject: hostile,
        reasons: [{ ground: hostile, remark: 'x'.repeat(10_000) }],
      }),
    )
    assert.ok(text.includes('#eval("1+1")'))
    assert.ok(text.includes('*tebal*'))
    assert.ok(!text.includes('\u202E'))
  })

  test('the same paper gives the same bytes, and twenty at once are twenty papers', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => driver.render(accepted)))
    assert.equal(new Set(many.map((each) => each.sha256)).size, 1)
  })
})

describe('the process that sets papers', () => {
  test('is replaced when it is killed: one paper fails plainly, the next is set', async () => {
    const own = createPdfDriver()
    try {
      await own.render(accepted)
      const pids = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'render-process'])
        .toString()
        .trim()
        .split('\n')
      const pending = Promise.allSettled(Array.from({ length: 5 }, () => own.render(registerOf(500))))
      for (const pid of pids) process.kill(Number(pid), 'SIGKILL')
      const results = await pending
      const failed = results.filter((each) => each.status === 'rejected')
      assert.ok(failed.length >= 1)
      for (const each of failed) assert.ok(each.reason instanceof PdfFault, String(each.reason))
      assert.ok((await own.render(accepted)).pages >= 1)
    } finally {
      await own.close()
    }
  })

  test('a paper that takes too long is given up, and the next one is set', async () => {
    const own = createPdfDriver({ timeoutMs: 1 })
    try {
      await assert.rejects(
        own.render(registerOf(1000)),
        (error) => error instanceof PdfFault && error.reason === 'timeout',
      )
    } finally {
      await own.close()
    }
  })
})
