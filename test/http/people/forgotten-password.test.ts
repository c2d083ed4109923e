import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { acceptInvitation } from '../../../src/actions/people/accept-invitation.ts'
import { invitePerson } from '../../../src/actions/people/invite-person.ts'
import { setMembershipActive } from '../../../src/actions/people/set-membership-active.ts'
import { asOwner } from '../../support/app.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'
import { codeAt } from '../../support/totp.ts'

const fresh = 'sembilan perahu menepi'

describe('a forgotten password', () => {
  let portal: TestPortal
  before(async () => void (portal = await createTestPortal()))
  after(() => portal.close())

  /** Addresses in the links of the mails to one person, oldest first. */
  const linksTo = async (email: string): Promise<string[]> => {
    const jobs = await portal.jobs()
    return jobs.flatMap((job) => {
      if (job.name !== 'send-mail' || job.data.to !== email) return []
      const link = /http:\S+(\/lupa-sandi\/\S+)/.exec(job.data.text)
      return link ? [link[1]!] : []
    })
  }
  const acts = async (act: string): Promise<{ office_id: string }[]> => {
    const rows = await asOwner(portal.database, 'select office_id from logbook_entries where act = $1', [act])
    return rows as { office_id: string }[]
  }
  const ask = (email: string, address?: string) => portal.visit(address).post('/lupa-sandi', { email })
  const choose = (link: string, password = fresh) => portal.visit().post(link, { password, repeat: password })

  test('an unknown, a known and a deactivated account get one answer; just the active one gets a mail', async () => {
    const known = await portal.member('operator')
    const gone = await portal.member('head-of-office')
    await setMembershipActive(portal.deps, await portal.member('administrator'), gone.personId, false)
    const answers: string[] = []
    for (const email of [known.email, gone.email, 'tidak.ada@contoh.test']) {
      const answer = await ask(email.toUpperCase())
      assert.equal(answer.status, 200)
      answers.push((await answer.text()).replaceAll(email, ''))
    }
    assert.equal(new Set(answers).size, 1)
    assert.equal((await linksTo(known.email)).length, 1)
    assert.equal((await linksTo(gone.email)).length, 0)
    assert.equal((await acts('account.reset-asked')).length, 1)
  })

  test('the link sets a password once, ends every session, and nothing of it stands in the database', async () => {
    const { email } = await portal.member('auditor')
    const open = await portal.as('auditor')
    await ask(email)
    await ask(email)
    const [first, second] = (await linksTo(email)) as [string, string]
    const rows = await asOwner(portal.database, 'select identifier from auth_verification')
    assert.ok(!JSON.stringify(rows).includes(first.split('/').at(-1)!))
    assert.equal((await portal.visit().get(first)).status, 200)
    const weak = await choose(first, 'sandi')
    assert.equal(weak.status, 422)
    const differs = await portal.visit().post(first, { password: fresh, repeat: `${fresh}!` })
    assert.equal(differs.status, 422)
    const done = await choose(first)
    assert.equal(done.headers.get('location'), '/masuk')
    assert.equal(
      done.headers.getSetCookie().some((each) => each.includes('session_token')),
      false,
    )
    assert.equal((await open.get('/o/contoh')).status, 303, 'the open session has ended')
    for (const link of [first, second])
      assert.equal((await choose(link)).status, 410, 'no link works any more')
    assert.match(await (await portal.visit().get(second)).text(), /Minta tautan baru/)
    assert.equal((await portal.visit().post('/masuk', { email, password: testPassword })).status, 401)
    assert.equal((await portal.visit().post('/masuk', { email, password: fresh })).status, 303)
    assert.equal((await acts('account.password-reset')).length, 1)
    const told = (await portal.jobs()).filter(
      (job) => job.name === 'send-mail' && job.data.to === email && /baru saja diganti/.test(job.data.text),
    )
    assert.equal(told.length, 1)
  })

  test('of two who use one link at once, one wins', async () => {
    const { email } = await portal.member('operator')
    await ask(email)
    const link = (await linksTo(email)).at(-1)!
    const answers = await Promise.all([choose(link, `${fresh} satu`), choose(link, `${fresh} dua`)])
    assert.deepEqual(
      answers.map((each) => each.status).toSorted((a, b) => a - b),
      [303, 410],
    )
  })

  test('a link from before the password was changed, and of somebody who left, does nothing', async () => {
    const browser = await portal.as('head-of-division')
    const { email } = await portal.member('head-of-division')
    await ask(email)
    const link = (await linksTo(email)).at(-1)!
    const changed = { current: testPassword, password: `${fresh} tiga`, repeat: `${fresh} tiga` }
    assert.equal((await browser.post('/akun/sandi', changed)).status, 303)
    assert.equal((await choose(link)).status, 410)
    const back = { current: changed.password, password: testPassword, repeat: testPassword }
    assert.equal((await browser.post('/akun/sandi', back)).status, 303)
    await ask(email)
    const later = (await linksTo(email)).at(-1)!
    const { personId } = await portal.member('head-of-division')
    await setMembershipActive(portal.deps, await portal.member('administrator'), personId, false)
    assert.match(await (await portal.visit().get(later)).text(), /Minta tautan baru/)
    assert.equal((await choose(later)).status, 410)
    await setMembershipActive(portal.deps, await portal.member('administrator'), personId, true)
    assert.equal((await portal.visit().post('/masuk', { email, password: testPassword })).status, 303)
  })

  test('a link that is over or made up does nothing', async () => {
    const { email } = await portal.member('applicant')
    await ask(email)
    const link = (await linksTo(email)).at(-1)!
    await asOwner(portal.database, `update auth_verification set "expiresAt" = now() - interval '1 second'`)
    assert.equal((await choose(link)).status, 410)
    assert.equal((await choose('/lupa-sandi/karangan')).status, 410)
    assert.equal((await portal.visit().post('/masuk', { email, password: testPassword })).status, 303)
  })

  test('the second factor is asked for as before, and every office of the person writes it down', async () => {
    const browser = await portal.as('head-of-division')
    const { email, name, personId } = await portal.member('head-of-division')
    const other = await portal.addOffice('tetangga')
    let invited = ''
    const invitation = { name, email, role: 'auditor' as const, agency: undefined }
    await invitePerson(
      portal.deps,
      await other.member('administrator'),
      invitation,
      (each) => (invited = each),
    )
    await acceptInvitation(portal.deps, other.id, invited, { kind: 'signed-in', personId })
    const started = await browser.api('POST', '/me/second-factor', { password: testPassword })
    const { secret } = (await started.json()) as { secret: string }
    const confirmed = await browser.api('PUT', '/me/second-factor', { code: codeAt(secret, Date.now()) })
    assert.equal(confirmed.status, 200)
    const asked = await portal.visit().api('POST', '/password-resets', { email })
    assert.equal(asked.status, 202)
    const token = (await linksTo(email)).at(-1)!.split('/').at(-1)!
    const set = await portal.visit().api('POST', `/password-resets/${token}`, { password: fresh })
    assert.equal(set.status, 204)
    const written = (await acts('account.password-reset')).map((row) => row.office_id)
    assert.equal(written.filter((office) => office === other.id).length, 1)
    assert.ok(written.includes(portal.id))
    const signed = await portal.visit().api('POST', '/session', { email, password: fresh })
    assert.deepEqual(await signed.json(), { next: 'code' })
  })

  test('one account gets three mails an hour, and one network thirty tries', async () => {
    const { email } = await portal.member('administrator')
    for (let round = 0; round < 5; round += 1) {
      const answer = await ask(email, `203.0.113.${round + 1}`)
      assert.equal(answer.status, 200)
    }
    assert.equal((await linksTo(email)).length, 3)
    const statuses = await Promise.all(
      Array.from(
        { length: 32 },
        async (_, index) => (await ask(`x${index}@contoh.test`, '198.51.100.9')).status,
      ),
    )
    assert.equal(statuses.filter((status) => status === 429).length, 2)
  })
})
