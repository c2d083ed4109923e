/** Writes docs/samples and the pictures of papers in the guides. Run it after a change of a paper, and look at each. */
import { execFileSync } from 'node:child_process'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { createPdfDriver } from '../src/drivers/pdf/driver.ts'
import { pictures, setSamples } from './samples.ts'

const folder = 'docs/samples/'
const driver = createPdfDriver()
const set = await setSamples(driver)
await driver.close()
for (const name of await readdir(folder)) if (name.endsWith('.pdf')) await rm(folder + name)
for (const [name, pdf] of set) await writeFile(folder + name, pdf)
for (const { file, of, page, dpi } of pictures) {
  const [only, base] = [String(page), file.replace(/\.png$/, '')]
  execFileSync('/usr/bin/pdftoppm', [
    '-r',
    String(dpi),
    '-png',
    '-singlefile',
    '-f',
    only,
    '-l',
    only,
    folder + of,
    base,
  ])
}
