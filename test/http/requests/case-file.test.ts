import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { completeStep } from '../../../src/actions/requests/complete-step.ts'
import { postMessage } from '../../../src/actions/requests/post-message.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { inScope } from '../../../src/db/database.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import { refusalLetter } from '../../support/awaiting-letter.ts'
import type { Browser } from '../../support/browse.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../../support/browser.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { pagesPdf, stampedPdf } from '../../support/pdf-samples.ts'
import { openPage, serving } from '../../support/serving.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

/** The case file: everything of one request in one PDF, for whoever sees the request. */

let portal: TestApp
let office: TestOffice
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ranah-case-file-'))
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
})
after(async () => {
  await portal.close()
  await rm(folder, { recursive: true })
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(`/usr/bin/${command}`, args, { maxBuffer: 64 * 1024 * 1024 }).toString()

async function attach(ticket: string, bytes: Buffer, filename: string) {
  const { id } = await attachDocument(portal.deps, office.member('applicant'), ticket, {
    kind: 'attachment',
    filename,
    mediaType: 'application/pdf',
    content: { pages: 1, carries: [] },
    bytes,
  })
  return id
}

/** Begins a case file and waits until it is ready, as a person does in the portal. @returns the address of its page */
async function made(browser: Browser, ticket: string): Promise<string> {
  const begun = await browser.post(`/o/contoh/permohonan/${ticket}/berkas-lengkap`, {})
  assert.equal(begun.status, 303, await begun.clone().text())
  const at = begun.headers.get('location')!
  for (let look = 0; look < 30; look += 1) {
    const page = await browser.get(at)
    const html = await page.text()
    assert.equal(page.status, 200, html)
    if (page.headers.get('refresh') === null) return at
  }
  assert.fail('the case file is not ready')
}

/** Takes the case file of a role. @returns its file and its text */
async function taken(role: Role, ticket: string) {
  const browser = await signedIn(portal, office.member(role))
  const at = await made(browser, ticket)
  const answer = await browser.get(`${at}/pdf`)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition')!, /^attachment; /)
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const file = join(folder, `${role}-${ticket}.pdf`)
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()))
  if (process.env.TEST_SHOTS)
    await writeFile(join(process.env.TEST_SHOTS, `case-${role}.pdf`), await readFile(file))
  run('qpdf', '--check', file)
  return { file, at, text: run('pdftotext', '-layout', file, '-') }
}

test('one PDF holds every part, with index, digests, bookmarks and the originals', async () => {
  const { ticket } = await refusalLetter(portal, office, 'berkas')
  const broken = pagesPdf(1, 'rusak').subarray(0, 300)
  const plain = join(folder, 'plain.pdf')
  await writeFile(plain, pagesPdf(1, 'terkunci'))
  run('qpdf', '--encrypt', 'sandi', 'pemilik', '256', '--', plain, join(folder, 'locked.pdf'))
  const locked = await readFile(join(folder, 'locked.pdf'))
  const script = '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>'
  const long = pagesPdf(7, 'halaman isi', script)
  const { requestId } = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('requests')
      .select('id as requestId')
      .where('ticket', '=', ticket)
      .executeTakeFirstOrThrow(),
  )
  // the request has ended; uploads from before lie beside it
  for (const [filename, bytes] of Object.entries({
    'panjang.pdf': long,
    'rusak.pdf': broken,
    'kunci.pdf': locked,
    'cap.pdf': stampedPdf,
  }))
    await asOwner(
      portal.database,
      `insert into documents (id, office_id, request_id, kind, filename, media_type, size, sha256, bytes, created_at)
       values (gen_random_uuid(), $1, $2, 'attachment', $3, 'application/pdf', $4, $5, $6, now())`,
      [office.id, requestId, filename, bytes.length, sha256(bytes), bytes],
    )
  await asOwner(
    portal.database,
    `insert into documents (id, office_id, request_id, kind, filename, media_type, size, sha256, bytes, created_at, scan, scan_finding)
     values (gen_random_uuid(), $1, $2, 'attachment', 'virus.pdf', 'application/pdf', 3, $3, 'abc', now(), 'found', 'Uji')`,
    [office.id, requestId, sha256(Buffer.from('abc'))],
  )

  const { file, text } = await taken('operator', ticket)
  for (const words of [
    'BERKAS PERMOHONAN',
    ticket,
    'Isian permohonan',
    'Riwayat permohonan',
    'Kutipan buku log',
    'Surat balasan',
    'Nama sudah dipakai aplikasi lain.',
    'halaman isi 7',
    'enkripsi atau rusak',
    'Dikarantina pemindai',
    'CAP',
    'Kode verifikasi',
  ])
    assert.ok(text.includes(words), `${words}\n${text.slice(0, 6000)}`)
  assert.ok(!text.includes('terkunci 1'))
  assert.ok(!text.includes('tidak ikut tercetak'), 'the stamp is drawn')
  const pages = Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', file))![1])
  assert.ok(pages >= 14, String(pages))
  assert.match(text, new RegExp(`Halaman ${pages} dari ${pages}`))
  assert.match(run('pdfinfo', file), /JavaScript:\s+no/)

  const outlines = (
    JSON.parse(run('qpdf', '--json', '--json-key=outlines', file)) as {
      outlines: { title: string; kids: { title: string; destpageposfrom1: number }[] }[]
    }
  ).outlines
  const marks = outlines.flatMap((each) => [each, ...each.kids]).map(({ title }) => title)
  for (const mark of ['Isian permohonan', 'Riwayat permohonan', 'Surat balasan', 'Kutipan buku log'])
    assert.ok(
      marks.some((title) => title.includes(mark)),
      `${mark}: ${marks.join(' | ')}`,
    )

  // the index names the digest of each original, and the originals lie inside but for what the scanner holds back
  const originals = join(folder, 'originals')
  execFileSync('/bin/mkdir', [originals])
  run('pdfdetach', '-saveall', '-o', originals, file)
  const index = text.replaceAll(/\s+/g, ' ')
  const names = await readdir(originals)
  for (const name of names) {
    const digest = sha256(await readFile(join(originals, name)))
    for (let from = 0; from < 64; from += 16) assert.ok(index.includes(digest.slice(from, from + 16)), name)
  }
  for (const bytes of [long, broken, locked, stampedPdf])
    assert.ok(
      (await Promise.all(names.map(async (name) => sha256(await readFile(join(originals, name)))))).includes(
        sha256(bytes),
      ),
    )
  assert.ok(!names.some((name) => name.includes('virus')), names.join(' '))

  const noted = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('logbook_entries').select('text').where('act', '=', 'request.case-file-taken').execute(),
  )
  assert.equal(noted.length, 1)
  assert.ok(noted[0]!.text.includes(sha256(await readFile(file))))
  assert.deepEqual(portal.faults, [])
})

test('the applicant gets what the page shows them, and nobody gets the file of somebody else', async () => {
  const { submitted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, 'sisi')
  await completeStep(portal.deps, office.member('head-of-office'), ticket, {
    step: 2,
    visit: 2,
    form: { instruction: 'Hanya untuk kantor.' },
  })
  await postMessage(portal.deps, office.member('operator'), ticket, 'Mohon ditunggu.')
  await attach(ticket, pagesPdf(1, 'tambahan'), 'tambahan.pdf')
  const own = await taken('applicant', ticket)
  assert.ok(own.text.includes('Mohon ditunggu.') && own.text.includes('tambahan 1'), own.text)
  for (const words of ['Hanya untuk kantor.', 'LEMBAR DISPOSISI', 'Kutipan buku log'])
    assert.ok(!own.text.includes(words), words)
  const desk = await taken('operator', ticket)
  for (const words of ['Hanya untuk kantor.', 'LEMBAR DISPOSISI', 'Kutipan buku log'])
    assert.ok(desk.text.includes(words), words)

  const applicant = await signedIn(portal, office.member('applicant'))
  for (const at of [desk.at, `${desk.at}/pdf`]) assert.equal((await applicant.get(at)).status, 404)
  const foreign = await createTestOffice(portal.deps, 'tetangga', office.sop)
  const other = await signedIn(portal, foreign.member('operator'))
  for (const at of [desk.at, `${desk.at}/pdf`])
    assert.equal((await other.get(at.replace('/o/contoh', '/o/tetangga'))).status, 404)
  const begun = await other.post(`/o/tetangga/permohonan/${ticket}/berkas-lengkap`, {})
  assert.equal(begun.status, 404)
  assert.deepEqual(portal.faults, [])
})

test('the API begins, tells how far it is and gives the file', async () => {
  const { submitted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, 'lewat-api')
  const auditor = await signedIn(portal, office.member('auditor'))
  const base = `/offices/contoh/requests/${ticket}/case-files`
  const begun = await auditor.api('POST', base)
  assert.equal(begun.status, 202)
  const { id } = (await begun.json()) as { id: string }
  let state = { status: 'working', done: 0, of: 0, sha256: '' }
  while (state.status === 'working')
    state = (await (await auditor.api('GET', `${base}/${id}`)).json()) as typeof state
  assert.equal(state.done, state.of)
  const file = Buffer.from(await (await auditor.api('GET', `${base}/${id}/pdf`)).arrayBuffer())
  assert.equal(sha256(file), state.sha256)
  assert.equal((await auditor.api('GET', `${base}/${id}x/pdf`)).status, 404)
})

test('the page of a case file fits both widths', async () => {
  const { submitted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, 'halaman')
  const browser = await launchBrowser()
  const served = await serving(portal)
  try {
    const page = await openPage(browser, served, portal, office.member('operator'))
    await page.goto(`${served.url}/o/contoh/permohonan/${ticket}`)
    await page.getByRole('button', { name: 'Susun berkas lengkap' }).click()
    await page.getByRole('link', { name: 'Unduh PDF' }).waitFor()
    for (const width of Object.values(widths)) {
      await page.setViewportSize({ width, height: 800 })
      assert.deepEqual(await runAxe(page), [])
      assert.equal(await sidewaysOverflow(page), 0)
    }
    if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, 'case-file', ['light'])
  } finally {
    await browser.close()
    await served.close()
  }
})
