import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { beginKeyRotation, endKeyRotation, loadSecrets, readKeys } from '../../src/secrets.ts'

let data: string
let file: string
before(async () => {
  data = await mkdtemp(join(tmpdir(), 'ranah-secrets-'))
  file = join(data, 'secrets', 'installation.json')
})
after(() => rm(data, { recursive: true }))

test('secrets are generated once, also by ten starts at once, and only their owner may read them', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => loadSecrets(data)))
  for (const one of all) assert.deepEqual(one, all[0])
  assert.equal(all[0]!.keyEncryptionKey.length, 32)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal((await stat(join(data, 'secrets'))).mode & 0o777, 0o700)
  assert.deepEqual(await readdir(join(data, 'secrets')), ['installation.json'])
})

test('a kind that an older version did not know is added; the others stay', async () => {
  const before = await loadSecrets(data)
  const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  delete kept.siteControlSecret
  await writeFile(file, JSON.stringify(kept))
  const later = await loadSecrets(data)
  assert.notEqual(later.siteControlSecret, before.siteControlSecret)
  assert.deepEqual({ ...later, siteControlSecret: '' }, { ...before, siteControlSecret: '' })
})

test('a rotation that was broken off keeps the portal from starting, and the next one goes on with the same key', async () => {
  const before = await loadSecrets(data)
  const first = await beginKeyRotation(data)
  await assert.rejects(loadSecrets(data), { reason: 'rotation-unfinished' })
  assert.deepEqual(await beginKeyRotation(data), first)
  assert.deepEqual(await readKeys(data), first)
  await endKeyRotation(data)
  await endKeyRotation(data)
  assert.deepEqual(await loadSecrets(data), { ...before, keyEncryptionKey: first.next })
  assert.deepEqual(await readKeys(data), { now: first.next, next: undefined })
})

test('a damaged file is refused and left as it is', async () => {
  for (const text of ['', '{"authSecret":', '{"authSecret":"short"}', '[]']) {
    await writeFile(file, text)
    await assert.rejects(loadSecrets(data), { reason: 'secrets-damaged' })
    assert.equal(await readFile(file, 'utf8'), text)
  }
})
