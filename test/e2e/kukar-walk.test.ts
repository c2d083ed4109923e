import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Desk, deskPassword, kukar, paper, sendForm } from '../support/desk.ts'

/** The desk by Kutai Kartanegara's SOP, as desk-walk.test.ts walks by Katingan's: at a telephone, without script. */
let desk: Desk
before(async () => {
  desk = await Desk.start()
  desk.office = kukar
})
after(() => desk.close())

describe("Kutai Kartanegara's SOP on a telephone without script", () => {
  test('the office is set up by it, and its people join', async () => {
    const admin = await desk.arrive('admin')
    await admin.open(new URL(desk.setUp).pathname + new URL(desk.setUp).search)
    await admin.enter({
      sop: kukar.sop,
      slug: kukar.slug,
      zone: kukar.zone,
      administratorName: 'Adi Contoh',
      administratorEmail: 'admin@contoh.test',
      password: deskPassword,
    })
    await admin.press('Buat kantor')
    await desk.enrol('admin')
    for (const [name, role] of [
      ['kabid', 'head-of-division'],
      ['administrator', 'operator'],
      ['pemohon', 'applicant'],
    ] as const) {
      await admin.open(`/o/${kukar.slug}/undangan`)
      await admin.enter({ name: `Orang ${name}`, email: `${name}@contoh.test`, role, ...paper })
      if (role === 'applicant') await admin.enter({ agency: 'Dinas Arsip Contoh' })
      await admin.press('Undang lewat surel')
      await admin.sees('Undangan sudah dikirim.')
      await desk.join(name)
    }
  })

  test('the head of division returns the application with a reason, and it comes back to them', async () => {
    const applicant = desk.as('pemohon')
    await applicant.open(`/o/${kukar.slug}/permohonan/baru`)
    await applicant.enter({ kind: 'subdomain-hosting' })
    await desk.begin(applicant)
    await applicant.enter({ label: 'arsip', purpose: 'Arsip daerah.' })
    await sendForm(applicant, kukar.documents)
    await desk.take(kukar.steps.slice(0, 1))
    const division = desk.as('kabid')
    await division.open(desk.request())
    await division.enter({ conclusion: 'Belum jelas.', outcome: 'tidak-disetujui' })
    await division.press('Selesaikan langkah')
    await division.seesNot('Langkah selesai.')
    await division.enter({ 'ground.1.code': { index: 1 }, 'ground.1.text': 'Tujuan situs belum jelas.' })
    await division.press('Selesaikan langkah')
    await division.sees('Langkah selesai.')
    await applicant.open(desk.request())
    await applicant.sees('Yang harus diperbaiki', 'Tujuan situs belum jelas.')
    await applicant.open(`${desk.request()}/isian?tahap=periksa`)
    await applicant.press('Kirim kembali')
    await division.open(desk.request())
    await division.sees('Langkah 3:')
  })

  test('the decision, the check of PSE data and the plan lead to a live site and the hand-over note', async () => {
    await desk.carryThrough(kukar.steps.slice(1))
    assert.match(await desk.dig('arsip'), /127\.0\.0\.1/)
    const site = await desk.fetchSite('arsip')
    assert.equal(site.status, 200)
    const applicant = desk.as('pemohon')
    await applicant.open(desk.request())
    await applicant.sees('arsip.kukarkab.example', 'Berita acara serah terima')
    await applicant.press('Buka serah terima akses')
    await applicant.press('Tampilkan sekarang, satu kali')
    await applicant.sees('Simpan sekarang.', 'Nama pengguna')
  })

  test('the service is closed by the same SOP, from the receipt to the end', async () => {
    await desk.applyFor('closure', 'arsip', 'Arsip dipindahkan.')
    await desk.carryThrough()
    assert.match(await desk.dig('arsip'), /NXDOMAIN/)
    const site = await desk.fetchSite('arsip')
    assert.equal(site.status, 404)
  })
})
