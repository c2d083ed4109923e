import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asOwner, testConfig } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, kukarSop, testPassword } from '../../support/portal.ts'
import { signedIn } from '../../support/session.ts'
import type { Claims } from '../../support/soft-passkey.ts'
import { softPasskey } from '../../support/soft-passkey.ts'
import { codeAt } from '../../support/totp.ts'

const origin = 'http://localhost'
const home = { origin, rpId: 'localhost' }

describe('passkeys', () => {
  let portal: TestPortal
  before(async () => {
    portal = await createTestPortal(kukarSop, { config: { ...testConfig(), publicUrl: origin } })
  })
  after(() => portal.close())

  const challengeFrom = async (browser: Browser, path: string): Promise<string> => {
    const answer = await browser.api('POST', path)
    assert.equal(answer.status, 200)
    return ((await answer.json()) as { challenge: string }).challenge
  }
  const add = async (browser: Browser, response: string, password = testPassword): Promise<Response> =>
    browser.api('POST', '/me/passkeys', { name: 'Laptop kantor', password, response })
  const enter = (response: string, browser = portal.visit()): Promise<Response> =>
    browser.api('POST', '/session/passkey', { response })
  const challenge = (): Promise<string> => challengeFrom(portal.visit(), '/session/passkey-options')

  async function withKey(role: Parameters<TestPortal['member']>[0]) {
    const browser = await signedIn(portal, await portal.member(role))
    const key = softPasskey(home)
    const made = await add(browser, key.make(await challengeFrom(browser, '/me/passkey-options')))
    assert.equal(made.status, 201, await made.clone().text())
    const { recoveryCodes } = (await made.json()) as { recoveryCodes: string[] }
    return { browser, key, recoveryCodes }
  }

  test('one opens the account without password and code, and the password alone no more', async () => {
    const { key, recoveryCodes } = await withKey('operator')
    assert.equal(recoveryCodes.length, 10)
    const { email, personId } = await portal.member('operator')
    const browser = portal.visit()
    assert.equal((await enter(key.answer(await challenge()), browser)).status, 204)
    assert.equal((await browser.get('/o/contoh')).status, 200)
    const password = portal.visit()
    const first = await password.post('/masuk', { email, password: testPassword })
    assert.equal(first.headers.get('location'), '/masuk/kode')
    assert.equal((await password.get('/o/contoh')).status, 303)
    assert.equal((await password.post('/masuk/kode', { code: recoveryCodes[0]! })).status, 303)
    const rows = await asOwner(portal.database, 'select * from passkeys where person_id = $1', [personId])
    assert.equal(rows.length, 1)
    const mails = (await portal.jobs()).map(({ data }) => JSON.stringify(data))
    assert.ok(mails.some((mail) => mail.includes(email) && mail.includes('Laptop kantor')))
    const acts = await asOwner(
      portal.database,
      "select text from logbook_entries where act = 'account.passkey-added'",
    )
    assert.equal(acts.length, 1)
    assert.ok(!String(acts[0]!.text).includes('Laptop kantor'), 'the name stands behind a commitment')
  })

  test('what a hostile device or page says opens nothing', async () => {
    const { key } = await withKey('auditor')
    const cases: readonly (readonly [string, Claims])[] = [
      ['another origin', { origin: 'http://localhost.evil.example' }],
      ['another relying party', { rpId: 'evil.example' }],
      ['a user who was not verified', { unverified: true }],
      ['a forged signature', { forged: true }],
    ]
    for (const [what, claims] of cases)
      assert.equal((await enter(key.answer(await challenge(), claims))).status, 401, what)
    const stranger = softPasskey(home)
    assert.equal((await enter(stranger.answer(await challenge()))).status, 401, 'an unknown key')
    const forged = Buffer.from(await challenge(), 'base64url')
    forged[0] = 0xff
    assert.equal(
      (await enter(key.answer(forged.toString('base64url')))).status,
      401,
      'a challenge made longer',
    )
    const late = await challenge()
    portal.clock.now = new Date(portal.clock.now.getTime() + 16 * 60_000)
    assert.equal((await enter(key.answer(late))).status, 401, 'a challenge that is over')
    for (const nonsense of ['', '{}', '[]', 'null', '{"id":1}', '\u0000', `"${'x'.repeat(15_000)}"`])
      assert.ok([401, 422].includes((await enter(nonsense)).status), nonsense.slice(0, 20))
  })

  test('an answer works once, also of twenty at once, and a counter that goes back is a copy', async () => {
    const { key } = await withKey('head-of-division')
    const answer = key.answer(await challenge(), { counter: 5 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(answer)))
    assert.equal(answers.filter(({ status }) => status === 204).length, 1)
    assert.equal((await enter(key.answer(await challenge(), { counter: 4 }))).status, 401)
    assert.equal((await enter(key.answer(await challenge(), { counter: 6 }))).status, 204)
  })

  test('only its owner adds it, with the password, from a challenge of their own', async () => {
    const owner = await signedIn(portal, await portal.member('head-of-office'))
    const other = await signedIn(portal, await portal.member('applicant'))
    const key = softPasskey(home)
    const foreign = await challengeFrom(other, '/me/passkey-options')
    assert.equal((await add(owner, key.make(foreign))).status, 422)
    const own = () => challengeFrom(owner, '/me/passkey-options')
    assert.equal((await add(owner, key.make(await own()), 'bukan kata sandinya')).status, 422)
    assert.equal((await add(owner, key.make(await own(), { unverified: true }))).status, 422)
    assert.equal((await add(owner, key.make(await own(), { origin: 'http://evil.example' }))).status, 422)
    assert.equal((await add(owner, key.make(await challenge()))).status, 422, 'one to sign in')
    assert.equal((await enter(key.answer(await challenge()))).status, 401, 'nothing was added')
    const once = key.make(await own())
    assert.equal((await add(owner, once)).status, 201)
    assert.equal((await add(owner, once)).status, 422, 'twice')
    const again = key.make(await challengeFrom(other, '/me/passkey-options'))
    assert.equal((await add(other, again)).status, 409, 'the key of somebody else')
  })

  test('the last one of staff stays; of an applicant the second factor goes with it, unless there is an authenticator app', async () => {
    const staff = await withKey('administrator')
    const last = await staff.browser.api('DELETE', `/me/passkeys/${staff.key.id}`, { password: testPassword })
    assert.equal(last.status, 409)
    assert.equal(((await last.json()) as { reason: string }).reason, 'last-second-factor')
    assert.equal((await enter(staff.key.answer(await challenge()))).status, 204, 'it is there')
    const { browser, key } = await withKey('applicant')
    const start = await browser.post('/akun/kode', { act: 'start', password: testPassword })
    const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(await start.text())![1]!
    const code = codeAt(secret, Date.now())
    assert.equal((await browser.post('/akun/kode', { act: 'confirm', code })).status, 303)
    const { email } = await portal.member('applicant')
    const asks = async (): Promise<boolean> => {
      const answer = await portal.visit().post('/masuk', { email, password: testPassword })
      return answer.headers.get('location') === '/masuk/kode'
    }
    await browser.post('/akun/kode', { act: 'stop', password: testPassword })
    assert.equal(await asks(), true, 'the passkey still stands')
    const stranger = await signedIn(portal, await portal.member('auditor'))
    const path = `/me/passkeys/${key.id}`
    assert.equal((await stranger.api('DELETE', path, { password: testPassword })).status, 404)
    assert.equal((await browser.api('DELETE', path, { password: 'salah' })).status, 422)
    assert.equal((await browser.api('DELETE', path, { password: testPassword })).status, 204)
    assert.equal(await asks(), false)
    assert.equal((await enter(key.answer(await challenge()))).status, 401)
    const left = await asOwner(
      portal.database,
      'select 1 from recovery_codes r join auth_user u on u.id = r.person_id where u.email = $1',
      [email],
    )
    assert.equal(left.length, 0)
  })

  test('an administrator takes all factors of somebody who lost them; nobody else does, and not across offices', async () => {
    const { browser, key } = await withKey('applicant')
    const lost = await portal.member('applicant')
    const admin = await signedIn(portal, await portal.member('administrator'))
    const path = (id: string) => `/offices/contoh/people/${id}/second-factors`
    const reason = 'Datang sendiri dengan KTP ke loket.'
    const operator = await signedIn(portal, await portal.member('operator'))
    assert.equal((await operator.api('DELETE', path(lost.personId), { reason })).status, 403)
    const own = (await portal.member('administrator')).personId
    assert.equal((await admin.api('DELETE', path(own), { reason })).status, 403)
    assert.equal((await admin.api('DELETE', path(lost.personId), { reason: 'lupa' })).status, 422)
    const other = await portal.addOffice('tetangga')
    const stranger = await other.as('administrator')
    const foreign = `/offices/tetangga/people/${lost.personId}/second-factors`
    assert.equal((await stranger.api('DELETE', foreign, { reason })).status, 404)
    await asOwner(
      portal.database,
      "insert into memberships (office_id, person_id, role, since) values ($1, $2, 'auditor', now())",
      [other.id, lost.personId],
    )
    assert.equal((await admin.api('DELETE', path(lost.personId), { reason })).status, 403)
    assert.equal((await enter(key.answer(await challenge()))).status, 204, 'nothing changed')
    await asOwner(portal.database, 'delete from memberships where office_id = $1 and person_id = $2', [
      other.id,
      lost.personId,
    ])
    assert.equal((await admin.api('DELETE', path(lost.personId), { reason })).status, 204)
    assert.equal((await browser.get('/akun')).status, 303, 'open sessions ended')
    assert.equal((await enter(key.answer(await challenge()))).status, 401)
    const again = await portal.visit().post('/masuk', { email: lost.email, password: testPassword })
    assert.notEqual(again.headers.get('location'), '/masuk/kode')
    await asOwner(
      portal.database,
      `insert into auth_user (id, name, email, "emailVerified") values ('never', 'x', 'never@contoh.test', true)`,
    )
    await asOwner(
      portal.database,
      "insert into memberships (office_id, person_id, role, since) values ($1, 'never', 'auditor', now())",
      [portal.id],
    )
    assert.equal(
      (await admin.api('DELETE', path('never'), { reason })).status,
      404,
      'there is nothing to take',
    )
    const mails = (await portal.jobs()).map(({ data }) => JSON.stringify(data))
    assert.ok(mails.some((mail) => mail.includes(lost.email) && mail.includes('diatur ulang')))
  })
})
