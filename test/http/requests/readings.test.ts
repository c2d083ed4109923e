/** Who opened which file with personal data stands in the logbook, before the file leaves. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import { layLiveAndClosed } from '../../support/laid-service.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { pagesPdf } from '../../support/pdf-samples.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

let portal: TestApp
let office: TestOffice
let ticket: string
let id: string
before(async () => {
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  const { drafted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  ticket = await drafted(office, 'terbaca')
  portal.clock.now = new Date(portal.clock.now.getTime() + 1000)
  const file = { kind: 'application-letter', filename: 'surat.pdf', mediaType: 'application/pdf' } as const
  const content = { pages: 5, carries: [] }
  const bytes = pagesPdf(5, 'Surat Dinas Contoh')
  ;({ id } = await attachDocument(portal.deps, office.member('applicant'), ticket, {
    ...file,
    content,
    bytes,
  }))
  await submitRequest(portal.deps, office.member('applicant'), ticket)
})
after(() => portal.close())

type Entry = {
  act: string
  actor: { ref: string }
  subject: { kind: string; id: string }
  details: Record<string, string>
}
async function readings(): Promise<readonly Entry[]> {
  const rows = await asOwner(
    portal.database,
    `select text from logbook_entries where act = 'document.read' order by seq`,
  )
  return rows.map(({ text }) => JSON.parse(String(text)) as Entry)
}
const page = () => `/o/contoh/permohonan/${ticket}/berkas/${id}`
const api = () => `/offices/contoh/requests/${ticket}/documents/${id}`

test('once for a person, a file and an hour, however it is opened and however often at once', async () => {
  const operator = await signedIn(portal, office.member('operator'))
  const pages = await Promise.all([1, 2, 3, 4, 5].map((each) => operator.get(`${page()}/pratinjau/${each}`)))
  assert.deepEqual(
    pages.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  )
  assert.equal((await operator.get(page())).status, 200)
  assert.equal((await operator.api('GET', api())).status, 200)
  const [only, ...more] = await readings()
  assert.deepEqual(more, [])
  assert.equal(only!.actor.ref, office.member('operator').personId)
  assert.deepEqual(only!.subject, { kind: 'document', id })
  const about = office.member('applicant').personId
  assert.deepEqual(only!.details, { about, file: 'application-letter', request: ticket })
  const auditor = await signedIn(portal, office.member('auditor'))
  assert.equal((await auditor.api('GET', api())).status, 200)
  assert.equal((await readings()).length, 2, 'another person')
  portal.clock.now = new Date(portal.clock.now.getTime() + 61 * 60 * 1000)
  const later = await signedIn(portal, office.member('operator'))
  assert.equal((await later.get(page())).status, 200)
  assert.equal((await readings()).length, 3, 'an hour later')
})

test('not for what somebody handed in themselves, nor for what was not opened', async () => {
  const before_ = (await readings()).length
  const applicant = await signedIn(portal, office.member('applicant'))
  assert.equal((await applicant.get(page())).status, 200)
  const operator = await signedIn(portal, office.member('operator'))
  assert.equal(
    (await operator.get(`/o/contoh/permohonan/${ticket}/berkas/${crypto.randomUUID()}`)).status,
    404,
  )
  assert.equal((await operator.get(`${page()}/pratinjau/999`)).status, 404)
  await asOwner(portal.database, `update documents set scan = 'waiting' where id = $1`, [id])
  assert.notEqual((await operator.api('GET', api())).status, 200)
  await asOwner(portal.database, `update documents set scan = 'off' where id = $1`, [id])
  assert.equal((await readings()).length, before_)
})

test('the applicant and the auditor see it: in the export of what is held, and in the logbook', async () => {
  const applicant = office.member('applicant')
  const own = await signedIn(portal, applicant)
  const held = await (await own.api('GET', `/offices/contoh/people/${applicant.personId}/data`)).text()
  assert.match(held, /document\.read/)
  const auditor = await signedIn(portal, office.member('auditor'))
  assert.match(await (await auditor.get('/o/contoh/buku-log')).text(), /Berkas dibuka/)
})

type ContactEntry = Entry & { commitments: Record<string, string> }
async function contactReadings(): Promise<readonly ContactEntry[]> {
  const rows = await asOwner(
    portal.database,
    `select text from logbook_entries where act in ('contacts.read', 'list.read') order by seq`,
  )
  return rows.map(({ text }) => JSON.parse(String(text)) as ContactEntry)
}
const request = () => `/o/contoh/permohonan/${ticket}`
const inApi = () => `/offices/contoh/requests/${ticket}`
const phone = '0800 0000 000'

describe('how contacts are reached', () => {
  test('is hidden on the page and in the API until somebody asks, and then stands in the logbook, once an hour', async () => {
    const operator = await signedIn(portal, office.member('operator'))
    const closed = await (await operator.get(request())).text()
    assert.match(closed, /Tampilkan kontak/)
    const { email } = office.member('applicant')
    for (const hidden of [phone, email]) assert.ok(!closed.includes(hidden), hidden)
    const shut = await (await operator.api('GET', inApi())).text()
    for (const hidden of [phone, email]) assert.ok(!shut.includes(hidden), hidden)
    assert.equal((JSON.parse(shut) as { contactsShown: boolean }).contactsShown, false)
    assert.deepEqual(await contactReadings(), [])

    const asked = await Promise.all([1, 2, 3].map(() => operator.post(`${request()}/kontak`, {})))
    assert.deepEqual(
      asked.map(({ status }) => status),
      [303, 303, 303],
    )
    const open = await (await operator.get(request())).text()
    assert.ok(open.includes(phone) && open.includes(email) && !open.includes('Tampilkan kontak'))
    const told = await operator.api('GET', `${inApi()}/contacts`)
    assert.equal(((await told.json()) as { technical: { phone: string } }).technical.phone, phone)
    const [only, ...more] = await contactReadings()
    assert.deepEqual(more, [])
    assert.equal(only!.actor.ref, office.member('operator').personId)
    assert.deepEqual(only!.subject, { kind: 'request', id: ticket })
    assert.deepEqual(Object.keys(only!.commitments), ['administrative', 'technical'])
    assert.ok(!JSON.stringify(only).includes(email), 'an entry that cannot be erased names nobody')

    portal.clock.now = new Date(portal.clock.now.getTime() + 61 * 60 * 1000)
    const later = await signedIn(portal, office.member('operator'))
    assert.ok(!(await (await later.get(request())).text()).includes(phone), 'hidden again')
  })

  test('is hidden again, and noted anew, when somebody else became a contact meanwhile', async () => {
    const auditor = await signedIn(portal, office.member('auditor'))
    assert.equal((await auditor.api('GET', `${inApi()}/contacts`)).status, 200)
    const count = (await contactReadings()).length
    const change = (email: string) =>
      asOwner(
        portal.database,
        `update requests set form = jsonb_set(form, '{technical,email}', to_jsonb($2::text)) where ticket = $1`,
        [ticket, email],
      )
    await change('pengganti@contoh.example')
    const shut = await (await auditor.api('GET', inApi())).text()
    assert.ok(!shut.includes('pengganti@contoh.example'))
    assert.equal((await auditor.api('GET', `${inApi()}/contacts`)).status, 200)
    assert.equal((await contactReadings()).length, count + 1)
    await change(office.member('applicant').email)
  })

  test('is nothing new to the agency itself, and nothing at all to another', async () => {
    const count = (await contactReadings()).length
    const own = await signedIn(portal, office.member('applicant'))
    assert.ok((await (await own.get(request())).text()).includes(phone))
    assert.equal((await own.api('GET', `${inApi()}/contacts`)).status, 200)
    const other = await createTestOffice(
      portal.deps,
      'tetangga',
      await readSopFile('sops/katingan-subdomain-hosting.yaml'),
    )
    const foreign = await signedIn(portal, other.member('operator'))
    assert.equal((await foreign.api('GET', `${inApi()}/contacts`)).status, 404)
    assert.equal((await foreign.post(`${request()}/kontak`, {})).status, 404)
    assert.equal((await contactReadings()).length, count)
  })

  test('stays hidden when it cannot be noted', async () => {
    portal.clock.now = new Date(portal.clock.now.getTime() + 2 * 60 * 60 * 1000)
    const operator = await signedIn(portal, office.member('operator'))
    await asOwner(portal.database, 'revoke insert on logbook_entries from ranah_app')
    const answer = await operator.api('GET', `${inApi()}/contacts`)
    const pressed = await operator.post(`${request()}/kontak`, {})
    const letter = await operator.get(`${request()}/surat-permohonan`)
    await asOwner(portal.database, 'grant insert on logbook_entries to ranah_app')
    assert.deepEqual([answer.status, pressed.status, letter.status], [500, 500, 500])
    assert.ok(!(await answer.text()).includes(phone))
    assert.ok(!(await (await operator.get(request())).text()).includes(phone))
    portal.faults.length = 0
  })

  test('the set application letter and lists of people are noted too', async () => {
    const operator = await signedIn(portal, office.member('operator'))
    assert.equal((await operator.get(`${request()}/surat-permohonan`)).status, 200)
    assert.equal((await contactReadings()).at(-1)!.act, 'contacts.read')
    const administrator = await signedIn(portal, office.member('administrator'))
    await administrator.get('/o/contoh/pengguna')
    await administrator.api('GET', '/offices/contoh/people')
    await administrator.get('/o/contoh/undangan')
    const lists = (await contactReadings()).filter(({ act }) => act === 'list.read')
    assert.deepEqual(
      lists.map(({ subject }) => subject.id),
      ['pengguna', 'undangan'],
    )
  })
})

test('contacts that a registry from before Ranah lacks hinder nobody, on the page and in the API', async () => {
  const { live } = await layLiveAndClosed(portal, office.id, '2027-01-01')
  const operator = await signedIn(portal, office.member('operator'))
  assert.equal((await operator.api('GET', `/offices/contoh/services/${live}/contacts`)).status, 200)
  assert.equal((await operator.get(`/o/contoh/layanan/${live}`)).status, 200)
  assert.deepEqual(portal.faults, [])
})

test('who saw whose data: told to the one it is about, and to whoever answers for the office', async () => {
  const applicant = office.member('applicant')
  const own = await signedIn(portal, applicant)
  const { readers } = (await (
    await own.api('GET', `/offices/contoh/people/${applicant.personId}/data`)
  ).json()) as { readers: { act: string; person: string; subject: { id: string } }[] }
  const acts = new Set(readers.map(({ act }) => act))
  assert.deepEqual([...acts].sort(), ['contacts.read', 'document.read', 'list.read', 'person.data-read'])
  const page = await (await own.get(`/o/contoh/pengguna/${applicant.personId}/data`)).text()
  assert.match(page, /Siapa yang membuka data ini/)
  assert.ok(page.includes(office.member('operator').name))

  const head = await signedIn(portal, office.member('head-of-office'))
  const listed = async (query: string) => {
    const answer = await head.api('GET', `/offices/contoh/logbook?${query}`)
    const { items } = (await answer.json()) as { items: { act: string }[] }
    return items.map(({ act }) => act)
  }
  const mine = await listed(`act=readings&limit=100&whose=${encodeURIComponent(applicant.email)}`)
  assert.deepEqual(mine.length, readers.length + 2, 'and both looks at all that is held')
  assert.deepEqual(await listed('act=readings&whose=tidakada@contoh.example'), [])
  assert.ok((await listed('act=readings&limit=100')).every((act) => !act.startsWith('request.sub')))
  const day = portal.clock.now.toISOString().slice(0, 10)
  const file = await head.get(`/o/contoh/buku-log?kegiatan=readings&sejak=2026-01-01&sampai=${day}&unduh=csv`)
  const csv = await file.text()
  assert.ok(csv.includes('Data milik') && csv.includes(applicant.email), csv.slice(0, 400))
})

test('a file does not leave when it cannot be noted', async () => {
  portal.clock.now = new Date(portal.clock.now.getTime() + 2 * 60 * 60 * 1000)
  const operator = await signedIn(portal, office.member('operator'))
  await asOwner(portal.database, 'revoke insert on logbook_entries from ranah_app')
  const answer = await operator.api('GET', api())
  await asOwner(portal.database, 'grant insert on logbook_entries to ranah_app')
  assert.equal(answer.status, 500)
  assert.doesNotMatch(await answer.text(), /%PDF/)
  portal.faults.length = 0
})
