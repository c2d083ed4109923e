import { fork } from 'node:child_process'
import { once as happens } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { composeCaseCover } from '../src/domain/letters/case-file.ts'
import { samples } from '../src/domain/letters/samples.ts'
import { common, letterhead, verification } from '../src/domain/letters/sample-parts.ts'
import type { BundlePart } from '../src/drivers/pdf/driver.ts'
import { createPdfDriver } from '../src/drivers/pdf/driver.ts'
import { fontBlobs } from '../src/drivers/pdf/face.ts'
import type { Row } from './report.ts'
import { pairs } from './report.ts'

const createdAt = '2026-01-05T00:00:00Z'
const bundlePages = 200
const plainProgram = fileURLToPath(new URL('./plain-typst.ts', import.meta.url))

/** Typst alone: as many plain pages of text, each new, to PDF/A-2a (letters) or plain PDF (a bundle). */
async function plainTypst(pages: number, pdfStandard?: 'a-2a') {
  const workspace = await mkdtemp(join(tmpdir(), 'ranah-bench-'))
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: [...fontBlobs] }] })
  let runs = 0
  const print = (): Buffer => {
    runs += 1
    const result = compiler.compile({ mainFileContent: plainPages(pages, runs), resetRead: true })
    if (result.result === null) throw new Error('the plain pages could not be set')
    const options = { ...(pdfStandard && { pdfStandard }), creationTimestamp: Date.parse(createdAt) / 1000 }
    const pdf = compiler.pdf(result.result, options)
    compiler.evictCache(4)
    return pdf
  }
  return { print, end: () => rm(workspace, { recursive: true }) }
}

const plainPages = (pages: number, run: number): string =>
  [
    '#set document(title: "Baku")',
    '#set page(paper: "a4")',
    '#set text(font: "Arimo", size: 11pt, lang: "id", fallback: false)',
    ...Array.from(
      { length: pages },
      (_, page) => `Halaman ${page} ${run} #lorem(200) #pagebreak(weak: true)`,
    ),
  ].join('\n')

/** Reply letters a second in the process that sets papers, each new, against Typst alone setting a page of text. */
export async function letters(): Promise<readonly Row[]> {
  const plain = await plainTypst(1, 'a-2a')
  const driver = createPdfDriver()
  const reply = samples.refused!
  let runs = 0
  const letterOf = (setter: Pick<typeof driver, 'render'>) => {
    runs += 1
    return setter.render({ ...reply, number: `${runs}/CONTOH/2026` } as typeof reply)
  }
  const cold = async (): Promise<void> => {
    const fresh = createPdfDriver()
    await letterOf(fresh)
    await fresh.close()
  }
  try {
    const warm = await pairs(
      'letters set, warm, against plain pages by Typst',
      1,
      async () => void (await letterOf(driver)),
      async () => void plain.print(),
      null,
    )
    const first = await pairs(
      'letters set, each in a process just started, against a plain page by Typst in such a process',
      1,
      cold,
      async () => void (await happens(fork(plainProgram, { execArgv: [] }), 'exit')),
      null,
    )
    return [warm, first, await bundle(driver)]
  } finally {
    await driver.close()
    await plain.end()
  }
}

/** Pages a second of a case file of 200 pages, its uploads counted and merged, against Typst alone setting 200 pages. */
async function bundle(driver: ReturnType<typeof createPdfDriver>): Promise<Row> {
  const plain = await plainTypst(bundlePages)
  const upload = (await plainTypst(bundlePages / 4)).print()
  const cover = composeCaseCover(
    { size: 'a4', letterhead, createdAt, ticket: 'CTH-2026-1', facts: [], head: verification.logbookHead },
    'id',
  )
  const once = async (): Promise<void> => {
    const parts: BundlePart[] = []
    for (let part = 0; part < 4; part += 1) {
      // what makes every upload another file
      const pdf = Buffer.concat([upload, Buffer.from(`\n%${Math.random()}\n`)])
      const pages = await driver.countPages(pdf)
      const entry = { title: `Unggahan ${part}`, note: common.number, sha256: 'a'.repeat(64) }
      parts.push({ ...entry, content: { pdf, pages, attachedAs: `${part}.pdf` } })
    }
    const { pages } = await driver.bundle({ cover, ticket: 'CTH-2026-1', parts })
    if (pages !== bundlePages + 1) throw new Error(`the case file has ${pages} pages`)
  }
  try {
    const name = 'pages of a case file of 200 pages against plain pages by Typst'
    return await pairs(name, 1, once, async () => void plain.print(), null, bundlePages)
  } finally {
    await plain.end()
  }
}
