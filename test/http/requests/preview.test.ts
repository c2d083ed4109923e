import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import { inScope } from '../../../src/db/database.ts'
import { documentTexts } from '../../../src/domain/text/documents.ts'
import { previewText } from '../../../src/domain/text/preview.ts'
import type { Locator } from 'playwright-core'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestBrowser } from '../../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow } from '../../support/browser.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { pagesPdf } from '../../support/pdf-samples.ts'
import type { Served } from '../../support/serving.ts'
import { openPage, serving } from '../../support/serving.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

/** A letter that came in, beside the form in which it is checked. */

let portal: TestApp
let office: TestOffice
let browser: TestBrowser
let served: Served
before(async () => {
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  browser = await launchBrowser()
  served = await serving(portal)
})
after(async () => {
  await browser.close()
  await served.close()
  await portal.close()
})

const script = '/OpenAction<</S/JavaScript/JS(app.alert\\("jalan"\\);fetch\\("/jebakan"\\))>>'

/** A request at the desk whose letter is this file. @returns its ticket and the letter's id */
async function withLetter(label: string, bytes: Buffer, pages: number) {
  const { drafted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await drafted(office, label)
  // the newest of its kind counts
  portal.clock.now = new Date(portal.clock.now.getTime() + 1000)
  const { id } = await attachDocument(portal.deps, office.member('applicant'), ticket, {
    kind: 'application-letter',
    filename: 'surat.pdf',
    mediaType: 'application/pdf',
    content: { pages, carries: [] },
    bytes,
  })
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  return { ticket, id, at: `/o/contoh/permohonan/${ticket}/berkas/${id}/pratinjau` }
}

/** Waits for an image; the pages allow no script of a test, so they are asked again and again. */
async function drawn(image: Locator): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    const width = await image.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth)
    if (width > 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail('the image was not drawn')
}

test('the desk reads the letter beside the form, and nothing that the file carries runs', async () => {
  const { ticket, at } = await withLetter('pratinjau', pagesPdf(3, 'Surat Dinas Contoh', script), 3)
  const page = await openPage(browser, served, portal, office.member('operator'))
  const unwanted: string[] = []
  page.on('dialog', async (dialog) => {
    unwanted.push(dialog.message())
    await dialog.dismiss()
  })
  page.on('request', (request) => void (request.url().includes('jebakan') && unwanted.push(request.url())))
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${served.url}/o/contoh/permohonan/${ticket}`)
  const form = await page.locator('.beside > :first-child').boundingBox()
  const letter = page.locator('.beside .sheet').first()
  await letter.scrollIntoViewIfNeeded()
  await drawn(letter)
  const beside = (await letter.boundingBox())!
  assert.ok(beside.x > form!.x + form!.width && beside.width > 350, JSON.stringify({ form, beside }))
  assert.equal(await sidewaysOverflow(page), 0)
  assert.deepEqual(await runAxe(page), [])
  if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, 'preview', ['light'])

  await page.setViewportSize({ width: 360, height: 800 })
  assert.equal(await letter.isVisible(), false)
  assert.equal(await sidewaysOverflow(page), 0)
  assert.deepEqual(await runAxe(page), [])
  await page.getByRole('link', { name: previewText.large.id }).click()
  await page.waitForURL(`${served.url}${at}`)
  await drawn(page.locator('.sheet').first())
  assert.equal(await page.locator('.sheet').count(), 3)
  assert.equal(await sidewaysOverflow(page), 0)
  assert.deepEqual(await runAxe(page), [])
  // by its own address it is an image in a sandbox
  const answer = (await page.goto(`${served.url}${at}/1`))!
  const headers = answer.headers()
  assert.equal(headers['content-type'], 'image/svg+xml')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['x-frame-options'], 'DENY')
  assert.match(headers['content-security-policy']!, /default-src 'none'.*sandbox/)
  assert.doesNotMatch(await answer.text(), /<script|javascript:|app\.alert|foreignObject/i)
  assert.deepEqual(unwanted, [])
  assert.deepEqual(portal.faults, [])
  await page.context().close()
})

test('a file that is a page to a browser and a PDF to the intake shows nothing', async () => {
  const html = Buffer.from('<script>fetch("/jebakan")</script><!-- %PDF-1.7 -->\n%%EOF\n')
  const { at } = await withLetter('polyglot', html, 1)
  const page = await openPage(browser, served, portal, office.member('operator'))
  let trapped = false
  page.on('request', (request) => void (trapped ||= request.url().includes('jebakan')))
  const answer = (await page.goto(`${served.url}${at}/1`))!
  assert.equal(answer.status(), 422)
  assert.ok((await page.content()).includes(previewText.notShown.id))
  assert.equal(trapped, false)
  await page.context().close()
})

test('it is shown to whom the file is given, and not before the scanner saw it', async () => {
  const { ticket, id, at } = await withLetter('akses', pagesPdf(1, 'Surat'), 1)
  for (const role of ['operator', 'applicant', 'auditor'] as const) {
    const visitor = await signedIn(portal, office.member(role))
    assert.equal((await visitor.get(`${at}/1`)).status, 200, role)
    for (const end of ['/0', '/2', '/999', '/1x', '/-1'])
      assert.ok([404, 422].includes((await visitor.get(`${at}${end}`)).status), end)
  }
  const foreign = await createTestOffice(portal.deps, 'tetangga', office.sop)
  const other = await signedIn(portal, foreign.member('operator'))
  for (const end of ['', '/1'])
    assert.equal((await other.get(`${at}${end}`.replace('/o/contoh', '/o/tetangga'))).status, 404)

  const operator = await signedIn(portal, office.member('operator'))
  const setScan = (scan: string, finding: string | null) =>
    asOwner(portal.database, 'update documents set scan = $1, scan_finding = $2 where id = $3', [
      scan,
      finding,
      id,
    ])
  await setScan('waiting', null)
  for (const end of ['', '/1']) assert.equal((await operator.get(`${at}${end}`)).status, 409)
  const html = await (await operator.get(`/o/contoh/permohonan/${ticket}`)).text()
  assert.ok(!html.includes('pratinjau') && html.includes(documentTexts.scanWaiting.id))
  await setScan('found', 'Uji')
  for (const end of ['', '/1']) assert.equal((await operator.get(`${at}${end}`)).status, 403)
  const seen = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('requests').select('phase').where('ticket', '=', ticket).executeTakeFirstOrThrow(),
  )
  assert.equal(seen.phase, 'running')
})
