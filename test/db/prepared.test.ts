/** What the portal asks again and again is parsed and planned once for a connection. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '../../src/db/database.ts'
import { createTestDatabase } from '../support/database.ts'

test('a question is prepared with and without parameters, what opens and ends a transaction is not', async () => {
  const database = await createTestDatabase()
  const { db, close } = openDatabase(database.appUrl, { max: 1 })
  try {
    for (let times = 0; times < 3; times += 1)
      await db.transaction().execute(async (tx) => {
        await tx.selectFrom('sops').select('id').orderBy('created_at').execute()
        await tx.selectFrom('sops').select('id').where('slug', '=', 'x').execute()
      })
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      db,
    )
    const prepared = rows.map(({ statement }) => statement.replaceAll('"', ''))
    for (const asked of ['order by created_at', 'where slug = $1'])
      assert.equal(prepared.filter((text) => text.endsWith(asked)).length, 1, asked)
    assert.ok(!prepared.some((text) => /^(begin|commit)/.test(text)))
  } finally {
    await close()
    await database.drop()
  }
})
