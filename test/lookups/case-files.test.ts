import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { CaseCover } from '../../src/domain/letters/case-file.ts'
import { common, letterhead, verification } from '../../src/domain/letters/sample-parts.ts'
import { caseFileText } from '../../src/domain/text/case-file.ts'
import type { Bundle } from '../../src/drivers/pdf/driver.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import type { CaseFileState, CasePartSource } from '../../src/lookups/case-files.ts'
import { CaseFiles } from '../../src/lookups/case-files.ts'
import { pagesPdf, stampedPdf } from '../support/pdf-samples.ts'

/** Case files in the making: how far they are, whose they are, and what a hostile part does to the others. */

const pdf = createPdfDriver()
const uploads = createPdfDriver()
const folder = await mkdtemp(join(tmpdir(), 'ranah-case-files-'))
after(async () => {
  await Promise.all([pdf.close(), uploads.close()])
  await rm(folder, { recursive: true })
})

const cover: CaseCover = {
  size: 'a4',
  letterhead,
  createdAt: common.createdAt,
  ticket: 'CTH-2025-000123',
  facts: [{ label: 'Perangkat daerah', value: 'Dinas Contoh' }],
  head: verification.logbookHead,
}
const part = (title: string, bytes: Buffer, read = async () => bytes): CasePartSource => ({
  title,
  note: title,
  filename: `${title}.pdf`,
  sha256: 'a'.repeat(64),
  size: bytes.length,
  own: false,
  read,
})
const noFault = (error: unknown): never => assert.fail(String(error))

/** Looks, each of a second at the most, before it is said that something hangs. */
const looksMax = 120

async function ended(files: CaseFiles, owner: string, id: string): Promise<CaseFileState> {
  for (let look = 0; look < looksMax; look += 1) {
    const state = await files.look(owner, id)
    if (state && state.status !== 'working') return state
  }
  assert.fail('it does not end')
}

test('two hundred pages come out whole, with the progress of every part', async () => {
  const files = new CaseFiles({ pdf, uploads }, noFault)
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const bytes = pagesPdf(100, 'isi')
  const second = part('kedua', bytes, async () => {
    await held
    return bytes
  })
  const id = files.begin({ owner: 'a', cover, parts: [part('pertama', bytes), second] })
  let first = await files.look('a', id)
  // the second part is held: what comes before it is told while the work goes on
  for (let look = 1; look < looksMax && first?.done === 0; look += 1) first = await files.look('a', id)
  assert.deepEqual(first, { status: 'working', done: 1, of: 3 })
  assert.equal(await files.look('b', id), undefined)
  release()
  const state = await ended(files, 'a', id)
  assert.ok(state.status === 'ready')
  assert.deepEqual([state.pages, state.listed, state.done], [201, 0, 3])
})

test('a part over which the reading process hangs is listed, and the rest comes out', async () => {
  const program = join(folder, 'hangs.mjs')
  await writeFile(program, "process.on('message', () => {}); process.on('disconnect', () => process.exit())")
  const hanging = createPdfDriver({ program, timeoutMs: 300 })
  const seen: Bundle[] = []
  const half = {
    ...uploads,
    countPages: (file: Uint8Array) =>
      Buffer.from(file).includes('jebakan') ? hanging.countPages(file) : uploads.countPages(file),
    bundle: (bundle: Bundle) => {
      seen.push(bundle)
      return uploads.bundle(bundle)
    },
  }
  const files = new CaseFiles({ pdf, uploads: half }, noFault)
  const trap = part('jebakan', pagesPdf(1, 'jebakan'))
  const id = files.begin({ owner: 'a', cover, parts: [trap, part('baik', pagesPdf(1, 'baik'))] })
  const state = await ended(files, 'a', id)
  assert.ok(state.status === 'ready' && state.listed === 1 && state.pages === 2)
  assert.equal(seen[0]!.parts[0]!.absent, caseFileText.unreadable.id)
  await hanging.close()
})

test('a stamp is drawn onto its page; where that is not possible, or loses a page, the index says so', async () => {
  const ways = {
    drawn: (file: Uint8Array) => uploads.flatten(file),
    none: async () => undefined,
    shorter: async () => pagesPdf(2, 'lain'),
    broken: async () => Buffer.from('%PDF-1.7'),
  }
  for (const [way, flatten] of Object.entries(ways)) {
    const seen: Bundle[] = []
    const half = {
      ...uploads,
      flatten,
      bundle: (bundle: Bundle) => (seen.push(bundle), uploads.bundle(bundle)),
    }
    const files = new CaseFiles({ pdf, uploads: half }, noFault)
    const state = await ended(
      files,
      'a',
      files.begin({ owner: 'a', cover, parts: [part('cap', stampedPdf)] }),
    )
    assert.ok(state.status === 'ready' && state.pages === 2, way)
    const text = execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], { input: state.pdf }).toString()
    assert.equal(text.includes('CAP'), way === 'drawn', way)
    assert.equal(seen[0]!.parts[0]!.hint, way === 'drawn' ? undefined : caseFileText.annotated.id, way)
    assert.deepEqual(seen[0]!.parts[0]!.content!.pdf, stampedPdf, 'the original is attached')
  }
})

test('what is too large is listed by its digest without being read', async () => {
  const files = new CaseFiles({ pdf, uploads }, noFault)
  const huge = { ...part('besar', Buffer.alloc(0), () => noFault('read')), size: 65 * 1024 * 1024 }
  const id = files.begin({ owner: 'a', cover, parts: [huge] })
  const state = await ended(files, 'a', id)
  assert.ok(state.status === 'ready' && state.listed === 1)
})

test('a file of ten thousand pages is listed as too large, not as broken', async () => {
  const seen: Bundle[] = []
  const half = { ...uploads, bundle: (bundle: Bundle) => (seen.push(bundle), uploads.bundle(bundle)) }
  const files = new CaseFiles({ pdf, uploads: half }, noFault)
  const id = files.begin({ owner: 'a', cover, parts: [part('tebal', pagesPdf(10_000, 'isi'))] })
  const state = await ended(files, 'a', id)
  assert.ok(state.status === 'ready' && state.listed === 1)
  assert.equal(seen[0]!.parts[0]!.absent, caseFileText.tooLarge.id)
})

test('so many at once and no more; a finished one makes room, an old one is forgotten', async () => {
  let now = 0
  const files = new CaseFiles({ pdf, uploads }, noFault, () => now)
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const bytes = pagesPdf(1, 'isi')
  const slow = part('lambat', bytes, async () => (await held, bytes))
  const ids = Array.from({ length: 6 }, () => files.begin({ owner: 'a', cover, parts: [slow] }))
  assert.throws(() => files.begin({ owner: 'a', cover, parts: [] }), { reason: 'case-files-busy' })
  release()
  for (const id of ids) assert.equal((await ended(files, 'a', id)).status, 'ready')
  const seventh = files.begin({ owner: 'a', cover, parts: [] })
  assert.equal(await files.look('a', ids[0]!), undefined)
  assert.equal((await ended(files, 'a', seventh)).status, 'ready')
  now = 6 * 60_000
  assert.equal(await files.look('a', seventh), undefined)
})

test('a fault is told once, and the one after it is made', async () => {
  const faults: unknown[] = []
  const files = new CaseFiles({ pdf, uploads }, (error) => faults.push(error))
  const lost = part('hilang', Buffer.alloc(1), () => Promise.reject(new Error('the database is away')))
  const [bad, good] = [[lost], []].map((parts) => files.begin({ owner: 'a', cover, parts }))
  assert.equal((await ended(files, 'a', bad!)).status, 'failed')
  assert.equal((await ended(files, 'a', good!)).status, 'ready')
  assert.equal(faults.length, 1)
})
