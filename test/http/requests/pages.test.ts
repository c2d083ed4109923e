import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inScope } from '../../../src/db/database.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

/** Walks requests through the pages as a browser without script does: by links and plain forms. */
let portal: TestApp
const offices = new Map<string, TestOffice>()
const who = new Map<string, Browser>()
const files = {
  kukar: 'sops/kutai-kartanegara-hosting-subdomain.yaml',
  katingan: 'sops/katingan-subdomain-hosting.yaml',
  dasar: 'test/fixtures/sops/dasar-enam-langkah.yaml',
}
const roles = ['applicant', 'operator', 'head-of-division', 'head-of-office', 'auditor'] as const

before(async () => {
  portal = await createTestApp()
  for (const [slug, file] of Object.entries(files)) {
    const office = await createTestOffice(portal.deps, slug, await readSopFile(file))
    offices.set(slug, office)
    for (const role of roles) who.set(`${slug} ${role}`, await signedIn(portal, office.member(role)))
  }
  await mapActors(offices.get('dasar')!)
})
after(async () => {
  assert.deepEqual(portal.faults, [])
  await portal.close()
})

/** The fixture's actors have no role preset: the office says who they are. */
async function mapActors(office: TestOffice): Promise<void> {
  const people = { kabid: 'head-of-division', petugas: 'operator' } as const
  await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx
      .insertInto('sop_actors')
      .values(
        Object.entries(people).map(([actor, role]) => ({
          office_id: office.id,
          sop_id: office.sopId,
          actor,
          person_id: office.member(role).personId,
        })),
      )
      .execute(),
  )
}

const as = (slug: keyof typeof files, role: Role): Browser => who.get(`${slug} ${role}`)!
const pdf = (name = 'surat.pdf'): File => new File([samplePdf], name, { type: 'application/pdf' })

async function page(browser: Browser, path: string, status = 200): Promise<string> {
  const response = await browser.get(path)
  const html = await response.text()
  assert.equal(response.status, status, `${path}\n${html.slice(0, 3000)}`)
  return html
}

async function leadsTo(response: Response): Promise<string> {
  const html = response.status === 303 ? '' : await response.text()
  assert.equal(response.status, 303, mainOf(html))
  return response.headers.get('location')!
}

const mainOf = (html: string): string =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]*>/g, ' ')
    .slice(0, 3000)

const contact = (who: string, email: string) => ({
  [`${who}.name`]: 'Pegawai Contoh',
  [`${who}.post`]: 'Pranata Komputer',
  [`${who}.phone`]: '0800 0000 000',
  [`${who}.email`]: email,
})

const letter = {
  'letter.number': '005/12/CONTOH/2026',
  'letter.date': '2026-03-01',
  'letter.signatory': 'Kepala Contoh',
  'letter.signatoryPost': 'Kepala Dinas Contoh',
}

/** Fills the guided form stage by stage and sends it. @returns the request's page */
async function apply(
  slug: keyof typeof files,
  kind: string,
  subject: Record<string, string>,
): Promise<string> {
  const office = offices.get(slug)!
  const browser = as(slug, 'applicant')
  const form = await leadsTo(
    await browser.post(`/o/${slug}/permohonan/baru`, { kind, agencyId: office.agencyId }),
  )
  const next = { lanjut: 'ya' }
  const documents = Object.fromEntries(
    office.sop.steps[0]!.requirements.flatMap((each) =>
      each.document && each.need === 'required' ? [[`file.${each.document}`, pdf()]] : [],
    ),
  )
  const purpose = 'Laman resmi untuk layanan informasi publik.'
  const sittings: Record<string, string | File>[] = [
    { ...subject, purpose, zoneId: office.zoneId },
    { ...letter, ...documents },
    { ...contact('administrative', 'adm@contoh.example'), ...contact('technical', 'tek@contoh.example') },
    { 'system.name': 'Sistem Contoh', 'system.security.users': 'B', 'system.classification.integrity': '3' },
  ]
  let at = form
  for (const fields of sittings) {
    await page(browser, at)
    at = await leadsTo(await browser.post(at, { ...fields, ...next }))
  }
  assert.match(at, /tahap=periksa$/)
  assert.match(await page(browser, at), /Kirim permohonan/)
  return leadsTo(await browser.post(at.replace(/isian.*/, 'kirim'), { visit: '' }))
}

/** Finishes the current step through the form on the request's page. */
async function finish(browser: Browser, request: string, fields: Record<string, string>): Promise<Response> {
  const html = await page(browser, request)
  const action = /action="([^"]*\/langkah\/\d+)"/.exec(html)?.[1]
  assert.ok(action, `no step form on ${request}: ${mainOf(html)}`)
  return browser.post(action, fields)
}

describe('without script, by forms alone', () => {
  test('Kukar: from the choice of a service to the work of the system', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'perpustakaan' })
    const operator = as('kukar', 'operator')
    assert.match(
      await page(operator, '/o/kukar/kotak-masuk'),
      /perpustakaan\.<wbr\/>kukarkab\.<wbr\/>example/,
    )
    await leadsTo(await operator.post(`${request}/ambil`, { visit: '2', kembali: 'kotak-masuk' }))
    await leadsTo(await finish(operator, request, { note: 'Diterima.' }))
    const head = as('kukar', 'head-of-division')
    await leadsTo(await finish(head, request, { outcome: 'disetujui', conclusion: 'Sesuai.' }))
    const check = await page(operator, request)
    assert.match(check, /Pertanyaan 1 kategori keamanan belum dijawab/)
    await leadsTo(await finish(operator, request, { conclusion: 'Data diperiksa.' }))
    assert.match(await page(operator, request), /Rencana belum dapat dihitung/)
    const unconfirmed = await finish(operator, request, {})
    assert.equal(unconfirmed.status, 422)
    assert.match(await unconfirmed.text(), /href="#f-confirmed"/)
    await leadsTo(await finish(operator, request, { confirmed: 'yes' }))
    assert.match(await page(as('kukar', 'applicant'), request), /Dikerjakan sistem/)
  })

  test('Katingan: every item gets a verdict, one return carries several reasons and comes back', async () => {
    const request = await apply('katingan', 'subdomain-hosting', { label: 'arsip' })
    await leadsTo(await finish(as('katingan', 'head-of-office'), request, { instruction: 'Tindak lanjuti.' }))
    await leadsTo(await finish(as('katingan', 'head-of-division'), request, {}))
    await leadsTo(await finish(as('katingan', 'head-of-division'), request, { instruction: 'Periksa.' }))
    const operator = as('katingan', 'operator')
    const half = await finish(operator, request, {
      'items.0.verdict': 'incomplete',
      'items.0.remark': 'Belum <b>ditandatangani</b>.',
      outcome: 'tidak-lengkap',
    })
    assert.equal(half.status, 422)
    const again = await half.text()
    assert.match(again, /href="#f-items\.1"/)
    assert.match(again, /Belum &lt;b&gt;ditandatangani&lt;\/b&gt;\.<\/textarea>/)
    await leadsTo(
      await finish(operator, request, {
        'items.0.verdict': 'incomplete',
        'items.0.remark': 'Belum ditandatangani.',
        'items.1.verdict': 'incomplete',
        'items.1.remark': 'Halaman dua hilang.',
        outcome: 'tidak-lengkap',
      }),
    )
    const applicant = as('katingan', 'applicant')
    const returned = await page(applicant, request)
    assert.match(returned, /Belum ditandatangani/)
    assert.match(returned, /Halaman dua hilang/)
    assert.doesNotMatch(returned, /Tindak lanjuti/, 'what the office says among itself stays there')
    const visit = /name="visit" value="(\d+)"/.exec(
      await page(applicant, `${request}/isian?tahap=periksa`),
    )![1]!
    await leadsTo(await applicant.post(`${request}/kirim`, { visit }))
    const good = { 'items.0.verdict': 'complete', 'items.1.verdict': 'complete', outcome: 'lengkap' }
    await leadsTo(await finish(operator, request, good))
    await leadsTo(await finish(operator, request, { confirmed: 'yes' }))
  })

  test('an SOP of another office with actors of its own runs on the same pages', async () => {
    const request = await apply('dasar', 'subdomain', {
      label: 'server',
      'target.type': 'A',
      'target.value': '192.0.2.10',
    })
    const operator = as('dasar', 'operator')
    await leadsTo(await finish(operator, request, { 'items.0.verdict': 'complete', outcome: 'lengkap' }))
    await leadsTo(await finish(as('dasar', 'head-of-division'), request, { outcome: 'setuju' }))
    await leadsTo(await finish(operator, request, {}))
    const waiting = await finish(operator, request, { confirmed: 'yes' })
    assert.equal(waiting.status, 409)
    assert.match(await waiting.text(), /SK tim/)
    const applicant = as('dasar', 'applicant')
    assert.match(await page(applicant, request), /Tambah dokumen/)
    await leadsTo(await applicant.post(`${request}/berkas`, { kind: 'team-decree', file: pdf('sk.pdf') }))
    await leadsTo(await finish(operator, request, { confirmed: 'yes' }))
  })
})

describe('forms that are wrong', () => {
  async function draft(): Promise<string> {
    const { agencyId } = offices.get('kukar')!
    return leadsTo(
      await as('kukar', 'applicant').post('/o/kukar/permohonan/baru', {
        kind: 'subdomain-hosting',
        agencyId,
      }),
    )
  }

  for (const [what, fields] of Object.entries<Record<string, string | string[]>>({
    'no name': { label: '' },
    'a reserved name': { label: 'www' },
    'look-alike letters': { label: 'реrpus' },
    'a hostile name': { label: '"><script>alert(1)</script>' },
    'a name twice': { label: ['satu', 'dua dua'] },
    'no field at all': {},
    'a zone that is none': { label: 'baik', zoneId: 'x', purpose: '' },
  }))
    test(`keep what was entered: ${what}`, async () => {
      const browser = as('kukar', 'applicant')
      const form = await draft()
      const sent = { purpose: 'Ditulis panjang lebar oleh pemohon.', lanjut: 'ya', ...fields }
      const response = await browser.post(form, sent)
      const html = await response.text()
      if (what === 'a name twice') assert.equal(response.status, 303)
      else {
        assert.equal(response.status, 422)
        assert.match(html, /summary-box/)
        assert.doesNotMatch(html, /<script>alert/)
      }
      if (sent.purpose) assert.match(await page(browser, form), /Ditulis panjang lebar oleh pemohon\./)
    })

  test('an oversized field comes back whole, with its sentence', async () => {
    const browser = as('kukar', 'applicant')
    const form = await draft()
    const purpose = 'panjang '.repeat(600)
    const response = await browser.post(form, { label: 'besar', purpose, lanjut: 'ya' })
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.match(html, /paling banyak 4000/)
    assert.ok(html.includes(purpose.trim()))
  })

  test('a letter that is no PDF is named at its field, and the other fields are safe', async () => {
    const browser = as('kukar', 'applicant')
    const form = `${await draft()}?tahap=surat`
    const file = new File(['<html>'], 'surat.pdf', { type: 'application/pdf' })
    const response = await browser.post(form, { ...letter, 'file.application-letter': file, simpan: 'ya' })
    assert.equal(response.status, 422)
    assert.match(await response.text(), /href="#f-file\.application-letter"/)
    assert.match(await page(browser, form), /005\/12\/CONTOH\/2026/)
  })

  test('a step form from an old page changes nothing and says so', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'basi' })
    const operator = as('kukar', 'operator')
    const action = /action="([^"]*\/langkah\/\d+)"/.exec(await page(operator, request))![1]!
    await leadsTo(await operator.post(action, {}))
    const twice = await operator.post(action, { note: 'Sekali lagi.' })
    assert.equal(twice.status, 409)
    assert.match(await twice.text(), /sudah diselesaikan sejak halaman Anda dibuka/)
    const wrong = await as('kukar', 'applicant').post(action.replace(/\d+$/, '3'), {
      conclusion: 'Saya saja.',
    })
    assert.equal(wrong.status, 403)
    assert.match(await wrong.text(), /bukan tugas Anda menurut SOP/)
  })

  test('a return without a ground points at the grounds and keeps the rest', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'tanpa-alasan' })
    await leadsTo(await finish(as('kukar', 'operator'), request, {}))
    const head = as('kukar', 'head-of-division')
    const fields = { outcome: 'tidak-disetujui', conclusion: 'Belum dapat disetujui.' }
    const response = await finish(head, request, fields)
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.match(html, /href="#f-ground\.1\.code"/)
    assert.match(html, /Belum dapat disetujui\.<\/textarea>/)
    const half = await finish(head, request, { ...fields, 'ground.1.text': 'Surat tidak jelas.' })
    assert.match(await half.text(), /Surat tidak jelas\.<\/textarea>/)
  })

  test('refusal, appeal and withdrawal go through their confirmations', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'ditolak' })
    await leadsTo(await finish(as('kukar', 'operator'), request, {}))
    const head = as('kukar', 'head-of-division')
    const empty = await head.post(`${request}/tolak`, { visit: '3' })
    assert.equal(empty.status, 422)
    await leadsTo(
      await head.post(`${request}/tolak`, {
        visit: '3',
        'refusal.1.code': 'out-of-scope',
        'refusal.1.text': 'Di luar kewenangan.',
      }),
    )
    const applicant = as('kukar', 'applicant')
    assert.match(await page(applicant, request), /Di luar kewenangan/)
    assert.equal((await applicant.post(`${request}/keberatan`, { appeal: '' })).status, 422)
    await leadsTo(await applicant.post(`${request}/keberatan`, { appeal: 'Layanan ini resmi.' }))
    await leadsTo(await applicant.post(`${request}/tarik`, { withdrawal: 'Tidak jadi.' }))
    assert.match(await page(applicant, request), /Ditarik/)
  })
})

describe('who sees what', () => {
  test('another office finds neither the page nor the document, and its forms do nothing', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'milik-kukar' })
    const foreign = as('katingan', 'operator')
    const own = request.replace('/o/kukar/', '/o/katingan/')
    const document = /href="([^"]*\/berkas\/[^"]*)"/.exec(await page(as('kukar', 'operator'), request))![1]!
    for (const path of [
      request,
      own,
      document,
      document.replace('/o/kukar/', '/o/katingan/'),
      `${own}/isian`,
    ])
      await page(foreign, path, 404)
    assert.equal((await foreign.post(`${own}/pesan`, { body: 'Halo' })).status, 404)
    assert.equal((await foreign.post(`${own}/langkah/2`, {})).status, 404)
  })

  test('an auditor reads the request and is offered nothing', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'diaudit' })
    const html = await page(as('kukar', 'auditor'), request)
    assert.doesNotMatch(html, /\/langkah\/|\/ambil"|\/tolak"|\/pesan"/)
    assert.equal((await as('kukar', 'auditor').post(`${request}/pesan`, { body: 'Halo' })).status, 403)
  })

  test('an operator enters a paper letter at the counter for an agency', async () => {
    const { agencyId } = offices.get('kukar')!
    const operator = as('kukar', 'operator')
    const form = await leadsTo(
      await operator.post('/o/kukar/permohonan/loket', { kind: 'subdomain-hosting', agencyId }),
    )
    await page(operator, form)
    await page(as('kukar', 'head-of-division'), form.replace('/isian', ''), 404)
  })

  test('every page exists in English too', async () => {
    const request = await apply('kukar', 'subdomain-hosting', { label: 'inggris' })
    const browser = await signedIn(portal, offices.get('kukar')!.member('operator'))
    await browser.post('/tampilan', { locale: 'en', return: '/' })
    for (const path of [request, '/o/kukar/kotak-masuk', '/o/kukar/permohonan', '/o/kukar/permohonan/loket'])
      assert.doesNotMatch(mainOf(await page(browser, path)), /Menunggu|Langkah sekarang|Kotak masuk|Simpan/)
  })
})
