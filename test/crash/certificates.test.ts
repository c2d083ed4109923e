/**
 * SIGKILL of the worker at every boundary of its work with a certificate authority: pebble signs, BIND or nginx on a
 * Debian host shows the proof. The job that comes again has exactly one certificate signed, takes every proof away,
 * and the budget counts what the authority counts.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { act } from '../../src/actions/act.ts'
import { endCertificates } from '../../src/actions/certificates/end-certificates.ts'
import { renewCertificate } from '../../src/actions/certificates/renew-certificate.ts'
import { wantMissingCertificate } from '../../src/actions/certificates/want-certificate.ts'
import { readDomainUse } from '../../src/db/certificates/queue.ts'
import { inScope, json } from '../../src/db/database.ts'
import type { Jobs } from '../../src/db/queue.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import type { HostingDriver } from '../../src/drivers/hosting/driver.ts'
import { openAuthority } from '../../src/drivers/servers.ts'
import { issueCertificate } from '../../src/jobs/issue-certificate.ts'
import { startBind } from '../../src/servers/debian/bind.ts'
import type { Pebble } from '../../src/servers/debian/pebble.ts'
import { startPebble } from '../../src/servers/debian/pebble.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { newAccountKey } from '../support/authority.ts'
import { masterFile } from '../support/debian-dns.ts'
import type { SiteHostFixture } from '../support/debian-host.ts'
import { preparedHost } from '../support/debian-host.ts'
import { testKey, testZone } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { layDownService } from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import type { Stage, Told } from './struck.ts'
import { layQueues, strikeBetween } from './struck.ts'

/** Zones that lie ready on BIND, one for each office: more than all stories are told. */
const zones = 60
const DAY_MS = 86_400_000

type Challenge = 'dns-01' | 'http-01'

let world: TestWorld
let sop: SopDocument
let pebble: Pebble
let managementPort = 0
let fixture: SiteHostFixture & { readonly driver: HostingDriver }
let stage: Stage & { readonly place: { readonly authority: NonNullable<Stage['place']['authority']> } }
let count = 0
const ends: (() => unknown)[] = []
before(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-certificates-'))
  ends.push(() => rm(directory, { recursive: true, force: true }))
  const port = await freePort()
  const names = Array.from({ length: zones }, (_, no) => `sertifikat${no + 1}kab.example`)
  const bind = await startBind({
    directory,
    port,
    keys: [{ key: testKey, update: true, transfer: true }],
    zones: Object.fromEntries(names.map((name) => [name, masterFile.replaceAll(testZone, name)])),
  })
  ends.push(() => bind.stop('SIGKILL'))
  fixture = await preparedHost({ after: (end) => ends.push(end) }, ['sshd', 'nginx'])
  managementPort = await freePort()
  pebble = await startPebble({
    directory,
    port: await freePort(),
    managementPort,
    dnsPort: port,
    httpPort: 80,
  })
  ends.push(() => pebble.stop('SIGKILL'))
  console.log(
    `note: BIND ${bind.version}, process ${bind.pid}; pebble ${pebble.version}, process ${pebble.pid}`,
  )
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const config = { host: '127.0.0.1', port, key: testKey, nameServers }
  const { driver, ranah, settings } = fixture
  const authority = {
    driver: 'acme' as const,
    settings: { directory: pebble.directory, root: pebble.serverRoot },
    secret: { accountKey: newAccountKey() },
  }
  world = await createTestWorld(() => ({
    dnsOf: () => openDnsDriver('rfc2136', config),
    hostingOf: () => driver,
    certificatesOf: () => openAuthority(authority),
  }))
  ends.push(() => world.close())
  const host = {
    driver: 'linux-host' as const,
    settings: { ...settings, addresses: [settings.host] },
    secret: { privateKey: ranah.privateKey },
  }
  stage = { world, place: { dns: { kind: 'rfc2136', config }, host, authority } }
  await layQueues(world)
  sop = await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml')
})
after(async () => {
  for (const end of ends.toReversed()) await end()
})

type Site = {
  readonly office: TestOffice
  readonly fqdn: string
  readonly serviceId: string
  /** what pebble had signed before */
  readonly before: ReadonlySet<string>
}

const scoped = <T>({ office }: Pick<Site, 'office'>, run: Parameters<typeof inScope<T>>[2]): Promise<T> =>
  inScope(world.deps.db, { officeId: office.id }, run)

/** Serials of everything that pebble says it signed. */
const signedByPebble = (): ReadonlySet<string> =>
  new Set([...pebble.log().matchAll(/Issued certificate serial (\w+)/g)].map(([, serial]) => serial!))

/** An office with BIND, the Debian host and pebble, and a site of it that is live without a certificate. */
async function newSite(challenge: Challenge): Promise<Site & { readonly hostId: string }> {
  count += 1
  assert.ok(count <= zones, 'there are zones enough')
  const { deps } = world
  // pebble's certificates are valid from the moment they are signed
  deps.clock.now = new Date(Date.now() + 60_000)
  const office = await createTestOffice(deps, `sertifikat${count}`, sop)
  const fqdn = `aman.${office.zone}`
  const record = { name: fqdn, type: 'A', ttl: 300, values: [fixture.settings.host] }
  const dns = deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
  await dns.apply(planChanges({ zone: office.zone, current: [], desired: [record] }))
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  await fixture.driver.apply(await fixture.driver.plan({ fqdn, site, token: `situs-${count}` }))
  const serviceId = await layDownService(deps, office, fqdn, [record])
  const [hostId, authorityId] = [deps.newId(), deps.newId()]
  const server = { office_id: office.id, secret: Buffer.alloc(1), is_default: true, created_at: deps.now() }
  const { place } = stage
  await scoped({ office }, async (tx) => {
    const settings = { ...(place.authority.settings as object), challenge }
    await tx
      .insertInto('servers')
      .values([
        {
          ...server,
          id: hostId,
          kind: 'host',
          driver: 'linux-host',
          name: 'Situs',
          settings: json(place.host!.settings),
        },
        {
          ...server,
          id: authorityId,
          kind: 'ca',
          driver: 'acme',
          name: 'Otoritas',
          settings: json(settings),
        },
      ])
      .execute()
    await tx
      .updateTable('services')
      .set({ has_site: true, host_id: hostId })
      .where('id', '=', serviceId)
      .execute()
  })
  return { office, fqdn, serviceId, hostId, before: signedByPebble() }
}

/** The job of that name that the last act asked for. */
function asked<Name extends keyof Jobs>(name: Name): { readonly name: Name; readonly data: Jobs[Name] } {
  const job = world.deps.jobs.pop()!
  assert.equal(job.name, name)
  return { name, data: job.data as Jobs[Name] }
}

const certificatesOf = (site: Site) =>
  scoped(site, (tx) =>
    tx
      .selectFrom('certificates')
      .selectAll()
      .orderBy(sql`created_at, replaces_id nulls first`)
      .execute(),
  )

/** What the authority, the budget, the host and a visitor say of it. */
async function lookAt(site: Site): Promise<unknown> {
  const { office, fqdn, before } = site
  const use = await scoped(site, (tx) =>
    readDomainUse(tx, office.zone, new Date(world.deps.now().getTime() - 7 * DAY_MS)),
  )
  const rows = await certificatesOf(site)
  assert.deepEqual(
    rows.map(({ trouble }) => trouble),
    rows.map(() => null),
  )
  const served = await fixture.driver.tls!.probeSerial(fqdn)
  const signed = [...signedByPebble()].filter((serial) => !before.has(serial))
  const proofs = await fixture.host.run(['/usr/bin/find', '/srv/ranah/sites', '-path', '*/proofs/*'])
  return {
    signed: signed.length,
    counted: use.signed.length,
    waiting: use.waiting.length,
    served: rows.findIndex(({ serial }) => serial === served),
    proofs: proofs.stdout,
    statuses: await Promise.all(rows.map(async ({ serial }) => serial && (await statusOf(serial)))),
  }
}

/** What pebble says of a certificate that it signed: `Valid` or `Revoked`. */
async function statusOf(serial: string): Promise<string> {
  const url = `https://127.0.0.1:${managementPort}/cert-status-by-serial/${serial}`
  const text = await new Promise<string>((resolve, reject) => {
    get(url, { ca: pebble.serverRoot, agent: false }, (answer) => {
      answer.toArray().then((parts) => resolve(Buffer.concat(parts as Buffer[]).toString()), reject)
    }).once('error', reject)
  })
  return (JSON.parse(text) as { Status: string }).Status
}

/** A first certificate, proved in the zone. */
async function firstStory(): Promise<Told> {
  const site = await newSite('dns-01')
  await wantMissingCertificate(world.deps, { kind: 'system', officeId: site.office.id }, site)
  return { office: site.office, job: asked('issue-certificate'), look: () => lookAt(site) }
}

async function withCertificate(challenge: Challenge): Promise<Site> {
  const site = await newSite(challenge)
  await wantMissingCertificate(world.deps, { kind: 'system', officeId: site.office.id }, site)
  await issueCertificate(world.deps, asked('issue-certificate').data)
  return site
}

/** One that takes the place of another, which goes on serving until then; proved by the site. */
async function renewalStory(): Promise<Told> {
  const site = await withCertificate('http-01')
  const [old] = await certificatesOf(site)
  await renewCertificate(
    world.deps,
    { kind: 'system', officeId: site.office.id },
    { ...old!, fqdn: site.fqdn },
  )
  const meanwhile = async (): Promise<void> => {
    const served = await fixture.driver.tls!.probeSerial(site.fqdn)
    assert.ok(
      (await certificatesOf(site)).some(({ serial }) => serial === served),
      `it serves ${served}`,
    )
  }
  return { office: site.office, job: asked('issue-certificate'), meanwhile, look: () => lookAt(site) }
}

/** The certificate of a service that is closed. */
async function revocationStory(): Promise<Told> {
  const site = await withCertificate('dns-01')
  const { office, serviceId, fqdn } = site
  await act(world.deps, { kind: 'system', officeId: office.id }, async (tx, write) => {
    await endCertificates(tx, write, { officeId: office.id, serviceId, at: world.deps.now() })
    write.note({ act: 'service.closed', subject: { kind: 'service', id: fqdn } })
  })
  return { office, job: asked('revoke-certificate'), look: () => lookAt(site) }
}

test('a certificate proved in the zone survives SIGKILL at every boundary', (t) =>
  strikeBetween(t, stage, firstStory, 12))

test('a renewal proved by the site survives SIGKILL at every boundary, and the site has a certificate all the time', (t) =>
  strikeBetween(t, stage, renewalStory, 12))

test('a revocation survives SIGKILL at every boundary', (t) => strikeBetween(t, stage, revocationStory, 2))
