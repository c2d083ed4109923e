import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { inScope } from '../../src/db/database.ts'
import type { UnderLock } from '../../src/db/fulfilment/outside-lock.ts'
import {
  committingWork,
  lockedColumn,
  withOutsideLock,
  withOutsideLockAfter,
} from '../../src/db/fulfilment/outside-lock.ts'
import { readAhead } from '../../src/db/pipeline.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps } from '../support/office.ts'
import { testDeps } from '../support/office.ts'

/** More than the pool has connections. */
const workers = 60
/** How many works may hold a connection. */
const places = 10

type Found = { readonly backend: number }

/** A lock under which the work learns which connection of the database holds it. */
const lockOf = (name: string): UnderLock<Found> => ({
  officeId: randomUUID(),
  key: sql<string>`${name}`,
  read: async (tx) => {
    const asked = await readAhead(
      tx,
      sql<Found & { locked: boolean }>`select ${lockedColumn} as locked, pg_backend_pid() as backend`,
    )
    return async () => (await asked())[0]!
  },
})

/** Something that ends when told. */
function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

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
    const held = (work: () => Promise<string>) => withOutsideLockAfter(deps.db, lockOf('service y'), work)
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

  /** Commits and begins the work; what the work found, and the end of it. */
  const commit = (name: string, work: (found: Found | undefined) => Promise<void>, says = 'done') =>
    committingWork(deps.db, async (connection, take) => {
      const asked = await inScope(connection, {}, async (tx) => {
        const found = await take(tx, lockOf(name))
        if (says === 'fails') throw new Error('the act was refused')
        return found
      })
      return { done: says, work: work(await asked()) }
    })
  const isFree = async (name: string): Promise<boolean> => {
    try {
      return await withOutsideLock(deps.db, name, async () => true)
    } catch {
      return false
    }
  }
  const untilFree = async (name: string): Promise<void> => {
    for (let turn = 0; turn < 100 && !(await isFree(name)); turn += 1) await sleep(20)
    assert.ok(await isFree(name), 'the lock was given back')
  }

  test('a transaction hands its lock to the work that begins with its commit, and does not wait for it', async () => {
    const { open, opened } = gate()
    const found: (Found | undefined)[] = []
    const done = await commit('service w', async (each) => {
      found.push(each)
      await opened
    })
    assert.equal(done, 'done')
    assert.ok(found[0]?.backend)
    assert.equal(await isFree('service w'), false)
    // somebody else commits meanwhile, and finds nothing under a lock that is not theirs
    await commit('service w', async (each) => void found.push(each))
    assert.equal(found[1], undefined)
    assert.equal(await isFree('service w'), false)
    open()
    await untilFree('service w')
  })

  test('a transaction that fails gives its lock back, and work that fails too', async () => {
    await assert.rejects(
      commit('service v', async () => undefined, 'fails'),
      /the act was refused/,
    )
    assert.ok(await isFree('service v'))
    assert.equal(await commit('service v', () => Promise.reject(new Error('the server is down'))), 'done')
    await untilFree('service v')
  })

  test('more works than may hold a connection begin without one, and leave all to others in the end', async () => {
    const { open, opened } = gate()
    let held = 0
    for (let work = 0; work <= places; work += 1)
      await commit(`service ${work}`, async (found) => {
        if (found) held += 1
        await opened
      })
    assert.equal(held, places)
    open()
    for (let work = 0; work <= places; work += 1) await untilFree(`service ${work}`)
  })

  test('a database that goes away before the commit is told, and one that goes away after it ends nothing else', async (t) => {
    const unhandled = t.mock.fn()
    process.on('unhandledRejection', unhandled)
    t.after(() => void process.off('unhandledRejection', unhandled))
    const kill = (backend: number) => sql`select pg_terminate_backend(${backend})`.execute(deps.db)
    await assert.rejects(
      committingWork(deps.db, async (connection, take) => {
        const asked = await inScope(connection, {}, async (tx) => {
          const found = await take(tx, lockOf('service u'))
          const { rows } = await sql<Found>`select pg_backend_pid() as backend`.execute(tx)
          await kill(rows[0]!.backend)
          return found
        })
        return { done: 'done', work: asked() }
      }),
      (error) => error instanceof Error,
    )
    await untilFree('service u')
    const { open, opened } = gate()
    const done = await commit('service u', async (found) => {
      await kill(found!.backend)
      await opened
      throw new Error('the work fails with it')
    })
    assert.equal(done, 'done')
    open()
    await untilFree('service u')
    await sleep(50)
    assert.equal(unhandled.mock.callCount(), 0)
  })
})
