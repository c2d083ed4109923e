import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { refuseRequest } from '../../src/actions/requests/refuse-request.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import { withdrawRequest } from '../../src/actions/requests/withdraw-request.ts'
import { cancelProvisioning } from '../../src/actions/fulfilment/cancel-provisioning.ts'
import { revealCredentials } from '../../src/actions/services/reveal-credentials.ts'
import { requestRotation } from '../../src/actions/services/rotate-credentials.ts'
import { inScope } from '../../src/db/database.ts'
import type { Jobs } from '../../src/db/queue.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { unseal } from '../../src/domain/fulfilment/seal.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import { Refused } from '../../src/domain/refused.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../support/office.ts'
import { createTestWorld } from '../support/world.ts'
import { requestsIn } from '../support/walk-request.ts'
import type { TestWorld } from '../support/world.ts'

let world: TestWorld
const offices: TestOffice[] = []

before(async () => {
  world = await createTestWorld()
  for (const [slug, file] of [
    ['kukar', 'sops/kutai-kartanegara-hosting-subdomain.yaml'],
    ['katingan', 'sops/katingan-subdomain-hosting.yaml'],
    ['perubahan', 'sops/kutai-kartanegara-hosting-subdomain.yaml'],
  ] as const) {
    const office = await createTestOffice(world.deps, slug, serving(slug, await readSopFile(file)))
    await world.deps.enqueue(undefined as never, 'create-zone', {
      officeId: office.id,
      zoneId: office.zoneId,
    })
    await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute(),
    )
    offices.push(office)
  }
  await world.drain()
})
after(() => world.close())

const { drafted, read, submitted, walk } = requestsIn(() => world)

/** One office also takes changes of contacts. */
const serving = (slug: string, sop: SopDocument): SopDocument =>
  slug === 'perubahan'
    ? { ...sop, serves: [...sop.serves, { id: 'contact-change', temporary: false, form: [] }] }
    : sop

async function assertChain(office: TestOffice): Promise<void> {
  const entries = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('logbook_entries').select(['seq', 'prev', 'hash', 'text']).orderBy('seq').execute(),
  )
  const verdict = verifyChain(office.id, entries)
  assert.ok(verdict.ok, JSON.stringify(verdict))
}

for (const index of [0, 1])
  test(`SOP ${index + 1}: a letter becomes a live, proven, handed-over service`, async () => {
    const office = offices[index]!
    const ticket = await submitted(office, 'perpustakaan')
    await walk(office, ticket)
    const row = await read(office, ticket)
    assert.equal(row.state.ending, 'completed')
    const fqdn = `perpustakaan.${office.zone}`
    const found = await inScope(world.deps.db, { officeId: office.id }, async (tx) => ({
      service: await tx.selectFrom('services').selectAll().where('fqdn', '=', fqdn).executeTakeFirstOrThrow(),
      letter: await tx
        .selectFrom('letters')
        .selectAll()
        .where('request_id', '=', row.id)
        .executeTakeFirstOrThrow(),
      reveal: await tx
        .selectFrom('credential_reveals')
        .selectAll()
        .where('request_id', '=', row.id)
        .executeTakeFirstOrThrow(),
      provisioning: await tx
        .selectFrom('provisionings')
        .selectAll()
        .where('request_id', '=', row.id)
        .executeTakeFirstOrThrow(),
    }))
    assert.deepEqual(
      [found.service.status, found.service.has_site, found.service.registered_until],
      ['live', true, '2027-03-02'],
    )
    assert.deepEqual(
      [found.letter.status, found.letter.kind],
      ['issued', index === 0 ? 'hand-over-note' : 'reply'],
    )
    assert.equal(found.provisioning.status, 'recorded')
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    assert.deepEqual(
      (await dns.readRrsets(office.zone, [fqdn])).map((set) => set.values),
      [['127.0.0.1']],
    )
    const seen = await world.deps.hostingOf(null).probe(fqdn)
    assert.ok(seen.kind === 'seen' && seen.status === 200)
    await assertRevealOnce(office, found.reveal.id)
    await assertChain(office)
  })

async function assertRevealOnce(office: TestOffice, revealId: string): Promise<void> {
  await assert.rejects(
    revealCredentials(world.deps, office.member('operator'), revealId),
    refusedAs('not-contact'),
  )
  const both = await Promise.allSettled(
    [1, 2].map(() => revealCredentials(world.deps, office.member('applicant'), revealId)),
  )
  const opened = both.filter((each) => each.status === 'fulfilled')
  assert.equal(opened.length, 1)
  const secret = JSON.parse(unseal(world.deps.settings.sealingKey, revealId, opened[0]!.value.sealed)) as {
    password: string
  }
  assert.ok(secret.password.length >= 16)
  await assert.rejects(
    revealCredentials(world.deps, office.member('applicant'), revealId),
    refusedAs('already-revealed'),
  )
}

const refusedAs = (reason: string) => (error: unknown) => {
  assert.ok(error instanceof Refused, String(error))
  assert.equal(error.reason, reason)
  return true
}

const readService = (office: TestOffice, id: string) =>
  inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('services').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )

const pointed = (label: string) => ({
  ...sampleApplication(label),
  target: { type: 'A', value: '192.0.2.55' },
})

describe('what may come after', () => {
  test('a final refusal frees the name and ends with a refusal letter where the SOP has a reply', async () => {
    const office = offices[1]!
    const ticket = await submitted(office, 'ditolak')
    await walk(office, ticket, 3)
    const row = await read(office, ticket)
    const grounds = [{ code: 'out-of-scope' as const, text: 'Bukan layanan pemerintahan.' }]
    await refuseRequest(world.deps, office.member('head-of-division'), ticket, { step: row.step!, grounds })
    await walk(office, ticket)
    const { state } = await read(office, ticket)
    assert.equal(state.ending, 'refused')
    const mails = await world.mails()
    assert.ok(mails.some((mail) => mail.includes(ticket) && mail.includes('ditolak')))
    await submitted(office, 'ditolak')
  })

  test('a service is renewed, and closed: record and site are gone and the name is free', async () => {
    const office = offices[0]!
    const first = await submitted(office, 'musim')
    await walk(office, first)
    const { service_id: serviceId } = await read(office, first)
    const renewal = await submitted(office, '', { kind: 're-registration', zoneId: null, serviceId })
    await walk(office, renewal)
    const until = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('services')
        .select('registered_until')
        .where('id', '=', serviceId)
        .executeTakeFirstOrThrow(),
    )
    assert.equal(until.registered_until, '2028-03-02')
    const closure = await submitted(office, '', { kind: 'closure', zoneId: null, serviceId })
    await walk(office, closure)
    const fqdn = `musim.${office.zone}`
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    assert.deepEqual(await dns.readRrsets(office.zone, [fqdn]), [])
    const seen = await world.deps.hostingOf(null).probe(fqdn)
    assert.ok(seen.kind === 'seen' && seen.status === 404)
    await submitted(office, 'musim')
    await assertChain(office)
  })

  test('a change of contacts reaches the contacts of its service, and nothing else', async () => {
    const office = offices[2]!
    const first = await submitted(office, 'ubah')
    await walk(office, first)
    const { service_id: serviceId } = await read(office, first)
    const about = { zoneId: null, serviceId }
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const person = {
      name: 'Pengelola Baru',
      post: 'Analis',
      phone: '0800 1111 111',
      email: 'baru@contoh.example',
    }
    const before = await readService(office, serviceId!)
    const zone = withoutSerial(await dns.transfer(office.zone))
    const contacts = await submitted(office, '', {
      kind: 'contact-change',
      ...about,
      application: { ...sampleApplication(''), administrative: person, technical: person },
    })
    assert.deepEqual(await readService(office, serviceId!), before, 'a wish changes nothing')
    await walk(office, contacts)
    const changed = await readService(office, serviceId!)
    assert.partialDeepStrictEqual(changed.technical_contact, person)
    assert.deepEqual(changed, {
      ...before,
      administrative_contact: changed.administrative_contact,
      technical_contact: changed.technical_contact,
    })
    assert.deepEqual(withoutSerial(await dns.transfer(office.zone)), zone)
    const reveals = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('credential_reveals')
        .select('status')
        .where('service_id', '=', serviceId)
        .orderBy('created_at')
        .execute(),
    )
    assert.deepEqual(
      reveals.map(({ status }) => status),
      ['rotated', 'ready'],
      'the new technical contact gets credentials of their own',
    )
    const told = (email: string) => mailsTo(world, email, `ubah.${office.zone}`)
    const old = office.member('applicant').email
    const come = await told(person.email)
    assert.deepEqual(come.map(subjectWords), ['Anda kini narahubung', 'Kredensial diperbarui'])
    const opens = come[1]!.text
    assert.match(opens, /serah-terima\/[0-9a-f-]{36}/)
    const gone = await told(old)
    assert.deepEqual(gone.map(subjectWords), ['Anda bukan narahubung lagi'])
    assert.ok(!gone[0]!.text.includes(person.email), 'nor where the new one is reached')

    await assertChain(office)
  })

  test('a re-registration that names other contacts is no quiet way around: told, and credentials made anew', async () => {
    const office = offices[2]!
    const first = await submitted(office, 'diam')
    await walk(office, first)
    const { service_id: serviceId } = await read(office, first)
    const form = (await read(office, first)).form
    const same = await submitted(office, '', {
      kind: 're-registration',
      zoneId: null,
      serviceId,
      application: {
        ...sampleApplication(''),
        administrative: form.administrative,
        technical: form.technical,
      },
    })
    await walk(office, same)
    const about = `diam.${office.zone}`
    const old = office.member('applicant').email
    assert.deepEqual(await mailsTo(world, old, about), [], 'nobody changed, nobody is told')
    const person = {
      name: 'Pengelola Lain',
      post: 'Staf',
      phone: '0800 3333 333',
      email: 'lain@contoh.example',
    }
    const other = await submitted(office, '', {
      kind: 're-registration',
      zoneId: null,
      serviceId,
      application: { ...sampleApplication(''), administrative: person, technical: person },
    })
    await walk(office, other)
    assert.equal((await readService(office, serviceId!)).technical_contact.email, person.email)
    assert.deepEqual((await mailsTo(world, person.email, about)).map(subjectWords), [
      'Anda kini narahubung',
      'Kredensial diperbarui',
    ])
    assert.equal((await mailsTo(world, old, about)).length, 1)
  })

  test('what was granted on a service that was closed meanwhile is refused with a sentence and changes nothing', async () => {
    const office = offices[2]!
    const operator = office.member('operator')
    const first = await submitted(office, 'usai', { kind: 'subdomain', application: pointed('usai') })
    await walk(office, first)
    const { service_id: serviceId } = await read(office, first)
    const about = { zoneId: null, serviceId, application: pointed('') }
    const granted: string[] = []
    for (const kind of ['hosting', 're-registration', 'contact-change'])
      granted.push(await submitted(office, '', { kind, ...about }))
    for (const ticket of granted) await walk(office, ticket, 5)
    const draft = await drafted(office, '', { kind: 're-registration', ...about })
    await walk(office, await submitted(office, '', { kind: 'closure', ...about }))
    await assert.rejects(
      submitRequest(world.deps, office.member('applicant'), draft),
      refusedAs('service-closed'),
    )

    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const zone = await dns.transfer(office.zone)
    const closed = await readService(office, serviceId!)
    assert.equal(closed.status, 'closed')
    for (const ticket of granted) {
      await assert.rejects(walk(office, ticket), refusedAs('service-closed'))
      const row = await read(office, ticket)
      assert.deepEqual([row.step, row.stage], [5, 'working'])
      assert.match(row.trouble!.text.id, /usai\..* sudah ditutup.*Tidak ada yang diubah/)
      world.deps.jobs.length = 0
      await cancelProvisioning(world.deps, operator, ticket)
      assert.equal((await read(office, ticket)).stage, 'acting')
      await withdrawRequest(world.deps, office.member('applicant'), ticket)
      assert.equal((await read(office, ticket)).state.ending, 'withdrawn')
      await world.drain()
    }
    assert.deepEqual(await dns.transfer(office.zone), zone)
    assert.deepEqual(await readService(office, serviceId!), closed)
    await assertChain(office)
  })

  test('rotation replaces what was not opened, and the new secret opens once', async () => {
    const office = offices[0]!
    const ticket = await submitted(office, 'rotasi')
    await walk(office, ticket)
    const { service_id: serviceId } = await read(office, ticket)
    await requestRotation(world.deps, office.member('applicant'), serviceId!)
    await world.drain()
    const reveals = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('credential_reveals')
        .selectAll()
        .where('service_id', '=', serviceId!)
        .orderBy('created_at')
        .execute(),
    )
    assert.deepEqual(reveals.map((each) => each.status).toSorted(), ['ready', 'rotated'])
    const ready = reveals.find((each) => each.status === 'ready')!
    await assertRevealOnce(office, ready.id)
  })

  test('a name that somebody put into the live zone by hand stops on the desk with a sentence and is not touched', async () => {
    const office = offices[0]!
    const fqdn = `tangan.${office.zone}`
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const { planChanges } = await import('../../src/domain/dns/plan.ts')
    const desired = [{ name: fqdn, type: 'A', ttl: 60, values: ['192.0.2.9'] }]
    await dns.apply(planChanges({ zone: office.zone, current: [], desired }))
    const ticket = await submitted(office, 'tangan')
    await assert.rejects(walk(office, ticket), refusedAs('name-in-zone'))
    const row = await read(office, ticket)
    assert.deepEqual([row.step, row.stage], [5, 'working'])
    assert.match(row.trouble!.text.id, /sudah ada di server DNS/)
    assert.deepEqual((await dns.readRrsets(office.zone, [fqdn]))[0]!.values, ['192.0.2.9'])
  })

  test('a provisioning that is called off leaves the servers exactly as they were, and may be tried again', async () => {
    const office = offices[0]!
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const ticket = await submitted(office, 'batal')
    await walk(office, ticket, 5)
    const before = await dns.transfer(office.zone)
    const at = await read(office, ticket)
    await completeStep(world.deps, office.member('operator'), ticket, {
      step: 5,
      visit: at.visit,
      form: { confirmed: true },
    })
    const job = world.deps.jobs.find((each) => each.name === 'provision-service')!
    world.deps.jobs.length = 0
    await assert.rejects(
      cancelProvisioning(world.deps, office.member('head-of-office'), ticket),
      refusedAs('wrong-actor'),
    )
    const blind = { ...world.deps, dnsOf: () => ({ ...dns, probe: async () => [] }) }
    await assert.rejects(
      provisionService(blind, job.data as Jobs['provision-service']),
      refusedAs('not-yet-visible'),
    )
    assert.equal((await dns.readRrsets(office.zone, [`batal.${office.zone}`])).length, 1)
    await cancelProvisioning(world.deps, office.member('operator'), ticket)
    await world.drain()
    assert.deepEqual(withoutSerial(await dns.transfer(office.zone)), withoutSerial(before))
    const seen = await world.deps.hostingOf(null).probe(`batal.${office.zone}`)
    assert.ok(seen.kind === 'seen' && seen.status === 404)
    const back = await read(office, ticket)
    assert.deepEqual([back.step, back.stage, back.holder], [5, 'acting', office.member('operator').personId])
    await walk(office, ticket)
    assert.equal((await read(office, ticket)).state.ending, 'completed')
    await assertChain(office)
  })
})

/** A zone but for the serial of its SOA, which only ever goes up. */
const withoutSerial = (sets: readonly Rrset[]) => sets.filter((set) => set.type !== 'SOA')

type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Mails that were sent to this address about this service, by their subject. */
async function mailsTo(from: TestWorld, to: string, service: string): Promise<readonly Mail[]> {
  const mails = (await from.mails()).map((mail): Mail => {
    const plain = mail.replaceAll(/\r?\n[ \t]/g, ' ').replaceAll(/=\r?\n/g, '')
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(plain)?.[1]?.trim() ?? ''
    return { to: header('To'), subject: header('Subject'), text: plain }
  })
  return mails
    .filter((mail) => mail.to === to && mail.subject.startsWith(`[${service}]`))
    .sort((a, b) => a.subject.localeCompare(b.subject))
}

const subjectWords = ({ subject }: Mail): string => subject.replace(/^\[[^\]]*\] /, '')
