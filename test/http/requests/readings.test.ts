/** Who opened which file with personal data stands in the logbook, before the file leaves. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
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
