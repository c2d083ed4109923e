import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestContext } from 'node:test'
import { paths } from '../../../src/http/paths.ts'
import { asOwner } from '../../support/app.ts'
import { startDebianDns } from '../../support/debian-dns.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import { testKey } from '../../support/dns-server.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

/** An administrator connects the office's own BIND, tests it, gives it a zone and takes it away again. */

let portal: TestPortal
before(async () => {
  portal = await createTestPortal()
})
after(() => portal.close())

const wrongSecret = Buffer.from('quite another secret, 32 octets!').toString('base64')

async function bindFor(t: TestContext, zone: string): Promise<number> {
  const file = `$TTL 300\n@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60\n@ NS ns1.${zone}.\nns1 A 127.0.0.1\n`
  return (await startDebianDns(t, 'BIND', { zones: { [zone]: file } })).port
}

const serverOf = (port: number, keySecret = testKey.secret, name = 'DNS utama') => ({
  driver: 'rfc2136',
  name,
  settings: { host: '127.0.0.1', port, keyName: testKey.name, algorithm: testKey.algorithm },
  secret: { keySecret },
})

test('a server is connected, tested with a wrong and a right key, used and disconnected', async (t) => {
  const port = await bindFor(t, portal.zone)
  const administrator = await portal.as('administrator')
  const office = `/offices/${portal.slug}`
  const connected = await administrator.api('POST', `${office}/servers`, serverOf(port, wrongSecret))
  assert.equal(connected.status, 201)
  const { id } = (await connected.json()) as { id: string }
  const check = async () => {
    const answer = await administrator.api('POST', `${office}/servers/${id}/check`, { zone: portal.zone })
    return (await answer.json()) as { ok: boolean; findings: { ok: boolean; text: { id: string } }[] }
  }
  const refused = await check()
  assert.equal(refused.ok, false)
  assert.match(JSON.stringify(refused.findings), /BADSIG|kunci/)
  assert.equal((await administrator.api('PUT', `${office}/servers/${id}`, serverOf(port))).status, 200)
  const works = await check()
  assert.equal(works.ok, true, JSON.stringify(works.findings))
  const zones = await asOwner(portal.database, 'select id from zones where office_id = $1', [portal.id])
  const moved = await administrator.api('PUT', `${office}/zones/${String(zones[0]!.id)}/server`, {
    server: id,
  })
  assert.equal(moved.status, 200)
  const inUse = await administrator.api('DELETE', `${office}/servers/${id}`)
  assert.equal(inUse.status, 409)
  assert.match(await inUse.text(), new RegExp(portal.zone))
  const back = await administrator.api('PUT', `${office}/zones/${String(zones[0]!.id)}/server`, {
    server: null,
  })
  assert.equal(back.status, 200)
  assert.equal((await administrator.api('DELETE', `${office}/servers/${id}`)).status, 200)
  const rows = await asOwner(portal.database, 'select secret, archived_at from servers where id = $1', [id])
  assert.equal(rows[0]!.secret, null)
  assert.ok(rows[0]!.archived_at)
})

test('the key is never given back: not by the page, the API, the database or the logbook', async (t) => {
  const port = await bindFor(t, portal.zone)
  const administrator = await portal.as('administrator')
  const page = await administrator.post(paths.newServer(portal.slug), {
    driver: 'rfc2136',
    name: 'DNS rahasia',
    host: '127.0.0.1',
    port: String(port),
    keyName: testKey.name,
    algorithm: testKey.algorithm,
    keySecret: testKey.secret,
  })
  assert.equal(page.status, 303)
  const address = page.headers.get('location')!
  const seen = [
    await (await administrator.get(address)).text(),
    await (await administrator.api('GET', `/offices/${portal.slug}/servers`)).text(),
    JSON.stringify(
      await asOwner(portal.database, "select encode(secret, 'escape') as secret, settings from servers"),
    ),
    JSON.stringify(await asOwner(portal.database, 'select text from logbook_entries')),
    JSON.stringify(await asOwner(portal.database, 'select value from logbook_openings')),
  ]
  for (const text of seen) assert.ok(!text.includes(testKey.secret) && text.length > 0)
})

test('what is wrong is named field by field, and nothing is lost or kept', async () => {
  const administrator = await portal.as('administrator')
  const answer = await administrator.post(paths.newServer(portal.slug), {
    driver: 'rfc2136',
    name: 'Salah',
    host: 'bukan alamat',
    port: '99999',
    keyName: testKey.name,
    algorithm: testKey.algorithm,
    keySecret: 'pendek',
    nameServers: 'ns2 tanpa-alamat',
  })
  assert.equal(answer.status, 422)
  const html = await answer.text()
  for (const field of ['host', 'port', 'nameServers', 'keySecret'])
    assert.match(html, new RegExp(`id="f-${field}-error"`), field)
  assert.ok(html.includes('bukan alamat') && !html.includes('pendek'))
  const rows = await asOwner(portal.database, "select 1 from servers where name = 'Salah'")
  assert.equal(rows.length, 0)
})

test('a key that others would try first is not taken, and the form says what to do', async () => {
  const administrator = await portal.as('administrator')
  const powerdns = { url: 'http://192.0.2.53:8081', host: '192.0.2.53' }
  const esign = { url: 'https://esign.contohkab.example', username: 'ranah-contohkab' }
  const secretOf = (text: string) => ({ keySecret: Buffer.from(text).toString('base64') })
  for (const input of [
    { driver: 'powerdns', settings: powerdns, secret: { apiKey: 'LONG-RANDOM-TEXT' } },
    { driver: 'powerdns', settings: powerdns, secret: { apiKey: 'changeme' } },
    { driver: 'bsre', settings: esign, secret: { password: 'ranah-contohkab' } },
    { ...serverOf(5399), secret: secretOf('secretsecretsecret') },
    { ...serverOf(5399), secret: { keySecret: Buffer.alloc(32).toString('base64') } },
  ]) {
    const answer = await administrator.api('POST', `/offices/${portal.slug}/servers`, {
      ...input,
      name: 'Lemah',
    })
    assert.equal(answer.status, 422, JSON.stringify(input))
    const { reason, issues } = (await answer.json()) as { reason: string; issues: { field: string }[] }
    assert.equal(reason, 'weak-secret')
    assert.deepEqual(
      issues.map(({ field }) => field),
      Object.keys(input.secret),
    )
  }
  const rows = await asOwner(portal.database, "select 1 from servers where name = 'Lemah'")
  assert.equal(rows.length, 0)
})

test('others may look or not, but only an administrator changes; another office sees nothing', async () => {
  const administrator = await portal.as('administrator')
  const created = await administrator.api(
    'POST',
    `/offices/${portal.slug}/servers`,
    serverOf(5399, testKey.secret, 'DNS lain'),
  )
  const { id } = (await created.json()) as { id: string }
  const twin = await administrator.api(
    'POST',
    `/offices/${portal.slug}/servers`,
    serverOf(5399, testKey.secret, 'DNS lain'),
  )
  assert.equal(twin.status, 409)
  for (const role of ['operator', 'auditor', 'head-of-office', 'applicant'] as const) {
    const person = await portal.as(role)
    const expected = role === 'operator' || role === 'auditor' ? 200 : 403
    assert.equal((await person.get(paths.server(portal.slug, id))).status, expected, role)
    assert.equal((await person.api('DELETE', `/offices/${portal.slug}/servers/${id}`)).status, 403, role)
    const posted = await person.post(paths.serverArchive(portal.slug, id), {})
    assert.equal(posted.status, 403, role)
  }
  const other = await portal.addOffice('tetangga')
  const stranger = await other.as('administrator')
  assert.equal((await stranger.get(paths.server('tetangga', id))).status, 404)
  assert.equal((await stranger.api('DELETE', `/offices/tetangga/servers/${id}`)).status, 404)
})

test('PowerDNS is connected by its API, and a wrong API key is told from a right one', async (t) => {
  const file = `$TTL 300\n@ SOA ns1.${portal.zone}. hostmaster.${portal.zone}. 1 3600 600 86400 60\n@ NS ns1.${portal.zone}.\nns1 A 127.0.0.1\n`
  const apiPort = await freePort()
  const api = { port: apiPort, key: 'e2a94c07b1d8f365' }
  const { port } = await startDebianDns(t, 'PowerDNS', { zones: { [portal.zone]: file }, api })
  const administrator = await portal.as('administrator')
  const verdict = async (name: string, apiKey: string): Promise<boolean> => {
    const settings = { url: `http://127.0.0.1:${apiPort}`, host: '127.0.0.1', port }
    const input = { driver: 'powerdns', name, settings, secret: { apiKey } }
    const answer = await administrator.api('POST', `/offices/${portal.slug}/servers`, input)
    const { id } = (await answer.json()) as { id: string }
    const address = `/offices/${portal.slug}/servers/${id}/check`
    const check = await administrator.api('POST', address, { zone: portal.zone })
    return ((await check.json()) as { ok: boolean }).ok
  }
  assert.equal(await verdict('PowerDNS salah', '7c1b9e04d2f85a63'), false)
  assert.equal(await verdict('PowerDNS', api.key), true)
})
