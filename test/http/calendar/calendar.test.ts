import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

describe('the working calendar', () => {
  let portal: TestApp
  let office: TestOffice
  let ticket: string
  before(async () => {
    portal = await createTestApp()
    office = await createTestOffice(
      portal.deps,
      'contoh',
      await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
    )
    ticket = await runningRequest(portal, office)
  })
  after(() => portal.close())
  const page = '/o/contoh/kalender'
  const dueAt = async (): Promise<Date> => {
    const [row] = await asOwner(portal.database, 'select due_at from requests where ticket = $1', [ticket])
    return row!['due_at'] as Date
  }

  test('a day off moves the due time of a running request, and back, in the transaction of the change', async () => {
    const admin = await signedIn(portal, office.member('administrator'))
    const before = await dueAt()
    const today = '2026-03-02'
    const added = await admin.post(`${page}/hari-libur`, {
      date: today,
      name: 'Libur contoh',
      kind: 'daerah',
    })
    assert.equal(added.status, 303, await added.clone().text())
    const moved = await dueAt()
    assert.ok(moved > before, `${moved.toISOString()} after ${before.toISOString()}`)
    const twice = await admin.post(`${page}/hari-libur`, { date: today, name: 'Lagi', kind: 'daerah' })
    assert.equal(twice.status, 409)
    assert.equal((await admin.post(`${page}/hari-libur`, { remove: today })).status, 303)
    assert.deepEqual(await dueAt(), before)
    const notes = await asOwner(
      portal.database,
      "select text from logbook_entries where act = 'calendar.holiday-added'",
    )
    assert.match(String(notes[0]!['text']), /"moved":1/)
  })

  test('an import shows what it would change, keeps rows entered by hand, and names bad lines', async () => {
    const admin = await signedIn(portal, office.member('administrator'))
    await admin.post(`${page}/hari-libur`, { date: '2026-08-17', name: 'Diisi petugas', kind: 'daerah' })
    const csv = 'tanggal,nama,jenis\n2026-08-17,Proklamasi,nasional\n2026-12-25,Natal,nasional\n'
    const preview = await admin.post(`${page}/impor`, { file: new File([csv], 'libur.csv') })
    const html = await preview.text()
    assert.match(html, /25 Desember 2026<\/time>: Natal/)
    assert.match(html, /Diisi petugas/)
    assert.equal((await admin.post(`${page}/impor`, { csv, apply: 'yes' })).status, 303)
    const { holidays } = (await (await admin.api('GET', '/offices/contoh/calendar')).json()) as {
      holidays: { date: string; name: string }[]
    }
    assert.deepEqual(
      holidays.map(({ date, name }) => `${date} ${name}`),
      ['2026-08-17 Diisi petugas', '2026-12-25 Natal'],
    )
    const bad = await admin.post(`${page}/impor`, {
      file: new File([`${csv}2026-02-31,x,nasional\n`], 'a.csv'),
    })
    assert.equal(bad.status, 422)
    assert.match(await bad.text(), /Tanggal ini tidak ada/)
    for (const hostile of ['', '\u0000\u0001', '"', 'tanggal,nama,jenis\n"2026-01-01,x', 'x'.repeat(100_000)])
      assert.equal((await admin.post(`${page}/impor`, { file: new File([hostile], 'a.csv') })).status, 422)
    assert.equal(portal.faults.length, 0)
  })

  test('hours are read as people write them; what is wrong is refused and nothing changes', async () => {
    const admin = await signedIn(portal, office.member('administrator'))
    const version = async () =>
      ((await (await admin.api('GET', '/offices/contoh/calendar')).json()) as { version: number }).version
    const week = (first: string) =>
      Object.fromEntries(
        [first, '8.00-12.00', '', '', '', '', ''].map((text, day) => [`weekly.${day}`, text]),
      )
    const seen = String(await version())
    for (const bad of ['16.00-07.30', '25.00-26.00', 'pagi', '07.30-12.00, 11.00-16.00']) {
      const response = await admin.post(`${page}/jam-kerja`, {
        version: seen,
        from: '2026-04-01',
        ...week(bad),
      })
      assert.equal(response.status, 422, bad)
    }
    const none = Object.fromEntries(['', '', '', '', '', '', ''].map((text, day) => [`weekly.${day}`, text]))
    assert.equal(
      (await admin.post(`${page}/jam-kerja`, { version: seen, from: '2026-04-01', ...none })).status,
      422,
    )
    const good = { version: seen, from: '2026-04-01', ...week('07.30–12.00; 13.00-16.00') }
    assert.equal((await admin.post(`${page}/jam-kerja`, good)).status, 303)
    assert.equal((await admin.post(`${page}/jam-kerja`, good)).status, 409, 'somebody else was faster')
    const ramadan = Object.fromEntries(text7('08.00-12.00').map((text, day) => [`ramadan.${day}`, text]))
    const periods = '2026-02-18 2026-03-19\n2027-02-08 s.d. 2027-03-09'
    const saved = await admin.post(`${page}/ramadan`, {
      version: String(await version()),
      periods,
      ...ramadan,
    })
    assert.equal(saved.status, 303, await saved.clone().text())
    assert.match(await (await admin.get(page)).text(), /9 Maret 2027/)
  })

  test('only an administrator changes it', async () => {
    for (const role of ['operator', 'auditor', 'head-of-office'] as const) {
      const browser = await signedIn(portal, office.member(role))
      assert.equal((await browser.get(page)).status, 200)
      const response = await browser.post(`${page}/hari-libur`, {
        date: '2026-05-05',
        name: 'x',
        kind: 'daerah',
      })
      assert.equal(response.status, 403, role)
    }
    const applicant = await signedIn(portal, office.member('applicant'))
    assert.equal((await applicant.get(page)).status, 403)
  })
})

const text7 = (text: string): string[] => Array.from({ length: 7 }, () => text)

/** A request that stands at a step of the office whose standard time runs. */
async function runningRequest(portal: TestApp, office: TestOffice): Promise<string> {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(portal.deps, applicant, {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication('kalender'),
  })
  const documents = office.sop.steps[0]!.requirements.flatMap((each) => each.document ?? [])
  for (const kind of documents)
    await attachDocument(portal.deps, applicant, ticket, {
      kind,
      filename: 'surat.pdf',
      mediaType: 'application/pdf',
      content: { pages: 1, carries: [] },
      bytes: samplePdf,
    })
  await submitRequest(portal.deps, applicant, ticket)
  return ticket
}
