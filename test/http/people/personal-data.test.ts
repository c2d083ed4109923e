import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { forgetOld, forgetSessions } from '../../../src/actions/people/forget-old.ts'
import { act } from '../../../src/actions/act.ts'
import { isIncluded, leafHash } from '../../../src/cli/logbook-verifier/merkle.ts'
import { verifyChain } from '../../../src/domain/logbook/chain.ts'
import { inScope } from '../../../src/db/database.ts'
import { inclusionProof } from '../../../src/db/logbook-tree/nodes.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import { signingFor } from '../../support/checkpoints.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

let portal: TestApp
let office: TestOffice
let other: TestOffice
const phone = '081234500077'

before(async () => {
  portal = await createTestApp()
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  office = await createTestOffice(portal.deps, 'contoh', sop)
  other = await createTestOffice(portal.deps, 'tetangga', sop)
})
after(() => portal.close())

const emailOf = async (id: string): Promise<string> =>
  String((await asOwner(portal.database, 'select email from auth_user where id = $1', [id]))[0]!.email)

/** An application whose two contacts are this person and somebody else. */
async function apply(email: string): Promise<string> {
  const application = sampleApplication('arsip')
  const { ticket } = await createDraft(portal.deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application,
  })
  const contact = JSON.stringify({
    name: 'Orang Terminta',
    post: 'Kepala',
    phone,
    email,
    nip: '198001012005011001',
  })
  await asOwner(
    portal.database,
    `update requests set form = jsonb_set(form, '{administrativeContact}', $2::jsonb) where ticket = $1`,
    [ticket, contact],
  )
  return ticket
}

const everything = async (): Promise<string> => {
  const tables = await asOwner(
    portal.database,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const dumps = []
  for (const { name } of tables)
    dumps.push(
      ...(await asOwner(
        portal.database,
        `select '${String(name)}' as t, to_jsonb(x)::text as row from ${String(name)} x`,
      )),
    )
  return dumps.map(({ t, row }) => `${String(t)} ${String(row)}`).join('\n')
}

describe('what is held on a person', () => {
  test('is read by themselves and an administrator, with nothing secret in it, and each reading is recorded', async () => {
    const operator = office.member('operator')
    const own = await signedIn(portal, operator)
    const answer = await own.api('GET', `/offices/contoh/people/${operator.personId}/data`)
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    const { held } = JSON.parse(text) as { held: { table: string }[] }
    assert.ok(
      ['auth_user', 'auth_session', 'memberships'].every((name) => held.some(({ table }) => table === name)),
      text,
    )
    const [session] = await asOwner(portal.database, 'select token from auth_session where "userId" = $1', [
      operator.personId,
    ])
    assert.ok(!text.includes(String(session!.token)))
    const administrator = await signedIn(portal, office.member('administrator'))
    const page = await administrator.get(`/o/contoh/pengguna/${operator.personId}/data`)
    assert.match(await page.text(), /Hapus data orang ini/)
    const file = await administrator.get(`/o/contoh/pengguna/${operator.personId}/data/json`)
    assert.match(file.headers.get('content-disposition')!, /data-pribadi-contoh/)
    assert.match(
      await (await own.get('/akun')).text(),
      new RegExp(`/o/contoh/pengguna/${operator.personId}/data`),
    )
    const rows = await asOwner(
      portal.database,
      `select text from logbook_entries where act = 'person.data-read' order by seq`,
    )
    const actors = rows.map(
      ({ text: entry }) => (JSON.parse(String(entry)) as { actor: { ref: string } }).actor.ref,
    )
    const admin = office.member('administrator').personId
    assert.deepEqual(actors, [operator.personId, admin, admin])
  })

  test('is nothing to anybody else, and a person of another office does not exist', async () => {
    const operator = office.member('operator').personId
    for (const [who, of] of [
      ['auditor', office],
      ['applicant', office],
      ['administrator', other],
    ] as const) {
      const browser = await signedIn(portal, of.member(who))
      for (const path of [`people/${operator}/data`, 'people/tidakada/data'])
        assert.equal((await browser.api('GET', `/offices/${of.slug}/${path}`)).status, 404, `${who} ${path}`)
    }
  })
})

describe('erasing a person', () => {
  const erase = async (id: string, reference = 'Surat 12/2026, 2 Maret 2026') => {
    const browser = await signedIn(portal, office.member('administrator'))
    const answer = await browser.api('POST', `/offices/contoh/people/${id}/erasure`, { reference })
    const body = (await answer.json()) as { reason?: string; kept?: Record<string, number> }
    return { status: answer.status, ...body }
  }
  const deactivate = (id: string) =>
    asOwner(portal.database, 'update memberships set active = false where person_id = $1', [id])

  test('is refused while they work here, are a contact of something alive, or are named in the ground', async () => {
    const { personId } = office.member('applicant')
    const email = await emailOf(personId)
    assert.equal((await erase(personId)).reason, 'person-active')
    const ticket = await apply(email)
    await deactivate(personId)
    assert.equal((await erase(personId)).reason, 'still-running')
    assert.equal((await erase(personId, `permintaan ${email}`)).reason, 'names-person')
    await asOwner(
      portal.database,
      `update requests set phase = 'ended', ended_at = now() where ticket = $1`,
      [ticket],
    )
    const own = office.member('administrator').personId
    assert.equal((await erase(own)).status, 403)
    assert.equal((await erase(other.member('operator').personId)).status, 404)
    const operator = await signedIn(portal, office.member('operator'))
    const denied = await operator.api('POST', `/offices/contoh/people/${personId}/erasure`, {
      reference: 'x',
    })
    assert.equal(denied.status, 403)
  })

  test('leaves nothing of them but archive, keeps every proof, and the others as they were', async () => {
    const { personId } = office.member('applicant')
    const email = await emailOf(personId)
    const [{ name }] = (await asOwner(portal.database, 'select name from auth_user where id = $1', [
      personId,
    ])) as [{ name: string }]
    await act(portal.deps, { kind: 'system', officeId: office.id }, async (_tx, { note }) =>
      note({
        act: 'test.written',
        subject: { kind: 'person', id: personId },
        personal: { email, name, phone },
      }),
    )
    await act(portal.deps, { kind: 'system', officeId: office.id }, async (_tx, { note }) =>
      note({ act: 'test.written', subject: { kind: 'test', id: 'x' }, personal: { contact: 'orang lain' } }),
    )
    const sign = signingFor(portal.deps)
    await sign(office.id)
    const prove = (entry: { seq: number; text: string }, size: number, root: Buffer) =>
      inScope(portal.deps.db, { officeId: office.id }, async (tx) =>
        isIncluded({
          leaf: leafHash(entry.text),
          index: entry.seq - 1,
          size,
          path: await inclusionProof(tx, entry.seq, size),
          root,
        }),
      )
    assert.ok((await everything()).includes(email))
    await asOwner(
      portal.database,
      `insert into passkeys (id, person_id, name, public_key, counter, transports, made_at)
       values ('kunci', $1, 'Ponsel', 'x', 0, '{}', now())`,
      [personId],
    )
    await asOwner(
      portal.database,
      `insert into recovery_codes (person_id, code_hash, made_at) values ($1, 'x', now())`,
      [personId],
    )
    const done = await erase(personId)
    assert.equal(done.status, 200, JSON.stringify(done))
    assert.deepEqual(done.kept, {})

    const left = await everything()
    for (const trace of [email, phone, '198001012005011001'])
      assert.ok(
        !left.includes(trace),
        left.split('\n').find((row) => row.includes(trace)),
      )
    assert.ok(left.includes('orang lain'), 'what belongs to others stays')
    assert.ok(left.includes(await emailOf(office.member('operator').personId)))
    for (const [table, column] of [
      ['auth_session', '"userId"'],
      ['auth_account', '"userId"'],
      ['passkeys', 'person_id'],
      ['recovery_codes', 'person_id'],
    ])
      assert.deepEqual(
        await asOwner(portal.database, `select 1 from ${table} where ${column} = $1`, [personId]),
        [],
        table,
      )

    const [checkpoint] = await asOwner(
      portal.database,
      'select size::int, root from logbook_checkpoints where office_id = $1',
      [office.id],
    )
    const entries = (await asOwner(
      portal.database,
      'select seq::int, prev, hash, text from logbook_entries where office_id = $1 order by seq',
      [office.id],
    )) as { seq: number; prev: string; hash: string; text: string }[]
    assert.ok(verifyChain(office.id, entries).ok)
    const { size, root } = checkpoint as { size: number; root: Buffer }
    for (const entry of entries.filter(({ seq }) => seq <= size))
      assert.ok(await prove(entry, size, root), `${entry.seq}`)
    assert.match(entries.at(-1)!.text, /"act":"person\.erased".*"reference":"Surat 12\/2026, 2 Maret 2026"/)
  })

  test('keeps the account of somebody who also belongs to another office', async () => {
    const { personId } = office.member('operator')
    const email = await emailOf(personId)
    await asOwner(
      portal.database,
      `insert into memberships (office_id, person_id, role, since) values ($1, $2, 'auditor', now())`,
      [other.id, personId],
    )
    await asOwner(
      portal.database,
      'update memberships set active = false where person_id = $1 and office_id = $2',
      [personId, office.id],
    )
    assert.equal((await erase(personId)).status, 200)
    assert.equal(await emailOf(personId), email)
    assert.equal(portal.faults.length, 0)
  })
})

test('what is past its time goes each night, and the logbook tells how much', async () => {
  const day = 86_400_000
  const ago = (days: number): Date => new Date(portal.clock.now.getTime() - days * day)
  for (const [email, expires] of [
    ['lama@contoh.test', ago(366)],
    ['baru@contoh.test', ago(364)],
  ] as const)
    await asOwner(
      portal.database,
      `insert into invitations (id, office_id, email, name, role, token_hash, created_at, expires_at)
       values (gen_random_uuid(), $1, $2, 'Orang', 'operator', $2, $3, $3)`,
      [office.id, email, expires],
    )
  for (const [email, decided] of [
    ['lama@contoh.test', ago(366)],
    ['tunggu@contoh.test', null],
  ] as const)
    await asOwner(
      portal.database,
      `insert into self_registrations (id, office_id, name, email, post, agency_name, reason, status, decided_at, created_at)
       values (gen_random_uuid(), $1, 'Orang', $2, 'Staf', 'Dinas', 'x', $4, $3, now())`,
      [office.id, email, decided, decided ? 'refused' : 'pending'],
    )
  const actor = { kind: 'system', officeId: office.id } as const
  await forgetOld(portal.deps, actor)
  await forgetOld(portal.deps, actor)
  const left = await asOwner(
    portal.database,
    'select email from invitations union all select email from self_registrations order by 1',
  )
  assert.deepEqual(
    left.map(({ email }) => email),
    ['baru@contoh.test', 'tunggu@contoh.test'],
  )
  const told = await asOwner(
    portal.database,
    `select text from logbook_entries where act = 'personal-data.forgotten'`,
  )
  assert.equal(told.length, 1)
  assert.match(String(told[0]!.text), /"invitations":1,"registrations":1/)
})

test('a session that ended goes after its time, one that goes on stays', async () => {
  const own = await signedIn(portal, office.member('auditor'))
  const count = async () => (await asOwner(portal.database, 'select 1 from auth_session')).length
  const all = await count()
  await forgetSessions(portal.deps)
  assert.equal((await own.get('/akun')).status, 200)
  assert.equal(await count(), all)
  await asOwner(portal.database, `update auth_session set "expiresAt" = '2020-01-01' where "userId" = $1`, [
    office.member('auditor').personId,
  ])
  await forgetSessions(portal.deps)
  assert.ok((await count()) < all)
})
