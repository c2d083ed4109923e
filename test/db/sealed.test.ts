import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { forgetSealed } from '../../src/db/backup/forget-sealed.ts'
import { sealAnew, sealedColumns } from '../../src/db/sealed.ts'
import type { TestApp } from '../support/app.ts'
import { asOwner, createTestApp } from '../support/app.ts'

/** Columns of bytes that hold no secret. */
const open: Readonly<Record<string, string>> = {
  'offices.logo': 'a picture for everybody',
  'documents.bytes': 'documents, read by those who may',
  'site_deployments.bytes': 'the archive of a site',
  'zone_imports.file': 'a zone file',
  'logbook_nodes.hash': 'digests of the tree',
  'logbook_checkpoints.root': 'digests of the tree',
  'passkeys.public_key': 'the public half; the private one never leaves its device',
  'signings.pdf': 'a letter before its signature',
  'signings.signed_pdf': 'a letter that waits for its time stamp',
}

let portal: TestApp
before(async () => {
  portal = await createTestApp()
})
after(() => portal.close())

test('every column of bytes is either open for a stated reason or sealed anew with the key', async () => {
  const found = (await asOwner(
    portal.database,
    `select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea'`,
  )) as { name: string }[]
  const sealed = sealedColumns.map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(found.map(({ name }) => name).toSorted(), [...sealed, ...Object.keys(open)].toSorted())
})

test('all values are sealed anew or none', async () => {
  const office = randomUUID()
  await asOwner(
    portal.database,
    `insert into offices (id, slug, name, government, region, place, timezone, created_at) values ($1, 'contoh', 'Dinas Contoh', 'Kabupaten Contoh', 'Contoh', 'Contoh', 'Asia/Makassar', now())`,
    [office],
  )
  const ids = [randomUUID(), randomUUID()]
  for (const id of ids)
    await asOwner(
      portal.database,
      `insert into servers (id, office_id, kind, driver, name, settings, secret, is_default, created_at)
       values ($1, $2, 'ca', 'acme', $3, '{}', $4, false, now())`,
      [id, office, id, Buffer.from(`lama:${id}`)],
    )
  const secrets = async () =>
    ((await asOwner(portal.database, 'select id, secret from servers')) as { id: string; secret: Buffer }[])
      .map(({ id, secret }) => `${id} ${secret.toString()}`)
      .toSorted()
  const before = await secrets()
  let calls = 0
  const breaking = (): Buffer => {
    if (++calls === 2) throw new Error('rusak')
    return Buffer.from('setengah')
  }
  await assert.rejects(sealAnew(portal.database.ownerUrl, breaking), /rusak/)
  assert.deepEqual(await secrets(), before)
  const seen: string[] = []
  const count = await sealAnew(portal.database.ownerUrl, (context, value) => {
    seen.push(context)
    return Buffer.from(value.toString().replace('lama', 'baru'))
  })
  assert.equal(count, 2)
  assert.deepEqual(seen.toSorted(), ids.map((id) => `server:${id}`).toSorted())
  assert.deepEqual(
    await secrets(),
    before.map((each) => each.replace('lama', 'baru')),
  )
})

test('after a restore without the key nothing is left that nobody can open, and each thing is named', async () => {
  await asOwner(
    portal.database,
    `insert into auth_user (id, name, email) values ('kabid', 'Kepala Contoh', 'kabid@contoh.test')`,
  )
  for (const sql of [
    `insert into signatories (id, office_id, person_id, post, name, from_day, server_id, certificate_name, sealed_nik, created_at)
     select gen_random_uuid(), o.id, 'kabid', 'Kepala Dinas', 'Kepala Contoh', '2026-01-01', s.id, 'Kepala Contoh', 'x', now()
       from offices o, servers s limit 1`,
    `insert into identity_providers (office_id, label, issuer, client_id, client_secret, second_factor, changed_at)
     select id, 'Akun Pemda', 'https://masuk.contohkab.example', 'ranah', 'x', 'portal', now() from offices limit 1`,
  ])
    await asOwner(portal.database, sql)
  const fresh = Buffer.from('baru')
  const forgotten = await forgetSealed(portal.database.ownerUrl, () => fresh, randomBytes)
  assert.deepEqual(
    { ...forgotten, servers: [] },
    {
      pages: 0,
      servers: [],
      signatories: ['Kepala Contoh'],
      providers: ['Akun Pemda'],
    },
  )
  // the keys of logbooks end with any restore: src/db/backup/end-signing-names.ts
  for (const { table, column } of sealedColumns.filter((each) => each.table !== 'logbook_keys')) {
    const rows = await asOwner(
      portal.database,
      `select 1 from ${table} where ${column} is not null and ${column} <> 'baru'`,
    )
    assert.deepEqual(rows, [], `${table}.${column}`)
  }
})
