import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { releaseDocument } from '../../../src/actions/requests/release-document.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { inScope } from '../../../src/db/database.ts'
import { verifyChain } from '../../../src/domain/logbook/chain.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { documentTexts, scanFound } from '../../../src/domain/text/documents.ts'
import { clamdScanner } from '../../../src/drivers/malware/clamd.ts'
import { ScanFailure } from '../../../src/drivers/malware/driver.ts'
import { paths } from '../../../src/http/paths.ts'
import type { JobDeps } from '../../../src/jobs/deps.ts'
import { deployArchive } from '../../../src/jobs/deploy-archive.ts'
import { scanDocumentOnce } from '../../../src/jobs/scan-document.ts'
import { scanWaiting } from '../../../src/jobs/scan-waiting.ts'
import { startClamd } from '../../../src/servers/debian/clamd.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestBrowser } from '../../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../../support/browser.ts'
import { eicar, writeSignatures } from '../../support/eicar.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { layDownService } from '../../support/records.ts'
import { signedIn } from '../../support/session.ts'

/** Documents and the malware scanner, with Debian's clamd. */

let portal: TestApp
let office: TestOffice
let browser: TestBrowser
let directory: string
let clamd: Awaited<ReturnType<typeof startClamd>>
const start = () => startClamd(directory, join(directory, 'signatures'))
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ranah-scans-'))
  await chmod(directory, 0o755)
  await mkdir(join(directory, 'signatures'))
  await writeSignatures(join(directory, 'signatures'))
  clamd = await start()
  portal = await createTestApp({ scansUploads: true })
  office = await createTestOffice(
    portal.deps,
    'pindai',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await portal.close()
  await clamd.stop()
  await rm(directory, { recursive: true })
})

const jobs = (): JobDeps =>
  ({
    ...portal.deps,
    scanner: clamdScanner({ kind: 'unix', path: join(directory, 'clamd.sock') }, 20_000),
    settings: { publicUrl: 'http://portal.test' },
  }) as unknown as JobDeps

const bad = Buffer.concat([samplePdf.subarray(0, 9), Buffer.from('%'), eicar, samplePdf.subarray(8)])

async function draft(label: string): Promise<string> {
  const { ticket } = await createDraft(portal.deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  return ticket
}

const attach = (ticket: string, bytes: Buffer, kind = 'application-letter') =>
  attachDocument(portal.deps, office.member('applicant'), ticket, {
    kind,
    filename: 'surat.pdf',
    mediaType: 'application/pdf',
    content: { pages: 1, carries: [] },
    bytes,
  })

const scan = (documentId: string) => scanDocumentOnce(jobs(), { officeId: office.id, documentId })

const logbook = () =>
  inScope(portal.deps.db, { officeId: office.id }, async (tx) => {
    const entries = await tx
      .selectFrom('logbook_entries')
      .select(['seq', 'prev', 'hash', 'text', 'act'])
      .orderBy('seq')
      .execute()
    assert.ok(verifyChain(office.id, entries).ok)
    return entries
  })

/** What everybody who may see the request gets for the file, from the page and from the API. */
async function answers(ticket: string, id: string): Promise<number[]> {
  const found: number[] = []
  for (const role of ['applicant', 'operator', 'auditor'] as const) {
    const visitor = await signedIn(portal, office.member(role))
    found.push((await visitor.get(paths.requestDocument(office.slug, ticket, id))).status)
    found.push(
      (await visitor.api('GET', `/offices/${office.slug}/requests/${ticket}/documents/${id}`)).status,
    )
  }
  return [...new Set(found)]
}

const deskOf = (ticket: string) =>
  inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('requests').select('state').where('ticket', '=', ticket).executeTakeFirstOrThrow(),
  )

test('nobody gets a document before the scanner saw it, however long it is away; then it is there by itself', async () => {
  const ticket = await draft('menunggu')
  const { id } = await attach(ticket, samplePdf)
  await attach(ticket, samplePdf, 'application-form').catch(() => undefined)
  const told = (await portal.jobs()).filter((job) => job.name === 'scan-document')
  assert.deepEqual(told[0]!.data, { officeId: office.id, documentId: id })
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  assert.deepEqual(await answers(ticket, id), [409])
  await clamd.stop()
  await assert.rejects(scan(id), ScanFailure)
  await scanWaiting(jobs())
  assert.deepEqual(await answers(ticket, id), [409])
  const page = await (
    await signedIn(portal, office.member('operator'))
  ).get(paths.request(office.slug, ticket))
  assert.ok((await page.text()).includes(documentTexts.scanWaiting.id))
  clamd = await start()
  await Promise.all([scanWaiting(jobs()), scanWaiting(jobs())])
  assert.deepEqual(await answers(ticket, id), [200])
  const clean = (await logbook()).filter((entry) => entry.act === 'document.scanned')
  assert.equal(new Set(clean.map((entry) => entry.text)).size, clean.length)
  const { documents } = await inScope(portal.deps.db, { officeId: office.id }, async (tx) => ({
    documents: await tx.selectFrom('documents').select('scan').execute(),
  }))
  assert.equal(clean.length, documents.filter((each) => each.scan === 'clean').length)
})

test('a document in which the scanner finds something is held back, and its step waits for another file', async () => {
  const ticket = await draft('berisi')
  const applicant = office.member('applicant')
  const { id } = await attach(ticket, bad)
  await scan(id)
  // a second round finds nothing to do
  await scan(id)
  // a draft is there for its applicant only
  assert.deepEqual(await answers(ticket, id), [403, 404])
  assert.equal((await deskOf(ticket)).state.documents.includes('application-letter'), false)
  await assert.rejects(
    submitRequest(portal.deps, applicant, ticket),
    (error) => error instanceof Refused && error.reason === 'document-missing',
  )
  const entries = (await logbook()).filter((entry) => entry.act === 'document.quarantined')
  assert.equal(entries.length, 1)
  assert.match(entries[0]!.text, /Contoh\.Eicar/)
  const told = (await portal.jobs()).flatMap(({ name, data }) =>
    name === 'send-mail' && data.subject.includes(ticket) ? [data] : [],
  )
  assert.equal(told.length, 1, 'a draft is no business of the desk yet')
  assert.match(JSON.stringify(told[0]), new RegExp(`${applicant.email}.*Contoh\\.Eicar`))
  const other = await attach(ticket, samplePdf)
  await scan(other.id)
  await submitRequest(portal.deps, applicant, ticket)
  assert.deepEqual(await answers(ticket, other.id), [200])
  assert.deepEqual(await answers(ticket, id), [403])
})

test('found after it was sent: the desk is told too, and a file that took its place stays', async () => {
  const ticket = await draft('terkirim')
  const { id } = await attach(ticket, bad)
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  const before = (await portal.jobs()).filter((job) => job.name === 'send-mail').length
  const waiting = await attach(ticket, samplePdf, 'attachment')
  await scan(id)
  const mails = (await portal.jobs()).filter((job) => job.name === 'send-mail').slice(before)
  const to = mails.map((job) => JSON.stringify(job.data))
  for (const role of ['applicant', 'operator'] as const)
    assert.ok(
      to.some((mail) => mail.includes(office.member(role).email)),
      role,
    )
  await attach(ticket, samplePdf)
  assert.ok((await deskOf(ticket)).state.documents.includes('application-letter'))
  const visitor = await signedIn(portal, office.member('operator'))
  const path = paths.request(office.slug, ticket)
  const html = await (await visitor.get(path)).text()
  assert.ok(html.includes('Contoh.Eicar'))
  assert.ok(scanFound('X').id.startsWith('Berkas ini ditahan karena pemindai menemukan'))
  assert.equal(html.includes(paths.requestDocument(office.slug, ticket, id)), false)
  assert.equal(html.includes(paths.requestDocument(office.slug, ticket, waiting.id)), false)
  await looksRight(visitor, path)
})

const seenBy = async (role: 'operator' | 'head-of-division' | 'head-of-office' | 'auditor') =>
  signedIn(portal, office.member(role))

test('a step that goes on waits for the scanner', async () => {
  const ticket = await draft('langkah')
  const { id } = await attach(ticket, samplePdf)
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  const operator = await seenBy('operator')
  const step = () => operator.post(paths.requestStep(office.slug, ticket, '2'), { receivedOn: '2026-03-02' })
  const refusedStep = await step()
  assert.equal(refusedStep.status, 409)
  assert.ok((await refusedStep.text()).includes('Langkah ini menunggu pemindaian'))
  await scan(id)
  const rest = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('documents').select(['id', 'kind']).where('scan', '=', 'waiting').execute(),
  )
  for (const each of rest.filter(({ kind }) => kind !== 'attachment'))
    await scan(each.id).catch(() => undefined)
  assert.equal((await step()).status, 303)
})

test('a head releases a false alarm with a reason, nobody else does, and the step goes on', async () => {
  const ticket = await draft('keliru')
  const { id } = await attach(ticket, bad)
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  await scan(id)
  assert.equal((await deskOf(ticket)).state.documents.includes('application-letter'), false)
  const page = paths.request(office.slug, ticket)
  const at = paths.documentRelease(office.slug, ticket, id)
  const reason = { [`release.${id}`]: 'Sudah dipastikan kepada pengirim: contoh uji.' }
  for (const role of ['operator', 'auditor'] as const) {
    const visitor = await seenBy(role)
    assert.ok(!(await (await visitor.get(page)).text()).includes('Bebaskan berkas'), role)
    assert.equal((await visitor.post(at, reason)).status, 403, role)
  }
  const head = await seenBy('head-of-division')
  const short = await head.post(at, { [`release.${id}`]: 'ya' })
  assert.equal(short.status, 422)
  assert.ok((await short.text()).includes('masih ditahan'))
  assert.deepEqual(await answers(ticket, id), [403])
  await looksRight(head, page)
  assert.equal((await head.post(at, reason)).status, 303)
  assert.deepEqual(await answers(ticket, id), [200])
  assert.ok((await deskOf(ticket)).state.documents.includes('application-letter'))
  const entries = (await logbook()).filter((entry) => entry.act === 'document.released')
  assert.equal(entries.length, 1)
  assert.match(entries[0]!.text, /Contoh\.Eicar.*contoh uji/)
  // twice, and a round of the scanner after it, change nothing
  const again = await head.api('POST', `/offices/${office.slug}/requests/${ticket}/documents/${id}/release`, {
    reason: 'Sekali lagi, contoh uji.',
  })
  assert.equal(again.status, 409)
  await scanWaiting(jobs())
  assert.deepEqual(await answers(ticket, id), [200])
  assert.ok(
    (await (await seenBy('operator')).get(page).then((answer) => answer.text())).includes(
      'Berkas dibebaskan',
    ),
  )
})

test('a release leaves a file that took the place of the held one where it is', async () => {
  const ticket = await draft('pengganti')
  const { id } = await attach(ticket, bad)
  await submitRequest(portal.deps, office.member('applicant'), ticket)
  await scan(id)
  const other = await attach(ticket, samplePdf)
  await scan(other.id)
  const head = office.member('head-of-office')
  await releaseDocument(portal.deps, head, ticket, { document: id, reason: 'Sudah diperiksa, contoh uji.' })
  const events = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('request_events as e')
      .innerJoin('requests as r', 'r.id', 'e.request_id')
      .select('e.type')
      .where('r.ticket', '=', ticket)
      .where('e.type', '=', 'released')
      .execute(),
  )
  assert.equal(events.length, 0)
  assert.deepEqual(await answers(ticket, id), [200])
})

test('a ZIP in which the scanner finds something never goes online; while it is away the ZIP waits', async () => {
  const { deps } = portal
  const service = await layDownService(deps, office, `arsip.${office.zone}`, [])
  const id = deps.newId()
  await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx
      .insertInto('site_deployments')
      .values({
        id,
        office_id: office.id,
        service_id: service,
        uploaded_by: office.member('applicant').personId,
        filename: 'situs.zip',
        size: eicar.length,
        sha256: '',
        bytes: eicar,
        status: 'queued',
        created_at: deps.now(),
      })
      .execute(),
  )
  // a host that is asked for anything throws
  const outside = { ...jobs(), hostingOf: () => ({}) as never }
  const read = () =>
    inScope(deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('site_deployments')
        .select(['status', 'outcome'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    )
  await clamd.stop()
  await assert.rejects(deployArchive(outside, { officeId: office.id, deploymentId: id }), ScanFailure)
  assert.equal((await read()).status, 'queued')
  clamd = await start()
  await deployArchive(outside, { officeId: office.id, deploymentId: id })
  const { status, outcome } = await read()
  assert.equal(status, 'refused')
  assert.match(outcome!.id, /Contoh\.Eicar/)
})

async function looksRight(visitor: Awaited<ReturnType<typeof signedIn>>, path: string): Promise<void> {
  const page = await browser.newPage()
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.pathname.endsWith('/kemajuan')) return route.abort()
    const answer = await visitor.get(`${url.pathname}${url.search}`)
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  await page.goto(`http://portal.test${path}`)
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await runAxe(page), [], `at ${width}`)
    assert.equal(await sidewaysOverflow(page), 0, `at ${width}`)
  }
  if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, 'berkas-ditahan', ['light'])
  await page.context().close()
}
