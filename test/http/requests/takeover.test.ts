/** The pages of a take-over and their API: by whom they may be used, twice, at once, and what they show to whom. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import type { Member } from '../../../src/actions/act.ts'
import { inScope } from '../../../src/db/database.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

let portal: TestApp
let office: TestOffice
let neighbour: TestOffice
let successor: Member
let ticket: string
let path: string
let api: string
const gone = { name: 'Narahubung Lama', post: 'Staf', phone: '0800 7777 777', email: 'lama@contoh.example' }
const second = {
  name: 'Narahubung Kedua',
  post: 'Staf',
  phone: '0800 8888 888',
  email: 'kedua@contoh.example',
}

before(async () => {
  portal = await createTestApp()
  const sop = await readSopFile('sops/pergantian-narahubung.yaml')
  office = await createTestOffice(portal.deps, 'contoh', sop)
  neighbour = await createTestOffice(portal.deps, 'tetangga', sop)
  successor = office.member('applicant')
  ticket = await applied(await layService('arsip'))
  path = `/o/contoh/permohonan/${ticket}`
  api = `/offices/contoh/requests/${ticket}`
})
after(() => portal.close())

async function layService(label: string): Promise<string> {
  const id = randomUUID()
  await asOwner(
    portal.database,
    `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site, records,
       administrative_contact, technical_contact, live_at)
     values ($1, $2, $3, $4, $5, 'live', true, false, '[]', $6::jsonb, $7::jsonb, now())`,
    [
      id,
      office.id,
      office.agencyId,
      office.zoneId,
      `${label}.${office.zone}`,
      JSON.stringify(gone),
      JSON.stringify(second),
    ],
  )
  return id
}

/** The whole application over the API, as the new officer. */
async function applied(serviceId: string): Promise<string> {
  const browser = await signedIn(portal, successor)
  const me = { name: successor.name, post: 'Analis', phone: '0800 1111 111', email: successor.email }
  const letter = {
    ...(sampleApplication('').letter as object),
    date: portal.clock.now.toISOString().slice(0, 10),
  }
  const draft = await browser.api('POST', '/offices/contoh/requests', {
    kind: 'contact-takeover',
    agencyId: office.agencyId,
    serviceId,
    application: { ...sampleApplication(''), letter, administrative: me, technical: me },
  })
  const answer = (await draft.json()) as { ticket: string }
  assert.equal(draft.status, 201, JSON.stringify(answer))
  await attachDocument(portal.deps, successor, answer.ticket, {
    kind: 'application-letter',
    filename: 'surat.pdf',
    mediaType: 'application/pdf',
    content: { pages: 1, carries: [] },
    bytes: samplePdf,
  })
  const sent = await browser.api('POST', `/offices/contoh/requests/${answer.ticket}/submission`, {})
  assert.equal(sent.status, 200, await sent.clone().text())
  return answer.ticket
}

/** The secret in the newest mail to an old contact. */
async function tokenTo(email: string): Promise<string> {
  const mails = (await portal.jobs()).flatMap(({ name, data }) =>
    name === 'send-mail' && data.to === email && data.text.includes('keberatan-narahubung')
      ? [data.text]
      : [],
  )
  return /keberatan-narahubung\/([\w-]+)/.exec(mails.at(-1)!)![1]!
}

const page = (token: string, slug = 'contoh') => `/o/${slug}/keberatan-narahubung/${token}`
const objections = async () =>
  (await asOwner(portal.database, "select subject from logbook_entries where act = 'takeover.objected'"))
    .length

test('the page behind the link says what is asked, takes one objection with a reason, and then is over', async () => {
  const token = await tokenTo(gone.email)
  const visitor = portal.visit()
  const asked = await (await visitor.get(page(token))).text()
  assert.ok(asked.includes(`arsip.${office.zone}`) && asked.includes('Dinas Contoh'), asked)
  assert.ok(!asked.includes(gone.phone) && !asked.includes(successor.email), 'and nothing of anybody')
  for (const wrong of [page(token, 'tetangga'), page(`${token}x`), page('x')]) {
    assert.match(await (await visitor.get(wrong)).text(), /Tautan ini tidak berlaku lagi/)
    assert.equal((await visitor.post(wrong, { objection: 'Saya masih bertugas.' })).status, 404, wrong)
  }
  const empty = await visitor.post(page(token), { objection: '  ' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /Alasan keberatan/)
  assert.equal(await objections(), 0)

  const text = 'Saya masih bertugas di sini <b>sampai</b> Desember.'
  const others = [portal.visit(), portal.visit()] as const
  const at = `/offices/contoh/takeover-objections/${token}`
  const results = await Promise.all([
    visitor.post(page(token), { objection: text }),
    others[0].post(page(token), { objection: text }),
    others[1].api('POST', at, { text }),
  ])
  const taken = results.filter(({ status }) => status === 303 || status === 204)
  assert.deepEqual([taken.length, results.filter(({ status }) => status === 404).length], [1, 2])
  assert.equal(await objections(), 1)
  assert.match(await (await visitor.get(page(token))).text(), /Tautan ini tidak berlaku lagi/)
  assert.equal((await visitor.api('POST', at, { text })).status, 404)
  const told = (await portal.jobs()).flatMap(({ name, data }) =>
    name === 'send-mail' && /berkeberatan/.test(data.subject) ? [data.to] : [],
  )
  assert.ok(told.includes(office.member('operator').email), 'the desk is told')
})

test('the card on the page of the request tells who was told and who objects; how they are reached only on asking', async () => {
  const operator = await signedIn(portal, office.member('operator'))
  const shut = await (await operator.get(path)).text()
  for (const words of [gone.name, second.name, 'berkeberatan', 'Kepala yang tercatat'])
    assert.ok(shut.includes(words), words)
  assert.ok(!shut.includes('<b>sampai</b>'), 'what somebody wrote is text')
  assert.ok(!shut.includes(gone.email))
  assert.equal((await operator.post(`${path}/kontak`)).status, 303)
  assert.ok((await (await operator.get(path)).text()).includes(gone.email))

  const answer = (await (await operator.api('GET', api)).json()) as {
    takeover: { told: { name: string; objection: string | null }[]; heads: unknown[]; confirmed: unknown }
  }
  assert.deepEqual(
    answer.takeover.told.map(({ name, objection }) => [name, objection !== null]),
    [
      [second.name, false],
      [gone.name, true],
    ],
  )
  assert.equal(answer.takeover.confirmed, null)
  const contacts = (await (await operator.api('GET', `${api}/contacts`)).json()) as {
    former: { email: string }[]
  }
  assert.deepEqual(contacts.former.map(({ email }) => email).sort(), [second.email, gone.email])
  const foreign = await signedIn(portal, neighbour.member('operator'))
  for (const address of [api, `${api}/contacts`])
    assert.equal((await foreign.api('GET', address)).status, 404)
})

test('only an operator who did not apply confirms that the contacts left, with how they know', async () => {
  const reason = 'Surat mutasi Nomor 800/7/2026 sudah diperiksa.'
  const confirmed = () =>
    asOwner(portal.database, "select 1 from logbook_entries where act = 'takeover.contacts-left'")
  const both = async (browser: Browser) => [
    (await browser.post(`${path}/narahubung-pergi`, { left: reason })).status,
    (await browser.api('POST', `${api}/contacts-left`, { reason })).status,
  ]
  for (const role of ['applicant', 'head-of-division', 'head-of-office', 'auditor', 'administrator'] as const)
    assert.deepEqual(await both(await signedIn(portal, office.member(role))), [403, 403], role)
  assert.deepEqual(await both(await signedIn(portal, neighbour.member('operator'))), [404, 404])
  assert.deepEqual(await confirmed(), [])

  const operator = await signedIn(portal, office.member('operator'))
  assert.equal((await operator.post(`${path}/narahubung-pergi`, { left: ' ' })).status, 422)
  assert.equal((await operator.api('POST', `${api}/contacts-left`, { reason: '' })).status, 422)
  // who applied is made operator afterwards: still not theirs to confirm
  await inScope(portal.deps.db, { officeId: office.id }, async (tx) => {
    const of = { office_id: office.id, person_id: successor.personId, role: 'operator' as const }
    const at = portal.clock.now
    await tx
      .insertInto('memberships')
      .values({ ...of, agency_id: null, since: at })
      .execute()
    const days = { dated: '2026-01-02', from_day: '2026-01-02', created_at: at }
    await tx
      .insertInto('appointments')
      .values({ ...of, ...days, agency_id: null, id: randomUUID(), basis: 'sk', number: '800/9' })
      .execute()
  })
  const made = await signedIn(portal, successor)
  assert.deepEqual(await both(made), [403, 403])
  const refused = await made.api('POST', `${api}/contacts-left`, { reason })
  assert.equal(((await refused.json()) as { reason: string }).reason, 'same-person')
  assert.deepEqual(await confirmed(), [])

  const results = await Promise.all([both(operator), both(await signedIn(portal, office.member('operator')))])
  assert.ok(
    results.flat().every((status) => [303, 200, 409].includes(status)),
    String(results),
  )
  const page_ = await (await operator.get(path)).text()
  assert.ok(page_.includes(reason) && page_.includes(office.member('operator').name))
  assert.equal((await confirmed()).length, results.flat().filter((status) => status !== 409).length)
})

test('with an objection nobody decides, and an ended request takes neither objection nor confirmation', async () => {
  const other = await applied(await layService('kantor'))
  const token = await tokenTo(second.email)
  const applicant = await signedIn(portal, successor)
  const withdrawn = await applicant.api('POST', `/offices/contoh/requests/${other}/withdrawal`, {})
  assert.equal(withdrawn.status, 200, await withdrawn.clone().text())
  const visitor = portal.visit()
  assert.match(await (await visitor.get(page(token))).text(), /Tautan ini tidak berlaku lagi/)
  assert.equal((await visitor.post(page(token), { objection: 'Saya masih bertugas.' })).status, 404)
  const operator = await signedIn(portal, office.member('operator'))
  const late = await operator.post(`/o/contoh/permohonan/${other}/narahubung-pergi`, {
    left: 'Sudah diperiksa di kepegawaian.',
  })
  assert.equal(late.status, 409)
})
