import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { parseSop } from '../src/domain/sop/parse.ts'
import { createPdfDriver } from '../src/drivers/pdf/driver.ts'
import { fontBlobs } from '../src/drivers/pdf/face.ts'
import type { Row } from './report.ts'
import { pairs } from './report.ts'

const createdAt = '2026-01-05T00:00:00Z'

/**
 * Pages per second of SOPs of 40 steps and 12 actors, laid out and set by the process that sets papers, against Typst
 * alone setting as many plain pages of text to PDF/A-2a. Every text is new each time, so that nothing is remembered.
 */
export async function sop(): Promise<Row> {
  const parsed = parseSop(readFileSync('test/fixtures/sops/besar-empat-puluh-langkah.yaml'))
  if (!parsed.ok) throw new Error('the SOP of the bench cannot be read')
  const { document } = parsed
  const driver = createPdfDriver()
  const workspace = await mkdtemp(join(tmpdir(), 'ranah-bench-'))
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: [...fontBlobs] }] })
  let runs = 0
  const print = () => {
    runs += 1
    const steps = document.steps.map((step) => ({ ...step, text: `${step.text} ${runs}` }))
    return driver.renderSop({ sop: { ...document, steps }, size: 'a4', createdAt })
  }
  try {
    const { pages } = await print()
    const plain = async (): Promise<void> => {
      runs += 1
      const result = compiler.compile({ mainFileContent: plainPages(pages, runs), resetRead: true })
      if (result.result === null) throw new Error('the plain pages could not be set')
      compiler.pdf(result.result, { pdfStandard: 'a-2a', creationTimestamp: Date.parse(createdAt) / 1000 })
      compiler.evictCache(4)
    }
    const name = 'pages of SOPs of 40 steps printed against plain pages'
    return await pairs(name, 1, async () => void (await print()), plain, null, pages)
  } finally {
    await driver.close()
    await rm(workspace, { recursive: true })
  }
}

const plainPages = (pages: number, run: number): string =>
  [
    '#set document(title: "Baku")',
    '#set page(paper: "a4", flipped: true)',
    '#set text(font: "Arimo", size: 9pt, lang: "id", fallback: false)',
    ...Array.from(
      { length: pages },
      (_, page) => `Halaman ${page} ${run} #lorem(400) #pagebreak(weak: true)`,
    ),
  ].join('\n')
