import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'

import { checkNow } from '../../src/actions/fulfilment/check-now.ts'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { uploadArchive } from '../../src/actions/services/deploy-archive.ts'
import { requestRotation } from '../../src/actions/services/rotate-credentials.ts'
import { inScope } from '../../src/db/database.ts'
import { addressesOfHost } from '../../src/domain/office/server-drivers.ts'
import { openSiteHost } from '../../src/drivers/servers.ts'
import { checkServer } from '../../src/lookups/check-server.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { requestsIn } from '../support/walk-request.ts'
import { createTestWorld } from '../support/world.ts'
import { zipOf } from '../drivers/hosting/story.ts'

type EnteredSwarm = {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secret: Readonly<Record<string, string>>
}

/** What a person sees of a site at one address: status and body. */
type Fetch = (fqdn: string) => Promise<{ readonly status: number; readonly body: string } | null>

/** Takes Ranah's key off every node, or puts it back. */
type TakeKeys = (shallBeThere: boolean) => Promise<void>

/**
 * An office connects its Swarm, tries the connection, and a request goes live on it; while the nodes refuse Ranah's
 * key the request stands with a plain sentence on the desk.
 */
export async function tellOfficeStory(
  t: TestContext,
  entered: EnteredSwarm,
  fetchSite: Fetch,
  keys: TakeKeys,
): Promise<void> {
  const world = await createTestWorld()
  t.after(() => world.close())
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const office = await createTestOffice(world.deps, 'katingan', sop)
  const zone = { officeId: office.id, zoneId: office.zoneId }
  await inScope(world.deps.db, zone, async (tx) => {
    await tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', zone.zoneId).execute()
    await world.deps.enqueue(tx, 'create-zone', zone)
  })
  await world.drain()
  const { read, submitted, walk } = requestsIn(() => world)
  const deps = { ...world.deps, seal: (_context: string, secret: string) => Buffer.from(secret) }
  const swarm = { driver: 'swarm', name: 'Swarm', isDefault: true, ...entered } as const
  const { id: serverId } = await saveServer(deps, office.member('administrator'), swarm)
  const { hostingOf, addressesOf } = world.deps
  Object.assign(world.deps, {
    hostingOf: (server: Parameters<typeof hostingOf>[0]) =>
      server ? openSiteHost({ ...server, secret: entered.secret }) : hostingOf(null),
    addressesOf: (server: Parameters<typeof addressesOf>[0]) =>
      server ? addressesOfHost(server) : addressesOf(null),
  })
  const signatureOf = () => assert.fail('a Swarm signs nothing')
  const checked = await checkServer({ ...world.deps, signatureOf }, { officeId: office.id, serverId })
  assert.ok(checked?.ok, checked?.findings.map(({ text }) => text.en).join('\n'))

  const fqdn = `arsip.${office.zone}`
  const ticket = await submitted(office, 'arsip')
  await keys(false)
  try {
    await assert.rejects(walk(office, ticket), { reason: 'site-host-key-refused', status: 503 })
    const waiting = await read(office, ticket)
    assert.equal(waiting.stage, 'working')
    assert.match(waiting.trouble!.text.id, /menolak kunci Ranah\. Tidak ada yang hilang.* akun "ranah"/)
    assert.equal((await fetchSite(fqdn))?.status, 404)
  } finally {
    await keys(true)
  }
  await checkNow(world.deps, office.member('operator'), ticket)
  await walk(office, ticket)
  const ended = await read(office, ticket)
  assert.deepEqual([ended.state.ending, ended.trouble], ['completed', null])
  assert.equal((await fetchSite(fqdn))?.status, 200)
  const { service, reveals } = await inScope(world.deps.db, { officeId: office.id }, async (tx) => ({
    service: await tx.selectFrom('services').selectAll().where('fqdn', '=', fqdn).executeTakeFirstOrThrow(),
    reveals: await tx.selectFrom('credential_reveals').select('id').execute(),
  }))
  assert.deepEqual([service.status, service.host_id, reveals], ['live', serverId, []])

  const applicant = office.member('applicant')
  const refused = { reason: 'upload-only', status: 409 }
  await assert.rejects(requestRotation(world.deps, applicant, service.id), refused)
  const file = { filename: 'situs.zip', bytes: Buffer.from(zipOf('Arsip daerah')) }
  await uploadArchive(world.deps, applicant, service.id, file)
  await world.drain()
  assert.deepEqual(await fetchSite(fqdn), { status: 200, body: '<title>Arsip daerah</title>' })
}
