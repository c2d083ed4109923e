/** Destroying records: proposed by one, approved by another, carried out once, and provable for good. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { followLetter } from '../../../src/domain/letters/verify-in-logbook.ts'
import { checkLogbook } from '../../../src/lookups/logbook.ts'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import type { JobDeps } from '../../../src/jobs/deps.ts'
import { issueNotice } from '../../../src/jobs/issue-notice.ts'
import { markDue } from '../../../src/jobs/mark-due.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { LaidPapers } from '../../support/laid-papers.ts'
import { layPapers } from '../../support/laid-papers.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

let portal: TestPortal
let neighbour: TestOffice
let operator: Browser
let head: Browser
let administrator: Browser
const pdf = createPdfDriver()
before(async () => {
  portal = await createTestPortal()
  neighbour = await portal.addOffice('tetangga')
  await portal.as('applicant')
  operator = await portal.as('operator')
  head = await portal.as('head-of-office')
  administrator = await portal.as('administrator')
})
after(async () => {
  await pdf.close()
  await portal?.close()
})

const api = '/offices/contoh/disposals'
const approval = { consent: '000.5/77/SETDA/2026', consentDate: '2026-03-01' }
const witnesses = {
  legalName: 'Nama Saksi Contoh',
  legalPost: 'Kepala Bagian Hukum',
  auditName: '#eval("1+1") *Saksi*',
  auditPost: 'Inspektur Pembantu',
  sure: 'yes',
}
const reason = 'Masih diperlukan untuk pemeriksaan tahun ini.'
const rows = (query: string, values: unknown[] = []) => asOwner(portal.database, query, values)
const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status
const decree = { basis: 'Peraturan Bupati Contoh Nomor 12 Tahun 2025' }

async function propose(who = operator, withReview = false): Promise<string> {
  const answer = await who.api('POST', api, { withReview })
  assert.equal(answer.status, 201, await answer.clone().text())
  return ((await answer.json()) as { id: string }).id
}
const itemsOf = async (id: string) =>
  rows('select document_id, state, kept_reason from disposal_items where disposal_id = $1 order by name', [
    id,
  ])

test('what is due by a line that nobody confirmed cannot be proposed', async () => {
  await layPapers(portal, portal, { ended: '2015-01-05', service: 'closed' })
  assert.equal(await statusOf(operator.api('POST', api, { withReview: true })), 409)
  assert.equal((await rows('select 1 from disposals')).length, 0)
  assert.match(await (await operator.get('/o/contoh/arsip/usul')).text(), /Belum ada usul musnah/)
  assert.equal(await statusOf(administrator.post('/o/contoh/arsip/jadwal/sahkan', decree)), 303)
})

let papers: LaidPapers
let running: LaidPapers
let first: string
test('a proposal takes what is due and nothing else; only the archivist makes one, and one at a time', async () => {
  papers = await layPapers(portal, portal, { ended: '2015-02-05', service: 'closed' })
  running = await layPapers(portal, portal, { ended: null })
  const alive = await layPapers(portal, portal, { ended: '2015-03-05', service: 'live' })
  for (const role of ['head-of-office', 'head-of-division', 'auditor', 'applicant'] as const)
    assert.equal(await statusOf((await portal.as(role)).api('POST', api, { withReview: false })), 403, role)
  const both = await Promise.all([
    statusOf(operator.api('POST', api, { withReview: false })),
    statusOf(administrator.api('POST', api, { withReview: false })),
  ])
  assert.deepEqual(
    both.toSorted((a, b) => a - b),
    [201, 409],
  )
  first = String((await rows('select id from disposals'))[0]!.id)
  const named = (await itemsOf(first)).map(({ document_id }) => document_id)
  assert.equal(named.length, 4)
  for (const id of [running.upload, running.reply, alive.upload, alive.reply]) assert.ok(!named.includes(id))
  const page = await (await head.get(`/o/contoh/arsip/usul/${first}`)).text()
  assert.ok(page.includes(papers.number) && page.includes('Setujui pemusnahan'))
  assert.equal(await statusOf((await portal.as('auditor')).get(`/o/contoh/arsip/usul/${first}`)), 200)
  const other = await neighbour.as('operator')
  assert.equal(await statusOf(other.api('GET', `/offices/tetangga/disposals/${first}`)), 404)
  assert.equal(
    await statusOf(other.api('POST', `/offices/tetangga/disposals/${first}/destruction`, witnesses)),
    404,
  )
})

test('nobody approves their own proposal, by whatever way, and nothing goes before it is approved', async () => {
  const at = `${api}/${first}`
  const { proposed_by: proposer } = (await rows('select proposed_by from disposals'))[0]!
  const byOperator = proposer === (await portal.member('operator')).personId
  const maker = byOperator ? operator : administrator
  assert.equal(await statusOf(maker.api('POST', `${at}/approval`, approval)), 403)
  assert.equal(await statusOf(operator.api('POST', `${at}/destruction`, witnesses)), 409)
  // the head of the office who also keeps the archive approves no proposal of their own
  const own = await layPapers(portal, portal, { ended: '2015-04-05' })
  const { personId } = await portal.member('head-of-office')
  await rows(
    `insert into memberships (office_id, person_id, role, since) values ($1, $2, 'operator', '2026-01-02')`,
    [portal.id, personId],
  )
  await rows(
    `insert into appointments (id, office_id, person_id, role, basis, number, dated, from_day, created_at)
     values (gen_random_uuid(), $1, $2, 'operator', 'sk', '1', '2026-01-02', '2026-01-02', now())`,
    [portal.id, personId],
  )
  const mine = await propose(head)
  assert.equal(await statusOf(head.api('POST', `${api}/${mine}/approval`, approval)), 403)
  // nor does the database let it happen
  const raw = `update disposals set status = 'approved', approved_by = proposed_by, approved_as = 'x', approved_at = now(),
    consent = 'x', consent_date = '2026-01-01' where id = '${mine}'`
  await assert.rejects(rows(raw), /check constraint/)
  await assert.rejects(
    rows(`begin; select set_config('ranah.office', '${portal.id}', true);
      update documents set bytes = null, destroyed_at = now() where id = '${own.upload}'; commit`),
    /kept until an approved proposal/,
  )
  assert.equal(await statusOf(operator.api('POST', `${api}/${mine}/drop`, { reason })), 200)
  assert.equal(await statusOf(operator.api('POST', `${api}/${mine}/drop`, { reason })), 409)
  for (const role of ['operator', 'administrator', 'head-of-division', 'auditor'] as const)
    assert.equal(await statusOf((await portal.as(role)).api('POST', `${at}/approval`, approval)), 403, role)
  const wrong = [{ consent: '' }, { consentDate: '2099-01-01' }, { consentDate: '2026-02-30' }]
  for (const each of wrong)
    assert.ok(
      [400, 422].includes(await statusOf(head.api('POST', `${at}/approval`, { ...approval, ...each }))),
    )
  const twice = await Promise.all([1, 2].map(() => statusOf(head.api('POST', `${at}/approval`, approval))))
  assert.deepEqual(
    twice.toSorted((a, b) => a - b),
    [200, 409],
  )
})

test('one record is kept with a reason; what the schedule no longer lets go stays when it is carried out', async () => {
  const before = await itemsOf(first)
  const kept = before.find(
    ({ document_id }) => document_id !== papers.upload && document_id !== papers.reply,
  )!
  const keep = { record: String(kept.document_id), reason, term: '5' }
  assert.equal(
    await statusOf((await portal.as('auditor')).api('POST', `${api}/${first}/kept-records`, keep)),
    403,
  )
  assert.equal(await statusOf(operator.api('POST', `${api}/${first}/kept-records`, keep)), 200)
  assert.equal(await statusOf(operator.api('POST', `${api}/${first}/kept-records`, keep)), 409)
  const again = (await (await operator.api('GET', `/offices/contoh/records/${keep.record}`)).json()) as {
    standing: string
    inactiveUntil: string
  }
  assert.deepEqual([again.standing, again.inactiveUntil], ['inactive', '2031-03-02'])
  // a hold between approval and destruction takes it out as well
  const held = before.find(
    ({ document_id }) => ![papers.upload, papers.reply, keep.record].includes(String(document_id)),
  )!
  assert.equal(
    await statusOf(
      operator.api('PUT', `/offices/contoh/records/${String(held.document_id)}/hold`, { reason }),
    ),
    200,
  )
  // the schedule changed in between: replies are kept for good
  const lines = (
    (await (await operator.api('GET', '/offices/contoh/retention-schedule')).json()) as {
      lines: { id: string; papers: string[]; confirmedAt: string }[]
    }
  ).lines
  const { id, confirmedAt: _at, ...line } = lines.find((each) => each.papers.includes('reply'))!
  const put = (fate: string) =>
    statusOf(administrator.api('PUT', `/offices/contoh/retention-schedule/${id}`, { ...line, fate }))
  assert.equal(await put('permanent'), 200)
  const numbersBefore = (await rows(`select last_seq from register_years where code = 'outgoing'`)).length
  const results = await Promise.all(
    [1, 2, 3].map(() => statusOf(operator.api('POST', `${api}/${first}/destruction`, witnesses))),
  )
  assert.deepEqual(
    results.toSorted((a, b) => a - b),
    [200, 409, 409],
  )
  assert.equal(numbersBefore, 0)
  assert.deepEqual(await rows(`select last_seq from register_years where code = 'outgoing'`), [
    { last_seq: 1 },
  ])
  const states = new Map((await itemsOf(first)).map((item) => [item.document_id, item.state]))
  assert.equal(states.get(papers.upload), 'destroyed')
  assert.equal(states.get(papers.reply), 'kept')
  assert.equal(states.get(String(held.document_id)), 'kept')
  const left = await rows('select count(*) as n from documents where bytes is null')
  assert.deepEqual(left, [{ n: 1 }])
  await put('destroy')
})

test('the letter goes as well: its content is nowhere, its digest, number and dates are, and the page says so', async () => {
  const bytes = (await rows('select bytes from documents where id = $1', [papers.reply]))[0]!.bytes as Buffer
  const second = await propose()
  const names = (await itemsOf(second)).map(({ document_id }) => document_id)
  assert.ok(names.includes(papers.reply), 'due again after the schedule was put right')
  assert.equal(await statusOf(head.api('POST', `${api}/${second}/approval`, approval)), 200)
  assert.match(await (await operator.get('/o/contoh')).text(), /menunggu dilaksanakan/)
  const form = `/o/contoh/arsip/usul/${second}/musnahkan`
  assert.equal(await statusOf(operator.post(form, { ...witnesses, sure: '' })), 422)
  assert.equal(await statusOf(operator.post(form, { ...witnesses, legalName: '' })), 422)
  assert.equal(await statusOf(operator.post(form, witnesses)), 303)
  const [letter] = await rows('select data::text as data, sha256, status from letters where id = $1', [
    papers.letterId,
  ])
  assert.ok(!String(letter!.data).includes('isi surat yang harus hilang'))
  assert.ok(String(letter!.data).includes('Kepala Dinas Contoh'), 'the register still names its addressee')
  assert.equal(letter!.sha256, papers.sha256)
  const [record] = await rows(
    `select number from letters where kind = 'destruction-record' order by seq desc limit 1`,
  )
  const number = String(record!.number)
  for (const address of [
    `/o/contoh/surat/${papers.letterId}/pdf`,
    `/o/contoh/permohonan/${papers.ticket}/berkas/${papers.reply}`,
    `/o/contoh/permohonan/${papers.ticket}/berkas/${papers.reply}/pratinjau`,
    `/o/contoh/permohonan/${papers.ticket}/berkas/${papers.reply}/pratinjau/1`,
  ]) {
    const answer = await operator.get(address)
    assert.equal(answer.status, 410, address)
    assert.ok((await answer.text()).includes(number), address)
  }
  assert.equal(await statusOf(operator.api('GET', `/offices/contoh/letters/${papers.letterId}/file`)), 410)
  assert.ok((await (await operator.get(`/o/contoh/permohonan/${papers.ticket}`)).text()).includes(number))
  assert.equal(await statusOf(operator.get(`/o/contoh/surat/${papers.letterId}`)), 200)
  const visitor = portal.visit()
  const said = await (await visitor.get(`/periksa/${papers.code}`)).text()
  assert.ok(said.includes(number) && said.includes(papers.sha256) && said.includes('pernah terbit'), said)
  // whoever holds a copy can still compare it
  const found = (await (await visitor.api('GET', `/public/letters/${papers.code}`)).json()) as {
    destroyed: { number: string }
    stands: boolean
  }
  assert.deepEqual([found.destroyed.number, found.stands], [number, true])
  assert.equal(createHash('sha256').update(bytes).digest('hex'), papers.sha256)
})

test('the record is printed with its list, filed, verified, and permanent; voided, it is issued again', async () => {
  const deps = { ...portal.deps, pdf, templatesOf: async () => ({}) } as unknown as JobDeps
  const setAll = async () => {
    for (const job of await portal.jobs())
      if (job.name === 'issue-notice') for (const _ of [1, 2]) await issueNotice(deps, job.data)
  }
  await setAll()
  const [ba] = await rows(
    `select id, number, status, verification_code as code, document_id from letters where kind = 'destruction-record' order by seq desc limit 1`,
  )
  assert.equal(ba!.status, 'issued')
  const file = await operator.get(`/o/contoh/surat/${String(ba!.id)}/pdf`)
  const text = execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], {
    input: Buffer.from(await file.arrayBuffer()),
  }).toString()
  for (const words of [
    'BERITA ACARA PEMUSNAHAN ARSIP',
    String(ba!.number),
    papers.number.replace(/\d{4}$/, ''),
    '000.5/77/SETDA/2026',
    'Kepala Bagian Hukum',
    '#eval("1+1") *Saksi*',
    'Undang-Undang Nomor 43 Tahun 2009',
  ])
    assert.ok(text.replaceAll(/\s/g, '').includes(words.replaceAll(/\s/g, '')), `${words}\n${text}`)
  assert.ok(text.replaceAll(/\s/g, '').includes(papers.sha256.slice(0, 16)))
  const standing = (await (
    await operator.api('GET', `/offices/contoh/records/${String(ba!.document_id)}`)
  ).json()) as { kind: string; fate: string }
  assert.deepEqual([standing.kind, standing.fate], ['destruction-record', 'permanent'])
  const [disposal] = await rows('select id from disposals where letter_id = $1', [ba!.id])
  const again = `${api}/${String(disposal!.id)}/record`
  assert.equal(await statusOf(operator.api('POST', again)), 409)
  assert.equal(
    await statusOf(head.post(`/o/contoh/surat/${String(ba!.id)}`, { reason: 'Nama saksi keliru ditulis.' })),
    303,
  )
  assert.equal(await statusOf(operator.api('POST', again)), 200)
  await setAll()
  const [next] = await rows(
    `select number, status from letters where kind = 'destruction-record' order by seq desc limit 1`,
  )
  assert.equal(next!.status, 'issued')
  assert.ok(
    (await (await portal.visit().get(`/periksa/${papers.code}`)).text()).includes(String(next!.number)),
  )
})

test('every night marks what became due and puts one line on the desk, and does nothing the second time', async () => {
  await layPapers(portal, portal, { ended: '2015-05-05' })
  await layPapers(portal, portal, { ended: '2015-06-05' })
  const jobsBefore = (await portal.jobs()).length
  const notes = async () =>
    (await rows(`select text from logbook_entries where act = 'archive.marked-due'`)).length
  for (const expected of [1, 1]) {
    await markDue(portal.deps as unknown as JobDeps)
    assert.equal(await notes(), expected)
  }
  assert.equal((await portal.jobs()).length, jobsBefore, 'no mail, no other job')
  const home = await (await operator.get('/o/contoh')).text()
  assert.equal(home.match(/habis masa simpannya/g)?.length, 1)
  assert.ok(
    !(await (await (await portal.as('auditor')).get('/o/contoh')).text()).includes('habis masa simpannya'),
  )
  const proposal = await propose()
  assert.ok(!(await (await operator.get('/o/contoh')).text()).includes('habis masa simpannya'))
  assert.match(await (await head.get('/o/contoh')).text(), /menunggu persetujuan Anda/)
  assert.equal(await statusOf(operator.api('POST', `${api}/${proposal}/drop`, { reason })), 200)
  assert.match(await (await operator.get('/o/contoh')).text(), /habis masa simpannya/)
})

test('every proof stays valid: the logbook verifies after it all, and no table shows a fault', async () => {
  for (const format of ['csv', 'xlsx'])
    for (const path of ['/records', '/records', '/disposals', '/retention-schedule'])
      assert.equal(await statusOf(operator.api('GET', `/offices/contoh${path}?format=${format}`)), 200)
  for (const status of ['active', 'due', 'permanent', 'held', 'destroyed', 'proposed', 'inactive', 'bukan'])
    assert.equal(await statusOf(operator.get(`/o/contoh/arsip?status=${status}`)), 200)
  assert.equal((await checkLogbook(portal.deps.db, portal.id)).ok, true)
  const { take, found } = followLetter(papers.sha256)
  // the laid letter was issued by no act: its entry is made here, as it would stand before the others
  const issued = { number: papers.number, kind: 'reply', sha256: papers.sha256 }
  const subject = { kind: 'request', id: papers.ticket }
  take(JSON.stringify({ act: 'letter.issued', at: 'x', seq: 0, subject, details: issued }))
  for (const { text } of await rows('select text from logbook_entries where office_id = $1 order by seq', [
    portal.id,
  ]))
    take(String(text))
  assert.match(found()!.destroyed!.record, /DISKOMINFO/)
  assert.deepEqual(portal.faults, [])
})
