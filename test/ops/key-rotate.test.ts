import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { nonceLength, seal, unseal } from '../../src/domain/fulfilment/seal.ts'
import { serverSecretContext } from '../../src/domain/office/server-drivers.ts'
import { stopServers } from '../../src/servers/installed.ts'
import type { ExternalPostgres } from '../support/external-postgres.ts'
import { startExternalPostgres } from '../support/external-postgres.ts'
import type { LongRun } from '../support/ranah.ts'
import { ranah, startRanah } from '../support/ranah.ts'

/** `ranah key rotate` on an installation with a server's secret: while it runs, twice, broken off, and with a wrong key. */

const secret = '{"token":"rahasia"}'
const id = randomUUID()
let data: string
let server: ExternalPostgres
let own: { DATABASE_URL: string }
let admin: Client
let portal: LongRun
before(async () => {
  data = await mkdtemp(join(tmpdir(), 'ranah-rotate-'))
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

type Keys = { keyEncryptionKey: string; nextKeyEncryptionKey?: string }
const file = (): string => join(data, 'secrets', 'installation.json')
const keys = async () => JSON.parse(await readFile(file(), 'utf8')) as Keys
const rotate = () => ranah(data, ['key', 'rotate', '--json'], own)
const serve = () => startRanah(data, ['serve'], (said) => said.includes('http://'), own)
const keep = (value: Buffer) => admin.query('update servers set secret = $1', [value])

/** What the key in the file opens the secret to. */
async function opened(key?: string): Promise<string> {
  const { rows } = await admin.query<{ secret: Buffer }>('select secret from servers')
  const with_ = Buffer.from(key ?? (await keys()).keyEncryptionKey, 'base64')
  return unseal(with_, serverSecretContext(id), rows[0]!.secret)
}

test('a running portal keeps its key; stopped, it gets a new one, and only that opens what was sealed', async () => {
  portal = await serve()
  await admin.query(
    `insert into offices (id, slug, name, government, region, place, timezone, created_at) values ($1, 'contoh', 'Dinas Contoh', 'Kabupaten Contoh', 'Contoh', 'Contoh', 'Asia/Makassar', now())`,
    [randomUUID()],
  )
  await admin.query(
    `insert into servers (id, office_id, kind, driver, name, settings, secret, is_default, created_at)
     select $1, id, 'ca', 'acme', 'Otoritas', '{}', $2, false, now() from offices`,
    [
      id,
      seal(
        Buffer.from((await keys()).keyEncryptionKey, 'base64'),
        randomBytes(nonceLength),
        serverSecretContext(id),
        secret,
      ),
    ],
  )
  const before = await keys()
  const busy = await rotate()
  assert.equal(busy.code, 1)
  assert.match(busy.stderr, /sudah berjalan/)
  assert.deepEqual(await keys(), before)
  await portal.end('SIGINT')

  const done = await rotate()
  assert.equal(done.code, 0, done.stderr)
  assert.deepEqual(JSON.parse(done.stdout), { sealed: 1 })
  assert.equal(await opened(), secret)
  await assert.rejects(opened(before.keyEncryptionKey))
})

test('broken off before or after the database was changed: nothing starts, and the next call finishes it', async () => {
  const { keyEncryptionKey: now, ...rest } = await keys()
  const next = randomBytes(32).toString('base64')
  await writeFile(file(), JSON.stringify({ ...rest, keyEncryptionKey: now, nextKeyEncryptionKey: next }))
  const refused = await ranah(data, ['serve'], own)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /ranah key rotate/)
  // as if it had been killed after the commit
  await keep(seal(Buffer.from(next, 'base64'), randomBytes(nonceLength), serverSecretContext(id), secret))
  assert.equal((await rotate()).code, 0)
  assert.equal((await keys()).keyEncryptionKey, next)
  assert.equal((await keys()).nextKeyEncryptionKey, undefined)
  assert.equal(await opened(), secret)
})

test('a secret that nobody can open leaves key and database as they were', async () => {
  const before = await keys()
  await keep(randomBytes(60))
  const refused = await rotate()
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /Tidak ada yang diubah/)
  assert.deepEqual(await keys(), before)
})
