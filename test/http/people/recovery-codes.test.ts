import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inScope } from '../../../src/db/database.ts'
import { useRecoveryCode } from '../../../src/db/recovery-codes.ts'
import { hashRecoveryCode, recoveryCodeCount } from '../../../src/domain/access/recovery-codes.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'
import { signedIn } from '../../support/session.ts'
import { codeAt } from '../../support/totp.ts'

const atOnce = 50
const readCodes = (html: string): string[] =>
  [...html.matchAll(/<li>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})<\/li>/g)].map(([, code]) => code!)

describe('recovery codes', () => {
  let portal: TestPortal
  before(async () => void (portal = await createTestPortal()))
  after(() => portal.close())

  const acts = async (act: string, personId: string): Promise<number> =>
    (
      await asOwner(
        portal.database,
        "select 1 from logbook_entries where act = $1 and subject like '%' || $2",
        [act, personId],
      )
    ).length

  async function enrolled(role: Role): Promise<{ browser: Browser; codes: string[] }> {
    const browser = await signedIn(portal, await portal.member(role))
    const start = await (await browser.post('/akun/kode', { act: 'start', password: testPassword })).text()
    assert.deepEqual(readCodes(start), [], 'no codes before the second factor is there')
    const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(start)![1]!
    const shown = await browser.post('/akun/kode', { act: 'confirm', code: codeAt(secret, Date.now()) })
    return { browser, codes: readCodes(await shown.text()) }
  }

  async function withPassword(role: Role): Promise<Browser> {
    const browser = portal.visit()
    const { email } = await portal.member(role)
    const answer = await browser.post('/masuk', { email, password: testPassword })
    assert.equal(answer.headers.get('location'), '/masuk/kode')
    return browser
  }

  test('are shown once, kept as hashes, and open the account once each, told by mail and logbook', async () => {
    const { browser, codes } = await enrolled('operator')
    const { personId, email } = await portal.member('operator')
    assert.equal(codes.length, recoveryCodeCount)
    assert.equal(new Set(codes).size, recoveryCodeCount)
    const pages = await Promise.all(
      ['/akun', '/akun/kode-pemulihan', '/akun/kode'].map((p) => browser.get(p)),
    )
    for (const page of pages) assert.deepEqual(readCodes(await page.text()), [])
    const rows = await asOwner(portal.database, 'select * from recovery_codes where person_id = $1', [
      personId,
    ])
    const kept =
      JSON.stringify(rows) + JSON.stringify(await asOwner(portal.database, 'select * from auth_two_factor'))
    for (const code of codes) assert.ok(!kept.includes(code) && !kept.includes(code.replaceAll('-', '')))
    const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
    const first = await withPassword('operator')
    assert.equal((await first.post('/masuk/kode', { code: typed })).status, 303)
    assert.equal((await first.get('/o/contoh')).status, 200)
    const again = await withPassword('operator')
    assert.equal((await again.post('/masuk/kode', { code: codes[0]! })).status, 401)
    assert.equal((await again.get('/o/contoh')).status, 303)
    assert.equal(await acts('account.recovery-codes-made', personId), 1)
    assert.equal(await acts('account.recovery-code-used', personId), 1)
    const mails = (await portal.jobs()).filter(({ name }) => name === 'send-mail').map(({ data }) => data)
    const told = mails.filter((mail) => 'to' in mail && mail.to === email && /Sisa kode: 9/.test(mail.text))
    assert.equal(told.length, 1)
  })

  test('a code opens one door of fifty that try it at once', async () => {
    const { codes } = await enrolled('auditor')
    const { personId } = await portal.member('auditor')
    const hash = hashRecoveryCode(personId, codes[1]!)
    const used = await Promise.all(
      Array.from({ length: atOnce }, () =>
        inScope(portal.deps.db, { personId }, (tx) => useRecoveryCode(tx, personId, hash, portal.clock.now)),
      ),
    )
    assert.equal(used.filter(Boolean).length, 1)
    const doors = await Promise.all(Array.from({ length: 8 }, () => withPassword('auditor')))
    const answers = await Promise.all(doors.map((door) => door.post('/masuk/kode', { code: codes[2]! })))
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    assert.deepEqual(statuses, [303, ...Array<number>(7).fill(401)])
    const opened = await Promise.all(doors.map(async (door) => (await door.get('/akun')).status))
    assert.equal(opened.filter((status) => status === 200).length, 1)
    assert.equal(await acts('account.recovery-code-used', personId), 1)
  })

  test('codes of another person, and too many tries, open nothing', async () => {
    const { codes } = await enrolled('head-of-division')
    const { codes: foreign } = await enrolled('head-of-office')
    const door = await withPassword('head-of-division')
    assert.equal((await door.post('/masuk/kode', { code: foreign[0]! })).status, 401)
    for (let tried = 1; tried < 10; tried += 1)
      assert.equal((await door.post('/masuk/kode', { code: 'aaaa-bbbb-cccc' })).status, 401)
    assert.equal((await door.post('/masuk/kode', { code: codes[0]! })).status, 429)
    assert.equal((await door.get('/o/contoh')).status, 303)
    portal.clock.now = new Date(portal.clock.now.getTime() + 16 * 60_000)
    assert.equal(
      (await door.post('/masuk/kode', { code: codes[0]! })).status,
      303,
      'they rest, and work again',
    )
  })

  test('new ones ask for the password and end the old ones; the last few are announced', async () => {
    const { browser, codes } = await enrolled('applicant')
    const wrong = await browser.post('/akun/kode-pemulihan', { password: 'bukan kata sandinya' })
    assert.equal(wrong.status, 422)
    const renewed = await browser.post('/akun/kode-pemulihan', { password: testPassword })
    const fresh = readCodes(await renewed.text())
    assert.equal(fresh.length, recoveryCodeCount)
    const door = await withPassword('applicant')
    assert.equal((await door.post('/masuk/kode', { code: codes[0]! })).status, 401)
    assert.match(await (await browser.get('/akun')).text(), /10 kode pemulihan masih berlaku/)
    for (const code of fresh.slice(0, 7)) {
      const next = await withPassword('applicant')
      assert.equal((await next.post('/masuk/kode', { code })).status, 303)
      const page = await (await next.get('/akun')).text()
      const isFew = code === fresh[6]
      assert.equal(/class="flash.*tinggal 3/s.test(page), isFew, page)
    }
    const me = (await (await browser.api('GET', '/me')).json()) as { recoveryCodesLeft: number }
    assert.equal(me.recoveryCodesLeft, 3)
  })

  test('nobody without a second factor makes codes, and switching it off ends them', async () => {
    const administrator = await signedIn(portal, await portal.member('administrator'))
    assert.equal(
      (await administrator.api('POST', '/me/recovery-codes', { password: testPassword })).status,
      409,
    )
    const { personId } = await portal.member('applicant')
    const applicant = await signedIn(portal, await portal.member('applicant'))
    assert.equal((await applicant.post('/akun/kode', { act: 'stop', password: testPassword })).status, 303)
    const rows = await asOwner(portal.database, 'select 1 from recovery_codes where person_id = $1', [
      personId,
    ])
    assert.equal(rows.length, 0)
  })
})
