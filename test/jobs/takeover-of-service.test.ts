import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import { withdrawRequest } from '../../src/actions/requests/withdraw-request.ts'
import { confirmContactsLeft } from '../../src/actions/takeovers/confirm-contacts-left.ts'
import { objectToTakeover } from '../../src/actions/takeovers/object-to-takeover.ts'
import type { Member } from '../../src/actions/act.ts'
import { json, inScope } from '../../src/db/database.ts'
import { Refused } from '../../src/domain/refused.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../support/office.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestWorld } from '../support/world.ts'
import type { TestWorld } from '../support/world.ts'
import { requestsIn } from '../support/walk-request.ts'

let world: TestWorld
let office: TestOffice
let successor: Member
let late: Member
let takeovers: SopDocument

before(async () => {
  world = await createTestWorld()
  office = await createTestOffice(
    world.deps,
    'alih',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  takeovers = await readSopFile('sops/pergantian-narahubung.yaml')
  await world.deps.enqueue(undefined as never, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  await inScope(world.deps.db, { officeId: office.id }, async (tx) => {
    await tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute()
    const id = world.deps.newId()
    await tx
      .insertInto('sops')
      .values({
        id,
        office_id: office.id,
        slug: takeovers.id,
        name: takeovers.identity.name,
        current_version: 1,
        created_at: world.deps.now(),
      })
      .execute()
    await tx
      .insertInto('sop_versions')
      .values({
        office_id: office.id,
        sop_id: id,
        version: 1,
        source: '',
        document: json(takeovers),
        sha256: '',
        status: 'published',
        created_at: world.deps.now(),
        published_at: world.deps.now(),
      })
      .execute()
  })
  successor = await newOfficer('penerus')
  late = await newOfficer('kedua')
  await world.drain()
})
after(() => world.close())

const { read, submitted, walk } = requestsIn(() => world)
const links = (slug: string, token: string) => `https://ranah.example/o/${slug}/keberatan-narahubung/${token}`
const refusedAs = (reason: string) => (error: unknown) => error instanceof Refused && error.reason === reason
const inOffice = <T>(run: Parameters<typeof inScope<T>>[2]) =>
  inScope(world.deps.db, { officeId: office.id }, run)

/** Somebody of the agency with the head's letter. */
async function newOfficer(name: string): Promise<Member> {
  const id = `${name}-${office.id}`
  const email = `${name}@contoh.example`
  await inOffice(async (tx) => {
    const of = { office_id: office.id, person_id: id, role: 'applicant' as const, agency_id: office.agencyId }
    await tx.insertInto('auth_user').values({ id, name, email }).execute()
    await tx
      .insertInto('memberships')
      .values({ ...of, since: world.deps.now() })
      .execute()
    const days = { dated: '2026-03-01', from_day: '2026-03-01', created_at: world.deps.now() }
    await tx
      .insertInto('appointments')
      .values({ ...of, ...days, id: world.deps.newId(), basis: 'surat-kuasa', number: '800/1' })
      .execute()
  })
  return { ...office.member('applicant'), personId: id, name, email }
}

/** A live service whose contact is the office's first applicant. */
async function liveService(label: string, kind = 'subdomain-hosting'): Promise<string> {
  const ticket = await submitted(office, label, { kind })
  await walk(office, ticket)
  return (await read(office, ticket)).service_id!
}

async function drafted(by: Member, serviceId: string, change: Record<string, unknown> = {}): Promise<string> {
  const contact = { name: by.name, post: 'Analis', phone: '0800 1111 111', email: by.email }
  const { ticket } = await createDraft(world.deps, by, {
    kind: 'contact-takeover',
    agencyId: office.agencyId,
    zoneId: null,
    serviceId,
    application: { ...sampleApplication(''), administrative: contact, technical: contact, ...change },
  })
  await attachDocument(world.deps, by, ticket, {
    kind: 'application-letter',
    filename: 'surat.pdf',
    mediaType: 'application/pdf',
    content: { pages: 1, carries: [] },
    bytes: samplePdf,
  })
  return ticket
}

const send = (by: Member, ticket: string) => submitRequest(world.deps, by, ticket, { objectionLinks: links })

async function sent(by: Member, serviceId: string): Promise<string> {
  const ticket = await drafted(by, serviceId)
  await send(by, ticket)
  return ticket
}

const to = (ticket: string, untilStep: number) => walk({ ...office, sop: takeovers }, ticket, untilStep)

async function decide(ticket: string, by = office.member('head-of-division')): Promise<void> {
  const { visit } = await read(office, ticket)
  await completeStep(world.deps, by, ticket, { step: 4, visit, form: {}, outcome: 'disetujui' })
}

/** The secret in the mail to an old contact. */
function tokenTo(email: string): string {
  const mail = world.deps.jobs.findLast(
    ({ name, data }) =>
      name === 'send-mail' &&
      (data as { to: string }).to === email &&
      /keberatan/.test((data as { text: string }).text),
  )
  return /keberatan-narahubung\/([\w-]+)/.exec((mail!.data as { text: string }).text)![1]!
}

const object = (token: string) =>
  objectToTakeover(
    world.deps,
    { kind: 'system', officeId: office.id },
    { token, text: 'Saya masih bertugas di sini.', urlOf: (ticket) => ticket },
  )

test('a new officer takes a service over: who was its contact loses everything, the credentials change', async () => {
  const service = await liveService('alih')
  const old = office.member('applicant')
  await inOffice(async (tx) => {
    await tx
      .insertInto('auth_session')
      .values({
        id: 'sesi-lama',
        userId: old.personId,
        token: 'sesi-lama',
        expiresAt: new Date('2027-01-01'),
        createdAt: world.deps.now(),
        updatedAt: world.deps.now(),
      })
      .execute()
  })
  const ticket = await sent(successor, service)
  const token = tokenTo(old.email)
  await to(ticket, 4)
  await assert.rejects(decide(ticket), refusedAs('takeover-contested'), 'days in which somebody may object')
  await object(token)
  await assert.rejects(object(token), refusedAs('link-over'), 'once')
  world.deps.clock.advance(8 * 24 * 3_600_000)
  await assert.rejects(decide(ticket), refusedAs('takeover-contested'), 'an objection does not grow old')

  const operator = office.member('operator')
  const reason = 'Surat mutasi Nomor 800/7/2026 sudah diperiksa.'
  await assert.rejects(confirmContactsLeft(world.deps, successor, ticket, reason), refusedAs('not-allowed'))
  const both = { ...operator, roles: ['operator', 'head-of-division'] as const }
  await confirmContactsLeft(world.deps, both, ticket, reason)
  await assert.rejects(
    decide(ticket, both),
    (error: unknown) => error instanceof Refused && error.status === 403,
  )
  await decide(ticket)
  await to(ticket, Number.POSITIVE_INFINITY)

  const after = await inOffice(async (tx) => ({
    service: await tx
      .selectFrom('services')
      .select(['technical_contact', 'administrative_contact'])
      .where('id', '=', service)
      .executeTakeFirstOrThrow(),
    member: await tx
      .selectFrom('memberships')
      .select('active')
      .where('person_id', '=', old.personId)
      .executeTakeFirstOrThrow(),
    appointment: await tx
      .selectFrom('appointments')
      .select('revoked_at')
      .where('person_id', '=', old.personId)
      .executeTakeFirstOrThrow(),
    sessions: await tx.selectFrom('auth_session').select('id').where('userId', '=', old.personId).execute(),
    reveals: await tx
      .selectFrom('credential_reveals')
      .select(['contact_email', 'status'])
      .where('service_id', '=', service)
      .orderBy('created_at')
      .execute(),
    acts: await tx
      .selectFrom('logbook_entries')
      .select('act')
      .where('subject', '=', ticket)
      .where('act', 'in', [
        'takeover.opened',
        'takeover.objected',
        'takeover.contacts-left',
        'service.taken-over',
      ])
      .orderBy('seq')
      .execute(),
  }))
  assert.equal(after.service.technical_contact.email, successor.email)
  assert.equal(after.service.administrative_contact.email, successor.email)
  assert.equal(after.member.active, false)
  assert.notEqual(after.appointment.revoked_at, null)
  assert.deepEqual(after.sessions, [])
  assert.deepEqual(after.reveals, [
    { contact_email: old.email, status: 'rotated' },
    { contact_email: successor.email, status: 'ready' },
  ])
  assert.deepEqual(
    after.acts.map(({ act }) => act),
    ['takeover.opened', 'takeover.objected', 'takeover.contacts-left', 'service.taken-over'],
  )
  await inOffice(async (tx) => {
    await tx.updateTable('memberships').set({ active: true }).where('person_id', '=', old.personId).execute()
    await tx
      .updateTable('appointments')
      .set({ revoked_at: null })
      .where('person_id', '=', old.personId)
      .execute()
  })
})

test('two who ask at once: one is taken, the other is told; after a withdrawal the other one may', async () => {
  const service = await liveService('dua')
  const drafts = [await drafted(successor, service), await drafted(late, service)] as const
  const results = await Promise.allSettled([send(successor, drafts[0]), send(late, drafts[1])])
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const lost = results.findIndex(({ status }) => status === 'rejected')
  assert.ok(refusedAs('takeover-pending')((results[lost] as PromiseRejectedResult).reason))
  const [winner, loser] = lost === 1 ? [successor, late] : [late, successor]
  const [won, waits] = lost === 1 ? drafts : [drafts[1], drafts[0]]
  const again = await drafted(winner, service)
  await assert.rejects(send(winner, again), refusedAs('takeover-pending'), 'nor twice by the same')
  await withdrawRequest(world.deps, winner, won)
  await send(loser, waits)
})

test('who is a contact, an old contact named anew, a letter before the head’s term or of tomorrow: refused', async () => {
  const service = await liveService('syarat')
  const old = office.member('applicant')
  await assert.rejects(
    drafted(old, service).then((ticket) => send(old, ticket)),
    refusedAs('still-contact'),
  )
  const letter = sampleApplication('').letter as Record<string, string>
  const kept = { name: 'Kontak Lama', post: 'Staf', phone: '0800 0000 000', email: old.email.toUpperCase() }
  for (const [change, field] of [
    [{ letter: { ...letter, date: '2025-12-31' } }, 'letter.date'],
    [{ letter: { ...letter, date: '2030-01-01' } }, 'letter.date'],
    [{ administrative: kept }, 'administrative.email'],
  ] as const) {
    const ticket = await drafted(successor, service, change)
    await assert.rejects(send(successor, ticket), (error: unknown) => {
      assert.ok(error instanceof Refused, String(error))
      assert.deepEqual(
        error.issues.map((each) => each.field),
        [field],
      )
      return true
    })
  }
})

test('another agency’s service cannot be asked for, and its existence is not told', async () => {
  const service = await liveService('orang')
  const other = world.deps.newId()
  await inOffice((tx) =>
    tx
      .insertInto('agencies')
      .values({ id: other, office_id: office.id, name: 'Dinas Lain', created_at: world.deps.now() })
      .execute(),
  )
  const stranger = { ...late, agencyIds: [other] }
  const about = { kind: 'contact-takeover', zoneId: null, serviceId: service, application: {} }
  await assert.rejects(
    createDraft(world.deps, stranger, { ...about, agencyId: other }),
    refusedAs('not-found'),
  )
  await assert.rejects(
    createDraft(world.deps, stranger, { ...about, agencyId: office.agencyId }),
    refusedAs('not-allowed'),
  )
})

test('closed, or given other contacts meanwhile: the decision says so and changes nothing', async () => {
  const service = await liveService('usai')
  const ticket = await sent(successor, service)
  await to(ticket, 4)
  world.deps.clock.advance(8 * 24 * 3_600_000)
  const contact = { name: 'Kontak Baru', post: 'Staf', phone: '0800 2222 222', email: 'lain@contoh.example' }
  const set = (technical: unknown) =>
    inOffice((tx) =>
      tx
        .updateTable('services')
        .set({ technical_contact: json(technical) })
        .where('id', '=', service)
        .execute(),
    )
  const { technical_contact: before } = await inOffice((tx) =>
    tx.selectFrom('services').select('technical_contact').where('id', '=', service).executeTakeFirstOrThrow(),
  )
  await set(contact)
  await assert.rejects(decide(ticket), refusedAs('contacts-changed'))
  await set(before)
  await inOffice((tx) =>
    tx.updateTable('services').set({ status: 'closed' }).where('id', '=', service).execute(),
  )
  await decide(ticket)
  await assert.rejects(to(ticket, Number.POSITIVE_INFINITY), refusedAs('service-closed'))
  const row = await read(office, ticket)
  assert.match(row.trouble!.text.id, /sudah ditutup/)
})
