import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Tx } from '../../src/db/database.ts'
import { lockedColumn, withOutsideLock, withOutsideLockAfter } from '../../src/db/fulfilment/outside-lock.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps } from '../support/office.ts'
import { testDeps } from '../support/office.ts'

/** More than the pool has connections. */
const workers = 60

describe('the lock of work outside', () => {
  let database: TestDatabase
  let deps: TestDeps
  before(async () => {
    database = await createTestDatabase()
    deps = testDeps(database.appUrl)
  })
  after(async () => {
    await deps.database.close()
    await database.drop()
  })

  test('work on more things at once than there are connections is done, each recording over another one', async () => {
    let most = 0
    let held = 0
    const done = await Promise.all(
      Array.from({ length: workers }, (_, worker) =>
        withOutsideLock(deps.db, `service ${worker}`, async () => {
          held += 1
          most = Math.max(most, held)
          const { rows } = await sql<{ worker: number }>`select ${worker}::int as worker`.execute(deps.db)
          held -= 1
          return rows[0]!.worker
        }),
      ),
    )
    assert.deepEqual(
      done,
      Array.from({ length: workers }, (_, worker) => worker),
    )
    assert.ok(most > 1, 'several at once')
  })

  test('work that fails leaves its place and its lock to the next', async () => {
    const failing = Array.from({ length: workers }, () =>
      withOutsideLock(deps.db, 'service x', () => Promise.reject(new Error('the server is down'))),
    )
    for (const each of await Promise.allSettled(failing)) assert.equal(each.status, 'rejected')
    assert.equal(await withOutsideLock(deps.db, 'service x', async () => 'done'), 'done')
  })

  test('work after a reading keeps the lock to its end, and tells of its failure, however soon that comes', async () => {
    const scope = { officeId: deps.newId(), key: sql<string>`${'service y'}` }
    const read = async (tx: Tx) =>
      (await sql<{ locked: boolean }>`select ${lockedColumn} as locked`.execute(tx)).rows[0]!
    const held = (work: () => Promise<string>) => withOutsideLockAfter(deps.db, scope, read, work)
    await assert.rejects(
      held(() => Promise.reject(new Error('the server is down'))),
      /the server is down/,
    )
    const done = await held(async () => {
      await assert.rejects(
        held(async () => 'twice'),
        { reason: 'request-busy' },
      )
      return 'done'
    })
    assert.equal(done, 'done')
    assert.equal(await held(async () => 'again'), 'again')
  })
})
