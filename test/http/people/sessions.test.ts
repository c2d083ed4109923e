import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '../../../src/domain/access/roles.ts'
import { asOwner, testConfig } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, kukarSop, testPassword } from '../../support/portal.ts'
import { codeAt } from '../../support/totp.ts'

const minute = 60_000
const sessions = { staffIdleMs: 30 * minute, applicantIdleMs: 120 * minute, longestMs: 12 * 60 * minute }
const token = (browser: Browser): string | undefined => browser.cookies.get('ranah.session_token')

describe('sessions', () => {
  let portal: TestPortal
  before(async () => {
    portal = await createTestPortal(kukarSop, { config: { ...testConfig(), sessions } })
  })
  after(() => portal.close())

  const advance = (minutes: number): void =>
    void (portal.clock.now = new Date(portal.clock.now.getTime() + minutes * minute))
  const rows = async (role: Role): Promise<number> => {
    const { personId } = await portal.member(role)
    const found = await asOwner(portal.database, 'select 1 from auth_session where "userId" = $1', [personId])
    return found.length
  }
  const status = async (browser: Browser): Promise<number> => (await browser.get('/akun')).status

  test('end without use, staff sooner than applicants; use keeps them', async () => {
    const staff = await portal.as('operator')
    const applicant = await portal.as('applicant')
    for (let half = 0; half < 3; half += 1) {
      advance(29)
      assert.equal(await status(staff), 200, 'each use begins the time anew')
    }
    advance(30)
    const over = await staff.get('/akun/nama')
    assert.equal(over.headers.get('location'), '/masuk?kembali=%2Fakun%2Fnama')
    assert.match(await (await staff.get('/masuk')).text(), /tidak dipakai selama 30 menit.*Draf permohonan/s)
    assert.equal(await rows('operator'), 0, 'the row is gone, so the cookie is worth nothing to anybody')
    assert.equal(await status(applicant), 200, 'after 117 minutes')
    advance(120)
    assert.equal(await status(applicant), 303)
  })

  test('end twelve hours after sign-in, however much they were used', async () => {
    const browser = await portal.as('auditor')
    for (let used = 0; used < 35; used += 1) {
      advance(20)
      assert.equal(await status(browser), 200, `after ${(used + 1) * 20} minutes`)
    }
    advance(20)
    assert.equal(await status(browser), 303)
    assert.match(await (await browser.get('/masuk')).text(), /setelah 12 jam Anda perlu masuk lagi/)
  })

  test('a page that asks by itself keeps nobody signed in', async () => {
    const browser = await portal.as('head-of-division')
    for (let asked = 0; asked < 3; asked += 1) {
      advance(11)
      await browser.send('/akun', { headers: { accept: 'text/event-stream' } })
    }
    assert.equal(await status(browser), 303)
  })

  test('over the API the end has a reason of its own', async () => {
    const browser = await portal.as('operator')
    advance(31)
    const answer = await browser.api('GET', '/me')
    assert.equal(answer.status, 401)
    assert.equal(((await answer.json()) as { reason: string }).reason, 'session-over')
  })

  test('a form that comes after the end is given back, changes nothing, and can be sent again', async () => {
    const browser = await portal.as('head-of-office')
    advance(31)
    const sent = await browser.post('/akun/nama', { name: '"><script>alert(1)</script>', password: 'x' })
    assert.equal(sent.status, 401)
    const refused = await sent.text()
    assert.match(refused, /belum disimpan.*Berkas dan kata sandi tidak disimpan/s)
    assert.ok(!refused.includes('alert(1)'), 'a form with a password is not given back')
    const again = await portal.as('head-of-office')
    advance(31)
    const text = await (
      await again.post('/o/contoh/pendaftaran/x', { text: '"><b>dua baris\nisi' }, { 'content-length': '99' })
    ).text()
    assert.match(text, /Kirim lagi/)
    assert.match(text, /<input type="hidden" name="text" value="&quot;&gt;&lt;b&gt;dua baris\nisi"/)
    assert.match(text, /action="\/o\/contoh\/pendaftaran\/x"/)
  })

  test('get a new token at sign-in and at the second factor, and the old one is worth nothing', async () => {
    const { email } = await portal.member('operator')
    const browser = await portal.as('operator')
    const first = token(browser)
    await browser.post('/masuk', { email, password: testPassword })
    const second = token(browser)
    assert.notEqual(first, second)
    const stolen = portal.visit()
    stolen.cookies.set('ranah.session_token', first!)
    assert.equal(await status(stolen), 303)
    const start = await (await browser.post('/akun/kode', { act: 'start', password: testPassword })).text()
    const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(start)![1]!
    await browser.post('/akun/kode', { act: 'confirm', code: codeAt(secret, Date.now()) })
    const third = token(browser)
    assert.notEqual(second, third)
    await browser.post('/masuk', { email, password: testPassword })
    const code = codeAt(secret, Date.now() + 30_000)
    assert.equal((await browser.post('/masuk/kode', { code })).status, 303)
    assert.equal(await status(browser), 200)
    for (const old of [second, third]) {
      stolen.cookies.set('ranah.session_token', old!)
      assert.equal(await status(stolen), 303)
    }
    assert.equal(await rows('operator'), 1)
  })

  test('get a new token at a change of the password, whose old one is worth nothing in any copy', async () => {
    const browser = await portal.as('head-of-division')
    const before = token(browser)
    const stolen = portal.visit()
    stolen.cookies.set('ranah.session_token', before!)
    const password = 'sembilan perahu berlabuh'
    const changed = await browser.post('/akun/sandi', { current: testPassword, password, repeat: password })
    assert.equal(changed.status, 303)
    assert.notEqual(token(browser), before)
    assert.deepEqual([await status(browser), await status(stolen)], [200, 303])
    assert.equal(await rows('head-of-division'), 1)
  })

  test('the list names browser, network, first and last use, and signs out one, the others, or all', async () => {
    const { email } = await portal.member('administrator')
    const agents = [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      '<script>alert(1)</script>',
    ]
    const browsers: Browser[] = []
    for (const [index, agent] of agents.entries()) {
      const browser = portal.visit(`198.51.100.${index + 1}`)
      const sent = { email, password: testPassword }
      assert.equal((await browser.post('/masuk', sent, { 'user-agent': agent })).status, 303)
      browsers.push(browser)
      advance(2)
    }
    const [chrome, phone, odd] = browsers as [Browser, Browser, Browser]
    const page = await (await chrome.get('/akun/sesi')).text()
    for (const shown of [
      'Chrome di Windows',
      'Safari di iOS',
      'tidak diketahui',
      '198.51.100.2',
      'perangkat ini',
    ])
      assert.ok(page.includes(shown), shown)
    assert.ok(!page.includes('alert(1)'))
    const { items } = (await (await chrome.api('GET', '/me/sessions')).json()) as {
      items: { id: string; address: string; since: string; usedAt: string; current: boolean }[]
    }
    const own = items.find(({ current }) => current)!
    assert.equal(own.address, '198.51.100.1')
    assert.ok(own.usedAt > own.since)
    const other = items.find(({ address }) => address === '198.51.100.2')!
    const stranger = await portal.as('auditor')
    await stranger.post('/akun/sesi', { session: other.id })
    assert.equal(await status(phone), 200, 'nobody ends the session of somebody else')
    await chrome.post('/akun/sesi', { session: other.id })
    assert.deepEqual([await status(phone), await status(odd), await status(chrome)], [303, 200, 200])
    await chrome.post('/akun/sesi', { act: 'others' })
    assert.deepEqual([await status(odd), await status(chrome)], [303, 200])
    assert.equal((await chrome.post('/akun/sesi', { act: 'all' })).headers.get('location'), '/masuk')
    assert.equal(await status(chrome), 303)
    assert.equal(await rows('administrator'), 0)
  })
})
