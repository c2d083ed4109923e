/** Nobody decides on their own application, whatever they became meanwhile and by whatever door; and days end at midnight. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Member } from '../../../src/actions/act.ts'
import { inScope } from '../../../src/db/database.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

let portal: TestApp
let office: TestOffice
before(async () => {
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
})
after(() => portal.close())

const { submitted, read, walk } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
const reasonOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { reason?: string }).reason,
]

/** A role by a decree, recorded after everything that happened so far. */
async function give(person: Member, role: Role, untilDay: string | null = null): Promise<void> {
  const of = { office_id: office.id, person_id: person.personId, role, agency_id: null }
  const created_at = portal.clock.now
  await inScope(portal.deps.db, { officeId: office.id }, async (tx) => {
    await tx
      .insertInto('memberships')
      .values({ ...of, since: created_at })
      .execute()
    const paper = { basis: 'sk' as const, number: '800/9/2026', dated: '2026-01-02', from_day: '2026-01-02' }
    await tx
      .insertInto('appointments')
      .values({ ...of, ...paper, id: randomUUID(), until_day: untilDay, created_at })
      .execute()
  })
}

describe('nobody decides on their own application', () => {
  test('who became head of division after applying: not on the page, not over the API, not with a token', async () => {
    const ticket = await submitted(office, 'kemudian')
    await walk(office, ticket, 3)
    const applicant = office.member('applicant')
    await give(applicant, 'head-of-division')
    const browser = await signedIn(portal, applicant)
    const { visit } = await read(office, ticket)
    const api = `/offices/contoh/requests/${ticket}`
    const page = `/o/contoh/permohonan/${ticket}`
    const decision = { visit, form: { conclusion: 'Setuju.' }, outcome: 'disetujui' }
    const refusal = { step: 3, visit, grounds: [{ code: 'incomplete', text: 'Belum lengkap.' }] }
    const made = await browser.api('POST', '/offices/contoh/tokens', { name: 'skrip', days: 30 })
    const { token } = (await made.json()) as { token: string }
    const byToken = (path: string, body: unknown) =>
      portal.visit().send(`/api/v1${api}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    for (const send of [(path: string, body: unknown) => browser.api('POST', `${api}${path}`, body), byToken])
      for (const [path, body] of [
        ['/steps/3', decision],
        ['/take', { visit }],
        ['/refusal', refusal],
      ] as const)
        assert.deepEqual(await reasonOf(await send(path, body)), [403, 'same-person'], path)
    const posted = await browser.post(`${page}/langkah/${visit}`, {
      conclusion: 'Setuju.',
      outcome: 'disetujui',
    })
    assert.equal(posted.status, 403)
    assert.match(await posted.text(), /Permohonan ini Anda ajukan sendiri/)
    assert.match(await (await browser.get(page)).text(), /Permohonan ini Anda ajukan sendiri/)
    assert.equal((await read(office, ticket)).step, 3, 'nothing moved')

    const superior = await signedIn(portal, office.member('head-of-office'))
    const decided = await superior.api('POST', `${api}/steps/3`, decision)
    assert.equal(decided.status, 200, await decided.clone().text())
  })
})

test('a last day ends at midnight of the office, in WIB, WITA and WIT', async () => {
  const auditor: Member = { ...office.member('auditor'), personId: `sampai-${randomUUID()}` }
  await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
    tx
      .insertInto('auth_user')
      .values({ id: auditor.personId, name: 'Auditor Sementara', email: 'sementara@contoh.example' })
      .execute(),
  )
  await give(auditor, 'auditor', '2026-03-31')
  const browser = await signedIn(portal, auditor)
  const before_ = portal.clock.now
  for (const [zone, midnight] of [
    ['Asia/Jakarta', '2026-03-31T17:00:00Z'],
    ['Asia/Makassar', '2026-03-31T16:00:00Z'],
    ['Asia/Jayapura', '2026-03-31T15:00:00Z'],
  ] as const) {
    await asOwner(portal.database, 'update offices set timezone = $2 where id = $1', [office.id, zone])
    portal.clock.now = new Date(new Date(midnight).getTime() - 1)
    assert.equal(
      (await browser.api('GET', '/offices/contoh/logbook')).status,
      200,
      `${zone}: the last millisecond`,
    )
    portal.clock.now = new Date(midnight)
    const over = await browser.api('GET', '/offices/contoh/logbook')
    const { reason, detail } = (await over.json()) as { reason: string; detail: string }
    assert.deepEqual([over.status, reason], [403, 'appointment-over'], zone)
    assert.match(detail, /Penugasan Anda sebagai Auditor berakhir pada 31 Maret 2026/)
  }
  portal.clock.now = before_
})
