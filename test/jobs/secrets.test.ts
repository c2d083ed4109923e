import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { revealCredentials } from '../../src/actions/services/reveal-credentials.ts'
import { inScope } from '../../src/db/database.ts'
import { openedCredentials, unseal } from '../../src/domain/fulfilment/seal.ts'
import type { ManagedHost } from '../../src/drivers/hosting/driver.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { filesOf, type Place, placesWith, tablesOf } from '../support/secret-search.ts'
import { requestsIn } from '../support/walk-request.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

/** Credentials as they are made for a new site, from the moment its host names them. */

let world: TestWorld
let office: TestOffice
const issued: string[] = []
const jobs: string[] = []
const { read, submitted, walk } = requestsIn(() => world)

before(async () => {
  world = await createTestWorld()
  office = await createTestOffice(
    world.deps,
    'kukar',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  const zone = { id: office.zoneId, name: office.zone, server: null }
  const soa = { mname: `ns1.${office.zone}`, rname: `hostmaster.${office.zone}`, serial: 1 }
  await world.deps.dnsOf(zone).createZone({
    zone: office.zone,
    soa: { ...soa, refresh: 3600, retry: 600, expire: 86_400, minimum: 60 },
    nameServers: [{ name: `ns1.${office.zone}`, addresses: ['127.0.0.1'] }],
    ttl: 300,
  })
  overhear()
})
after(() => world.close())

/** The embedded host as it is; what it issues and what is enqueued is remembered here and nowhere else. */
function overhear(): void {
  const host = world.deps.hostingOf(null) as ManagedHost
  const listened: ManagedHost = {
    ...host,
    issueCredentials: async (fqdn, token) => {
      const made = await host.issueCredentials(fqdn, token)
      issued.push(made.password)
      return made
    },
  }
  const { enqueue } = world.deps
  Object.assign(world.deps, {
    hostingOf: () => listened,
    enqueue: async (...given: Parameters<typeof enqueue>) => {
      jobs.push(JSON.stringify(given.slice(1)))
      await enqueue(...given)
    },
  })
}

const everything = async (): Promise<Place[]> => [
  ...(await tablesOf(world.ownerUrl)),
  ...(await filesOf(world.directory)),
  { name: 'jobs', octets: Buffer.from(jobs.join('\n')) },
]

describe('the secret of a new site', () => {
  test('is nowhere from its making to its hand-over and after', async () => {
    const ticket = await submitted(office, 'rahasia')
    await walk(office, ticket)
    assert.equal((await read(office, ticket)).state.ending, 'completed')
    assert.equal(issued.length, 1)
    const secret = issued[0]!
    const { id: requestId } = await read(office, ticket)
    const reveal = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('credential_reveals')
        .select('id')
        .where('request_id', '=', requestId)
        .executeTakeFirstOrThrow(),
    )
    const waiting = await everything()
    for (const part of ['credential_reveals', 'logbook_entries', '/outbox/', '/sites/', 'jobs'])
      assert.ok(
        waiting.some(({ name }) => name.includes(part)),
        `${part} was not searched`,
      )
    assert.ok(placesWith(`rahasia.${office.zone}`, waiting).length > 3, 'the name itself is found')
    assert.deepEqual(placesWith(secret, waiting), [])

    const sealed = await revealCredentials(world.deps, office.member('applicant'), reveal.id)
    const opened = openedCredentials(unseal(world.deps.settings.sealingKey, reveal.id, sealed))
    assert.equal(opened.password, secret)
    await world.drain()
    assert.deepEqual(placesWith(secret, await everything()), [])
  })
})
