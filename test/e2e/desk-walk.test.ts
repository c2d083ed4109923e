import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeZip } from '../servers/sites/zip-maker.ts'
import {
  csvFile,
  Desk,
  deskPassword,
  letterFile,
  paper,
  sendForm,
  serviceRows,
  signIn,
  writeContacts,
  writeLetter,
  writeSystem,
} from '../support/desk.ts'

/**
 * The desk as its people use it: on a telephone, in a browser that runs no script, from an empty installation
 * to a closed service. Each test goes on where the one before ended.
 */
let desk: Desk
before(async () => void (desk = await Desk.start()))
after(() => desk.close())

describe('the desk on a telephone without script', () => {
  test('the first office is set up, with what was entered kept after a refusal', async () => {
    const admin = await desk.arrive('administrator')
    await admin.open(new URL(desk.setUp).pathname + new URL(desk.setUp).search)
    await admin.enter({
      sop: desk.office.sop,
      slug: 'Salah Kode',
      zone: 'contohkab.example',
      administratorName: 'Adi Contoh',
      administratorEmail: 'administrator@contoh.test',
      password: deskPassword,
    })
    assert.notEqual(await admin.page.locator('[name=code]').inputValue(), '')
    await admin.press('Buat kantor')
    await admin.sees('Pakai 2 sampai 16 huruf kecil atau angka')
    assert.equal(await admin.page.locator('[name=zone]').inputValue(), 'contohkab.example')
    await admin.enter({ slug: 'contoh', password: deskPassword })
    await admin.press('Buat kantor')
    await admin.sees('Kantor sudah dibuat, dan Anda masuk sebagai administratornya.')
    assert.equal(admin.path(), '/akun/kode')
    await admin.open('/o/contoh/pengguna')
    assert.equal(admin.path(), '/akun/kode', 'nothing opens before')
    await admin.open('/o/contoh')
    await desk.enrol('administrator')
    assert.equal(admin.path(), '/o/contoh')
  })

  test('people of the desk are invited and accept', async () => {
    const admin = desk.as('administrator')
    const roles = {
      kadis: 'head-of-office',
      kabid: 'head-of-division',
      pranata: 'operator',
      rekan: 'operator',
      inspektur: 'auditor',
    }
    for (const [name, role] of Object.entries(roles)) {
      await admin.open('/o/contoh/undangan')
      await admin.enter({ name: `Orang ${name}`, email: `${name}@contoh.test`, role, ...paper })
      await admin.press('Undang lewat surel')
      await admin.sees('Undangan sudah dikirim.')
      await desk.join(name)
    }
  })

  test('an applicant registers, is approved and joins', async () => {
    const visitor = await desk.arrive('pemohon')
    await visitor.open('/')
    await visitor.press('Daftar sebagai pemohon')
    await visitor.enter({
      name: 'Pemohon Contoh',
      email: 'pemohon@contoh.test',
      post: 'Pranata Komputer',
      agency: 'Dinas Perpustakaan Contoh',
    })
    await visitor.press('Kirim pendaftaran')
    await visitor.enter({ reason: 'Mengajukan subdomain perpustakaan.' })
    await visitor.press('Kirim pendaftaran')
    await visitor.sees('Pendaftaran sudah diterima')
    const clerk = desk.as('pranata')
    await clerk.open('/o/contoh/pendaftaran')
    await clerk.press('Setujui dan undang')
    await clerk.sees('Disetujui; undangan sudah dikirim.')
    await desk.join('pemohon')
  })

  test('an applicant applies once the letter of their agency is recorded', async () => {
    const applicant = desk.as('pemohon')
    await applicant.open('/o/contoh')
    await applicant.sees('Peran Anda sebagai Pemohon belum berlaku')
    const clerk = desk.as('pranata')
    await clerk.open('/o/contoh/penugasan/baru')
    await clerk.enter({ personId: { label: 'Pemohon Contoh (Pemohon)' }, role: 'applicant' })
    await clerk.enter({ ...paper, basis: 'surat-kuasa' })
    await clerk.press('Catat')
    await clerk.sees('Penugasan sudah dicatat', 'Surat kepala perangkat daerah', 'berlaku')
    await applicant.open('/o/contoh')
    await applicant.seesNot('Peran Anda sebagai Pemohon belum berlaku')
  })

  test('an application is written in stages, each a draft, and sent', async () => {
    const applicant = desk.as('pemohon')
    await applicant.open('/o/contoh/permohonan/baru')
    await applicant.press('Mulai mengisi')
    await applicant.enter({ kind: 'subdomain-hosting' })
    await applicant.press('Mulai mengisi')
    desk.ticket = applicant.path().split('/')[4]!
    await applicant.enter({ label: 'www', purpose: 'Laman perpustakaan.' })
    await applicant.press('Simpan dan lanjutkan')
    await applicant.sees('Isian tersimpan, tetapi tahap ini belum lengkap')
    assert.equal(await applicant.page.locator('[name=purpose]').inputValue(), 'Laman perpustakaan.')
    await applicant.enter({ label: 'perpustakaan' })
    await applicant.press('Simpan dan lanjutkan')
    await writeLetter(applicant)
    await writeContacts(applicant)
    await writeSystem(applicant)
    await applicant.sees('Lengkap', 'Kategori pengamanan', 'Klasifikasi data')
    await applicant.press('Kirim permohonan')
    await applicant.sees('Permohonan terkirim.', desk.ticket)
  })

  test('the letter is disposed, studied and disposed again', async () => {
    const head = desk.as('kadis')
    await head.open('/o/contoh/kotak-masuk')
    await head.press('Ambil')
    await head.open(desk.request())
    await head.press('Selesaikan langkah')
    await head.sees('Isi disposisi')
    await head.seesNot('Langkah selesai.')
    await head.enter({ instruction: 'Periksa dan proses sesuai SOP.' })
    await head.press('Selesaikan langkah')
    await head.sees('Langkah selesai.')
    const division = desk.as('kabid')
    await division.open(desk.request())
    await division.press('Selesaikan langkah')
    await division.enter({ instruction: 'Periksa kelengkapannya.' })
    await division.press('Selesaikan langkah')
    await division.sees('Langkah selesai.')
  })

  test('one return carries the reasons of several items and comes back to the same reviewer', async () => {
    const clerk = desk.as('pranata')
    await clerk.open('/o/contoh/kotak-masuk')
    await clerk.press('Ambil')
    await clerk.open(desk.request())
    await clerk.press('Kembalikan ke antrean')
    await clerk.sees('Langkah dikembalikan ke antrean.')
    await clerk.press('Ambil')
    await clerk.enter({
      'items.0.verdict': 'incomplete',
      'items.0.remark': 'Surat belum ditandatangani.',
      'items.1.verdict': 'incomplete',
      outcome: 'tidak-lengkap',
    })
    await clerk.press('Selesaikan langkah')
    await clerk.seesNot('Langkah selesai.')
    assert.equal(
      await clerk.page.locator('[name="items.0.remark"]').inputValue(),
      'Surat belum ditandatangani.',
    )
    await clerk.enter({ 'items.1.remark': 'Formulir halaman dua kosong.' })
    await clerk.press('Selesaikan langkah')
    await clerk.sees('Langkah selesai.')
    const applicant = desk.as('pemohon')
    await applicant.open(desk.request())
    await applicant.sees(
      'Yang harus diperbaiki',
      'Surat belum ditandatangani.',
      'Formulir halaman dua kosong.',
    )
    await desk.mail('pemohon@contoh.test', /Formulir halaman dua kosong\./)
    await applicant.enter({ body: 'Sudah kami perbaiki, mohon diperiksa lagi.' })
    await applicant.press('Kirim pesan')
    await applicant.sees('Pesan terkirim.')
    await applicant.open(`${desk.request()}/isian?tahap=surat`)
    await applicant.enter({ 'file.application-letter': letterFile('Surat permohonan, ditandatangani') })
    await applicant.press('Simpan dan lanjutkan')
    await applicant.open(`${desk.request()}/isian?tahap=periksa`)
    await applicant.press('Kirim kembali')
    await clerk.open('/o/contoh/kotak-masuk?lihat=mine')
    await clerk.sees(desk.ticket)
    await desk.as('rekan').open('/o/contoh/kotak-masuk?lihat=open')
    await desk.as('rekan').seesNot(desk.ticket)
    await clerk.open(desk.request())
    await clerk.sees('Sudah kami perbaiki, mohon diperiksa lagi.')
    await clerk.enter({ body: 'Terima kasih, kami periksa.' })
    await clerk.press('Kirim pesan')
    await clerk.enter({ 'items.0.verdict': 'complete', 'items.1.verdict': 'complete', outcome: 'lengkap' })
    await clerk.press('Selesaikan langkah')
    await clerk.sees('Langkah selesai.')
  })

  test('the plan is shown before it runs, the service comes to life and the letter is signed off', async () => {
    const clerk = desk.as('pranata')
    await clerk.open(desk.request())
    await clerk.sees('Tambah perpustakaan.contohkab.example A 127.0.0.1')
    await clerk.press('Jalankan sekarang')
    await clerk.sees('Beri tanda setuju setelah membaca rencananya.')
    await clerk.enter({ confirmed: 'yes' })
    await clerk.press('Jalankan sekarang')
    await clerk.waitFor('Bukti dari luar')
    await desk.reply()
    const applicant = desk.as('pemohon')
    await applicant.open(desk.request())
    await applicant.sees('perpustakaan.contohkab.example', 'Surat balasan')
    const visitor = await desk.arrive('warga')
    await visitor.open(`/lacak/${desk.ticket}`)
    await visitor.sees(desk.ticket)
    await visitor.open('/o/contoh/daftar-subdomain')
    await visitor.sees('perpustakaan.contohkab.example')
  })

  test('the credentials are revealed once; a lost reveal is answered by new ones', async () => {
    const applicant = desk.as('pemohon')
    await applicant.open(desk.request())
    await applicant.press('Buka serah terima akses')
    await applicant.press('Tampilkan sekarang, satu kali')
    await applicant.sees('Simpan sekarang.', 'Nama pengguna', 'Sudah saya simpan')
    await applicant.open(applicant.path())
    await applicant.sees('Kredensial tidak dapat dibuka')
    await applicant.seesNot('Tampilkan sekarang, satu kali')
    await desk.openService(applicant, 'perpustakaan')
    await applicant.press('Ganti kredensial')
    await applicant.sees('Penggantian kredensial sedang dikerjakan.')
    await applicant.waitFor('Halaman serah terima')
    await applicant.press('Halaman serah terima')
    await applicant.press('Tampilkan sekarang, satu kali')
    await applicant.sees('Simpan sekarang.')
  })

  test('the site is uploaded as a ZIP; a bad one is refused with its reason', async () => {
    const applicant = desk.as('pemohon')
    await desk.openService(applicant, 'perpustakaan')
    await applicant.press('Unggah dan tayangkan')
    await applicant.sees('Pilih berkas ZIP terlebih dahulu.')
    await applicant.enter({ archive: { file: 'situs.zip', bytes: Buffer.from('bukan zip') } })
    await applicant.press('Unggah dan tayangkan')
    await applicant.waitFor(/Ditolak|bukan/)
    const bytes = makeZip([{ name: 'index.html', data: '<!doctype html><title>Perpustakaan Contoh</title>' }])
    await applicant.enter({ archive: { file: 'situs.zip', bytes } })
    await applicant.press('Unggah dan tayangkan')
    await applicant.waitFor('Tayang')
  })

  test('the service is re-registered for another term', async () => {
    const applicant = desk.as('pemohon')
    const until = async (): Promise<string> => {
      await desk.openService(applicant, 'perpustakaan')
      return /Terdaftar sampai\s+(.+)/.exec(await applicant.text())![1]!
    }
    const former = await until()
    await applicant.press('Daftar ulang')
    assert.ok(await applicant.page.locator('[value=re-registration]').isChecked())
    await desk.applyFor('re-registration', 'perpustakaan', 'Layanan masih dipakai.')
    await desk.carryThrough()
    assert.notEqual(await until(), former)
  })

  test('a name alone is applied for, then hosting is added under it', async () => {
    const applicant = desk.as('pemohon')
    await applicant.open('/o/contoh/permohonan/baru')
    await applicant.enter({ kind: 'subdomain' })
    await desk.begin(applicant)
    await applicant.enter({ label: 'arsip', purpose: 'Arsip daerah.' })
    await applicant.enter({ 'target.type': 'A', 'target.value': '192.0.2.10' })
    await sendForm(applicant)
    await desk.carryThrough()
    assert.match(await desk.dig('arsip'), /192\.0\.2\.10/)
    await desk.applyFor('hosting', 'arsip', 'Laman arsip.')
    await desk.carryThrough()
    const site = await desk.fetchSite('arsip')
    assert.equal(site.status, 200)
  })

  test('a closed service is gone from DNS and from the site host, and the pages say so', async () => {
    const applicant = desk.as('pemohon')
    assert.match((await desk.fetchSite('perpustakaan')).body, /Perpustakaan Contoh/)
    await desk.applyFor('closure', 'perpustakaan', 'Layanan dipindahkan.')
    await desk.carryThrough()
    assert.match(await desk.dig('perpustakaan'), /NXDOMAIN/)
    assert.equal((await desk.fetchSite('perpustakaan')).status, 404)
    await desk.openService(applicant, 'perpustakaan', '?status=closed')
    await applicant.sees('Ditutup pada')
    await desk.as('warga').open('/o/contoh/daftar-subdomain')
    await desk.as('warga').seesNot('perpustakaan.contohkab.example')
  })

  test('a letter on paper is entered at the counter, refused, appealed and withdrawn', async () => {
    const clerk = desk.as('pranata')
    await clerk.open('/o/contoh/permohonan/loket')
    await clerk.enter({ kind: 'subdomain-hosting' })
    await desk.begin(clerk)
    await clerk.enter({ label: 'festival', purpose: 'Festival daerah.' })
    await sendForm(clerk)
    const head = desk.as('kadis')
    await head.open(desk.request())
    await head.press('Tolak permohonan', 'main details')
    await head.sees('Pilih')
    await head.enter({ 'refusal.1.code': { index: 1 }, 'refusal.1.text': 'Nama belum sesuai ketentuan.' })
    await head.press('Tolak permohonan', 'main details')
    await head.sees('Permohonan ditolak; alasannya disampaikan kepada pemohon.')
    const applicant = desk.as('pemohon')
    await applicant.open(desk.request())
    await applicant.sees('Alasan penolakan', 'Nama belum sesuai ketentuan.')
    await desk.reply()
    await applicant.open(desk.request())
    await applicant.enter({ appeal: 'Namanya sesuai keputusan bupati.' })
    await applicant.press('Kirim keberatan')
    await applicant.sees('Keberatan diterima; permohonan dibuka kembali.')
    await applicant.enter({ withdrawal: 'Acara dibatalkan.' })
    await applicant.press('Tarik permohonan', 'main details')
    await applicant.sees('Permohonan ditarik.')
  })

  test('agencies are taken in from CSV, and a bad file is refused by line', async () => {
    const admin = desk.as('administrator')
    await admin.open('/o/contoh/impor')
    await admin.enter({ kind: 'agencies', file: csvFile('nama,singkatan', ',DX') })
    await admin.press('Tinjau')
    await admin.sees('Baris 2')
    await admin.enter({ kind: 'agencies', file: csvFile('nama,singkatan', 'Badan Arsip Contoh,BAC') })
    await admin.press('Tinjau')
    await admin.sees('1 baris siap dimasukkan')
    await admin.press('Masukkan semua')
    await admin.sees('1 baris dimasukkan.', 'Badan Arsip Contoh')
    await admin.open('/o/contoh/impor')
    await admin.enter({ kind: 'services', file: csvFile(...serviceRows('lama', 'Badan Arsip Contoh')) })
    await admin.press('Tinjau')
    await admin.press('Masukkan semua')
    const clerk = desk.as('pranata')
    await clerk.open('/o/contoh/layanan/jatuh-tempo')
    await clerk.sees('lama.contohkab.example', 'Lewat masa')
  })

  test('the calendar is edited, the auditor reads, and the language is switched', async () => {
    const admin = desk.as('administrator')
    await admin.open('/o/contoh/kalender?tahun=2026')
    await admin.enter({ date: '2026-07-01', name: 'Hari jadi daerah', kind: 'daerah' })
    await admin.press('Tambah')
    await admin.waitFor('Hari jadi daerah')
    const auditor = desk.as('inspektur')
    await auditor.open('/o/contoh/surat')
    await auditor.open('/o/contoh/buku-log')
    await auditor.sees(/Hari libur ditambahkan[\s\S]*Hari libur ditambahkan/)
    await auditor.open(desk.request())
    await auditor.seesNot('Selesaikan langkah', 'Tulis pesan')
    await auditor.page.locator('header summary', { hasText: 'ID' }).first().click()
    await auditor.press('English', 'header')
    await auditor.open('/o/contoh/buku-log')
    await auditor.sees('Logbook')
  })

  test('a forgotten password is set anew by the mailed link', async () => {
    const walker = await desk.arrive('lupa')
    await walker.open('/masuk')
    await walker.press('Lupa kata sandi?')
    await walker.enter({ email: 'rekan@contoh.test' })
    await walker.press('Kirim tautan')
    await walker.sees('Periksa kotak surel Anda')
    const [link] = await desk.mail('rekan@contoh.test', /http\S+\/lupa-sandi\/\S+/)
    await walker.open(new URL(link).pathname)
    await walker.enter({ password: 'sembilan perahu menepi', repeat: 'sembilan perahu menepi' })
    await walker.press('Simpan kata sandi baru')
    await walker.sees('Kata sandi baru tersimpan. Silakan masuk.')
    await desk.as('rekan').open('/o/contoh')
    assert.equal(desk.as('rekan').path(), '/masuk', 'the open session has ended')
    await walker.enter({ email: 'rekan@contoh.test', password: 'sembilan perahu menepi' })
    await walker.press('Masuk')
    assert.equal(walker.path(), '/masuk/kode', 'the mailed link is no second factor')
    await desk.giveCode(walker, 'rekan')
    assert.equal(walker.path(), '/o/contoh')
  })

  test('two-step verification is asked for, and staff cannot switch the last of it off', async () => {
    const walker = desk.as('kabid')
    await walker.open('/akun/kode')
    await walker.sees('Aktif.')
    await walker.enter({ password: deskPassword })
    await walker.press('Nonaktifkan')
    await walker.sees('Ini verifikasi dua langkah terakhir Anda')
    const again = await desk.arrive('kabid lagi')
    await signIn(again, 'kabid@contoh.test')
    assert.equal(again.path(), '/masuk/kode')
    await again.enter({ code: '000000' })
    await again.press('Lanjutkan')
    await again.sees('Kode tidak cocok')
    await desk.giveCode(again, 'kabid')
    assert.equal(again.path(), '/o/contoh')
  })

  test('a deactivated member loses the office, and a second office stands beside the first', async () => {
    const admin = desk.as('administrator')
    await admin.open('/o/contoh/pengguna')
    await admin.press('Nonaktifkan', 'main :is(tr, li):has-text("Orang rekan")')
    await admin.sees('sudah dinonaktifkan')
    await desk.as('lupa').open('/o/contoh')
    await desk.as('lupa').seesNot('Kotak masuk')
    await admin.open('/o/contoh/kantor-baru')
    await admin.enter({
      slug: 'tetangga',
      zone: 'tetanggakab.example',
      administratorName: 'Ani Tetangga',
      administratorEmail: 'ani@contoh.test',
    })
    await admin.press('Buat kantor')
    await admin.sees('Kantor sudah ditambahkan')
    const neighbour = await desk.join('ani')
    assert.equal(neighbour.path(), '/o/tetangga')
    await neighbour.open('/o/contoh')
    await neighbour.seesNot('Kotak masuk')
  })
})
