import { readFile } from 'node:fs/promises'
import { samples } from '../src/domain/letters/samples.ts'
import { parseSop } from '../src/domain/sop/parse.ts'
import type { PdfDriver } from '../src/drivers/pdf/driver.ts'

/** What docs/samples holds: `ranah letter print KIND --sample` of every kind, */
const papers = Object.keys(samples).map((kind) => ({
  file: `letter-${kind}.pdf`,
  kind,
  // two of them show F4
  size: ['application', 'book-subdomain'].includes(kind) ? ('f4' as const) : ('a4' as const),
}))
/** and `ranah sop print FILE --date DAY` of the two SOPs that the system was made after. */
const sops = [
  { file: 'sop-katingan.pdf', source: 'sops/katingan-subdomain-hosting.yaml' },
  { file: 'sop-kutai-kartanegara.pdf', source: 'sops/kutai-kartanegara-hosting-subdomain.yaml' },
]
const sopDay = '2026-11-26T00:00:00Z'
const root = new URL('../', import.meta.url)

/** @returns every sample as it is set today, by its name in docs/samples */
export async function setSamples(driver: PdfDriver): Promise<ReadonlyMap<string, Buffer>> {
  const set = new Map<string, Buffer>()
  for (const { file, kind, size } of papers)
    set.set(file, (await driver.render({ ...samples[kind]!, size })).pdf)
  for (const { file, source } of sops) {
    const parsed = parseSop(await readFile(new URL(source, root)))
    if (!parsed.ok) throw new Error(`${source} is no SOP`)
    const print = { sop: parsed.document, size: 'a4', createdAt: sopDay } as const
    set.set(file, (await driver.renderSop(print)).pdf)
  }
  return set
}

/** Pictures of the guides: one page of a sample each, in dots per inch. */
export const pictures = [
  { file: 'docs/samples/sop-bagan-alir.png', of: 'sop-kutai-kartanegara.pdf', page: 2, dpi: 80 },
  { file: 'docs/images/lembar-disposisi.png', of: 'letter-disposition.pdf', page: 1, dpi: 50 },
  { file: 'docs/images/berita-acara.png', of: 'letter-hand-over.pdf', page: 1, dpi: 50 },
  { file: 'docs/images/pemberitahuan-penonaktifan.png', of: 'letter-deactivation.pdf', page: 1, dpi: 50 },
  { file: 'docs/images/register-surat-keluar.png', of: 'letter-book-outgoing.pdf', page: 1, dpi: 60 },
  { file: 'docs/images/surat-balasan.png', of: 'letter-signed.pdf', page: 1, dpi: 60 },
  { file: 'docs/images/surat-permohonan.png', of: 'letter-application.pdf', page: 1, dpi: 50 },
] as const
