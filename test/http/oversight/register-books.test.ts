import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { HttpListener } from '../../../src/http/listen.ts'
import { listenHttp } from '../../../src/http/listen.ts'
import { asOwner } from '../../support/app.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'
import { ranah } from '../../support/ranah.ts'

const run = promisify(execFile)
const hostile = '#eval("1+1") *tebal* \u202Ekanan\u202C'

describe('the printed registers', () => {
  let portal: TestPortal
  let neighbour: TestOffice
  let here: string
  let http: HttpListener | undefined
  before(async () => {
    here = await mkdtemp(join(tmpdir(), 'ranah-register-'))
    portal = await createTestPortal()
    neighbour = await portal.addOffice('tetangga')
    // somebody of every role, so that the agency of the applicant exists
    await portal.as('applicant')
    await neighbour.as('applicant')
    for (let seq = 1; seq <= 60; seq += 1) await layLetter(portal, seq)
    await layService(portal, portal, 'lama', '2024-12-31T23:00:00Z', null)
    await layService(portal, portal, 'berakhir', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z')
    await layService(portal, neighbour, 'rahasia', '2025-02-01T00:00:00Z', null)
  })
  after(async () => {
    await http?.close()
    await portal?.close()
    await rm(here, { recursive: true, force: true })
  })

  async function textOf(response: Response): Promise<{ text: string; pages: number }> {
    assert.equal(response.status, 200)
    const file = join(here, `${randomUUID()}.pdf`)
    await writeFile(file, Buffer.from(await response.arrayBuffer()))
    const pages = Number(/Pages:\s+(\d+)/.exec((await run('pdfinfo', [file])).stdout)![1])
    return { text: (await run('pdftotext', ['-layout', file, '-'])).stdout, pages }
  }

  test('every number stands in it, voided ones with date and reason, over pages that repeat the head', async () => {
    const auditor = await portal.as('auditor')
    const { text, pages } = await textOf(await auditor.get('/o/contoh/register/surat-keluar?tahun=2026'))
    assert.ok(pages > 2)
    assert.equal(text.split('Nomor surat').length - 1, pages)
    assert.match(text, new RegExp(`Halaman ${pages} dari ${pages}`))
    for (let seq = 1; seq <= 60; seq += 1) assert.ok(text.includes(`555/${seq}/2026`), String(seq))
    assert.match(text, /DIBATALKAN/)
    assert.match(text, /60 nomor, 1 di antaranya dibatalkan/)
    assert.ok(text.includes('#eval("1+1")'))
    assert.ok(!text.includes('\u202E'))
  })

  test('a service stands in each year in which it was live, by the calendar of the office', async () => {
    const operator = await portal.as('operator')
    const of = (year: number) => operator.get(`/o/contoh/register/subdomain?tahun=${year}`)
    // 23.00 UTC on the last day of 2024 is the morning of 1 January in the office
    assert.equal((await of(2024)).status, 404)
    const { text } = await textOf(await of(2025))
    assert.match(text, /lama\.contohkab/)
    assert.match(text, /berakhir/)
    assert.match(text, /Ditutup 1/)
    assert.doesNotMatch((await textOf(await of(2026))).text, /berakhir/)
    assert.doesNotMatch(text, /rahasia/)
  })

  test('an empty year, an unknown register and a year that is none are answered plainly', async () => {
    const head = await portal.as('head-of-office')
    const empty = await head.get('/o/contoh/register/surat-masuk?tahun=2020')
    assert.equal(empty.status, 404)
    assert.match(await empty.text(), /tidak ada yang dicetak/)
    for (const path of ['surat-masuk', 'surat-masuk?tahun=x', 'surat-masuk?tahun=99999', 'apa?tahun=2026'])
      assert.equal((await head.get(`/o/contoh/register/${path}`)).status, 404, path)
    const api = await head.api('GET', '/offices/contoh/register-books/outgoing?year=abc')
    assert.equal(api.status, 422)
    assert.equal(portal.faults.length, 0)
  })

  test('only who reads the registers prints them, and the list links to what there is', async () => {
    const applicant = await portal.as('applicant')
    assert.equal((await applicant.get('/o/contoh/register/surat-keluar?tahun=2026')).status, 403)
    assert.doesNotMatch(await (await applicant.get('/o/contoh/layanan')).text(), /\/register\//)
    const foreign = await neighbour.as('auditor')
    assert.equal((await foreign.get('/o/contoh/register/surat-keluar?tahun=2026')).status, 404)
    assert.equal((await foreign.get('/o/tetangga/register/surat-keluar?tahun=2026')).status, 404)
    const operator = await portal.as('operator')
    const letters = await (await operator.get('/o/contoh/surat')).text()
    assert.match(letters, /register\/surat-keluar\?tahun=2026/)
    assert.doesNotMatch(
      await (await operator.get('/o/contoh/surat?register=hand-over')).text(),
      /\/register\//,
    )
    assert.match(await (await operator.get('/o/contoh/layanan')).text(), /register\/subdomain\?tahun=2025/)
  })

  test('the command line saves the same file, and leaves none behind a refusal', async () => {
    const operator = await portal.as('operator')
    const made = await operator.api('POST', '/offices/contoh/tokens', { name: 'cetak', days: 1 })
    const { token } = (await made.json()) as { token: string }
    http = await listenHttp('127.0.0.1', 0)
    http.serve(portal.app.fetch)
    const access = { RANAH_URL: `http://127.0.0.1:${http.port}`, RANAH_TOKEN: token }
    const print = (book: string, year: string, out: string) =>
      ranah(join(here, 'data'), ['register', 'print', book, '--year', year, '-o', join(here, out)], access)
    const printed = await print('outgoing', '2026', 'keluar.pdf')
    assert.equal(printed.code, 0, printed.stderr)
    const pdf = await readFile(join(here, 'keluar.pdf'))
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    // who printed what, with the digest of exactly this file; what was refused took nothing along
    const noted = await asOwner(
      portal.database,
      `select text::json -> 'subject' as subject, text::json -> 'details' as details from logbook_entries
       where act = 'register.printed' and text::json -> 'actor' ->> 'role' = 'operator' order by seq desc limit 1`,
    )
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    assert.partialDeepStrictEqual(noted, [
      { subject: { kind: 'register', id: 'surat-keluar' }, details: { year: 2026, rows: 60, sha256 } },
    ])
    const empty = await print('incoming', '2026', 'masuk.pdf')
    assert.equal(empty.code, 1)
    assert.match(empty.stderr, /tidak ada yang dicetak/)
    await assert.rejects(readFile(join(here, 'masuk.pdf')), { code: 'ENOENT' })
  })
})

async function layLetter(portal: TestPortal, seq: number): Promise<void> {
  const voided = seq === 7
  const data = {
    subject: seq === 8 ? hostile : 'Balasan Permohonan Subdomain',
    recipient: {
      lines: [`Kepala ${'Badan Perencanaan Pembangunan, Penelitian dan Pengembangan '.repeat(3)}`],
    },
  }
  await asOwner(
    portal.database,
    `insert into letters (id, office_id, kind, register, year, seq, number, dated, data, verification_code,
       status, logbook_seq, logbook_head, created_at, voided_at, void_reason)
     values ($1, $2, 'reply', 'outgoing', 2026, $3, $4, '2026-03-02', $5, $6, $7, 1, $8, now(), $9, $10)`,
    [
      randomUUID(),
      portal.id,
      seq,
      `555/${seq}/2026`,
      JSON.stringify(data),
      `CONTOH-${String(seq).padStart(12, '0')}`,
      voided ? 'voided' : 'numbered',
      'a'.repeat(64),
      voided ? '2026-03-03T00:00:00Z' : null,
      voided ? 'Salah alamat; diganti surat berikutnya.' : null,
    ],
  )
}

async function layService(
  portal: TestPortal,
  office: TestOffice,
  label: string,
  liveAt: string,
  closedAt: string | null,
): Promise<void> {
  await asOwner(
    portal.database,
    `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site, records,
       administrative_contact, technical_contact, live_at, closed_at)
     select gen_random_uuid(), $1, a.id, z.id, $2 || '.' || z.name, $3, true, false,
       '[{"type":"A","values":["192.0.2.9"]}]', '{}', '{"post":"Pranata Komputer"}', $4, $5
     from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
    [office.id, label, closedAt ? 'closed' : 'live', liveAt, closedAt],
  )
}
