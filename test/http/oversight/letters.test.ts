import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

const sha256 = createHash('sha256').update(samplePdf).digest('hex')
const code = 'CONTOH-7F3K9QXA2B4C'

describe('the registers of letters', () => {
  let portal: TestApp
  let office: TestOffice
  let foreign: TestOffice
  const letterId = randomUUID()
  before(async () => {
    portal = await createTestApp()
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    office = await createTestOffice(portal.deps, 'contoh', sop)
    foreign = await createTestOffice(portal.deps, 'tetangga', sop)
    await layLetter(portal, office, letterId)
  })
  after(() => portal.close())

  test('lists, shows and gives out the file', async () => {
    const auditor = await signedIn(portal, office.member('auditor'))
    const list = await (await auditor.get('/o/contoh/surat')).text()
    assert.match(list.replaceAll('<wbr/>', ''), /555\/1\/CONTOH\/III\/2026/)
    for (const register of ['hand-over', 'incoming', 'apa-saja'])
      assert.equal((await auditor.get(`/o/contoh/surat?register=${register}`)).status, 200)
    assert.match(await (await auditor.get(`/o/contoh/surat/${letterId}`)).text(), new RegExp(sha256))
    const file = await auditor.get(`/o/contoh/surat/${letterId}/pdf`)
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), samplePdf)
    assert.match(file.headers.get('content-disposition')!, /^attachment/)
  })

  test('a foreign or malformed id does not exist', async () => {
    const other = await signedIn(portal, foreign.member('head-of-office'))
    for (const path of [
      `/o/tetangga/surat/${letterId}`,
      `/o/contoh/surat/${letterId}`,
      '/o/tetangga/surat/x',
    ])
      assert.equal((await other.get(path)).status, 404, path)
    const voided = await other.post(`/o/tetangga/surat/${letterId}`, { reason: 'salah orang sama sekali' })
    assert.equal(voided.status, 404)
    assert.equal(portal.faults.length, 0)
  })

  test('the public verifies it by code however it is typed, and by its file', async () => {
    const visitor = portal.visit()
    for (const typed of [code, code.toLowerCase(), ` ${code} `, code.replace('0', 'O')]) {
      const html = await (await visitor.get(`/periksa/${encodeURIComponent(typed)}`)).text()
      assert.match(html, /asli dan berlaku/, typed)
    }
    const file = new File([samplePdf], 'surat.pdf', { type: 'application/pdf' })
    const same = await visitor.post('/periksa', { berkas: file })
    assert.equal(same.headers.get('location'), `/periksa/${code}?berkas=sama`)
    const renamed = new File([samplePdf], 'Lampiran (1).bin', { type: 'text/html' })
    assert.equal((await visitor.post('/periksa', { berkas: renamed })).status, 303)
    const changed = new File([Buffer.concat([samplePdf, Buffer.from(' ')])], 'surat.pdf')
    const half = new File([samplePdf.subarray(0, samplePdf.length / 2)], 'surat.pdf')
    for (const [path, berkas] of [
      ['/periksa', changed],
      [`/periksa/${code}`, changed],
      ['/periksa', half],
    ] as const) {
      const response = await visitor.post(path, { berkas })
      assert.equal(response.status, 422)
      assert.match(await response.text(), /[Jj]angan percayai/)
    }
    assert.match(await (await visitor.post('/periksa')).text(), /Pilih berkas PDF terlebih dahulu/)
  })

  test('unknown codes all get the same answer', async () => {
    const visitor = portal.visit()
    const pages = await Promise.all(
      ['CONTOH-AAAAAAAAAAAA', 'TIADA-AAAAAAAAAAAA', 'CONTOH-%00', "';--"].map(
        async (typed) =>
          (
            await (await visitor.get(`/periksa/${encodeURIComponent(typed.replace('%00', '\0'))}`)).text()
          ).replaceAll(/value="[^"]*"/g, '').length,
      ),
    )
    assert.ok(Math.max(...pages) - Math.min(...pages) < 200, pages.join())
    assert.equal((await visitor.api('GET', '/public/letters/CONTOH-AAAAAAAAAAAA')).status, 404)
  })

  test('voiding needs the right, a reason, and happens once; the number stays', async () => {
    const operator = await signedIn(portal, office.member('operator'))
    const head = await signedIn(portal, office.member('head-of-office'))
    const path = `/o/contoh/surat/${letterId}`
    const reason = 'Salah alamat; diganti surat berikutnya.'
    const api = `/offices/contoh/letters/${letterId}`
    assert.partialDeepStrictEqual(await (await operator.api('GET', api)).json(), { id: letterId, code })
    assert.equal((await portal.visit().api('GET', api)).status, 401)
    const none = await operator.api('GET', '/offices/contoh/letters/00000000-0000-4000-8000-000000000000')
    assert.equal(none.status, 404)
    assert.equal((await operator.post(path, { reason })).status, 403)
    assert.equal((await head.post(path, { reason: 'x' })).status, 422)
    const answers = await Promise.all([head.post(path, { reason }), head.post(path, { reason })])
    assert.deepEqual(
      answers.map((each) => each.status).sort((a, b) => a - b),
      [303, 409],
    )
    assert.match(await (await portal.visit().get(`/periksa/${code}`)).text(), /sudah dibatalkan/)
    const answer = (await (await portal.visit().api('GET', `/public/letters/${code}`)).json()) as object
    assert.partialDeepStrictEqual(answer, {
      stands: false,
      status: 'voided',
      number: '555/1/CONTOH/III/2026',
    })
    assert.doesNotMatch(JSON.stringify(answer), /Salah alamat/)
    const notes = await asOwner(
      portal.database,
      "select text from logbook_entries where act = 'letter.voided'",
    )
    assert.equal(notes.length, 1)
    assert.doesNotMatch(String(notes[0]!['text']), /Salah alamat/)
  })
})

async function layLetter(portal: TestApp, office: TestOffice, id: string): Promise<void> {
  const document = randomUUID()
  await asOwner(
    portal.database,
    `insert into documents (id, office_id, kind, filename, media_type, size, sha256, bytes, created_at)
     values ($1, $2, 'reply', 'surat.pdf', 'application/pdf', $3, $4, $5, now())`,
    [document, office.id, samplePdf.length, sha256, samplePdf],
  )
  await asOwner(
    portal.database,
    `insert into letters (id, office_id, kind, register, year, seq, number, dated, data, verification_code,
       document_id, sha256, status, logbook_seq, logbook_head, created_at, issued_at)
     values ($1, $2, 'reply', 'outgoing', 2026, 1, '555/1/CONTOH/III/2026', '2026-03-02', '{}', $3, $4, $5,
       'issued', 1, $6, now(), now())`,
    [id, office.id, code, document, sha256, 'a'.repeat(64)],
  )
}
