import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { forgetSealed } from '../../src/db/backup/forget-sealed.ts'
import { inScope } from '../../src/db/database.ts'
import { nonceLength, seal, unseal } from '../../src/domain/fulfilment/seal.ts'
import { serverSecretContext } from '../../src/domain/office/server-drivers.ts'
import { createTestDatabase } from '../support/database.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'
import { layDownService } from '../support/records.ts'

test('what nobody can open any more ends, and a server that needs no key of a person works on', async () => {
  const database = await createTestDatabase()
  const deps = testDeps(database.appUrl)
  try {
    const office = await createTestOffice(
      deps,
      'kukar',
      await readSopFile('sops/katingan-subdomain-hosting.yaml'),
    )
    const [before, after] = [randomBytes(32), randomBytes(32)]
    const sealing = (key: Buffer) => (context: string, secret: string) =>
      seal(key, randomBytes(nonceLength), context, secret)
    const connecting = { ...deps, seal: sealing(before) }
    const administrator = office.member('administrator')
    const common = { isDefault: false, secret: {} }
    const byHand = await saveServer(connecting, administrator, {
      ...common,
      driver: 'manual-dns',
      name: 'DNS dikerjakan petugas',
      settings: { nameServers: 'ns1.contoh.example 192.0.2.1 53' },
    })
    const keyed = await saveServer(connecting, administrator, {
      ...common,
      driver: 'rfc2136',
      name: 'DNS dengan kunci',
      settings: { host: '192.0.2.2', keyName: 'ranah', nameServers: '' },
      secret: { keySecret: randomBytes(32).toString('base64') },
    })
    const service = await layDownService(deps, office, `situs.${office.zone}`, [])
    const page = deps.newId()
    await inScope(deps.db, { officeId: office.id }, (tx) =>
      tx
        .insertInto('credential_reveals')
        .values({
          id: page,
          office_id: office.id,
          service_id: service,
          request_id: null,
          contact_email: 'a@contoh.example',
          sealed: sealing(before)(page, '{}'),
          status: 'ready',
          created_at: deps.now(),
          expires_at: new Date(deps.now().getTime() + 1_000_000),
          revealed_at: null,
        })
        .execute(),
    )
    const told = await forgetSealed(database.ownerUrl, sealing(after), randomBytes)
    assert.deepEqual(told, { pages: 1, servers: ['DNS dengan kunci'], signatories: [], providers: [] })
    const found = await inScope(deps.db, { officeId: office.id }, async (tx) => ({
      pages: await tx.selectFrom('credential_reveals').select(['status', 'sealed']).execute(),
      servers: await tx.selectFrom('servers').select(['id', 'secret']).execute(),
    }))
    assert.deepEqual(found.pages, [{ status: 'expired', sealed: null }])
    const secretOf = (id: string) => found.servers.find((each) => each.id === id)!.secret
    assert.equal(secretOf(keyed.id), null)
    assert.equal(unseal(after, serverSecretContext(byHand.id), secretOf(byHand.id)!), '{}')
  } finally {
    await deps.database.close()
    await database.drop()
  }
})
