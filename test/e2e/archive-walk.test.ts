/**
 * The archive as its people use it, on a telephone without script: the schedule is confirmed, what is due proposed,
 * approved by another person, destroyed, and told to whoever verifies the letter.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '../../src/domain/access/roles.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { issueNotice } from '../../src/jobs/issue-notice.ts'
import { markDue } from '../../src/jobs/mark-due.ts'
import type { TestBrowser } from '../support/browser.ts'
import { launchBrowser, runAxe, sidewaysOverflow, widths } from '../support/browser.ts'
import { layPapers } from '../support/laid-papers.ts'
import { testPassword } from '../support/portal.ts'
import type { ServedPortal } from '../support/served-portal.ts'
import { serveTestPortal } from '../support/served-portal.ts'
import { Walker } from '../support/walker.ts'

let portal: ServedPortal
let browser: TestBrowser
const pdf = createPdfDriver()
before(async () => {
  portal = await serveTestPortal()
  await portal.as('applicant')
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await pdf.close()
  await portal.close()
})

async function arrive(role: Role, javaScript = false): Promise<Walker> {
  const { email } = await portal.member(role)
  const walker = await Walker.start(browser, portal.url, javaScript)
  await walker.open('/masuk')
  await walker.enter({ email, password: testPassword })
  await walker.press('Masuk')
  return walker
}

/** The page as a role sees it has no violation that axe-core finds and no sideways scroll, at both widths. */
async function isAccessible(role: Role | 'visitor', path: string): Promise<void> {
  const walker = role === 'visitor' ? await Walker.start(browser, portal.url, true) : await arrive(role, true)
  await walker.open(path)
  for (const width of [widths.desk, widths.phone]) {
    await walker.page.setViewportSize({ width, height: 800 })
    assert.deepEqual(
      [await runAxe(walker.page), await sidewaysOverflow(walker.page)],
      [[], 0],
      `${role} ${path}`,
    )
  }
  await walker.page.close()
}

test('from the schedule to the record of destruction and the page that verifies the letter', async () => {
  const papers = await layPapers(portal, portal, { ended: '2015-01-05', service: 'closed' })
  const kept = await layPapers(portal, portal, { ended: '2015-02-05' })
  const administrator = await arrive('administrator')
  await administrator.open('/o/contoh/arsip')
  await administrator.sees('Jadwal retensi belum disahkan', 'Jatuh tempo (4)')
  await administrator.press('Jadwal retensi')
  await administrator.sees('Bawaan, belum disahkan')
  await administrator.enter({ basis: 'Peraturan Bupati Contoh Nomor 12 Tahun 2025' })
  await administrator.press('Sahkan baris bawaan', 'main form')
  await administrator.sees('Baris bawaan disahkan.', 'Sesuai JRA kantor')
  await markDue(portal.deps as unknown as JobDeps)

  const operator = await arrive('operator')
  await operator.open('/o/contoh')
  await operator.sees('4 arsip habis masa simpannya.')
  await operator.press('Tinjau dan susun usul musnah')
  await operator.press('Susun usul musnah', 'main form')
  await operator.sees('Usul musnah disusun.', papers.number, 'Kepala Dinas, bukan penyusun usul')
  await operator.seesNot('Setujui pemusnahan', 'Musnahkan sekarang')
  const address = operator.path()
  await isAccessible('operator', address)
  await operator.enter({ record: kept.upload, term: 'permanent', reason: 'Bernilai sejarah bagi daerah.' })
  await operator.press('Kecualikan', 'main form')
  await operator.sees('Arsip dikeluarkan dari usul', 'Bernilai sejarah bagi daerah.')

  const head = await arrive('head-of-office')
  await head.open('/o/contoh')
  await head.sees('Usul pemusnahan arsip menunggu persetujuan Anda.')
  await head.press('Buka daftar usul')
  await head.press('Usul musnah 2 Maret 2026', 'main table')
  await head.enter({ consent: '000.5/77/SETDA/2026', consentDate: '2099-01-01' })
  await isAccessible('head-of-office', address)
  await head.press('Setujui pemusnahan', 'main form')
  await head.sees('Tanggal surat persetujuan belum tiba')
  assert.equal(await head.page.locator('[name=consent]').inputValue(), '000.5/77/SETDA/2026')
  await head.enter({ consentDate: '2026-03-01' })
  await head.press('Setujui pemusnahan', 'main form')
  await head.sees('Usul disetujui.')

  await operator.open(address)
  const witnesses = {
    legalName: 'Saksi Satu',
    legalPost: 'Kepala Bagian Hukum',
    auditName: 'Saksi Dua',
    auditPost: 'Inspektur Pembantu',
  }
  await isAccessible('operator', address)
  await operator.enter({ ...witnesses, sure: true })
  await operator.press('Musnahkan sekarang', 'main form')
  await operator.sees('3 arsip dimusnahkan.', 'sedang disusun')
  await operator.open(`/o/contoh/permohonan/${papers.ticket}`)
  await operator.sees('Dimusnahkan 2 Maret 2026')
  const deps = { ...portal.deps, pdf, templatesOf: async () => ({}) } as unknown as JobDeps
  for (const job of await portal.jobs()) if (job.name === 'issue-notice') await issueNotice(deps, job.data)
  await operator.open(address)
  await isAccessible('auditor', address)
  await operator.press('001/DISKOMINFO/III/2026')
  await operator.sees('Berita acara pemusnahan arsip', 'Unduh')
  await operator.open(`/o/contoh/arsip/berkas/${kept.upload}`)
  await operator.sees('Permanen')
  await isAccessible('operator', operator.path())

  const visitor = await Walker.start(browser, portal.url)
  await visitor.open(`/periksa/${papers.code}`)
  await visitor.sees('pernah terbit dan arsipnya sudah dimusnahkan', '001/DISKOMINFO/III/2026', papers.sha256)
  assert.equal(await visitor.page.locator('main .alert').count(), 1, 'one message says all of it')
  await isAccessible('visitor', `/periksa/${papers.code}`)
  assert.deepEqual(portal.faults, [])
})
