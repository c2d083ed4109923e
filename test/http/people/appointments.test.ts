/** A role is worth what its paper says, on its days: in pages, over the API, in sessions that are open, for tokens. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { sampleApplication, samplePdf } from '../../support/office.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPaper } from '../../support/portal.ts'
import { signedIn } from '../../support/session.ts'

type Problem = { reason: string; status: number; detail: string }
type Item = { id: string; personId: string; role: string; state: string; basis: string }

const dayMs = 86_400_000
const base = '/offices/contoh'

describe('appointments', () => {
  let portal: TestPortal
  let admin: Browser
  before(async () => {
    portal = await createTestPortal()
    admin = await portal.as('administrator')
  })
  after(() => portal.close())

  const list = async (): Promise<Item[]> =>
    ((await (await admin.api('GET', `${base}/appointments?limit=100`)).json()) as { items: Item[] }).items
  const record = (by: Browser, fields: Record<string, unknown>) =>
    by.api('POST', `${base}/appointments`, { ...testPaper, ...fields })
  const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem
  const idOf = async (answer: Response): Promise<string> => {
    assert.equal(answer.status, 201, await answer.clone().text())
    return ((await answer.json()) as { id: string }).id
  }
  /** Somebody of their own, so that no test stands in the way of another. */
  async function newcomer(role: string, name: string, more: Record<string, unknown> = {}) {
    const email = `${name}@contoh.test`
    assert.equal((await admin.api('POST', `${base}/invitations`, { name, email, role, ...more })).status, 201)
    const jobs = (await portal.jobs()).flatMap((job) => (job.name === 'send-mail' ? [job.data.text] : []))
    const [, token] = /\/undangan\/(\S+)/.exec(jobs.at(-1)!)!
    const password = 'tujuh kerbau menyeberang'
    const joined = await portal.visit().api('POST', `/invitations/${token}/acceptance`, { name, password })
    assert.equal(joined.status, 201)
    const [row] = await asOwner(portal.database, 'select id from auth_user where email = $1', [email])
    const personId = String(row!.id)
    return { personId, browser: await signedIn(portal, { personId } as never) }
  }
  async function later<T>(days: number, run: () => Promise<T>): Promise<T> {
    const now = portal.clock.now
    portal.clock.now = new Date(now.getTime() + days * dayMs)
    try {
      return await run()
    } finally {
      portal.clock.now = now
    }
  }

  test('an invitation without its paper gives a role that counts for nothing until it is recorded', async () => {
    const { personId, browser } = await newcomer('auditor', 'tanpa-surat')
    const stopped = await problemOf(await browser.api('GET', `${base}/requests`))
    assert.deepEqual([stopped.status, stopped.reason], [403, 'appointment-over'])
    assert.match(stopped.detail, /Peran Anda sebagai Auditor belum berlaku/)
    assert.equal((await browser.get('/o/contoh/buku-log')).status, 403)
    const home = await browser.get('/o/contoh')
    assert.equal(home.status, 200)
    assert.match(await home.text(), /Peran Anda sebagai Auditor belum berlaku/)
    await idOf(await record(admin, { personId, role: 'auditor' }))
    assert.equal((await browser.get('/o/contoh/buku-log')).status, 200)
    assert.doesNotMatch(await (await browser.get('/o/contoh')).text(), /belum berlaku/)
  })

  test('after the last day every act stops with a sentence, in an open session and for a token', async () => {
    const paper = { ...testPaper, basis: 'surat-tugas', untilDay: '2026-03-31' }
    const { browser } = await newcomer('operator', 'sampai-maret', paper)
    const made = (await (
      await browser.api('POST', `${base}/tokens`, { name: 'skrip', days: 90 })
    ).json()) as { token: string }
    const byToken = () =>
      portal.visit().send(`/api/v1${base}/agencies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Dinas Dari Token' }),
      })
    assert.match(await (await browser.get('/o/contoh')).text(), /berlaku sampai 31 Maret 2026/)
    await later(29, async () => assert.equal((await browser.get('/o/contoh/perangkat-daerah')).status, 200))
    await later(30, async () => {
      const page = await browser.post('/o/contoh/perangkat-daerah/baru', { name: 'Dinas Terlambat' })
      assert.equal(page.status, 403)
      const words =
        /Penugasan Anda sebagai Operator berakhir pada 31 Maret 2026, jadi tindakan ini tidak dijalankan/
      assert.match(await page.text(), words)
      for (const answer of [await byToken(), await browser.api('GET', `${base}/requests`)]) {
        const { reason, detail } = await problemOf(answer)
        assert.equal(reason, 'appointment-over')
        assert.match(detail, words)
      }
    })
    const names = await asOwner(portal.database, "select name from agencies where name like 'Dinas %'")
    assert.ok(!names.some((row) => ['Dinas Terlambat', 'Dinas Dari Token'].includes(String(row.name))))
  })

  test('taken back, a role is gone with the next request; with a last day, after it', async () => {
    const { personId, browser } = await newcomer('auditor', 'dicabut', testPaper)
    assert.equal((await browser.get('/o/contoh/buku-log')).status, 200)
    const { id } = (await list()).find((each) => each.personId === personId)!
    const foreign = await admin.api('POST', `${base}/appointments/${id}/end`, { untilDay: '2025-12-01' })
    assert.equal((await problemOf(foreign)).reason, 'appointment-day')
    assert.equal((await admin.api('POST', `${base}/appointments/${id}/end`, {})).status, 200)
    assert.equal((await browser.get('/o/contoh/buku-log')).status, 403)
    assert.equal((await problemOf(await admin.api('POST', `${base}/appointments/${id}/end`, {}))).status, 409)
    assert.equal((await list()).find((each) => each.id === id)!.state, 'revoked')
  })

  test('a substitute decides in place of the head of division, and every record names both', async () => {
    const kabid = await portal.member('head-of-division')
    const { personId, browser } = await newcomer('auditor', 'pelaksana-harian', testPaper)
    const acting = { personId, role: 'head-of-division', acting: 'Plh.', principalId: kabid.personId }
    const unfit = await record(admin, { ...acting, fromDay: '2025-06-01', untilDay: '2026-03-10' })
    assert.equal((await problemOf(unfit)).reason, 'principal-unfit')
    await idOf(await record(admin, { ...acting, basis: 'surat-tugas', untilDay: '2026-03-10' }))

    const ticket = await requestAtDecision(portal)
    await (await portal.as('head-of-division')).api('POST', `${base}/requests/${ticket}/take`, {})
    const path = `${base}/requests/${ticket}`
    const { visit } = (await (await browser.api('GET', path)).json()) as { visit: number }
    const decision = { visit, form: { conclusion: 'Setuju.' }, outcome: 'disetujui' }
    await later(10, async () => {
      const { reason } = await problemOf(await browser.api('POST', `${path}/steps/3`, decision))
      assert.equal(reason, 'wrong-actor', 'after the last day')
    })
    const done = await browser.api('POST', `${path}/steps/3`, decision)
    assert.ok(done.status < 300, await done.text())
    const page = await (await admin.get(`/o/contoh/permohonan/${ticket}`)).text()
    assert.match(page, /pelaksana-harian, Plh\. Kepala Bidang \(Orang head-of-division\)/)
    const [entry] = await asOwner(
      portal.database,
      `select text::jsonb -> 'actor' ->> 'ref' as ref, text::jsonb -> 'details' -> 'behalf' as behalf
       from logbook_entries where act = 'step.completed' order by seq desc limit 1`,
    )
    assert.deepEqual(entry, {
      ref: personId,
      behalf: { form: 'Plh.', role: 'head-of-division', person: kabid.personId },
    })
  })

  test('a substitution ends with the paper of whom they stand in for', async () => {
    const principal = await newcomer('head-of-office', 'kadis-lama', testPaper)
    const { personId, browser } = await newcomer('auditor', 'plh-kadis', testPaper)
    const fields = { role: 'head-of-office', acting: 'Plh.', principalId: principal.personId }
    await idOf(await record(admin, { personId, ...fields, untilDay: '2026-12-31' }))
    assert.equal((await browser.get('/o/contoh/penanda-tangan')).status, 200)
    const mine = (await list()).find((each) => each.personId === principal.personId)!
    assert.equal((await admin.api('POST', `${base}/appointments/${mine.id}/end`, {})).status, 200)
    const left = (await (await browser.api('GET', '/me')).json()) as { offices: { roles: string[] }[] }
    assert.deepEqual(left.offices[0]!.roles, ['auditor'])
  })

  test('nobody gives what is not theirs to give, and an agency needs the letter of its head', async () => {
    const operator = await portal.as('operator')
    const [me, another] = [await portal.member('operator'), await portal.member('auditor')]
    for (const [by, fields, reason] of [
      [operator, { personId: another.personId, role: 'operator' }, 'not-allowed'],
      [operator, { personId: me.personId, role: 'administrator' }, 'own-roles'],
      [admin, { personId: (await portal.member('administrator')).personId, role: 'operator' }, 'own-roles'],
      [admin, { personId: another.personId, role: 'applicant' }, 'agency-unknown'],
      [admin, { personId: 'tidakada', role: 'operator' }, 'person-unknown'],
    ] as const)
      assert.equal((await problemOf(await record(by, fields))).reason, reason)
    const heads = await newcomer('applicant', 'pemohon-baru', { agency: 'Badan Contoh' })
    const draft = () => heads.browser.api('GET', `${base}/request-options`)
    assert.equal((await problemOf(await draft())).reason, 'appointment-over')
    await idOf(await record(operator, { personId: heads.personId, role: 'applicant', basis: 'surat-kuasa' }))
    assert.equal((await draft()).status, 200)
  })

  test("a neighbour's person and nobody at all look the same, in the body too", async () => {
    const neighbour = await portal.addOffice('sebelah')
    const foreign = (await neighbour.member('operator')).personId
    const own = await portal.member('auditor')
    const same = async (fieldsOf: (id: string) => Record<string, unknown>) => {
      const answers = []
      for (const id of [foreign, 'tidakada']) {
        const answer = await record(admin, fieldsOf(id))
        answers.push([answer.status, (await answer.text()).replaceAll(id, 'X')])
      }
      assert.deepEqual(answers[0], answers[1])
      assert.equal(answers[0]![0], 422)
    }
    await same((personId) => ({ personId, role: 'operator' }))
    const substitute = { personId: own.personId, role: 'operator', acting: 'Plh.', untilDay: '2026-04-01' }
    await same((principalId) => ({ ...substitute, principalId }))
  })

  test('an administrator whose paper is over gets as far as making it good, when nobody else is left', async () => {
    const neighbour = await portal.addOffice('terakhir')
    const { personId } = await neighbour.member('administrator')
    const browser = await neighbour.as('administrator')
    await asOwner(portal.database, "update appointments set until_day = '2026-02-28' where person_id = $1", [
      personId,
    ])
    assert.equal((await browser.get('/o/terakhir/pengguna')).status, 403)
    assert.equal((await browser.get('/o/terakhir/penugasan/baru')).status, 200)
    const operator = { ...testPaper, personId, role: 'operator' }
    const paths = '/offices/terakhir/appointments'
    assert.equal((await browser.api('POST', paths, operator)).status, 403)
    const own = { ...testPaper, personId, role: 'administrator' }
    assert.equal((await browser.api('POST', paths, own)).status, 201)
    assert.equal((await browser.get('/o/terakhir/pengguna')).status, 200)
  })

  test('the letter is filed as a scan, and the list is a file', async () => {
    const { id } = (await list()).find((each) => each.basis === 'sk')!
    const path = `/api/v1${base}/appointments/${id}/scan`
    assert.equal((await admin.get(path)).status, 404)
    const send = (body: Uint8Array<ArrayBuffer>) =>
      admin.send(path, {
        method: 'PUT',
        body,
        headers: { origin: admin.origin, 'content-type': 'application/pdf' },
      })
    assert.equal((await send(new Uint8Array(Buffer.from('bukan pdf')))).status, 422)
    assert.equal((await send(new Uint8Array(samplePdf))).status, 200)
    const scan = await admin.get(`/o/contoh/penugasan/${id}/surat`)
    assert.deepEqual(Buffer.from(await scan.arrayBuffer()), samplePdf)
    const csv = await (await admin.get('/o/contoh/penugasan?unduh=csv')).text()
    assert.match(csv, /^Pegawai atau pemohon,Peran,Perangkat daerah,/)
    assert.match(csv, /Orang operator,Operator,,,,SK,800\/12\/2026,2026-01-02,2026-01-02,,berlaku/)
    assert.deepEqual(portal.faults, [])
  })
})

/** A sent application that lies before the head of division. @returns its ticket */
async function requestAtDecision(portal: TestPortal): Promise<string> {
  const applicant = await portal.as('applicant')
  type Options = { agencies: { id: string }[]; zones: { id: string }[] }
  await asOwner(portal.database, "update zones set status = 'ready' where office_id = $1", [portal.id])
  const options = (await (await applicant.api('GET', `${base}/request-options`)).json()) as Options
  const made = await applicant.api('POST', `${base}/requests`, {
    kind: 'subdomain-hosting',
    agencyId: options.agencies[0]!.id,
    zoneId: options.zones[0]!.id,
    application: sampleApplication('pengganti'),
  })
  const { ticket } = (await made.json()) as { ticket: string }
  await applicant.send(`/api/v1${base}/requests/${ticket}/documents?kind=application-letter&filename=s.pdf`, {
    method: 'POST',
    body: new Uint8Array(samplePdf),
    headers: { origin: applicant.origin, 'content-type': 'application/pdf' },
  })
  const sent = await applicant.api('POST', `${base}/requests/${ticket}/submission`, {})
  assert.ok(sent.status < 300, await sent.text())
  const operator = await portal.as('operator')
  const received = await operator.api('POST', `${base}/requests/${ticket}/steps/2`, { form: {} })
  assert.ok(received.status < 300, await received.text())
  return ticket
}
