/** A job that this process begins at once has its lock, and what it needs, from the transaction that asked for it. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BegunJob, Prompt } from '../../../src/actions/act.ts'
import { act } from '../../../src/actions/act.ts'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { inScope } from '../../../src/db/database.ts'
import type { Granted } from '../../../src/db/fulfilment/granted.ts'
import { withOutsideLock } from '../../../src/db/fulfilment/outside-lock.ts'
import { readRequest } from '../../../src/db/requests/requests.ts'
import { AtOnce } from '../../../src/jobs/at-once.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { TestDeps, TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, testDeps } from '../../support/office.ts'

describe('the lock of a job with the commit of its act', () => {
  let database: TestDatabase
  let deps: TestDeps
  let office: TestOffice
  let request: { readonly id: string; readonly ticket: string }
  before(async () => {
    database = await createTestDatabase()
    deps = testDeps(database.appUrl)
    office = await createTestOffice(deps, 'kunci', await readSopFile('sops/katingan-subdomain-hosting.yaml'))
    const { ticket } = await createDraft(deps, office.member('applicant'), {
      kind: 'subdomain',
      agencyId: office.agencyId,
      zoneId: office.zoneId,
      application: { ...sampleApplication('kunci'), target: { type: 'A', value: '192.0.2.1' } },
    })
    const row = await inScope(deps.db, { officeId: office.id }, (tx) => readRequest(tx, ticket))
    request = { id: row!.id, ticket }
  })
  after(async () => {
    await deps.database.close()
    await database.drop()
  })

  /** An act that asks for the job, and what its worker was given. */
  async function ask(fails: boolean, work: () => Promise<void>) {
    const atOnce = new AtOnce()
    const begun: { readonly job: BegunJob; readonly held: Granted | undefined }[] = []
    atOnce.start((job, held) =>
      atOnce.join(job.id, () => {
        begun.push({ job, held })
        return work()
      }),
    )
    const prompt: Prompt = atOnce
    const asked = act({ ...deps, prompt }, { kind: 'system', officeId: office.id }, async (tx, write) => {
      await write.job('provision-service', { officeId: office.id, requestId: request.id, visit: 1 })
      if (fails) throw new Error('the act was refused')
      write.note({ act: 'service.planned', subject: { kind: 'request', id: request.ticket }, details: {} })
    })
    return { asked, begun }
  }

  /** A draft has no name yet: its lock is that of the request. */
  async function isFree(): Promise<boolean> {
    try {
      return await withOutsideLock(deps.db, request.id, async () => true)
    } catch {
      return false
    }
  }

  test('the worker has lock and request in hand, and nobody else the lock until the work is over', async (t) => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    t.after(() => end())
    const { asked, begun } = await ask(false, () => over)
    await asked
    await sleep(0)
    assert.equal(begun.length, 1)
    assert.equal(begun[0]!.held?.request.id, request.id)
    assert.equal(begun[0]!.held.zone?.name, office.zone)
    assert.equal(await isFree(), false)
    end()
    for (let turn = 0; turn < 100 && !(await isFree()); turn += 1) await sleep(20)
    assert.ok(await isFree())
  })

  test('where somebody else has the lock, the act commits, and the worker comes without', async () => {
    await withOutsideLock(deps.db, request.id, async () => {
      const { asked, begun } = await ask(false, async () => undefined)
      await asked
      await sleep(0)
      assert.equal(begun.length, 1)
      assert.equal(begun[0]!.held, undefined)
    })
    assert.ok(await isFree())
  })

  test('an act that fails begins nothing and leaves the lock to others', async () => {
    const { asked, begun } = await ask(true, async () => undefined)
    await assert.rejects(asked, /the act was refused/)
    assert.equal(begun.length, 0)
    assert.ok(await isFree())
  })
})
