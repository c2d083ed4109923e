import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setMembershipActive } from '../../../src/actions/people/set-membership-active.ts'
import { asOwner } from '../../support/app.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'
import { codeAt } from '../../support/totp.ts'

describe('signing in', () => {
  let portal: TestPortal
  before(async () => void (portal = await createTestPortal()))
  after(() => portal.close())

  const acts = async (act: string): Promise<number> => {
    const rows = await asOwner(portal.database, 'select 1 from logbook_entries where act = $1', [act])
    return rows.length
  }

  test('a password opens the office, and the logbook says so', async () => {
    const browser = await portal.as('operator')
    const page = await browser.get('/o/contoh')
    assert.equal(page.status, 200)
    assert.match(await page.text(), /Orang operator/)
    assert.equal(await acts('account.signed-in'), 1)
    const cookie = [...browser.cookies.keys()]
    assert.ok(cookie.includes('ranah.session_token'), cookie.join())
  })

  test('the session cookie is HttpOnly and SameSite=Lax', async () => {
    const { email } = await portal.member('operator')
    const answer = await portal.visit().post('/masuk', { email, password: testPassword })
    const line = answer.headers.getSetCookie().find((each) => each.startsWith('ranah.session_token'))!
    assert.match(line, /HttpOnly/i)
    assert.match(line, /SameSite=Lax/i)
  })

  test('a wrong password and an unknown address look the same, and keep what was entered', async () => {
    const { email } = await portal.member('auditor')
    const texts = await Promise.all(
      [email, 'tidak.ada@contoh.test'].map(async (each) => {
        const browser = portal.visit('198.51.100.1')
        const answer = await browser.post('/masuk', { email: each, password: 'salah sama sekali' })
        assert.equal(answer.status, 401)
        assert.equal(browser.cookies.size, 0)
        return (await answer.text()).replaceAll(each, 'X')
      }),
    )
    assert.equal(texts[0], texts[1])
    assert.match(texts[0]!, /value="X"/)
    assert.ok(!texts[0]!.includes('salah sama sekali'))
    assert.equal(await acts('account.sign-in-failed'), 1)
  })

  test('a signed-out visitor is sent to sign in and comes back, but never off the portal', async () => {
    const away = await portal.visit().get('/o/contoh/token?x=1')
    assert.equal(away.headers.get('location'), '/masuk?kembali=%2Fo%2Fcontoh%2Ftoken%3Fx%3D1')
    const { email } = await portal.member('operator')
    const fields = { email, password: testPassword }
    const back = await portal.visit().post('/masuk?kembali=%2Fo%2Fcontoh%2Ftoken', fields)
    assert.equal(back.headers.get('location'), '/o/contoh/token')
    const evil = await portal.visit().post('/masuk?kembali=%2F%2Fevil.example', fields)
    assert.equal(evil.headers.get('location'), '/')
  })

  test('failed tries hold up one account on one network, and nobody elsewhere', async () => {
    const { email } = await portal.member('head-of-office')
    const attacker = portal.visit('198.51.100.7')
    const statuses: number[] = []
    for (let round = 0; round < 12; round += 1)
      statuses.push((await attacker.post('/masuk', { email, password: 'tebakan yang salah' })).status)
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401))
    assert.deepEqual(statuses.slice(10), [429, 429])
    const right = await attacker.post('/masuk', { email, password: testPassword })
    assert.equal(right.status, 429, 'on that network even the right password waits')
    const owner = await portal.visit('203.0.113.5').post('/masuk', { email, password: testPassword })
    assert.equal(owner.status, 303, 'the owner elsewhere is not held up')
    const neighbour = await portal.member('operator')
    const same = await portal
      .visit('198.51.100.7')
      .post('/masuk', { email: neighbour.email, password: testPassword })
    assert.equal(same.status, 303, 'a neighbour on the same network is not held up')
  })

  test('three hundred wrong passwords from one /64 hold up nobody elsewhere, nor a neighbour who is known there', async () => {
    const [victim, other] = [await portal.member('head-of-office'), await portal.member('operator')]
    const right = { email: other.email, password: testPassword }
    const own = '2001:db8:7:7::1'
    assert.equal((await portal.visit(own).post('/masuk', right)).status, 303)
    const statuses = new Map<number, number>()
    for (let round = 0; round < 300; round += 1) {
      const email = round % 2 === 0 ? victim.email : `orang-${round}@contoh.test`
      const from = portal.visit(`2001:db8:7:7::${(round + 2).toString(16)}`)
      const { status } = await from.post('/masuk', { email, password: 'tebakan yang salah' })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    assert.deepEqual(
      [...statuses.keys()].toSorted((a, b) => a - b),
      [401, 429],
    )
    assert.ok(statuses.get(401)! <= 110, `${statuses.get(401)} were tried`)
    const ofVictim = { email: victim.email, password: testPassword }
    for (const elsewhere of ['203.0.113.77', '2001:db8:7:8::1'])
      assert.equal((await portal.visit(elsewhere).post('/masuk', ofVictim)).status, 303, elsewhere)
    assert.equal((await portal.visit(own).post('/masuk', right)).status, 303, 'known there')
  })

  test('a client cannot choose its own address; a trusted proxy can name it', async () => {
    const { email } = await portal.member('head-of-division')
    const wrong = { email, password: 'tebakan yang salah' }
    const liar = portal.visit('198.51.100.8')
    for (let round = 0; round < 11; round += 1)
      await liar.post('/masuk', wrong, { 'x-forwarded-for': `203.0.113.${round}` })
    assert.equal((await liar.post('/masuk', wrong, { 'x-forwarded-for': '203.0.113.99' })).status, 429)
    const proxy = portal.visit('192.0.2.250')
    const client = { 'x-forwarded-for': '198.51.100.8, 203.0.113.99' }
    assert.equal((await proxy.post('/masuk', wrong, client)).status, 401)
    const limited = { 'x-forwarded-for': '203.0.113.99, 198.51.100.8' }
    assert.equal((await proxy.post('/masuk', wrong, limited)).status, 429)
  })

  test('signing out ends the session on the server', async () => {
    const browser = await portal.as('auditor')
    const stolen = portal.visit()
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value)
    assert.equal((await browser.post('/keluar')).headers.get('location'), '/masuk')
    assert.equal((await stolen.get('/o/contoh')).status, 303)
  })

  test('a deactivated member sees nothing from the next request on', async () => {
    const browser = await portal.as('applicant')
    assert.equal((await browser.get('/o/contoh')).status, 200)
    const applicant = await portal.member('applicant')
    await setMembershipActive(portal.deps, await portal.member('administrator'), applicant.personId, false)
    assert.equal((await browser.get('/o/contoh')).status, 404)
    assert.equal((await browser.post('/o/contoh/token', { name: 'x' })).status, 404)
  })

  describe('with a second factor', () => {
    const enrol = async () => {
      const browser = await portal.as('operator')
      const start = await browser.post('/akun/kode', { act: 'start', password: testPassword })
      assert.equal(start.status, 200)
      const html = await start.text()
      const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(html)![1]!
      assert.match(html, /<svg viewBox="0 0 \d+ \d+"/)
      const wrong = await browser.post('/akun/kode', { act: 'confirm', code: '000000' })
      assert.equal(wrong.status, 422)
      const code = codeAt(secret, Date.now())
      const confirmed = await browser.post('/akun/kode', { act: 'confirm', code })
      assert.equal(confirmed.status, 200)
      const backup = /<li>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})<\/li>/.exec(await confirmed.text())![1]!
      return { secret, backup, code, browser }
    }

    test('a password alone opens nothing; every code works once', async () => {
      const { secret, backup, code } = await enrol()
      const { email } = await portal.member('operator')
      const browser = portal.visit()
      const first = await browser.post('/masuk', { email, password: testPassword })
      assert.equal(first.headers.get('location'), '/masuk/kode')
      assert.equal((await browser.get('/o/contoh')).status, 303)
      assert.equal((await browser.post('/masuk/kode', { code: '123456' })).status, 401)
      const replayed = await browser.post('/masuk/kode', { code })
      assert.equal(replayed.status, 401, 'the code of the enrolment was used')
      const next = codeAt(secret, Date.now() + 30_000)
      const twin = portal.visit()
      await twin.post('/masuk', { email, password: testPassword })
      const both = await Promise.all([browser, twin].map((each) => each.post('/masuk/kode', { code: next })))
      const statuses = both.map((each) => each.status).sort((a, b) => a - b)
      assert.deepEqual(statuses, [303, 401], 'of two at once one gets in')
      const winner = both[0]!.status === 303 ? browser : twin
      assert.equal((await winner.get('/o/contoh')).status, 200)
      const third = portal.visit()
      await third.post('/masuk', { email, password: testPassword })
      assert.equal((await third.post('/masuk/kode', { code: backup })).status, 303)
    })

    test('a code without a password before it is told to start again', async () => {
      assert.equal((await portal.visit().post('/masuk/kode', { code: '123456' })).status, 410)
      const forged = portal.visit()
      forged.cookies.set('ranah.two_factor', '2fa-guess.c2lnbmF0dXJl')
      assert.equal((await forged.post('/masuk/kode', { code: '123456' })).status, 410)
    })
  })

  test('a password is changed with the old one only, and other sessions end', async () => {
    const browser = await portal.as('head-of-office')
    const other = await portal.as('head-of-office')
    const fields = { current: 'bukan itu sandinya', password: 'sembilan perahu berlabuh', repeat: '' }
    const repeat = fields.password
    assert.equal((await browser.post('/akun/sandi', { ...fields, repeat })).status, 422)
    const right = { ...fields, current: testPassword }
    assert.equal((await browser.post('/akun/sandi', { ...right, repeat: 'lain' })).status, 422)
    for (const password of [
      'pendek',
      'password1234',
      'administrator2026',
      'aaaaaaaaaaaaaaaa',
      'lima perahu contoh biru',
    ])
      assert.equal((await browser.post('/akun/sandi', { ...right, password, repeat: password })).status, 422)
    assert.equal((await browser.post('/akun/sandi', { ...right, repeat })).status, 303)
    assert.equal((await other.get('/akun')).status, 303)
    assert.equal((await browser.get('/akun')).status, 200)
    const { email } = await portal.member('head-of-office')
    const old = await portal.visit().post('/masuk', { email, password: testPassword })
    assert.equal(old.status, 401)
  })
})
