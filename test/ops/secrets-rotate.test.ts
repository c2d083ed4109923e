/** `ranah secrets rotate`: what it says before, what goes on working after, broken off, and with what cannot be opened. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { openClient } from '../../src/cli/demo/client.ts'
import { enrol } from '../../src/cli/demo/people.ts'
import { totp } from '../../src/cli/demo/totp.ts'
import { stopServers } from '../../src/servers/installed.ts'
import type { ExternalPostgres } from '../support/external-postgres.ts'
import { startExternalPostgres } from '../support/external-postgres.ts'
import type { LongRun } from '../support/ranah.ts'
import { ranah, startRanah } from '../support/ranah.ts'

const person = { email: 'adi@contoh.test', password: 'tujuh kerbau menyeberang' }
let data: string
let server: ExternalPostgres
let own: { DATABASE_URL: string }
let admin: Client
let portal: LongRun | undefined
before(async () => {
  data = await mkdtemp(join(tmpdir(), 'ranah-secrets-'))
  server = await startExternalPostgres()
  own = { DATABASE_URL: server.adminUrl }
  admin = new Client({ connectionString: server.adminUrl })
  await admin.connect()
})
after(async () => {
  await portal?.end('SIGINT')
  await admin?.end()
  await stopServers(data)
  await server?.stop()
  await rm(data, { recursive: true, force: true })
})

type Secrets = Record<string, unknown> & { authSecret: string; appDatabasePassword: string }
const file = (): string => join(data, 'secrets', 'installation.json')
const secrets = async () => JSON.parse(await readFile(file(), 'utf8')) as Secrets
const rotate = (...more: string[]) => ranah(data, ['secrets', 'rotate', ...more], own)
async function serve(ready = /http:\/\/\S+\n/): Promise<string> {
  portal = await startRanah(data, ['serve'], (said) => ready.test(said), own)
  return new URL(/http:\/\/127\S+|http:\/\/localhost\S+/.exec(portal.said)![0]).origin
}
async function stop(): Promise<void> {
  await portal?.end('SIGINT')
  portal = undefined
}

let key: string
/** Signs in with password and the code of the app. */
async function signIn(base: string): Promise<void> {
  await admin.query('delete from used_codes')
  const client = openClient(base)
  const { next } = await client.send<{ next: string }>('POST', '/api/v1/session', person)
  assert.equal(next, 'code')
  await client.send('POST', '/api/v1/session/code', { code: totp(key, new Date()) })
  await client.get('/api/v1/offices/contoh/requests')
}

test('it says who is signed out before anything happens, and refuses while the portal runs', async () => {
  const base = await serve(/siapkan\?kode=\S+\n/)
  const client = openClient(base)
  const code = /siapkan\?kode=(\S+)/.exec(portal!.printed())![1]
  const sop = 'katingan-subdomain-hosting.yaml'
  const administrator = { name: 'Adi Contoh', ...person }
  const office = { slug: 'contoh', zone: 'contohkab.example' }
  await client.send('POST', '/api/v1/setup', { code, sop, office, administrator })
  await client.send('POST', '/api/v1/session', person)
  key = await enrol(client, person.password)
  const before = await secrets()
  const said = await rotate()
  assert.equal(said.code, 1)
  assert.match(said.stderr, /Semua orang keluar.*\n.*Belum ada yang diubah/)
  const busy = await rotate('--yes')
  assert.equal(busy.code, 1)
  assert.match(busy.stderr, /sudah berjalan/)
  assert.deepEqual(await secrets(), before)
  await client.get('/api/v1/offices/contoh/requests')
  await stop()
})

test('both secrets are new, sessions ended, the old password opens nothing; password and app go on', async () => {
  const before = await secrets()
  const done = await rotate('--yes', '--json')
  assert.equal(done.code, 0, done.stderr)
  assert.deepEqual(JSON.parse(done.stdout), { sessions: 1, apps: 1 })
  const now = await secrets()
  for (const name of ['authSecret', 'appDatabasePassword']) assert.notEqual(now[name], before[name])
  const url = new URL(server.adminUrl)
  url.username = 'ranah_app'
  url.password = before.appDatabasePassword
  const old = new Client({ connectionString: url.href })
  await assert.rejects(old.connect(), /password authentication failed/)
  await signIn(await serve())
  await stop()
})

test('broken off before or after the database was changed: nothing starts, and the next call finishes it', async () => {
  const before = await secrets()
  const nextAccess = { authSecret: 'a'.repeat(43), appDatabasePassword: 'b'.repeat(43) }
  await writeFile(file(), JSON.stringify({ ...before, nextAccess }))
  const refused = await ranah(data, ['serve'], own)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /ranah secrets rotate --yes/)
  assert.equal((await rotate('--yes')).code, 0)
  assert.equal((await secrets()).authSecret, nextAccess.authSecret)
  // as if it had been killed after the commit
  await writeFile(file(), JSON.stringify({ ...before, nextAccess }))
  assert.equal((await rotate('--yes')).code, 0)
  const { nextAccess: left, ...now } = await secrets()
  assert.equal(left, undefined)
  assert.equal(now.appDatabasePassword, nextAccess.appDatabasePassword)
  await signIn(await serve())
  await stop()
})

test('a key of an app that nobody can open leaves secrets and database as they were', async () => {
  const before = await secrets()
  await admin.query(`update auth_two_factor set secret = 'ff'`)
  const refused = await rotate('--yes')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /Tidak ada yang diubah/)
  assert.deepEqual(await secrets(), before)
})
