/** Every way to sign in, in a real browser; and that a page without script still has password and code. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '../../src/domain/access/roles.ts'
import type { TestBrowser } from '../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../support/browser.ts'
import { testPassword } from '../support/portal.ts'
import type { ServedPortal } from '../support/served-portal.ts'
import { serveTestPortal } from '../support/served-portal.ts'
import { codeAt } from '../support/totp.ts'

const minute = 60_000
const sessions = { staffIdleMs: 30 * minute, applicantIdleMs: 120 * minute, longestMs: 720 * minute }
let portal: ServedPortal
let browser: TestBrowser
before(async () => {
  portal = await serveTestPortal({ sessions })
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await portal.close()
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

async function givePassword(page: Page, role: Role): Promise<void> {
  const { email } = await portal.member(role)
  await page.goto(`${portal.url}/masuk?kembali=%2Fakun`)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', testPassword)
  await press(page, 'Masuk')
}

/** Judges a page at both widths, and keeps pictures of it where TEST_SHOTS names a folder. */
async function judge(page: Page, name: string): Promise<void> {
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await runAxe(page), [], `${name} @${width}`)
    assert.equal(await sidewaysOverflow(page), 0, `${name} @${width}`)
  }
  const folder = process.env.TEST_SHOTS
  if (folder) await screenshots(page, folder, name, ['light'])
}

describe('signing in with a browser', () => {
  for (const javaScript of [true, false])
    test(`password, then a code of the app, then a recovery code; script: ${javaScript}`, async () => {
      const role = javaScript ? 'operator' : 'auditor'
      const page = await browser.newPage({ javaScript })
      await givePassword(page, role)
      await page.waitForURL('**/akun')
      await page.goto(`${portal.url}/akun/kode`)
      await page.fill('input[name=password]', testPassword)
      await press(page, 'Mulai mengaktifkan')
      const secret = (await page.locator('code.mono').textContent())!
      await page.fill('input[name=code]', codeAt(secret, Date.now()))
      await press(page, 'Aktifkan')
      const codes = await page.locator('.recovery-codes li').allTextContents()
      assert.equal(codes.length, 10)
      assert.equal(await page.getByRole('button', { name: 'Cetak' }).count(), javaScript ? 1 : 0)
      if (javaScript) await judge(page, 'kode-pemulihan-baru')
      await page.click('text=Sudah saya simpan')
      await page.waitForURL('**/akun')
      if (javaScript) await judge(page, 'akun')
      await page.context().clearCookies()
      await givePassword(page, role)
      await page.waitForURL('**/masuk/kode**')
      await page.fill('input[name=code]', codeAt(secret, Date.now() + 30_000))
      await press(page, 'Lanjutkan')
      await page.waitForURL('**/akun')
      await page.context().clearCookies()
      await givePassword(page, role)
      await page.fill('input[name=code]', codes[0]!)
      await press(page, 'Lanjutkan')
      await page.waitForURL('**/akun')
      await page.goto(`${portal.url}/akun/kode-pemulihan`)
      if (javaScript) await judge(page, 'kode-pemulihan')
      await page.context().close()
    })

  test('a session that ended while a form was filled in: what was written is sent again', async () => {
    const page = await browser.newPage()
    await givePassword(page, 'head-of-office')
    await page.waitForURL('**/akun')
    await page.goto(`${portal.url}/akun/sesi`)
    await judge(page, 'perangkat')
    await page.goto(`${portal.url}/akun/nama`)
    await page.fill('input[name=name]', 'Nama <Baru> & Panjang')
    portal.clock.now = new Date(portal.clock.now.getTime() + sessions.staffIdleMs)
    await page.locator('main form button[type=submit]').click()
    await page.getByRole('heading', { name: 'Sesi berakhir' }).waitFor()
    await judge(page, 'sesi-berakhir')
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Masuk di tab baru' }).click(),
    ])
    await givePassword(tab, 'head-of-office')
    await tab.waitForURL('**/akun')
    await press(page, 'Kirim lagi')
    await page.waitForURL('**/akun')
    assert.match((await page.textContent('main'))!, /Nama <Baru> & Panjang/)
    portal.clock.now = new Date(portal.clock.now.getTime() + sessions.staffIdleMs)
    await page.goto(`${portal.url}/akun`)
    await page.waitForURL('**/masuk?kembali=%2Fakun')
    await judge(page, 'masuk-setelah-sesi')
    await page.context().close()
  })

  test('a passkey: made, named, signed in with alone and after a password, and removed', async () => {
    const page = await browser.newPage()
    const messages: string[] = []
    page.on('console', (message) => void (message.type() === 'error' && messages.push(message.text())))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await givePassword(page, 'head-of-division')
    await page.waitForURL('**/akun')
    await page.click('text=Kelola kunci sandi')
    await judge(page, 'kunci-sandi-kosong')
    await page.fill('input[name=name]', 'Laptop kantor yang namanya panjang sekali')
    await page.fill('input[name=password]', testPassword)
    await press(page, 'Tambahkan kunci sandi')
    await page.locator('.recovery-codes').waitFor()
    await page.goto(`${portal.url}/akun/kunci-sandi`)
    await page.getByText('Laptop kantor').first().waitFor()
    await judge(page, 'kunci-sandi')
    await page.context().clearCookies()
    await page.goto(`${portal.url}/masuk?kembali=%2Fakun`)
    await judge(page, 'masuk-kunci-sandi')
    await press(page, 'Masuk dengan kunci sandi')
    await page.waitForURL('**/akun')
    await page.context().clearCookies()
    await givePassword(page, 'head-of-division')
    await page.waitForURL('**/masuk/kode**')
    await judge(page, 'kode-kunci-sandi')
    await press(page, 'Masuk dengan kunci sandi')
    await page.waitForURL('**/akun')
    await page.context().clearCookies()
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await page.goto(`${portal.url}/masuk?kembali=%2Fakun`)
    await press(page, 'Masuk dengan kunci sandi')
    await page.getByText('Perangkat tidak memberi kunci sandi').waitFor()
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await press(page, 'Masuk dengan kunci sandi')
    await page.waitForURL('**/akun')
    await page.goto(`${portal.url}/akun/kunci-sandi`)
    await page.locator('summary', { hasText: 'Hapus' }).click()
    await page.locator('.confirm-box input[name=password]').fill(testPassword)
    await page.locator('.confirm-box button').click()
    await page.getByText('Ini verifikasi dua langkah terakhir Anda').waitFor()
    await judge(page, 'kunci-sandi-terakhir')
    await page.goto(`${portal.url}/akun/kode`)
    await page.fill('input[name=password]', testPassword)
    await press(page, 'Mulai mengaktifkan')
    const secret = (await page.locator('code.mono').textContent())!
    await page.fill('input[name=code]', codeAt(secret, Date.now()))
    await press(page, 'Aktifkan')
    await page.waitForURL('**/akun')
    await page.goto(`${portal.url}/akun/kunci-sandi`)
    await page.locator('summary', { hasText: 'Hapus' }).click()
    await page.locator('.confirm-box input[name=password]').fill(testPassword)
    await page.locator('.confirm-box button').click()
    await page.getByText('Kunci sandi sudah dihapus').waitFor()
    const others = messages.filter((message) => !message.includes('409 (Conflict)'))
    assert.deepEqual(others, [], 'nothing offends the content security policy')
    assert.equal(messages.length, 1, 'the removal that was refused')
    await page.context().close()
  })

  test('without script there is no passkey button, and password and code remain', async () => {
    const page = await browser.newPage({ javaScript: false })
    await page.goto(`${portal.url}/masuk`)
    assert.equal(await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Masuk', exact: true }).count(), 1)
    await page.context().close()
  })
})
