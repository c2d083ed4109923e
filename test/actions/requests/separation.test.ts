/**
 * Maker is not checker. The desk says it before, the actions refuse it, and the database refuses it by itself: here it
 * is asked as the application's own role, past all code.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Member } from '../../../src/actions/act.ts'
import { decideRegistration } from '../../../src/actions/people/decide-registration.ts'
import { completeStep } from '../../../src/actions/requests/complete-step.ts'
import { refuseRequest } from '../../../src/actions/requests/refuse-request.ts'
import { takeStep } from '../../../src/actions/requests/take-step.ts'
import { inScope, isSeparationViolation } from '../../../src/db/database.ts'
import { listRequests } from '../../../src/db/requests/lists.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { ownPartOf } from '../../../src/domain/requests/separation.ts'
import type { RequestState } from '../../../src/domain/requests/state.ts'
import { filterOf } from '../../../src/http/requests/lists.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { TestDeps, TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, testDeps } from '../../support/office.ts'
import { requestsIn } from '../../support/walk-request.ts'

const refusal = (reason: string) => (error: unknown) => error instanceof Refused && error.reason === reason
const grounds = [{ code: 'incomplete' as const, text: 'Belum lengkap.' }]

describe('maker is not checker', () => {
  let database: TestDatabase
  let deps: TestDeps
  let office: TestOffice
  before(async () => {
    database = await createTestDatabase()
    deps = testDeps(database.appUrl)
    const sop = await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml')
    office = await createTestOffice(deps, 'pisah', sop)
  })
  after(async () => {
    await deps.database.close()
    await database.drop()
  })

  const { submitted, read, walk } = requestsIn(() => ({ deps, drain: async () => {} }))
  const inOffice = <T>(run: Parameters<typeof inScope<T>>[2]) =>
    inScope(deps.db, { officeId: office.id }, run)

  /** The head of division belongs to an agency too, and applies for it. */
  const kabidWhoApplies = (): Member => ({
    ...office.member('head-of-division'),
    roles: ['head-of-division', 'applicant'],
    agencyIds: [office.agencyId],
  })

  /** Request whose applicant is the head of division, at the step that decides. */
  async function ownRequest(label: string): Promise<string> {
    const { personId } = office.member('head-of-division')
    const withKabid: TestOffice = {
      ...office,
      member: (role) => (role === 'applicant' ? kabidWhoApplies() : office.member(role)),
    }
    const ticket = await submitted(withKabid, label)
    assert.equal((await read(office, ticket)).applicant_id, personId)
    await walk(office, ticket, 3)
    return ticket
  }

  /** Whether PostgreSQL itself refused, for the reason that is asked about. */
  async function refusedByDatabase(run: Parameters<typeof inScope<unknown>>[2]): Promise<boolean> {
    try {
      await inOffice(run)
      return false
    } catch (error) {
      if (!isSeparationViolation(error)) throw error
      return true
    }
  }

  const finish = (member: Member, ticket: string, step: number, visit: number) =>
    completeStep(deps, member, ticket, {
      step,
      visit,
      form: { conclusion: 'Setuju dilanjutkan.' },
      outcome: office.sop.steps[2]!.decision!.outcomes[0]!.id,
    })

  test('a head of division does not decide on their own application; the head of office does', async () => {
    const ticket = await ownRequest('sendiri')
    const { step, visit } = await read(office, ticket)
    await assert.rejects(finish(kabidWhoApplies(), ticket, step!, visit), refusal('same-person'))
    await assert.rejects(takeStep(deps, kabidWhoApplies(), ticket), refusal('same-person'))
    await assert.rejects(
      refuseRequest(deps, kabidWhoApplies(), ticket, { step: step!, visit, grounds }),
      refusal('same-person'),
    )
    assert.equal((await read(office, ticket)).step, 3)
    await finish(office.member('head-of-office'), ticket, step!, visit)
    assert.equal((await read(office, ticket)).step, 4)
  })

  test('who is named as a contact does not decide either, at the counter as well; the database says so by itself', async () => {
    const kabid = office.member('head-of-division')
    const named = {
      name: kabid.name,
      post: 'Kepala Bidang',
      phone: '0800 0000 000',
      email: kabid.email.toUpperCase(),
    }
    const application = { ...sampleApplication('narahubung'), administrative: named }
    const ticket = await submitted(office, '', { application })
    await walk(office, ticket, 3)
    const row = await read(office, ticket)
    const { id, step, visit } = row
    const atCounter = ownPartOf({ ...row, at_counter: true }, [], kabid)
    assert.deepEqual([atCounter.isContact, atCounter.applied], [true, false])
    await assert.rejects(finish(kabid, ticket, step!, visit), refusal('same-person'))
    await assert.rejects(takeStep(deps, kabid, ticket), refusal('same-person'))
    await assert.rejects(
      refuseRequest(deps, kabid, ticket, { step: step!, visit, grounds }),
      refusal('same-person'),
    )
    const event = (type: string, person: string) => (tx: Parameters<Parameters<typeof inScope>[2]>[0]) =>
      sql`insert into request_events (office_id, request_id, at, type, step, visit, person_id)
          values (${office.id}, ${id}, now(), ${type}, 3, ${visit}, ${person})`.execute(tx)
    for (const type of ['completed', 'returned', 'refused'])
      assert.ok(await refusedByDatabase(event(type, kabid.personId)), type)
    assert.equal((await read(office, ticket)).step, 3)
    const substitute: Member = { ...office.member('head-of-office'), roles: ['head-of-division'] }
    await finish(substitute, ticket, step!, visit)
    assert.equal((await read(office, ticket)).step, 4)
  })

  test('what a head of division applied for waits in the inbox of the head of office, and nothing else of that column', async () => {
    const own = await ownRequest('milik-kabid')
    const other = await submitted(office, 'milik-orang-lain')
    await walk(office, other, 3)
    const open = (member: Member) =>
      inOffice(async (tx) => {
        const filter = await filterOf(tx, member, 'open')
        const listed = await listRequests(tx, { ...filter, order: 'newest', limit: 50 })
        return [own, other].filter((ticket) => listed.some((row) => row.ticket === ticket))
      })
    assert.deepEqual(await open(office.member('head-of-office')), [own])
    assert.ok((await open(office.member('head-of-division'))).includes(other))
    assert.deepEqual(await open(office.member('operator')), [])
  })

  test('the head of office has no business in that column otherwise', async () => {
    const ticket = await submitted(office, 'biasa')
    await walk(office, ticket, 3)
    const { step, visit } = await read(office, ticket)
    await assert.rejects(
      finish(office.member('head-of-office'), ticket, step!, visit),
      refusal('wrong-actor'),
    )
  })

  test('whoever worked in one column does not decide in another', async () => {
    const ticket = await submitted(office, 'duaperan')
    await walk(office, ticket, 3)
    const operator = office.member('operator')
    const both: Member = { ...operator, roles: ['operator', 'head-of-division'] }
    const { step, visit } = await read(office, ticket)
    await assert.rejects(finish(both, ticket, step!, visit), refusal('same-person'))
    await assert.rejects(
      refuseRequest(deps, both, ticket, { step: step!, visit, grounds }),
      refusal('same-person'),
    )
    await finish(office.member('head-of-division'), ticket, step!, visit)
    const next = await read(office, ticket)
    const kabid: Member = { ...office.member('head-of-division'), roles: ['head-of-division', 'operator'] }
    await assert.rejects(takeStep(deps, kabid, ticket, next.visit), refusal('same-person'))
  })

  test('the database refuses the state and the event of one own decision', async () => {
    const ticket = await ownRequest('paksa')
    const row = await read(office, ticket)
    const kabid = office.member('head-of-division').personId
    const other = office.member('head-of-office').personId
    const decidedBy = (person: string): RequestState => ({
      ...row.state,
      at: 4,
      visit: row.visit + 1,
      doneBy: { ...row.state.doneBy, 3: person },
    })
    const setState = (person: string) => (tx: Parameters<Parameters<typeof inScope>[2]>[0]) =>
      sql`update requests set state = ${JSON.stringify(decidedBy(person))}::jsonb, step = 4 where ticket = ${ticket}`.execute(
        tx,
      )
    const addEvent = (type: string, person: string) => (tx: Parameters<Parameters<typeof inScope>[2]>[0]) =>
      sql`insert into request_events (office_id, request_id, at, type, step, visit, person_id)
          values (${office.id}, ${row.id}, now(), ${type}, 3, ${row.visit}, ${person})`.execute(tx)
    assert.ok(await refusedByDatabase(setState(kabid)), 'the state')
    for (const type of ['completed', 'returned', 'refused', 'waived', 'plan-allowed'])
      assert.ok(await refusedByDatabase(addEvent(type, kabid)), type)
    assert.ok(await refusedByDatabase(setState(office.member('operator').personId)), 'the other column')
    for (const column of ['applicant_id', 'created_by'])
      assert.ok(
        await refusedByDatabase((tx) =>
          sql`update requests set ${sql.ref(column)} = ${other} where ticket = ${ticket}`.execute(tx),
        ),
        column,
      )
    assert.equal((await read(office, ticket)).step, 3)
    assert.equal(await refusedByDatabase(setState(other)), false, 'somebody else may')
  })

  test('the database refuses a difference that one person proposed and confirmed', async () => {
    const kabid = office.member('head-of-division').personId
    const id = deps.newId()
    await inOffice((tx) =>
      sql`insert into zone_findings (id, office_id, zone_id, name, type, kind, found_at, status, proposal, proposed_by)
          values (${id}, ${office.id}, ${office.zoneId}, 'x.pisahkab.example', 'A', 'missing', now(), 'open', 'adopt',
            ${kabid})`.execute(tx),
    )
    const decide = (status: string, person: string | null, more = sql``) =>
      refusedByDatabase((tx) =>
        sql`update zone_findings set status = ${status}, decided_by = ${person} ${more} where id = ${id}`.execute(
          tx,
        ),
      )
    const kadis = office.member('head-of-office').personId
    assert.ok(await decide('adopted', kabid))
    assert.ok(await decide('reverting', kabid))
    assert.ok(await decide('adopted', null))
    assert.ok(await decide('adopted', kabid, sql`, proposed_by = ${kadis}`), 'another name beside it')
    assert.equal(await decide('adopted', kadis), false)
  })

  test('nobody signs the answer to their own application, and nobody lets themselves in', async () => {
    const ticket = await ownRequest('surat')
    const { id: request } = await read(office, ticket)
    const kabid = office.member('head-of-division').personId
    const kadis = office.member('head-of-office').personId
    const [letter, own, other] = [deps.newId(), deps.newId(), deps.newId()]
    await inOffice(async (tx) => {
      await sql`insert into letters (id, office_id, request_id, visit, kind, register, year, seq, number, dated, data,
          verification_code, status, created_at)
        values (${letter}, ${office.id}, ${request}, 1, 'reply', 'outgoing', 2026, 900, '900', '2026-03-02', '{}',
          'AAAA-BBBB', 'awaiting', now())`.execute(tx)
      for (const [id, person] of [
        [own, kabid],
        [other, kadis],
      ])
        await sql`insert into signatories (id, office_id, person_id, post, name, from_day, created_at)
          values (${id}, ${office.id}, ${person}, 'Kepala', 'Contoh', '2026-01-01', now())`.execute(tx)
      await sql`insert into signings (letter_id, office_id, signatory_id, pdf, sha256, created_at)
        values (${letter}, ${office.id}, ${own}, 'x', 'x', now())`.execute(tx)
    })
    const attempt = sql`attempt = gen_random_uuid(), decided_at = now(), lease_until = now()`
    const sign = (signatory: string) =>
      refusedByDatabase((tx) =>
        sql`update signings set ${attempt}, signatory_id = ${signatory} where letter_id = ${letter}`.execute(
          tx,
        ),
      )
    assert.ok(await sign(own))
    assert.equal(await sign(other), false)

    const operator = office.member('operator')
    const registration = deps.newId()
    await inOffice((tx) =>
      sql`insert into self_registrations (id, office_id, name, email, post, agency_name, reason, status, created_at)
        values (${registration}, ${office.id}, 'Contoh', ${operator.email.toUpperCase()}, 'Staf', 'Badan Contoh', 'Perlu',
          'pending', now())`.execute(tx),
    )
    const approve = { approve: true, text: '' }
    await assert.rejects(
      decideRegistration(deps, operator, registration, approve, (token) => token),
      refusal('same-person'),
    )
    assert.ok(
      await refusedByDatabase((tx) =>
        sql`update self_registrations set status = 'approved', decided_by = ${operator.personId}
          where id = ${registration}`.execute(tx),
      ),
    )
  })
})
