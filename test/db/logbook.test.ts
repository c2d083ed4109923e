import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { act } from '../../src/actions/act.ts'
import { inScope } from '../../src/db/database.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'

const writers = 16
const entriesPerWriter = 20

describe('the logbook of one office', () => {
  let database: TestDatabase
  let deps: TestDeps
  let office: TestOffice
  before(async () => {
    database = await createTestDatabase()
    deps = testDeps(database.appUrl, { max: writers })
    office = await createTestOffice(deps, 'buku', await readSopFile('sops/katingan-subdomain-hosting.yaml'))
  })
  after(async () => {
    await deps.database.close()
    await database.drop()
  })

  const entries = () =>
    inScope(deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('logbook_entries').select(['seq', 'prev', 'hash', 'text']).orderBy('seq').execute(),
    )

  test('16 writers at once make one chain without a gap, and a failed act leaves no entry', async () => {
    const actor = { kind: 'system', officeId: office.id } as const
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let entry = 0; entry < entriesPerWriter; entry += 1) {
          await act(deps, actor, async (_tx, write) => {
            const personal = { contact: `orang ${writer}.${entry}@contoh.example` }
            write.note({ act: 'test.written', subject: { kind: 'test', id: `${writer}.${entry}` }, personal })
          })
          const failing = act(deps, actor, async (_tx, write) => {
            write.note({ act: 'test.lost', subject: { kind: 'test', id: 'x' } })
            throw new Error('the act fails after its note')
          })
          await assert.rejects(failing, /fails after its note/)
        }
      }),
    )
    const all = await entries()
    assert.equal(all.length, writers * entriesPerWriter)
    const verdict = verifyChain(office.id, all)
    assert.ok(verdict.ok, JSON.stringify(verdict))
    assert.ok(all.every(({ text }) => !text.includes('@contoh.example')))
  })

  test('an act that states nothing changes nothing', async () => {
    const name = () =>
      inScope(deps.db, { officeId: office.id }, (tx) =>
        tx.selectFrom('agencies').select('name').where('id', '=', office.agencyId).executeTakeFirstOrThrow(),
      )
    const [before, entriesBefore] = [await name(), (await entries()).length]
    const silent = act(deps, { kind: 'system', officeId: office.id }, async (tx) => {
      await tx
        .updateTable('agencies')
        .set({ name: 'Dinas Diam' })
        .where('id', '=', office.agencyId)
        .returning('id')
        .executeTakeFirstOrThrow()
    })
    await assert.rejects(silent, /without a logbook entry/)
    assert.deepEqual(await name(), before)
    assert.equal((await entries()).length, entriesBefore)
  })

  test('the application cannot change or remove an entry', async () => {
    const change = (statement: string) =>
      inScope(deps.db, { officeId: office.id }, (tx) => sql.raw(statement).execute(tx))
    await assert.rejects(change(`update logbook_entries set text = 'x'`), /permission denied/)
    await assert.rejects(change('delete from logbook_entries'), /permission denied/)
    await assert.rejects(change('delete from logbook_heads'), /permission denied/)
  })

  test('what the owner of the database changes is found, entry and reason', async () => {
    const owner = new Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query(`update logbook_entries set text = replace(text, 'written', 'wiped') where seq = 7`)
    await owner.end()
    const verdict = verifyChain(office.id, await entries())
    assert.ok(!verdict.ok)
    assert.deepEqual([verdict.seq, verdict.why], [7, 'hash'])
  })

  test('an erased opening leaves the chain valid up to the same place', async () => {
    await inScope(deps.db, { officeId: office.id }, (tx) => tx.deleteFrom('logbook_openings').execute())
    const verdict = verifyChain(office.id, (await entries()).slice(0, 6))
    assert.ok(verdict.ok)
  })
})
