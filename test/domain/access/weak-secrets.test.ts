import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { loadConfig } from '../../../src/config.ts'
import { secretWeakness } from '../../../src/domain/access/weak-secrets.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { refuseWeakSecrets } from '../../../src/refuse-weak-secrets.ts'

const own = ['ranah_desk', 'db.contohkab.go.id', 'subdomains']

test('what stands in guides, what belongs to the account and what is common is weak', async () => {
  for (const secret of [
    '',
    'x',
    'sandi',
    'postgres',
    'changeme',
    'changeme123!',
    'CHANGE-ME-PLEASE'.slice(0, 12),
    'LONG-RANDOM-TEXT',
    'ranah_desk',
    'ranah_desk2026',
    'Subdomains-2026',
    'db.contohkab.go.id',
    'password1234',
    'P@ssw0rd2026!',
    'rahasia123456',
    'aaaaaaaaaaaaaaaa',
    '121212121212121212121212',
    '123456789012',
    '12345678901234567890',
    'qwertyuiop123',
    'admin-admin-admin',
    'api-key-1234567',
    'ＰＡＳＳＷＯＲＤ１２３４',
  ])
    assert.ok(await secretWeakness(secret, own), secret)
})

test('what a machine made is not, whatever its alphabet', async () => {
  for (let round = 0; round < 300; round++)
    for (const secret of [
      randomBytes(24).toString('hex'),
      randomBytes(12).toString('hex'),
      randomBytes(18).toString('base64url'),
      BigInt(`0x1${randomBytes(16).toString('hex')}`).toString(),
    ])
      assert.equal(await secretWeakness(secret, own), undefined, secret)
  // drawn by chance: their few letters are on the list
  for (const secret of ['2a28691f4259024513f88559', '5863498493490beb68518035', '31ef1df05d31dfe60e5d3e2d'])
    assert.equal(await secretWeakness(secret, own), undefined, secret)
  assert.equal(await secretWeakness('tujuh perahu lepas sauh', own), undefined)
})

async function startWith(env: Readonly<Record<string, string>>): Promise<string> {
  try {
    await refuseWeakSecrets(await loadConfig({ RANAH_DATA: 'none', ...env }, tmpdir()))
    return ''
  } catch (error) {
    if (error instanceof Refused) return error.text.en
    throw error
  }
}

test('the start is refused with every weak password named, and none of them printed', async () => {
  const both = await startWith({
    DATABASE_URL: 'postgresql://ranah:r%61nah@127.0.0.1/ranah',
    RANAH_SMTP_URL: 'smtps://robot:changeme@mail.contohkab.go.id',
  })
  assert.match(both, /password in DATABASE_URL is weak[^]*password in RANAH_SMTP_URL is weak[^]*openssl rand/)
  assert.doesNotMatch(both, /changeme|r%61nah/)
  assert.match(await startWith({ DATABASE_URL: 'postgresql://r@db/r?password=postgres' }), /DATABASE_URL/)
})

test('no password, a local socket and a good password start', async () => {
  for (const url of [
    'postgresql://ranah@127.0.0.1/ranah',
    'postgresql://ranah:ranah@localhost/ranah?host=/run/postgresql',
    'postgresql://ranah:tujuh%20perahu%20lepas%20sauh@db.contohkab.go.id/ranah',
    'postgresql://ranah:100%25perahu-lepas-sauh@db.contohkab.go.id/ranah',
  ])
    assert.equal(await startWith({ DATABASE_URL: url }), '', url)
  assert.equal(await startWith({ RANAH_SMTP_URL: 'smtp://127.0.0.1:9' }), '')
})
