import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { pictures, setSamples } from '../../../tools/samples.ts'

/** docs/samples shows what is set today: after a change of a paper run node --import tsx tools/make-samples.ts. */

const root = new URL('../../../', import.meta.url)
const folder = new URL('docs/samples/', root)
const again = 'is stale: run node --import tsx tools/make-samples.ts, and look at it'
const maxBytes = 150_000
const driver = createPdfDriver()
const drawn = await mkdtemp(join(tmpdir(), 'ranah-pictures-'))
after(async () => {
  await driver.close()
  await rm(drawn, { recursive: true })
})

test('every sample is what is set today, nothing else lies there, and each is small', async () => {
  const set = await setSamples(driver)
  const there = (await readdir(folder)).filter((name) => name.endsWith('.pdf'))
  assert.deepEqual(there.toSorted(), [...set.keys()].toSorted())
  for (const [name, pdf] of set) {
    assert.ok(pdf.equals(await readFile(new URL(name, folder))), `docs/samples/${name} ${again}`)
    assert.ok(pdf.length < maxBytes, `${name}: ${pdf.length} octets`)
  }
})

test('the pictures in the guides are pages of these samples', async () => {
  const guides = await Promise.all(
    ['papers.md', 'officer-guide.md'].map((name) => readFile(new URL(`docs/${name}`, root), 'utf8')),
  )
  for (const { file, of, page, dpi } of pictures) {
    assert.ok(
      guides.some((guide) => guide.includes(`(${file.replace('docs/', '')})`)),
      `no guide shows ${file}`,
    )
    const [only, base] = [String(page), join(drawn, 'page')]
    const sample = new URL(of, folder).pathname
    execFileSync('/usr/bin/pdftoppm', [
      '-r',
      String(dpi),
      '-singlefile',
      '-f',
      only,
      '-l',
      only,
      sample,
      base,
    ])
    // the program that draws may be another version: the size of the page is what must be the same
    const [, width, height] = /^P6\s+(\d+)\s+(\d+)/.exec(
      (await readFile(`${base}.ppm`)).toString('latin1', 0, 40),
    )!
    const png = await readFile(new URL(file, root))
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [Number(width), Number(height)], file)
    assert.ok((await stat(new URL(file, root))).size < maxBytes, file)
  }
})
