import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { type Migrated, migrate } from '../../src/db/migrate.ts'
import { Refused } from '../../src/domain/refused.ts'
import { type ExternalPostgres, startExternalPostgres } from '../support/external-postgres.ts'

const directory = join(fileURLToPath(new URL('../../', import.meta.url)), 'migrations')
const appPassword = randomBytes(24).toString('base64url')

let server: ExternalPostgres
before(async () => {
  server = await startExternalPostgres()
})
after(() => server.stop())

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Forgets the application's role, which all databases of the server share. */
async function dropAppRole(): Promise<void> {
  const databases = await query(server.adminUrl, 'select datname from pg_database where datallowconn')
  for (const { datname } of databases) {
    const url = new URL(server.adminUrl)
    url.pathname = `/${String(datname)}`
    const found = await query(url.href, `select 1 from pg_roles where rolname = 'ranah_app'`)
    if (found.length > 0) await query(url.href, 'drop owned by ranah_app')
  }
  await query(server.adminUrl, 'drop role if exists ranah_app')
}

async function createOffice(name: string, rights: string): Promise<string> {
  await query(server.adminUrl, `create role ${name} login password 'sandi' ${rights}`)
  await query(server.adminUrl, `create database ${name} owner ${name}`)
  return server.urlFor(name, 'sandi', name)
}

const run = (ownerUrl: string, password = appPassword): Promise<Migrated> =>
  migrate({ ownerUrl, appPassword: password, directory })

async function refusal(attempt: Promise<unknown>): Promise<Refused> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Refused, String(error))
  return error
}

test('an owner with CREATEROLE gets everything made; a second installation is not disturbed', async () => {
  await dropAppRole()
  const ownerUrl = await createOffice('first', 'createrole')
  const { applied, appUrl } = await run(ownerUrl)
  assert.ok(applied.length > 0)
  assert.deepEqual((await run(ownerUrl)).applied, [])
  assert.deepEqual(await query(appUrl, 'select * from offices'), [])
  await assert.rejects(query(appUrl, 'drop table offices'), /must be owner/)
  const second = await createOffice('second', 'createrole')
  const error = await refusal(run(second, 'of-the-second-installation'))
  assert.doesNotMatch(error.message, /of-the-second/)
  assert.equal(error.reason, 'app-role-rejected')
  const joined = `select 1 where pg_has_role('second', 'ranah_app', 'MEMBER')`
  assert.deepEqual(await query(server.adminUrl, joined), [])
  await run(ownerUrl)
})

test('an owner without CREATEROLE is told the SQL, and that SQL is enough', async () => {
  await dropAppRole()
  const ownerUrl = await createOffice('third', '')
  const error = await refusal(run(ownerUrl))
  assert.equal(error.reason, 'app-role-missing')
  assert.ok(!error.message.includes(appPassword))
  assert.deepEqual(await query(ownerUrl, `select to_regclass('schema_migration') as t`), [{ t: null }])
  const [create, grant] = /CREATE ROLE .*;$/.exec(error.message)![0].split(/(?<=;) /)
  await query(server.adminUrl, create!)
  const half = await refusal(run(ownerUrl))
  assert.equal(half.reason, 'app-role-not-granted')
  assert.ok(half.message.endsWith(grant!))
  await query(server.adminUrl, grant!)
  assert.ok((await run(ownerUrl)).applied.length > 0)
})

test('a user who may not create tables is told the SQL, and that SQL is enough', async () => {
  await dropAppRole()
  const ownerUrl = await createOffice('fourth', 'createrole')
  await query(server.adminUrl, 'alter database fourth owner to admin')
  const error = await refusal(run(ownerUrl))
  assert.equal(error.reason, 'owner-may-not-create')
  await query(server.adminUrl, /ALTER DATABASE .*;$/.exec(error.message)![0])
  assert.ok((await run(ownerUrl)).applied.length > 0)
})

test('a role that could go around the separation of offices is refused', async () => {
  await dropAppRole()
  const ownerUrl = await createOffice('fifth', 'createrole')
  await query(server.adminUrl, `create role ranah_app login bypassrls password '${appPassword}'`)
  const error = await refusal(run(ownerUrl))
  assert.equal(error.reason, 'app-role-too-strong')
  await query(server.adminUrl, /ALTER ROLE .*;$/.exec(error.message)![0])
  assert.ok((await run(ownerUrl)).applied.length > 0)
})

test('a server that is not there, a wrong password and a wrong name are told in a sentence', async () => {
  const nobody = await refusal(run('postgresql://ranah:sandi@127.0.0.1:1/ranah'))
  assert.equal(nobody.reason, 'database-unreachable')
  assert.match(nobody.message, /127\.0\.0\.1:1 cannot be reached \(.*ECONNREFUSED.*\)/)
  const wrong = await refusal(run(server.urlFor('admin', 'salah', 'postgres')))
  assert.match(wrong.message, /password authentication failed/)
})
