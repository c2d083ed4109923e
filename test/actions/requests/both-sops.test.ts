import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inScope } from '../../../src/db/database.ts'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { completeStep } from '../../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { verifyChain } from '../../../src/domain/logbook/chain.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import type { TestDeps, TestOffice } from '../../support/office.ts'
import {
  createTestOffice,
  readSopFile,
  sampleApplication,
  samplePdf,
  testDeps,
} from '../../support/office.ts'

let database: TestDatabase
let deps: TestDeps

before(async () => {
  database = await createTestDatabase()
  deps = testDeps(database.appUrl, { max: 20 })
})
after(async () => {
  await deps.database.close()
  await database.drop()
})

const refusedAs = (reason: string) => (error: unknown) => {
  assert.ok(error instanceof Refused, String(error))
  assert.equal(error.reason, reason)
  return true
}

async function readRow(office: TestOffice, ticket: string) {
  return inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('requests').selectAll().where('ticket', '=', ticket).executeTakeFirstOrThrow(),
  )
}

async function submitted(office: TestOffice, label: string): Promise<string> {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  for (const kind of ['application-letter', 'application-form'])
    if (office.sop.steps.some((step) => step.requirements.some((each) => each.document === kind)))
      await attachDocument(deps, applicant, ticket, {
        kind,
        filename: 'surat.pdf',
        mediaType: 'application/pdf',
        content: { pages: 1, carries: [] },
        bytes: samplePdf,
      })
  await submitRequest(deps, applicant, ticket)
  return ticket
}

async function assertChain(office: TestOffice): Promise<void> {
  const entries = await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('logbook_entries').select(['seq', 'prev', 'hash', 'text']).orderBy('seq').execute(),
  )
  assert.ok(entries.length > 0)
  const verdict = verifyChain(office.id, entries)
  assert.ok(verdict.ok, JSON.stringify(verdict))
}

describe('Katingan, from the letter to the provisioning step', () => {
  let office: TestOffice
  before(async () => {
    office = await createTestOffice(
      deps,
      'katingan',
      await readSopFile('sops/katingan-subdomain-hosting.yaml'),
    )
  })

  test('an incomplete letter returns to the applicant with every reason and comes back to the same reviewer', async () => {
    const ticket = await submitted(office, 'perpustakaan')
    const head = office.member('head-of-office')
    const division = office.member('head-of-division')
    const operator = office.member('operator')
    await completeStep(deps, head, ticket, { step: 2, form: { instruction: 'Untuk ditindaklanjuti.' } })
    await completeStep(deps, division, ticket, { step: 3, form: {} })
    await completeStep(deps, division, ticket, { step: 4, form: { instruction: 'Periksa kelengkapannya.' } })
    const items = [
      { item: 'application-letter', verdict: 'incomplete', remark: 'Belum ditandatangani.' },
      { item: 'application-form', verdict: 'incomplete', remark: 'Kontak teknis kosong.' },
    ]
    const outcomes = office.sop.steps.find((step) => step.no === 5)!.decision!.outcomes
    const [complete, incomplete] = outcomes.map((each) => each.id)
    await assert.rejects(
      completeStep(deps, operator, ticket, { step: 5, outcome: complete, form: { items } }),
      refusedAs('form-incomplete'),
    )
    await completeStep(deps, operator, ticket, { step: 5, outcome: incomplete, form: { items } })
    assert.equal((await readRow(office, ticket)).turn, 'applicant')
    await submitRequest(deps, office.member('applicant'), ticket)
    const back = await readRow(office, ticket)
    assert.equal(back.step, 5)
    assert.equal(back.holder, operator.personId)
    const good = items.map((each) => ({ item: each.item, verdict: 'complete' }))
    await completeStep(deps, operator, ticket, { step: 5, outcome: complete, form: { items: good } })
    await completeStep(deps, operator, ticket, { step: 6, form: { confirmed: true } })
    const row = await readRow(office, ticket)
    assert.deepEqual([row.step, row.stage, row.turn], [6, 'working', 'system'])
    assert.equal(deps.jobs.filter((job) => job.name === 'provision-service').length, 1)
    await assertChain(office)
  })

  test('the wrong actor, the wrong order and a step taken twice change nothing', async () => {
    const ticket = await submitted(office, 'arsip')
    const before = await readRow(office, ticket)
    await assert.rejects(
      completeStep(deps, office.member('operator'), ticket, { step: 2, form: { instruction: 'Saya saja.' } }),
      refusedAs('wrong-actor'),
    )
    await assert.rejects(
      completeStep(deps, office.member('head-of-division'), ticket, {
        step: 4,
        form: { instruction: 'Lewati.' },
      }),
      refusedAs('wrong-actor'),
    )
    assert.deepEqual(await readRow(office, ticket), before)
    const head = office.member('head-of-office')
    const once = { step: 2, visit: before.visit, form: { instruction: 'Tindak lanjuti.' } }
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => completeStep(deps, head, ticket, once)))
    assert.equal(results.filter((each) => each.status === 'fulfilled').length, 1)
    assert.equal((await readRow(office, ticket)).step, 3)
  })

  test('one hundred requests race for one name: exactly one wins and nothing of the others is lost', async () => {
    const applicant = office.member('applicant')
    const tickets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { ticket } = await createDraft(deps, applicant, {
          kind: 'subdomain-hosting',
          agencyId: office.agencyId,
          zoneId: office.zoneId,
          application: sampleApplication('rebutan'),
        })
        for (const kind of ['application-letter', 'application-form'])
          await attachDocument(deps, applicant, ticket, {
            kind,
            filename: 'a.pdf',
            mediaType: 'application/pdf',
            content: { pages: 1, carries: [] },
            bytes: samplePdf,
          })
        return ticket
      }),
    )
    const results = await Promise.allSettled(tickets.map((ticket) => submitRequest(deps, applicant, ticket)))
    assert.equal(results.filter((each) => each.status === 'fulfilled').length, 1)
    for (const result of results) if (result.status === 'rejected') refusedAs('name-taken')(result.reason)
    const rows = await inScope(deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('requests').select(['phase', 'form']).where('ticket', 'in', tickets).execute(),
    )
    assert.equal(rows.filter((row) => row.phase === 'draft' && row.form.label === 'rebutan').length, 99)
    await assertChain(office)
  })
})

describe('two offices side by side', () => {
  test('a member of one office finds nothing of the other', async () => {
    const sop = await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml')
    const first = await createTestOffice(deps, 'kukar', sop)
    const second = await createTestOffice(deps, 'lain', sop)
    const ticket = await submitted(first, 'layanan')
    for (const role of ['operator', 'head-of-division', 'auditor', 'administrator'] as const)
      await assert.rejects(
        completeStep(deps, second.member(role), ticket, { step: 2, form: {} }),
        refusedAs('not-found'),
      )
  })
})
