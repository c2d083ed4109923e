import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { migrate } from '../../src/db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const appPassword = 'only-for-tests'
let empty: string
let base: TestDatabase

before(async () => {
  empty = await mkdtemp(join(tmpdir(), 'ranah-migrations-'))
  base = await createTestDatabase(empty)
})
after(async () => {
  await base.drop()
  await rm(empty, { recursive: true })
})

async function withMigrations(
  files: Record<string, string>,
  work: (directory: string, database: TestDatabase) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-migrations-'))
  const database = await createTestDatabase(empty)
  try {
    for (const [name, sql] of Object.entries(files)) await writeFile(join(directory, name), sql)
    await work(directory, database)
  } finally {
    await database.drop()
    await rm(directory, { recursive: true })
  }
}

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const agency = {
  '0001-agency.sql': 'create table agency (id int primary key); grant select on agency to ranah_app;',
  '0002-name.sql': 'alter table agency add name text; insert into agency values (1, $$Dinas Contoh$$);',
}

test('files run once, in order, and the application may do only what it was granted', () =>
  withMigrations(agency, async (directory, { ownerUrl }) => {
    const first = await migrate({ ownerUrl, appPassword, directory })
    assert.deepEqual(first.applied, Object.keys(agency))
    assert.deepEqual((await migrate({ ownerUrl, appPassword, directory })).applied, [])
    assert.deepEqual(await rows(first.appUrl, 'select name from agency'), [{ name: 'Dinas Contoh' }])
    await assert.rejects(rows(first.appUrl, 'delete from agency'), /permission denied/)
    await assert.rejects(rows(first.appUrl, 'create table mine (id int)'), /permission denied/)
    const role = await rows(
      ownerUrl,
      `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = 'ranah_app'`,
    )
    const no = { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false }
    assert.deepEqual(role, [no])
  }))

test('eight processes at once run each file once', () =>
  withMigrations(agency, async (directory, { ownerUrl }) => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => migrate({ ownerUrl, appPassword, directory })),
    )
    assert.deepEqual(all.flatMap((one) => one.applied).sort(), Object.keys(agency))
  }))

test('changed history is refused before anything runs', () =>
  withMigrations({ '0001-a.sql': 'select 1;' }, async (directory, { ownerUrl }) => {
    await migrate({ ownerUrl, appPassword, directory })
    await writeFile(join(directory, '0001-a.sql'), 'select 2;')
    await writeFile(join(directory, '0002-b.sql'), 'create table b (id int);')
    await assert.rejects(migrate({ ownerUrl, appPassword, directory }), { reason: 'migration-changed' })
    assert.deepEqual(await rows(ownerUrl, `select to_regclass('b') as b`), [{ b: null }])
  }))

test('a database of a newer version is refused', () =>
  withMigrations(agency, async (directory, { ownerUrl }) => {
    await migrate({ ownerUrl, appPassword, directory })
    await rm(join(directory, '0002-name.sql'))
    await assert.rejects(migrate({ ownerUrl, appPassword, directory }), { reason: 'database-is-newer' })
  }))

test('a file that fails half-way leaves nothing of itself and all before it', () =>
  withMigrations(
    { '0001-a.sql': 'create table a (id int);', '0002-b.sql': 'create table b (id int); select 1/0;' },
    async (directory, { ownerUrl }) => {
      await assert.rejects(migrate({ ownerUrl, appPassword, directory }), { reason: 'migration-failed' })
      const found = await rows(ownerUrl, `select to_regclass('a')::text as a, to_regclass('b')::text as b`)
      assert.deepEqual(found, [{ a: 'a', b: null }])
    },
  ))

test('gaps and doubles in the numbers are a fault', () =>
  withMigrations({ '0001-a.sql': '', '0003-c.sql': '' }, async (directory, { ownerUrl }) => {
    await assert.rejects(migrate({ ownerUrl, appPassword, directory }), /expected number 2/)
  }))

test('the role of another installation is never changed: the administrator gets the SQL', () =>
  withMigrations(agency, async (directory, { ownerUrl }) => {
    const strange = migrate({ ownerUrl, appPassword: 'of-another-installation', directory })
    await assert.rejects(strange, (error: Error & { reason: string }) => {
      assert.equal(error.reason, 'app-role-rejected')
      assert.match(error.message, /ALTER ROLE "ranah_app" LOGIN PASSWORD 'SCRAM-SHA-256\$4096:/)
      assert.doesNotMatch(error.message, /of-another-installation/)
      return true
    })
    await migrate({ ownerUrl, appPassword, directory })
  }))
