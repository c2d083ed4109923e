import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { inScope } from '../../../src/db/database.ts'
import { findZone } from '../../../src/db/office/zones.ts'
import { paths } from '../../../src/http/paths.ts'
import { makeAgeKey } from '../../support/age.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestBrowser } from '../../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../../support/browser.ts'
import { laidSecret, layService } from '../../support/laid-service.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'

/** The age key in a real browser: from the page of the account to the file on the contact's disk. */

let portal: TestPortal
let browser: TestBrowser
before(async () => {
  portal = await createTestPortal()
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await portal.close()
})

/** Lets a page of the browser see the portal, which has no port, as this visitor. */
async function pageOf(visitor: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const target = `${url.pathname}${url.search}`
    const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''))
    const answer =
      request.method() === 'POST' ? await visitor.post(target, fields) : await visitor.get(target)
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  return page
}

async function judge(page: Page, name: string): Promise<void> {
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await runAxe(page), [], `${name} at ${width}`)
    assert.equal(await sidewaysOverflow(page), 0, `${name} at ${width}`)
  }
  if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, name, ['light'])
}

test('a contact saves a key, and later the file, and age reads it', async () => {
  const key = makeAgeKey()
  const visitor = await portal.as('applicant')
  const page = await pageOf(visitor)
  await page.goto('http://portal.test/akun')
  await judge(page, 'akun-tanpa-kunci')
  await page.getByRole('link', { name: 'Tambahkan kunci age' }).click()
  await page.fill('input[name=recipient]', 'age1salah')
  await page.fill('input[name=password]', testPassword)
  await page.getByRole('button', { name: 'Simpan kunci' }).click()
  await page.getByText('Ini bukan kunci publik age').first().waitFor()
  await judge(page, 'kunci-ditolak')
  // Past the browser: it does not let us answer what a redirect leads to.
  const given = { act: 'save', recipient: key.recipient, password: testPassword }
  assert.equal((await visitor.post(paths.accountAgeKey(), given)).status, 303)
  await page.goto('http://portal.test/akun')
  await page.getByText(key.recipient).waitFor()
  await judge(page, 'akun-dengan-kunci')

  const { email, agencyIds } = await portal.member('applicant')
  const zone = (await inScope(portal.deps.db, { officeId: portal.id }, (tx) => findZone(tx, portal.zone)))!
  const place = { id: portal.id, agencyId: agencyIds[0]!, zoneId: zone.id, zone: portal.zone, email }
  const { revealId, fqdn } = await layService(portal, place, 'berkas')
  await page.goto(`http://portal.test/serah-terima/${revealId}`)
  await judge(page, 'sebelum-dibuka')
  await page.getByRole('button', { name: 'Tampilkan sekarang' }).click()
  const link = page.getByRole('link', { name: 'Unduh berkas age' })
  await link.waitFor()
  await judge(page, 'berkas-age')
  const [saved] = await Promise.all([page.waitForEvent('download'), link.click()])
  assert.equal(saved.suggestedFilename(), `${fqdn}.age`)
  assert.deepEqual(JSON.parse(key.decrypt(await readFile(await saved.path(), 'utf8'))), laidSecret)
  await page.context().close()
})
