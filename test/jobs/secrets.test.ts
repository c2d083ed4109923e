import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { revealCredentials } from '../../src/actions/services/reveal-credentials.ts'
import { putRecipient } from '../../src/db/age-recipients.ts'
import { inScope } from '../../src/db/database.ts'
import { openedHandOver, unseal } from '../../src/domain/fulfilment/seal.ts'
import type { ManagedHost } from '../../src/drivers/hosting/driver.ts'
import { makeAgeKey } from '../support/age.ts'
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

const revealOf = (requestId: string) =>
  inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('credential_reveals')
      .selectAll()
      .where('request_id', '=', requestId)
      .executeTakeFirstOrThrow(),
  )

describe('the secret of a new site', () => {
  test('is nowhere from its making to its hand-over and after', async () => {
    const ticket = await submitted(office, 'rahasia')
    await walk(office, ticket)
    assert.equal((await read(office, ticket)).state.ending, 'completed')
    assert.equal(issued.length, 1)
    const secret = issued[0]!
    const { id: requestId } = await read(office, ticket)
    const reveal = await revealOf(requestId)
    const waiting = await everything()
    for (const part of ['credential_reveals', 'logbook_entries', '/outbox/', '/sites/', 'jobs'])
      assert.ok(
        waiting.some(({ name }) => name.includes(part)),
        `${part} was not searched`,
      )
    assert.ok(placesWith(`rahasia.${office.zone}`, waiting).length > 3, 'the name itself is found')
    assert.deepEqual(placesWith(secret, waiting), [])

    const { sealed } = await revealCredentials(world.deps, office.member('applicant'), reveal.id)
    const opened = openedHandOver(unseal(world.deps.settings.sealingKey, reveal.id, sealed))
    assert.ok('password' in opened)
    assert.equal(opened.password, secret)
    await world.drain()
    assert.deepEqual(placesWith(secret, await everything()), [])
  })

  test('made for a contact with an age key is read by nobody else, not even with the installation key', async () => {
    const key = makeAgeKey()
    const { personId } = office.member('applicant')
    await inScope(world.deps.db, { personId }, (tx) =>
      putRecipient(tx, personId, key.recipient, world.deps.now()),
    )
    const ticket = await submitted(office, 'terkunci')
    await walk(office, ticket)
    const { id: requestId } = await read(office, ticket)
    assert.equal(issued.length, 2)
    const secret = issued[1]!
    const reveal = await revealOf(requestId)
    assert.equal(reveal.recipient, key.recipient)
    const places = await everything()
    const { sealingKey } = world.deps.settings
    const unsealed = Buffer.from(unseal(sealingKey, reveal.id, reveal.sealed!))
    assert.deepEqual(placesWith(secret, [...places, { name: 'unsealed', octets: unsealed }]), [])

    const { sealed } = await revealCredentials(world.deps, office.member('applicant'), reveal.id)
    const opened = openedHandOver(unseal(sealingKey, reveal.id, sealed))
    assert.ok('age' in opened)
    const inside = JSON.parse(key.decrypt(opened.age)) as { password: string }
    assert.equal(inside.password, secret)
    await world.drain()
    assert.deepEqual(placesWith(secret, await everything()), [])
  })
})
