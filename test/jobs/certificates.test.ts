import assert from 'node:assert/strict'
import { randomBytes, X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { act } from '../../src/actions/act.ts'
import { endCertificates } from '../../src/actions/certificates/end-certificates.ts'
import { renewCertificate } from '../../src/actions/certificates/renew-certificate.ts'
import { wantMissingCertificate } from '../../src/actions/certificates/want-certificate.ts'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { inScope, json } from '../../src/db/database.ts'
import { readServiceFile } from '../../src/db/services/lists.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import { nonceLength, seal, unseal } from '../../src/domain/fulfilment/seal.ts'
import { serverSecretContext } from '../../src/domain/office/server-drivers.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { HostingDriver } from '../../src/drivers/hosting/driver.ts'
import { openAuthority } from '../../src/drivers/servers.ts'
import { issueCertificate } from '../../src/jobs/issue-certificate.ts'
import { renewCertificates } from '../../src/jobs/renew-certificates.ts'
import { startPebble, type Pebble, type PebbleSettings } from '../../src/servers/debian/pebble.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { change, startLyingAuthority } from '../support/lying-authority.ts'
import { createTestOffice, readSopFile, type TestOffice } from '../support/office.ts'
import { startTlsHost, type TlsHost } from '../support/tls-host.ts'
import { requestsIn } from '../support/walk-request.ts'
import { createTestWorld, type TestWorld } from '../support/world.ts'

/** Certificates of sites on a host of the office, signed by Debian's pebble, from the request to the closure. */

const key = randomBytes(32)
const DAY_MS = 86_400_000
/** Nobody speaks SSH here: the host of these tests is in this process. */
const hostKey = `ssh-ed25519 ${Buffer.alloc(51, 1).toString('base64')}`

let directory: string
let world: TestWorld
let office: TestOffice
let host: TlsHost
let pebble: Pebble
let settings: PebbleSettings
let authorityId: string
/** how far the clock of the desk is ahead of that of the world */
let aheadMs = 0
/** what the host does instead of installing, once */
let fault: (() => Promise<void>) | undefined
const { read, submitted, walk } = requestsIn(() => world)

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ranah-certificates-'))
  host = await startTlsHost(directory)
  world = await createTestWorld(({ hostingOf }) => ({
    now: () => new Date(Date.now() + aheadMs),
    hostingOf: (row) => (row ? withTls(hostingOf(null)) : hostingOf(null)),
    certificatesOf: (row) =>
      openAuthority({
        ...row,
        secret: JSON.parse(unseal(key, serverSecretContext(row.id), row.secret!)) as unknown,
      }),
  }))
  settings = {
    directory,
    port: await freePort(),
    managementPort: await freePort(),
    dnsPort: world.embedded.dns().port,
    httpPort: host.httpPort,
  }
  pebble = await startPebble(settings)
  console.log(`note: pebble ${pebble.version}, process ${pebble.pid}`)
  office = await createTestOffice(
    world.deps,
    'sertifikat',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  await world.deps.enqueue(undefined as never, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  await scoped((tx) =>
    tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute(),
  )
  await world.drain()
  await connectServers()
})
after(async () => {
  host.stop()
  await pebble.stop('SIGKILL')
  await world.close()
  await rm(directory, { recursive: true, force: true })
})

const scoped = <T>(run: Parameters<typeof inScope<T>>[2]): Promise<T> =>
  inScope(world.deps.db, { officeId: office.id }, run)

function withTls(hosting: HostingDriver): HostingDriver {
  const install: TlsHost['tls']['install'] = async (fqdn, chain, keyOf) => {
    const once = fault
    fault = undefined
    await once?.()
    return host.tls.install(fqdn, chain, keyOf)
  }
  return { ...hosting, tls: { ...host.tls, install } }
}

/** The site host of the office, and its authority as an administrator enters it. */
async function connectServers(): Promise<void> {
  await scoped((tx) =>
    tx
      .insertInto('servers')
      .values({
        id: world.deps.newId(),
        office_id: office.id,
        kind: 'host',
        driver: 'linux-host',
        name: 'Situs',
        settings: json({ host: '127.0.0.1', hostKey, addresses: ['127.0.0.1'] }),
        secret: Buffer.alloc(1),
        is_default: true,
        created_at: world.deps.now(),
      })
      .execute(),
  )
  const { id } = await saveServer(sealing(), office.member('administrator'), {
    driver: 'acme',
    name: 'Otoritas uji',
    isDefault: true,
    settings: { directory: pebble.directory, root: pebble.serverRoot },
    secret: {},
  })
  authorityId = id
}

/** What saves a server's keys. */
const sealing = () => ({
  ...world.deps,
  seal: (context: string, secret: string) => seal(key, randomBytes(nonceLength), context, secret),
})

/** @param server of the office; null: the embedded one */
const zoneOn = (server: string | null) =>
  scoped((tx) => tx.updateTable('zones').set({ server_id: server }).where('id', '=', office.zoneId).execute())

/** Sends the jobs to another address of the authority. */
const directTo = (address: string, challenge: 'dns-01' | 'http-01' = 'dns-01') =>
  scoped((tx) =>
    tx
      .updateTable('servers')
      .set({ settings: json({ directory: address, challenge, root: pebble.serverRoot }) })
      .where('id', '=', authorityId)
      .execute(),
  )

async function live(label: string): Promise<string> {
  const ticket = await submitted(office, label)
  await walk(office, ticket)
  const row = await read(office, ticket)
  assert.equal(row.phase, 'ended', JSON.stringify(row.trouble))
  return row.service_id!
}

const file = async (serviceId: string) => (await scoped((tx) => readServiceFile(tx, serviceId)))!
const rows = (serviceId: string) =>
  scoped((tx) =>
    tx
      .selectFrom('certificates')
      .selectAll()
      .where('service_id', '=', serviceId)
      .orderBy('created_at')
      .execute(),
  )
const noProofs = async (fqdn: string): Promise<void> => {
  const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
  assert.deepEqual(await dns.readRrsets(office.zone, [`_acme-challenge.${fqdn}`]), [])
}

describe('certificates of sites', () => {
  test('from the request to https, and revoked when the service is closed', async () => {
    const serviceId = await live('aman')
    const fqdn = `aman.${office.zone}`
    const { certificates } = await file(serviceId)
    assert.equal(certificates.length, 1)
    const [shown] = certificates
    assert.equal(shown?.status, 'live')
    assert.deepEqual(shown.names, [fqdn])
    assert.match(shown.issuer ?? '', /Pebble/)
    const [row] = await rows(serviceId)
    assert.equal(await host.tls.probeSerial(fqdn), row!.serial)
    assert.equal(new X509Certificate(row!.chain!).subjectAltName, `DNS:${fqdn}`)
    await noProofs(fqdn)
    const papers = await scoped((tx) => tx.selectFrom('letters').select('data').execute())
    assert.ok(JSON.stringify(papers).includes(`"https://${fqdn}/"`), 'the papers say https')

    await walk(office, await submitted(office, '', { kind: 'closure', zoneId: null, serviceId }))
    await world.drain()
    const [ended] = await rows(serviceId)
    assert.equal(ended!.status, 'revoked')
    const authority = world.deps.certificatesOf((await authorityRow())!)
    assert.deepEqual(await authority.revoke(ended!.chain!, 'unspecified'), { result: 'already-revoked' })
  })

  test('the authority is down: the service goes live over http, and the certificate follows by itself', async () => {
    await pebble.stop('SIGKILL')
    const serviceId = await live('padam')
    const { certificates } = await file(serviceId)
    assert.equal(certificates[0]?.status, 'waiting')
    assert.match(certificates[0].trouble?.id ?? '', /tidak dapat dihubungi/)
    assert.ok(certificates[0].expectedAt! > world.deps.now())
    // the same reason again is no news
    aheadMs += 90_000
    await world.drain()
    const notes = await scoped((tx) =>
      tx.selectFrom('logbook_entries').select('act').where('act', '=', 'certificate.trouble').execute(),
    )
    assert.equal(notes.length, 1)
    pebble = await startPebble(settings)
    aheadMs += 3_600_000
    await world.drain()
    const [row] = await rows(serviceId)
    assert.equal(row!.status, 'live', JSON.stringify(row!.trouble))
    assert.equal(row!.trouble, null)
  })

  test('killed between signing and installing, and twice at once: one certificate, and no other is asked for', async () => {
    fault = () => Promise.reject(new Error('killed'))
    const ticket = await submitted(office, 'mati')
    await assert.rejects(walk(office, ticket), /killed/)
    await walk(office, ticket)
    const { service_id: serviceId } = await read(office, ticket)
    const [row] = await rows(serviceId!)
    assert.equal(row!.status, 'waiting')
    assert.notEqual(row!.serial, null)
    const job = { officeId: office.id, certificateId: row!.id }
    const both = await Promise.allSettled([
      issueCertificate(world.deps, job),
      issueCertificate(world.deps, job),
    ])
    for (const each of both)
      if (each.status === 'rejected') assert.equal((each.reason as { reason: string }).reason, 'request-busy')
    await issueCertificate(world.deps, job)
    const done = await rows(serviceId!)
    assert.deepEqual(
      done.map(({ status, serial }) => [status, serial]),
      [['live', row!.serial]],
    )
  })

  test('broken off before and after each call outside: one certificate is signed, and nothing stays behind', async () => {
    const serviceId = await live('putus')
    const fqdn = `putus.${office.zone}`
    const actor = { kind: 'system', officeId: office.id } as const
    let certificates = 1
    const passed: string[] = []
    for (let at = 1; certificates < 60;) {
      const [inUse] = (await rows(serviceId)).filter(({ status }) => status === 'live')
      await renewCertificate(world.deps, actor, { id: inUse!.id, fqdn })
      const { data } = world.deps.jobs.pop()!
      const job = data as { officeId: string; certificateId: string }
      passed.length = 0
      const broken = breakingOff(at, passed)
      const first = await issueCertificate(broken.deps, job).then(
        () => 'done',
        (error: Error) => error.message,
      )
      assert.equal(first, broken.isDead() ? 'killed' : 'done', passed.join(' '))
      const between = await host.tls.probeSerial(fqdn)
      assert.notEqual(between, null, 'the site has a certificate all the time')
      await issueCertificate(world.deps, job)
      certificates += 1
      const all = await rows(serviceId)
      assert.equal(all.filter(({ status }) => status === 'live').length, 1, passed.join(' '))
      assert.equal(all.filter(({ chain }) => chain !== null).length, certificates)
      const [now] = all.filter(({ status }) => status === 'live')
      assert.equal(now!.id, job.certificateId)
      assert.equal(await host.tls.probeSerial(fqdn), now!.serial)
      await noProofs(fqdn)
      if (broken.isDead()) at += 1
      // now and then pebble wants no proof of what was proved a moment ago; then it is tried again
      else if (passed.includes('dns.apply>')) break
      // a week has room for fifty
      await scoped((tx) =>
        tx
          .updateTable('certificates')
          .set({ signed_at: new Date('2026-01-01') })
          .where('signed_at', 'is not', null)
          .execute(),
      )
    }
    console.log(`note: broken off at ${passed.join(' ')}`)
    assert.ok(certificates > 15 && certificates < 60)
  })

  test('renewal: a failure leaves the certificate in use, then the new one takes its place', async () => {
    const serviceId = await live('lama')
    const fqdn = `lama.${office.zone}`
    const [first] = await rows(serviceId)
    await renewCertificates(world.deps)
    assert.equal((await rows(serviceId)).length, 1, 'it is not due yet')
    const before = aheadMs
    aheadMs += 61 * DAY_MS
    await pebble.stop('SIGKILL')
    await renewCertificates(world.deps)
    await renewCertificates(world.deps)
    await world.drain()
    const { certificates } = await file(serviceId)
    assert.deepEqual(
      certificates.map(({ status }) => status),
      ['live', 'waiting'],
    )
    assert.equal(await host.tls.probeSerial(fqdn), first!.serial)
    pebble = await startPebble(settings)
    aheadMs += DAY_MS
    await world.drain()
    const after = await rows(serviceId)
    assert.deepEqual(
      after.map(({ status }) => status),
      ['replaced', 'live'],
    )
    assert.equal(await host.tls.probeSerial(fqdn), after[1]!.serial)
    assert.notEqual(after[1]!.serial, first!.serial)
    aheadMs = before
  })

  test('the authority wants a certificate renewed now: it is, and counts against nothing', async (t) => {
    const serviceId = await live('jendela')
    const liar = await startLyingAuthority(t, { settings, pebble })
    const window = { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' }
    liar.lie = (asked, said) => {
      if (asked.path === '/dir') change(said, { renewalInfo: `${liar.url}/ari` })
      if (asked.path.startsWith('/ari/'))
        Object.assign(said, { status: 200, headers: {}, body: JSON.stringify({ suggestedWindow: window }) })
      const { replaces } = (asked.payload ?? {}) as { replaces?: string }
      if (asked.path === '/order-plz' && replaces) change(said, { replaces })
    }
    await directTo(`${liar.url}/dir`)
    await renewCertificates(world.deps)
    await world.drain()
    const all = (await rows(serviceId)).map(({ status, is_exempt: isExempt }) => [status, isExempt])
    assert.deepEqual(all, [
      ['replaced', false],
      ['live', true],
    ])
    await directTo(pebble.directory)
  })

  test('proved by the site itself: the host shows the proof and hides it', async () => {
    await directTo(pebble.directory, 'http-01')
    const serviceId = await live('tunjuk')
    assert.deepEqual(
      (await rows(serviceId)).map(({ status, trouble }) => [status, trouble]),
      [['live', null]],
    )
    assert.equal(host.shown.size, 0)
    await directTo(pebble.directory)
  })

  test('in a zone whose name server is worked by hand the site shows the proof, whatever the authority is set to', async () => {
    await directTo(pebble.directory, 'dns-01')
    const isDefault = (is_default: boolean) =>
      scoped((tx) => tx.updateTable('servers').set({ is_default }).where('id', '=', authorityId).execute())
    await isDefault(false)
    const serviceId = await live('tangan')
    await isDefault(true)
    const { id } = await saveServer(sealing(), office.member('administrator'), {
      driver: 'manual-dns',
      name: 'DNS yang dikerjakan dengan tangan',
      isDefault: false,
      settings: { nameServers: [`* 127.0.0.1 ${world.embedded.dns().port}`] },
      secret: {},
    })
    await zoneOn(id)
    await renewCertificates(world.deps)
    await world.drain()
    assert.deepEqual(
      (await rows(serviceId)).map(({ status, trouble }) => [status, trouble]),
      [['live', null]],
    )
    assert.ok(host.proved.has(`tangan.${office.zone}`), 'the site showed it')
    assert.equal(host.shown.size, 0, 'and hides it again')
    await zoneOn(null)
  })

  test('a site that was live before the office had an authority gets its certificate too', async () => {
    const isDefault = (is_default: boolean) =>
      scoped((tx) => tx.updateTable('servers').set({ is_default }).where('id', '=', authorityId).execute())
    await isDefault(false)
    const serviceId = await live('dulu')
    assert.deepEqual(await rows(serviceId), [])
    await renewCertificates(world.deps)
    assert.deepEqual(await rows(serviceId), [])
    await isDefault(true)
    await renewCertificates(world.deps)
    await renewCertificates(world.deps)
    await world.drain()
    assert.deepEqual(
      (await rows(serviceId)).map(({ status }) => status),
      ['live'],
    )
  })

  test('on a host that the office works by hand a certificate is its own matter', async () => {
    const { driver, settings: known } = await scoped((tx) =>
      tx
        .selectFrom('servers')
        .select(['driver', 'settings'])
        .where('kind', '=', 'host')
        .executeTakeFirstOrThrow(),
    )
    const hostIs = (of: typeof driver, as: object) =>
      scoped((tx) =>
        tx
          .updateTable('servers')
          .set({ driver: of, settings: json(as) })
          .where('kind', '=', 'host')
          .execute(),
      )
    await hostIs('manual-host', { addresses: ['127.0.0.1'], webPort: 80, place: 'Server situs kantor' })
    const serviceId = await live('sendiri')
    await renewCertificates(world.deps)
    assert.deepEqual(await rows(serviceId), [])
    await hostIs(driver, known)
  })

  test('fifty in the week: the next waits for its turn, says when, and gets it then', async () => {
    const serviceId = await live('penuh')
    const at = new Date(world.deps.now().getTime() - 2 * DAY_MS)
    await scoped(async (tx) => {
      for (let index = 0; index < 50; index += 1)
        await tx
          .insertInto('certificates')
          .values({
            id: world.deps.newId(),
            office_id: office.id,
            service_id: serviceId,
            ca_id: authorityId,
            names: [`situs-${index}.${office.zone}`],
            status: 'replaced',
            replaces_id: null,
            chain: '-',
            signed_at: at,
            created_at: at,
          })
          .execute()
    })
    const next = await live('antre')
    const { certificates } = await file(next)
    const [shown] = certificates
    assert.equal(shown?.status, 'waiting')
    assert.equal(shown.trouble, null)
    const days = (shown.expectedAt!.getTime() - world.deps.now().getTime()) / DAY_MS
    assert.ok(days > 4 && days <= 5.01, `expected in ${days} days`)
    aheadMs += 5 * DAY_MS + 60_000
    await world.drain()
    assert.deepEqual(
      (await file(next)).certificates.map(({ status }) => status),
      ['live'],
    )
  })

  test('more wait than there is room for: one certificate for the sites of a host, revoked with the last', async () => {
    await fill(office.id, 0, 2)
    const first = await live('bersama-0')
    const others = await clones(first, 'bersama', 3)
    await fill(office.id, 49, 2)
    await fill(office.id, 1, 6)
    const ids = [...others.values()]
    await wish(others)
    await world.drain()
    for (const id of ids) assert.ok((await rows(id)).at(-1)!.expected_at! > world.deps.now())
    aheadMs += DAY_MS + 60_000
    await world.drain()
    const certificates = (await Promise.all(ids.map(rows))).map((all) => all.at(-1)!)
    for (const each of certificates) {
      assert.equal(each.status, 'live', JSON.stringify(each.trouble))
      assert.deepEqual(each.names, [...others.keys()].sort())
      assert.equal(each.serial, certificates[0]!.serial)
    }
    for (const fqdn of others.keys()) assert.equal(await host.tls.probeSerial(fqdn), certificates[0]!.serial)
    const ends: string[] = []
    for (const id of ids) {
      await close(id)
      ends.push((await rows(id)).at(-1)!.status)
    }
    assert.deepEqual(ends, ['replaced', 'replaced', 'revoked'])
  })

  test('a name that cannot be proved holds up itself, and no longer those it was put together with', async () => {
    await fill(office.id, 0, 2)
    const first = await live('sehat-0')
    const others = await clones(first, 'sehat', 2)
    const broken = [...others.keys()][1]!
    const dns = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const challenge = `_acme-challenge.${broken}`
    const desired = [{ name: challenge, type: 'CNAME', ttl: 60, values: ['lain.contoh.example.'] }] as const
    await dns.apply(planChanges({ zone: office.zone, current: [], desired }))
    await fill(office.id, 49, 2)
    await wish(others)
    await world.drain()
    const [good, bad] = [...others.values()] as [string, string]
    for (let round = 0; round < 12 && (await rows(good))[0]!.status !== 'live'; round += 1) {
      aheadMs += 2 * 3_600_000
      await world.drain()
    }
    assert.equal((await rows(good))[0]!.status, 'live', JSON.stringify((await rows(good))[0]!.trouble))
    assert.equal((await rows(bad))[0]!.status, 'waiting')
    assert.deepEqual((await rows(good))[0]!.names, [[...others.keys()][0]])
  })

  test('what another office had signed under the domain counts too, and its names stay its own', async () => {
    const neighbour = await createTestOffice(
      world.deps,
      'tetangga',
      await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
    )
    await fill(neighbour.id, 50, 2)
    const serviceId = await live('sempit')
    const [row] = await rows(serviceId)
    assert.equal(row!.status, 'waiting')
    assert.ok(row!.expected_at! > world.deps.now())
    const seen = await inScope(world.deps.db, { officeId: neighbour.id }, (tx) =>
      sql<{ own: boolean; names: string[] }>`
        select own, names from certificates_under(${office.zone}, '2026-01-02')`.execute(tx),
    )
    const foreign = seen.rows.filter(({ own }) => !own)
    assert.ok(foreign.length > 0)
    for (const { names } of foreign) assert.deepEqual(names, [office.zone])
    assert.equal(seen.rows.filter(({ own }) => own).length, 50)
    await inScope(world.deps.db, { officeId: neighbour.id }, (tx) =>
      tx
        .updateTable('certificates')
        .set({ signed_at: new Date('2026-01-01') })
        .execute(),
    )
  })

  test('ten of one parent wait: a wildcard, which later serves one that would have to wait', async () => {
    await fill(office.id, 0, 2)
    const first = await live('banyak-0')
    const others = await clones(first, 'banyak', 10)
    await fill(office.id, 49, 2)
    await wish(others)
    await world.drain()
    const serials = new Set<string | null>()
    for (const id of others.values()) {
      const [row] = await rows(id)
      assert.equal(row!.status, 'live', JSON.stringify(row!.trouble))
      assert.deepEqual(row!.names, [`*.${office.zone}`])
      serials.add(row!.serial)
    }
    assert.equal(serials.size, 1)
    const late = await clones(first, 'susulan', 1)
    await wish(late)
    await world.drain()
    const [[fqdn, id]] = [...late] as [[string, string]]
    const [row] = await rows(id)
    assert.equal(row!.status, 'live')
    assert.equal(await host.tls.probeSerial(fqdn), [...serials][0])
  })

  test('the logbook holds together', async () => {
    const entries = await scoped((tx) =>
      tx.selectFrom('logbook_entries').select(['seq', 'prev', 'hash', 'text']).orderBy('seq').execute(),
    )
    const verdict = verifyChain(office.id, entries)
    assert.ok(verdict.ok, JSON.stringify(verdict))
  })
})

/** Leaves just so much of the week: what was signed before counts no more, and this many did so many days ago. */
async function fill(officeId: string, count: number, daysAgo: number): Promise<void> {
  const at = new Date(world.deps.now().getTime() - daysAgo * DAY_MS)
  const { id: serviceId } = await scoped((tx) =>
    tx.selectFrom('services').select('id').limit(1).executeTakeFirstOrThrow(),
  )
  if (daysAgo === 2)
    await scoped((tx) =>
      tx
        .updateTable('certificates')
        .set({ signed_at: new Date('2026-01-01') })
        .where('signed_at', 'is not', null)
        .execute(),
    )
  if (count === 0) return
  const values = Array.from({ length: count }, (_, index) => ({
    id: world.deps.newId(),
    office_id: officeId,
    service_id: serviceId,
    ca_id: authorityId,
    names: [`isi-${daysAgo}-${index}.${office.zone}`],
    status: 'replaced' as const,
    replaces_id: null,
    chain: '-',
    signed_at: at,
    created_at: at,
  }))
  await inScope(world.deps.db, { officeId }, (tx) => tx.insertInto('certificates').values(values).execute())
}

/** Sites of the same host as this one, by their names; as many as a week's approvals, without the walk of each. */
async function clones(serviceId: string, label: string, count: number): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  for (let index = 1; index <= count; index += 1) {
    const [id, fqdn] = [world.deps.newId(), `${label}-${index}.${office.zone}`]
    await scoped((tx) =>
      sql`insert into services select (jsonb_populate_record(s, jsonb_build_object('id', ${id}::text, 'fqdn', ${fqdn}::text))).*
          from services s where s.id = ${serviceId}`.execute(tx),
    )
    made.set(fqdn, id)
  }
  return made
}

/** Wants a certificate for each of them, in their order. */
async function wish(sites: ReadonlyMap<string, string>): Promise<void> {
  const { id: hostId } = await scoped((tx) =>
    tx.selectFrom('servers').select('id').where('kind', '=', 'host').executeTakeFirstOrThrow(),
  )
  for (const [fqdn, serviceId] of sites) {
    aheadMs += 1_000
    const actor = { kind: 'system', officeId: office.id } as const
    await wantMissingCertificate(world.deps, actor, { serviceId, fqdn, hostId })
  }
}

async function close(serviceId: string): Promise<void> {
  const actor = { kind: 'system', officeId: office.id } as const
  await act(world.deps, actor, async (tx, write) => {
    await endCertificates(tx, write, { officeId: office.id, serviceId, at: world.deps.now() })
    write.note({ act: 'service.closed', subject: { kind: 'service', id: serviceId } })
  })
  await world.drain()
}

/** The world outside until its call number `at`, of which before and after count: from there on nothing answers. */
function breakingOff(at: number, passed: string[]) {
  let isDead = false
  const pass = (name: string): void => {
    if (!isDead) passed.push(name)
    isDead ||= passed.length >= at
    if (isDead) throw new Error('killed')
  }
  const wrapped = <T extends object>(name: string, real: T): T =>
    new Proxy(real, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method)
        if (typeof value === 'object' && value !== null) return wrapped(`${name}.${String(method)}`, value)
        if (typeof value !== 'function') return value
        return async (...given: unknown[]) => {
          pass(`<${name}.${String(method)}`)
          const answer: unknown = await Reflect.apply(value, target, given)
          pass(`${name}.${String(method)}>`)
          return answer
        }
      },
    })
  const { deps } = world
  return {
    isDead: () => isDead,
    deps: {
      ...deps,
      dnsOf: (zone: Parameters<typeof deps.dnsOf>[0]) => wrapped('dns', deps.dnsOf(zone)),
      hostingOf: (row: Parameters<typeof deps.hostingOf>[0]) => wrapped('host', deps.hostingOf(row)),
      certificatesOf: (row: Parameters<typeof deps.certificatesOf>[0]) =>
        wrapped('authority', deps.certificatesOf(row)),
    },
  }
}

const authorityRow = () =>
  scoped((tx) =>
    tx
      .selectFrom('servers')
      .select(['id', 'driver', 'settings', 'secret'])
      .where('id', '=', authorityId)
      .executeTakeFirst(),
  )
