import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { acceptInvitation } from '../../../src/actions/people/accept-invitation.ts'
import { invitePerson } from '../../../src/actions/people/invite-person.ts'
import { asOwner } from '../../support/app.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword as password } from '../../support/portal.ts'

const page = '/akun/surel'

describe('the own name and e-mail address', () => {
  let portal: TestPortal
  before(async () => void (portal = await createTestPortal()))
  after(() => portal.close())

  const mailsTo = async (email: string): Promise<string[]> =>
    (await portal.jobs()).flatMap((job) =>
      job.name === 'send-mail' && job.data.to === email ? [job.data.text] : [],
    )
  /** The links in the mails to an address, oldest first. */
  const linksTo = async (email: string): Promise<string[]> =>
    (await mailsTo(email)).flatMap((text) => /http:\S+(\/akun\/surel\/\S+)/.exec(text)?.[1] ?? [])
  const entries = async (act: string) =>
    (await asOwner(
      portal.database,
      `select e.office_id, e.subject, o.value from logbook_entries e
       left join logbook_openings o on o.office_id = e.office_id and o.seq = e.seq and o.field <> 'address'
       where e.act = $1 order by e.office_id, e.seq, o.field`,
      [act],
    )) as { office_id: string; subject: string; value: string }[]
  const addressOf = async (personId: string): Promise<string> => {
    const rows = await asOwner(portal.database, 'select email from auth_user where id = $1', [personId])
    return (rows[0] as { email: string }).email
  }
  /** Sets the end of every open link that many seconds from now. */
  const endIn = (seconds: number) =>
    asOwner(portal.database, 'update email_changes set expires_at = $1', [
      new Date(portal.deps.now().getTime() + seconds * 1000),
    ])

  test('a name changes at once; the logbook of every office of the person keeps both', async () => {
    const { name, email, personId } = await portal.member('auditor')
    const other = await portal.addOffice('tetangga')
    let invited = ''
    await invitePerson(
      portal.deps,
      await other.member('administrator'),
      { name, email, role: 'auditor', agency: undefined },
      (each) => (invited = each),
    )
    await acceptInvitation(portal.deps, other.id, invited, { kind: 'signed-in', personId })
    const browser = await portal.as('auditor')
    assert.equal((await browser.post('/akun/nama', { name: '  Nama Baru, S.Kom. ' })).status, 303)
    assert.match(await (await browser.get('/akun')).text(), /Nama Baru, S\.Kom\./)
    const written = await entries('account.name-changed')
    assert.deepEqual(new Set(written.map((row) => row.office_id)), new Set([portal.id, other.id]))
    assert.deepEqual(
      written.map((row) => row.value),
      ['Nama Baru, S.Kom.', name, 'Nama Baru, S.Kom.', name],
    )
    assert.equal((await browser.api('PUT', '/me/name', { name: 'Nama Baru, S.Kom.' })).status, 204)
    for (const bad of ['', '   ', 'x'.repeat(121), 'dua\nbaris', 'balik\u202Earah']) {
      assert.equal((await browser.post('/akun/nama', { name: bad })).status, 422, JSON.stringify(bad))
      assert.equal((await browser.api('PUT', '/me/name', { name: bad })).status, 422, JSON.stringify(bad))
    }
    assert.equal((await entries('account.name-changed')).length, 4, 'nothing more was written')
  })

  test('an address changes only by the link sent there, which works once; the old one is told', async () => {
    const { personId, email: before } = await portal.member('operator')
    const browser = await portal.as('operator')
    const wanted = 'Operator.Baru@contoh.test'
    const email = wanted.toLowerCase()
    await portal.visit('203.0.113.77').post('/lupa-sandi', { email: before })
    const reset = /http:\S+(\/lupa-sandi\/\S+)/.exec((await mailsTo(before)).at(-1)!)![1]!

    const asked = await browser.post(page, { email: wanted, password })
    assert.equal(asked.status, 303, await asked.text())
    assert.match(await (await browser.get('/akun')).text(), /Menunggu konfirmasi dari operator\.baru@contoh/)
    assert.equal(await addressOf(personId), before)
    const [link] = (await linksTo(email)) as [string]
    const rows = await asOwner(portal.database, 'select * from email_changes')
    assert.ok(!JSON.stringify(rows).includes(link.split('/').at(-1)!), 'the token stands in no table')

    assert.match(await (await browser.get(link)).text(), /operator\.baru@contoh\.test/)
    assert.equal(await addressOf(personId), before, 'whoever only looks changes nothing')
    const answers = await Promise.all([browser.post(link, {}), browser.post(link, {})])
    assert.deepEqual(
      answers.map((each) => each.status).toSorted((a, b) => a - b),
      [303, 410],
    )
    assert.equal(await addressOf(personId), email)
    assert.equal((await browser.post(link, {})).status, 410)
    assert.match(await (await browser.get(link)).text(), /Minta tautan baru/)
    const told = (await mailsTo(before)).filter((text) => text.includes(email))
    assert.equal(told.length, 1)
    assert.deepEqual(
      (await entries('account.email-changed')).map((row) => row.value),
      [email, before],
    )
    const chosen = { password: 'sembilan perahu menepi', repeat: 'sembilan perahu menepi' }
    assert.equal((await portal.visit().post(reset, chosen)).status, 410, 'a link in the old mailbox is dead')
    assert.equal((await portal.visit().post('/masuk', { email: before, password })).status, 401)
    assert.equal((await portal.visit().post('/masuk', { email, password })).status, 303)
  })

  test('a wrong password, or the present address, sends nothing', async () => {
    const { email } = await portal.member('head-of-office')
    const browser = await portal.as('head-of-office')
    const wrong = await browser.post(page, { email: 'lain@contoh.test', password: 'bukan kata sandinya' })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /Kata sandi sekarang tidak cocok/)
    assert.equal((await browser.post(page, { email: 'bukan surel', password })).status, 422)
    assert.equal((await browser.post(page, { email: email.toUpperCase(), password })).status, 422)
    const nobody = await portal.visit().api('POST', '/me/email-changes', { email: 'a@contoh.test', password })
    assert.equal(nobody.status, 401)
    assert.deepEqual(await mailsTo('lain@contoh.test'), [])
    assert.doesNotMatch(await (await browser.get('/akun')).text(), /Menunggu konfirmasi/)
  })

  test('the answer does not tell that an address is taken; its owner is told by mail, without a link', async () => {
    const { email: taken } = await portal.member('administrator')
    const browser = await portal.as('head-of-division')
    const seen: string[] = []
    for (const email of [taken, 'bebas@contoh.test']) {
      const answer = await browser.api('POST', '/me/email-changes', { email, password })
      const account = await (await browser.get('/akun')).text()
      const shown = /<main[\s\S]*<\/main>/.exec(account)![0].replaceAll(email, 'ALAMAT')
      seen.push(`${answer.status} ${await answer.text()} ${shown}`)
    }
    assert.equal(seen[0], seen[1])
    assert.match(seen[0]!, /^202 .*ALAMAT/s)
    assert.deepEqual(await linksTo(taken), [])
    assert.match((await mailsTo(taken)).at(-1)!, /sudah dipakai akun Anda/)
  })

  test('an address that another account took meanwhile stays with it', async () => {
    const { personId, email: before } = await portal.member('head-of-division')
    const browser = await portal.as('head-of-division')
    const [link] = (await linksTo('bebas@contoh.test')) as [string]
    const { personId: other } = await portal.member('administrator')
    const own = await addressOf(other)
    await asOwner(portal.database, `update auth_user set email = 'bebas@contoh.test' where id = $1`, [other])
    const answer = await browser.post(link, {})
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /akun lain memakai alamat ini/)
    assert.equal(await addressOf(personId), before)
    await asOwner(portal.database, 'update auth_user set email = $2 where id = $1', [other, own])
  })

  test("another person's link, an older one, one that is over, and a made-up one do nothing", async () => {
    const { personId, email: before } = await portal.member('applicant')
    const browser = await portal.as('applicant')
    const stranger = await portal.as('administrator')
    const strangersAddress = await addressOf((await portal.member('administrator')).personId)
    for (const email of ['satu@contoh.test', 'dua@contoh.test', 'tiga@contoh.test'])
      assert.equal((await browser.api('POST', '/me/email-changes', { email, password })).status, 202)
    const links = await Promise.all(['satu', 'dua', 'tiga'].map((name) => linksTo(`${name}@contoh.test`)))
    const [first, , third] = links.flat() as [string, string, string]
    const often = await browser.post(page, { email: 'empat@contoh.test', password })
    assert.equal(often.status, 429)
    const token = third.split('/').at(-1)!
    assert.equal((await stranger.post(third, {})).status, 410)
    assert.equal((await stranger.api('POST', `/me/email-changes/${token}`)).status, 410)
    assert.equal((await portal.visit().post(third, {})).status, 401)
    assert.match((await portal.visit().get(third)).headers.get('location') ?? '', /^\/masuk/)
    assert.equal(await addressOf((await portal.member('administrator')).personId), strangersAddress)
    assert.equal((await browser.post(first, {})).status, 410, 'a newer link replaced it')
    assert.equal((await browser.post(`${page}/karangan`, {})).status, 410)
    await endIn(-1)
    assert.equal((await browser.post(third, {})).status, 410)
    assert.equal(await addressOf(personId), before)
    await endIn(60)
    assert.equal((await browser.api('POST', `/me/email-changes/${token}`)).status, 204)
    assert.equal(await addressOf(personId), 'tiga@contoh.test')
  })

  test('a token of the API changes neither', async () => {
    const owner = await portal.as('administrator')
    const made = await owner.api('POST', `/offices/${portal.slug}/tokens`, { name: 'skrip' })
    const { token } = (await made.json()) as { token: string }
    const call = (method: string, path: string, body: object) =>
      portal.app.request(`/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    assert.equal((await call('PUT', '/me/name', { name: 'Lain' })).status, 403)
    const wish = { email: 'token@contoh.test', password }
    assert.equal((await call('POST', '/me/email-changes', wish)).status, 403)
    assert.deepEqual(await mailsTo('token@contoh.test'), [])
  })
})
