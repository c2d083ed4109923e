/** The second wall: every table of an office is under row-level security, and the application's role is bound by it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'

let database: TestDatabase
let owner: Client
let app: Client
before(async () => {
  database = await createTestDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  app = new Client({ connectionString: database.appUrl })
  await owner.connect()
  await app.connect()
})
after(async () => {
  await owner.end()
  await app.end()
  await database.drop()
})

const tablesOfOffices = async (): Promise<readonly { name: string; secured: boolean; checked: boolean }[]> =>
  (
    await owner.query<{ name: string; secured: boolean; checked: boolean }>(
      `select c.relname as name, c.relrowsecurity as secured,
         exists (select from pg_policies p where p.tablename = c.relname and p.qual = '(office_id = current_office())'
           and p.roles @> '{ranah_app}') as checked
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r'
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'office_id')
       order by 1`,
    )
  ).rows

test('every table with an office is secured by it', async () => {
  const tables = await tablesOfOffices()
  assert.ok(tables.length > 30, String(tables.length))
  assert.deepEqual(
    tables.filter(({ secured, checked }) => !secured || !checked),
    [],
  )
})

test('the application reads none of an office without it, nor with another one in the transaction', async () => {
  const deps = testDeps(database.appUrl)
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const { id } = await createTestOffice(deps, 'dinding', sop)
  await createTestOffice(deps, 'tetangga', sop)
  await deps.database.close()
  const seen = async (name: string, office: string): Promise<number> => {
    await app.query("select set_config('ranah.office', $1, false)", [office])
    const { rows } = await app.query<{ n: string }>(
      `select count(*) as n from ${name} where office_id = $1`,
      [id],
    )
    return Number(rows[0]!.n)
  }
  const { rows: others } = await owner.query<{ id: string }>('select id from offices where id <> $1', [id])
  let filled = 0
  for (const { name } of await tablesOfOffices()) {
    const { rows } = await owner.query<{ n: string; readable: boolean }>(
      `select count(*) as n, has_table_privilege('ranah_app', $2, 'select') as readable from ${name} where office_id = $1`,
      [id, name],
    )
    if (!rows[0]!.readable) continue
    if (Number(rows[0]!.n) > 0) filled += 1
    assert.equal(await seen(name, id), Number(rows[0]!.n), `${name}: its own`)
    assert.equal(await seen(name, ''), 0, `${name}: without an office`)
    assert.equal(await seen(name, others[0]!.id), 0, `${name}: with another office`)
  }
  assert.ok(filled >= 9, `${filled} tables had rows`)
})
