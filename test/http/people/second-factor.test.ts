/** The second factor that staff must have: nothing opens without, and no way leads around it. */
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { Role } from '../../../src/domain/access/roles.ts'
import { enrolmentHours } from '../../../src/domain/access/second-factor.ts'
import { asOwner, setProven } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword as password } from '../../support/portal.ts'
import { codeAt } from '../../support/totp.ts'

const reason = 'Datang sendiri dengan KTP ke loket.'

describe('the second factor of staff', () => {
  let portal: TestPortal
  beforeEach(async () => {
    portal = await createTestPortal()
    await setProven(portal.database, false)
  })
  const close = async (): Promise<void> => {
    assert.deepEqual(portal.faults, [])
    await portal.close()
  }

  const reasonOf = async (answer: Response): Promise<string> =>
    ((await answer.json()) as { reason: string }).reason
  const statuses = (answers: readonly Response[]) =>
    answers.map(({ status }) => status).toSorted((one, other) => one - other)
  const requests = (browser: Browser) => browser.api('GET', '/offices/contoh/requests')
  const isIn = async (browser: Browser): Promise<boolean> => (await requests(browser)).status === 200

  async function begin(browser: Browser, link?: string): Promise<string> {
    const answer = await browser.api('POST', '/me/second-factor', { password, link })
    assert.equal(answer.status, 201)
    return ((await answer.json()) as { secret: string }).secret
  }
  const confirm = (browser: Browser, code: string, link?: string) =>
    browser.api('PUT', '/me/second-factor', { code, link })
  async function enrolled(browser: Browser): Promise<{ secret: string; codes: readonly string[] }> {
    const secret = await begin(browser)
    const answer = await confirm(browser, codeAt(secret, Date.now()))
    assert.equal(answer.status, 200)
    return { secret, codes: ((await answer.json()) as { recoveryCodes: string[] }).recoveryCodes }
  }
  async function door(role: Role): Promise<Browser> {
    const browser = portal.visit()
    const { email } = await portal.member(role)
    const answer = await browser.api('POST', '/session', { email, password })
    assert.deepEqual(await answer.json(), { next: 'code' })
    return browser
  }
  const give = (browser: Browser, code: string) => browser.api('POST', '/session/code', { code })

  test('pages lead to the set-up and back, forms and the API say why; afterwards everything opens', async () => {
    const browser = await portal.as('operator')
    const page = await browser.get('/o/contoh/permohonan?status=baru')
    assert.equal(page.status, 303)
    assert.equal(
      page.headers.get('location'),
      '/akun/kode?kembali=%2Fo%2Fcontoh%2Fpermohonan%3Fstatus%3Dbaru',
    )
    const html = await (await browser.get(page.headers.get('location')!)).text()
    assert.match(html, /Akun petugas wajib memakai verifikasi dua langkah/)
    const refused = await requests(browser)
    assert.equal(refused.status, 403)
    assert.equal(await reasonOf(refused), 'second-factor-needed')
    const form = await browser.post('/akun/kunci-age', { password })
    assert.equal(form.status, 403)
    assert.match(await form.text(), /href="\/akun\/kode"/)
    const stream = await browser.send('/o/contoh', { headers: { accept: 'text/event-stream' } })
    assert.equal(stream.status, 403, 'a stream is not led to a page')
    const me = (await (await browser.api('GET', '/me')).json()) as { owes: string }
    assert.equal(me.owes, 'enrolment')
    const started = await browser.post('/akun/kode?kembali=%2Fo%2Fcontoh', { act: 'start', password })
    const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(await started.text())![1]!
    const done = await browser.post('/akun/kode?kembali=%2Fo%2Fcontoh', {
      act: 'confirm',
      code: codeAt(secret, Date.now()),
    })
    assert.match(await done.text(), /href="\/o\/contoh"[^>]*>Sudah saya simpan/)
    assert.equal((await browser.get('/o/contoh')).status, 200)
    assert.equal(await isIn(browser), true)
    await close()
  })

  test('applicants need none until the office asks for it', async () => {
    const applicant = await portal.as('applicant')
    assert.equal(await isIn(applicant), true)
    const administrator = await portal.as('administrator')
    await enrolled(administrator)
    const path = '/offices/contoh/sign-in-rules'
    assert.equal((await administrator.api('PUT', path, { applicantsNeedFactor: true })).status, 200)
    assert.equal(await reasonOf(await requests(applicant)), 'second-factor-needed')
    await enrolled(applicant)
    assert.equal(await isIn(applicant), true)
    const stop = await applicant.api('DELETE', '/me/second-factor', { password })
    assert.equal(await reasonOf(stop), 'last-second-factor')
    assert.equal((await administrator.api('PUT', path, { applicantsNeedFactor: false })).status, 200)
    assert.equal((await applicant.api('DELETE', '/me/second-factor', { password })).status, 204)
    await close()
  })

  test('a role that is newly given waits for the second factor, and so does a token from before', async () => {
    const applicant = await portal.as('applicant')
    const made = await applicant.api('POST', '/offices/contoh/tokens', { name: 'skrip', days: 7 })
    const { token } = (await made.json()) as { token: string }
    const byToken = () =>
      portal.visit().api('GET', '/offices/contoh/requests', undefined, { authorization: `Bearer ${token}` })
    assert.equal((await byToken()).status, 200)
    await asOwner(
      portal.database,
      `insert into memberships (office_id, person_id, role, since)
       select office_id, person_id, 'auditor', since from memberships where role = 'applicant'`,
    )
    assert.equal(await reasonOf(await requests(applicant)), 'second-factor-needed')
    assert.equal(await reasonOf(await byToken()), 'second-factor-needed')
    await enrolled(applicant)
    assert.equal(await isIn(applicant), true)
    assert.equal(await reasonOf(await byToken()), 'second-factor-needed', 'made with a password alone')
    const next = await applicant.api('POST', '/offices/contoh/tokens', { name: 'baru', days: 7 })
    const headers = { authorization: `Bearer ${((await next.json()) as { token: string }).token}` }
    assert.equal(
      (await portal.visit().api('GET', '/offices/contoh/requests', undefined, headers)).status,
      200,
    )
    await asOwner(portal.database, 'update auth_user set "twoFactorEnabled" = false')
    const taken = await portal.visit().api('GET', '/offices/contoh/requests', undefined, headers)
    assert.equal(await reasonOf(taken), 'second-factor-needed', 'once the factor is taken away')
    await close()
  })

  test('a session from before there was a factor is worth nothing, and adds none', async () => {
    const elsewhere = await portal.as('operator')
    const browser = await portal.as('operator')
    await enrolled(browser)
    assert.equal((await elsewhere.api('GET', '/me')).status, 401, 'it ended')
    const late = await portal.as('head-of-division')
    await asOwner(portal.database, 'update auth_user set "twoFactorEnabled" = true where email = $1', [
      (await portal.member('head-of-division')).email,
    ])
    for (const [method, path, body] of [
      ['POST', '/me/second-factor', { password }],
      ['PUT', '/me/second-factor', { code: '123456' }],
      ['POST', '/me/recovery-codes', { password }],
      ['POST', '/me/passkey-options', undefined],
      ['POST', '/me/passkeys', { name: 'x', password, response: '{}' }],
      ['PUT', '/me/password', { current: password, password: 'sembilan gajah menari pelan' }],
      ['POST', '/me/email-changes', { email: 'lain@contoh.test', password }],
      ['GET', '/me', undefined],
    ] as const)
      assert.equal(await reasonOf(await late.api(method, path, body)), 'second-factor-needed', path)
    const page = await late.get('/akun')
    assert.equal(page.headers.get('location'), '/masuk?kembali=%2Fakun')
    const signIn = await late.get('/masuk?kembali=%2Fakun')
    assert.equal(signIn.status, 200, 'it leads in no circle')
    assert.match(await signIn.text(), /Sesi ini dibuka sebelum verifikasi dua langkah/)
    assert.equal((await late.api('DELETE', '/session')).status, 204)
    await close()
  })

  test('codes and recovery codes work once, also in two tabs at once', async () => {
    const browser = await portal.as('operator')
    const { secret, codes } = await enrolled(browser)
    const used = codeAt(secret, Date.now())
    assert.equal((await give(await door('operator'), used)).status, 401, 'the code of the set-up')
    const next = codeAt(secret, Date.now() + 30_000)
    const tabs = [await door('operator'), await door('operator')]
    const answers = await Promise.all(tabs.map((tab) => give(tab, next)))
    assert.deepEqual(statuses(answers), [200, 401])
    const both = [await door('operator'), await door('operator')]
    const spent = await Promise.all(both.map((tab) => give(tab, codes[0]!)))
    assert.deepEqual(statuses(spent), [200, 401])
    const opened = await Promise.all([...tabs, ...both].map(isIn))
    assert.equal(opened.filter(Boolean).length, 2)
    await close()
  })

  test('of two that set an app up at once the one whose key counts is in, the other is not', async () => {
    const tabs = [await portal.as('operator'), await portal.as('operator')]
    const secrets = await Promise.all(tabs.map((tab) => begin(tab)))
    const rows = await asOwner(portal.database, 'select 1 from auth_two_factor')
    assert.equal(rows.length, 1, 'one key waits')
    const codes = secrets.map((secret) => codeAt(secret, Date.now()))
    const answers = await Promise.all(tabs.map((tab, index) => confirm(tab, codes[index]!)))
    assert.deepEqual(statuses(answers), [200, 422])
    const winner = answers.findIndex(({ status }) => status === 200)
    assert.equal(await isIn(tabs[winner]!), true)
    assert.equal(await isIn(tabs[1 - winner]!), false)
    assert.equal((await confirm(tabs[winner]!, codes[1 - winner]!)).status, 409)
    const lost = await give(await door('operator'), codeAt(secrets[1 - winner]!, Date.now() + 30_000))
    assert.equal(lost.status, 401)
    await close()
  })

  test('staff keep one factor, also when two are removed at once', async () => {
    const browser = await portal.as('operator')
    await enrolled(browser)
    const stop = (each: Browser) => each.api('DELETE', '/me/second-factor', { password })
    assert.equal(await reasonOf(await stop(browser)), 'last-second-factor')
    const { personId } = await portal.member('operator')
    await asOwner(
      portal.database,
      `insert into passkeys (id, person_id, name, public_key, counter, transports, made_at)
       values ('kunci', $1, 'x', '\\x00', 0, '{}', now())`,
      [personId],
    )
    const answers = await Promise.all([
      stop(browser),
      browser.api('DELETE', '/me/passkeys/kunci', { password }),
    ])
    assert.deepEqual(statuses(answers), [204, 409])
    const left = await asOwner(
      portal.database,
      'select 1 from auth_user where id = $1 and "twoFactorEnabled"',
      [personId],
    )
    assert.equal(left.length, 1)
    await close()
  })

  test('a reset leads to a new set-up by the mailed link alone, within its time; nobody resets their own', async () => {
    const lost = await portal.member('operator')
    const { secret } = await enrolled(await portal.as('operator'))
    const administrator = await portal.as('administrator')
    await enrolled(administrator)
    const reset = (personId: string) =>
      administrator.api('DELETE', `/offices/contoh/people/${personId}/second-factors`, { reason })
    assert.equal((await reset((await portal.member('administrator')).personId)).status, 403)
    assert.equal((await reset(lost.personId)).status, 204)
    const browser = await portal.as('operator')
    const refusedAs = async (link?: string): Promise<string> =>
      reasonOf(await browser.api('POST', '/me/second-factor', { password, link }))
    assert.equal(await refusedAs(), 'enrolment-link-needed', 'the password alone is not enough')
    assert.equal(await refusedAs('x'.repeat(43)), 'enrolment-link-over')
    const key = { name: 'x', password, response: '{}' }
    assert.equal(await reasonOf(await browser.api('POST', '/me/passkeys', key)), 'enrolment-link-needed')
    assert.equal(await reasonOf(await confirm(browser, codeAt(secret, Date.now()))), 'enrolment-link-needed')
    const first = await mailedLink()
    assert.equal((await reset(lost.personId)).status, 204, 'the mail was lost: another')
    const second = await mailedLink()
    const again = await portal.as('operator')
    assert.equal(
      await reasonOf(await again.api('POST', '/me/second-factor', { password, link: first })),
      'enrolment-link-over',
    )
    const later = portal.clock.now
    portal.clock.now = new Date(later.getTime() + enrolmentHours * 60 * 60 * 1000)
    assert.equal(
      await reasonOf(await again.api('POST', '/me/second-factor', { password, link: second })),
      'enrolment-link-over',
    )
    portal.clock.now = later
    const page = await (await again.get(`/akun/kode?tautan=${second}`)).text()
    assert.match(page, new RegExp(`action="/akun/kode\\?tautan=${second}"`))
    const fresh = await begin(again, second)
    assert.equal(await reasonOf(await confirm(again, codeAt(fresh, Date.now()))), 'enrolment-link-needed')
    assert.equal((await confirm(again, codeAt(fresh, Date.now()), second)).status, 200)
    assert.equal(await isIn(again), true)
    const entries = await asOwner(
      portal.database,
      "select 1 from logbook_entries where act = 'person.second-factors-forgotten'",
    )
    assert.equal(entries.length, 2)
    await close()
  })

  /** The link in the mail that was sent last. */
  async function mailedLink(): Promise<string> {
    const mails = (await portal.jobs()).map(({ data }) => JSON.stringify(data))
    return /\?tautan=([\w-]+)/.exec(mails.findLast((mail) => mail.includes('tautan='))!)![1]!
  }

  test('the first run and an invitation of staff lead on to the set-up, of an applicant to the office', async () => {
    const administrator = await portal.as('administrator')
    await enrolled(administrator)
    const invite = async (role: string, email: string, agency?: string): Promise<string> => {
      const body = { name: 'Orang Baru', email, role, agency }
      assert.equal((await administrator.api('POST', '/offices/contoh/invitations', body)).status, 201)
      const mails = (await portal.jobs()).map(({ data }) => JSON.stringify(data))
      return /\/undangan\/([\w-]+)/.exec(mails.findLast((mail) => mail.includes(email))!)![1]!
    }
    const accept = async (token: string): Promise<Browser> => {
      const browser = portal.visit()
      const given = { name: 'Orang Baru', password: 'sembilan gajah menari pelan' }
      const answer = await browser.post(`/undangan/${token}`, given)
      assert.equal(answer.headers.get('location'), '/o/contoh')
      return browser
    }
    const applicant = await accept(await invite('applicant', 'p@contoh.test', 'Badan Contoh'))
    assert.equal((await applicant.get('/o/contoh')).status, 200)
    const staff = await accept(await invite('auditor', 'a@contoh.test'))
    const next = await staff.get('/o/contoh')
    assert.equal(next.headers.get('location'), '/akun/kode?kembali=%2Fo%2Fcontoh')
    await close()
  })
})
