import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { saveServer } from '../../src/actions/office/save-server.ts'
import type { ServerRow } from '../../src/db/office/servers.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { tendHosts } from '../../src/jobs/tend-hosts.ts'
import { makeKeyPair } from '../../src/servers/sites/host-key.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'

let database: TestDatabase
let deps: TestDeps
let offices: TestOffice[]
before(async () => {
  database = await createTestDatabase()
  deps = testDeps(database.appUrl)
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  offices = [await createTestOffice(deps, 'satu', sop), await createTestOffice(deps, 'dua', sop)]
})
after(async () => {
  await deps.database.close()
  await database.drop()
})

test('every site host of every office is tended, also behind one that fails, and the failure is not lost', async () => {
  const sealing = { ...deps, seal: (_context: string, secret: string) => Buffer.from(secret) }
  const { publicKey, privateKey } = makeKeyPair()
  const settings = {
    nodes: `192.0.2.1 22 ${publicKey}`,
    image: `sha256:${'0'.repeat(64)}`,
    addresses: '192.0.2.1',
  }
  const ids: string[] = []
  for (const office of offices)
    for (const name of ['Swarm A', 'Swarm B']) {
      const swarm = { driver: 'swarm', name, isDefault: false, settings, secret: { privateKey } } as const
      ids.push((await saveServer(sealing, office.member('administrator'), swarm)).id)
    }
  const tended: string[] = []
  const hostingOf = (host: ServerRow | null) => ({
    tend: async () => {
      tended.push(host!.id)
      if (host!.id === ids[0]) throw new Error('node mati')
    },
  })
  const round = tendHosts({ ...deps, hostingOf } as unknown as JobDeps)
  await assert.rejects(round, (error) => {
    assert.ok(error instanceof AggregateError)
    assert.deepEqual(error.errors.map(String), ['Error: node mati'])
    return true
  })
  assert.deepEqual(tended.toSorted(), ids.toSorted())
})
