/** Staff are led to a second factor in a real browser: invited, reset, through single sign-on. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '../../src/domain/access/roles.ts'
import { setProven, testConfig } from '../support/app.ts'
import type { TestBrowser } from '../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../support/browser.ts'
import { startProvider } from '../support/people-at-provider.ts'
import { testPassword } from '../support/portal.ts'
import type { ServedPortal } from '../support/served-portal.ts'
import { serveTestPortal } from '../support/served-portal.ts'
import { codeAt } from '../support/totp.ts'

const clientId = 'ranah'
const clientSecret = 'rahasia klien hanya untuk uji coba'

let portal: ServedPortal
let browser: TestBrowser
let provider: Awaited<ReturnType<typeof startProvider>>
let administrator: Page
before(async () => {
  browser = await launchBrowser()
  const { identityProviders } = testConfig()
  const allowed = [...identityProviders]
  portal = await serveTestPortal({ identityProviders: allowed })
  const redirect = `${portal.url}/masuk/kembali`
  provider = await startProvider({ id: clientId, secret: clientSecret, redirect })
  allowed.push(provider.issuer)
  await setProven(portal.database, false)
  administrator = await browser.newPage()
})
after(async () => {
  assert.deepEqual(portal.faults, [])
  await browser.close()
  await provider.close()
  await portal.close()
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

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

async function givePassword(page: Page, role: Role): Promise<void> {
  await page.fill('input[name=email]', (await portal.member(role)).email)
  await page.fill('input[name=password]', testPassword)
  await press(page, 'Masuk')
}

/** From the page of the set-up to its end. @returns the key of the app */
async function enrol(page: Page, password = testPassword): Promise<string> {
  await page.fill('input[name=password]', password)
  await press(page, 'Mulai mengaktifkan')
  const secret = (await page.locator('code.mono').textContent())!
  await page.fill('input[name=code]', codeAt(secret, Date.now()))
  return secret
}

/** The newest mail to an address that holds such a link. */
async function linkTo(email: string, pattern: RegExp): Promise<string> {
  const mails = (await portal.jobs()).map(({ data }) => JSON.stringify(data))
  return pattern.exec(mails.findLast((mail) => mail.includes(email) && pattern.test(mail))!)![0]
}

async function withPasskeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

describe('the second factor of staff in a browser', () => {
  test('a page of the office leads to the set-up, and after it back to that page', async () => {
    const page = administrator
    await page.goto(`${portal.url}/masuk?kembali=%2Fo%2Fcontoh%2Fpengguna`)
    await givePassword(page, 'administrator')
    await page.getByRole('heading', { name: 'Satu langkah lagi' }).waitFor()
    await judge(page, 'pasang')
    await page.goto(`${portal.url}/akun`)
    await judge(page, 'akun-belum')
    await page.goto(`${portal.url}/o/contoh/pengguna`)
    await page.fill('input[name=password]', testPassword)
    await press(page, 'Mulai mengaktifkan')
    await judge(page, 'pasang-qr')
    const secret = (await page.locator('code.mono').textContent())!
    await page.fill('input[name=code]', '000000')
    await press(page, 'Aktifkan')
    await page.getByText('Kode tidak cocok').first().waitFor()
    await judge(page, 'pasang-kode-salah')
    await page.fill('input[name=code]', codeAt(secret, Date.now()))
    await press(page, 'Aktifkan')
    await page.locator('.recovery-codes').waitFor()
    await page.click('text=Sudah saya simpan')
    await page.waitForURL('**/o/contoh/pengguna')
  })

  test('an invitation of staff leads on to a passkey or an app; the recovery codes are shown once', async () => {
    for (const way of ['kunci', 'aplikasi']) {
      const email = `${way}@contoh.test`
      await administrator.goto(`${portal.url}/o/contoh/undangan`)
      await administrator.fill('input[name=name]', `Orang ${way}`)
      await administrator.fill('input[name=email]', email)
      await administrator.selectOption('select[name=role]', 'auditor')
      await press(administrator, 'Undang lewat surel')
      await administrator.getByText('Undangan sudah dikirim').waitFor()
      const page = await browser.newPage()
      await withPasskeys(page)
      await page.goto(portal.url + (await linkTo(email, /\/undangan\/[\w-]+/)))
      await page.fill('input[name=password]', testPassword)
      await press(page, 'Terima dan buat akun')
      await page.getByRole('heading', { name: 'Satu langkah lagi' }).waitFor()
      if (way === 'kunci') {
        await page.click('text=Pasang kunci sandi')
        await page.fill('input[name=name]', 'Laptop kantor')
        await page.fill('input[name=password]', testPassword)
        await judge(page, 'pasang-kunci-sandi')
        await press(page, 'Tambahkan kunci sandi')
      } else {
        await enrol(page)
        await press(page, 'Aktifkan')
      }
      await page.locator('.recovery-codes').waitFor()
      await page.click('text=Sudah saya simpan')
      await page.waitForURL('**/o/contoh')
      assert.equal(await page.locator('.recovery-codes').count(), 0)
      if (way === 'kunci') {
        await page.context().clearCookies()
        await page.goto(`${portal.url}/masuk?kembali=%2Fo%2Fcontoh`)
        await press(page, 'Masuk dengan kunci sandi')
        await page.waitForURL('**/o/contoh')
      }
      await page.context().close()
    }
  })

  test('who lost everything is reset by an administrator and comes back by the mailed link alone', async () => {
    const { email, personId } = await portal.member('operator')
    const page = await browser.newPage()
    await page.goto(`${portal.url}/masuk?kembali=%2Fo%2Fcontoh`)
    await givePassword(page, 'operator')
    await enrol(page)
    await press(page, 'Aktifkan')
    await page.locator('.recovery-codes').waitFor()
    await administrator.goto(`${portal.url}/o/contoh/pengguna`)
    const field = administrator.locator(`#reason-${personId}`)
    await administrator.locator('details', { has: field }).locator('summary').click()
    await judge(administrator, 'pengguna-atur-ulang')
    await field.fill('Datang sendiri dengan KTP ke loket.')
    await administrator.locator('form', { has: field }).getByRole('button').click()
    await administrator.getByText('Menunggu pemasangan ulang').waitFor()
    await judge(administrator, 'pengguna-menunggu')
    await page.goto(`${portal.url}/o/contoh`)
    await givePassword(page, 'operator')
    await page.fill('input[name=password]', testPassword)
    await press(page, 'Mulai mengaktifkan')
    await page.getByText('Buka tautan di surel').first().waitFor()
    await judge(page, 'pasang-tanpa-tautan')
    await page.goto(portal.url + (await linkTo(email, /\/akun\/kode\?tautan=[\w-]+/)))
    await enrol(page)
    await press(page, 'Aktifkan')
    await page.locator('.recovery-codes').waitFor()
    await page.goto(`${portal.url}/o/contoh`)
    await page.getByText('Kotak masuk').first().waitFor({ state: 'attached' })
    await page.goto(`${portal.url}/akun/sesi`)
    await judge(page, 'perangkat-staf')
    await page.context().close()
  })

  test('single sign-on: who has no second factor sets one up at once; the provider counts for one when the office says so', async () => {
    const settings = administrator
    const settle = async (choice?: string): Promise<void> => {
      await settings.goto(`${portal.url}/o/contoh/masuk-tunggal`)
      if (choice) await settings.check(`input[name=secondFactor][value=${choice}]`)
      const saved = settings.waitForResponse((answer) => answer.request().method() === 'POST')
      await press(settings, 'Simpan')
      assert.equal((await saved).status(), 303)
    }
    await settings.goto(`${portal.url}/o/contoh/masuk-tunggal`)
    await judge(settings, 'masuk-tunggal-belum')
    await settings.fill('input[name=label]', 'Akun Pemkab Contoh')
    await settings.fill('input[name=issuer]', provider.issuer)
    await settings.fill('input[name=clientId]', clientId)
    await settings.fill('input[name=clientSecret]', clientSecret)
    await press(settings, 'Simpan')
    await settings.getByText('Penyedia identitas tersimpan').waitFor()
    assert.equal(
      await settings.isChecked('input[value=portal]'),
      true,
      'trusted with nothing that was not chosen',
    )
    const come = async (role: Role, amr: readonly string[]): Promise<Page> => {
      provider.state.proof = { amr }
      const page = await browser.newPage()
      await page.goto(`${portal.url}/masuk?kembali=%2Fo%2Fcontoh`)
      await judge(page, 'masuk-tunggal-tautan')
      await page.getByRole('link', { name: 'Masuk lewat Akun Pemkab Contoh' }).click()
      await page.fill('input[name=who]', (await portal.member(role)).email.split('@')[0]!)
      await press(page, 'OK')
      await page.waitForURL(`${portal.url}/**`)
      return page
    }
    const isIn = async (page: Page): Promise<void> => {
      await page.waitForURL('**/o/contoh')
      await page.getByText('Kotak masuk').first().waitFor({ state: 'attached' })
      await page.context().close()
    }
    const first = await come('head-of-office', ['pwd', 'otp'])
    await first.getByRole('heading', { name: 'Satu langkah lagi' }).waitFor()
    assert.equal(await first.locator('input[type=password]').count(), 0, 'no password they may not know')
    await judge(first, 'masuk-tunggal-pasang')
    await press(first, 'Mulai mengaktifkan')
    const secret = (await first.locator('code.mono').textContent())!
    await judge(first, 'masuk-tunggal-pasang-qr')
    await first.fill('input[name=code]', codeAt(secret, Date.now()))
    await press(first, 'Aktifkan')
    await first.locator('.recovery-codes').waitFor()
    await judge(first, 'kode-pemulihan')
    await first.click('text=Sudah saya simpan')
    await isIn(first)
    const again = await come('head-of-office', ['pwd', 'otp'])
    await again.waitForURL('**/masuk/kode?**')
    await again.fill('input[name=code]', codeAt(secret, Date.now() + 30_000))
    await press(again, 'Lanjutkan')
    await isIn(again)
    await settle('said')
    await isIn(await come('head-of-office', ['pwd', 'otp']))
    const one = await come('head-of-division', ['pwd'])
    await one.getByRole('heading', { name: 'Satu langkah lagi' }).waitFor()
    await one.context().close()
    await settle('always')
    await settings.goto(`${portal.url}/o/contoh/masuk-tunggal`)
    assert.equal(await settings.isChecked('input[value=always]'), true)
    await judge(settings, 'masuk-tunggal-pengaturan')
    await isIn(await come('head-of-division', ['pwd']))
  })
})
