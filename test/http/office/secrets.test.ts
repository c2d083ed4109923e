/** What an administrator enters for servers and single sign-on, and tokens and links, stand nowhere in clear and in no answer. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { rootCertificates } from 'node:tls'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'
import type { Place } from '../../support/secret-search.ts'
import { placesWith, tablesOf } from '../../support/secret-search.ts'

let portal: TestPortal
let administrator: Browser
before(async () => {
  portal = await createTestPortal()
  administrator = await portal.as('administrator')
})
after(() => portal.close())

const drawn = (): string => randomBytes(24).toString('base64')
const secrets = {
  'TSIG key': randomBytes(32).toString('base64'),
  'key of the PowerDNS API': drawn(),
  'password of the esign service': drawn(),
  'password of the time stamp authority': drawn(),
  'secret of the identity provider': drawn(),
}

const stamps = {
  file: 'kunci.p12',
  stampUrl: 'https://tsa.contohkab.example/',
  stampRoot: rootCertificates[0]!,
  stampUser: 'ranah',
}
const servers = [
  {
    driver: 'rfc2136',
    settings: { host: '192.0.2.53', keyName: 'ranah.', nameServers: [] },
    secret: { keySecret: secrets['TSIG key'] },
  },
  {
    driver: 'powerdns',
    settings: { url: 'http://192.0.2.53:8081', host: '192.0.2.53' },
    secret: { apiKey: secrets['key of the PowerDNS API'] },
  },
  {
    driver: 'bsre',
    settings: { url: 'https://esign.contohkab.example', username: 'ranah' },
    secret: { password: secrets['password of the esign service'] },
  },
  {
    driver: 'p12',
    settings: stamps,
    secret: { stampPassword: secrets['password of the time stamp authority'] },
  },
]

async function enterAll(): Promise<{ readonly ids: readonly string[]; readonly token: string }> {
  const ids: string[] = []
  const send = (method: string, path: string, body: unknown) =>
    administrator.api(method, `/offices/${portal.slug}${path}`, body, {
      ...(method === 'POST' && { 'idempotency-key': randomBytes(8).toString('hex') }),
    })
  for (const server of servers) {
    const made = await send('POST', '/servers', { ...server, name: server.driver })
    assert.equal(made.status, 201, `${server.driver}: ${await made.clone().text()}`)
    const { id } = (await made.json()) as { id: string }
    ids.push(id)
    await send('POST', `/servers/${id}/check`, { zone: portal.zone })
    const wrong = { ...server, name: 'x'.repeat(500) }
    assert.equal((await send('PUT', `/servers/${id}`, wrong)).status, 422)
  }
  const provider = { label: 'A', issuer: 'https://sso.contohkab.example', clientId: 'ranah', strongAcr: '' }
  const clientSecret = secrets['secret of the identity provider']
  assert.equal((await send('PUT', '/identity-provider', { ...provider, clientSecret })).status, 204)
  assert.equal(
    (await send('PUT', '/identity-provider', { ...provider, issuer: 'x', clientSecret })).status,
    422,
  )
  const made = await send('POST', '/tokens', { name: 'mesin' })
  assert.equal(made.status, 201)
  return { ids, token: ((await made.json()) as { token: string }).token }
}

/** Every page and answer that the office's addresses give without knowing more than the office and its servers. */
async function answersTo(who: Browser, role: string, ids: readonly string[]): Promise<Place[]> {
  const asked = portal.app.registered.filter(({ method, path }) => method === 'GET' && !path.includes('*'))
  const paths = asked.flatMap(({ path }) => {
    const own = path.replace(':office', portal.slug)
    return own.includes(':server') ? ids.map((id) => own.replace(':server', id)) : [own]
  })
  const found: Place[] = []
  for (const path of new Set(paths.filter((each) => !each.includes(':')))) {
    const answer = await who.get(path)
    found.push({ name: `${role} ${path}`, octets: Buffer.from(await answer.arrayBuffer()) })
  }
  return found
}

test('no connection, token or sign-on secret stands in a table, a queued job, a fault or an answer', async () => {
  const { ids, token } = await enterAll()
  const auditor = await portal.as('auditor')
  const places = [
    ...(await tablesOf(portal.database.ownerUrl)),
    ...(await answersTo(administrator, 'administrator', ids)),
    ...(await answersTo(auditor, 'auditor', ids)),
    { name: 'faults', octets: Buffer.from(inspect(portal.faults, { depth: 10 })) },
  ]
  const names = places.map(({ name }) => name)
  for (const part of [
    'public.servers',
    'identity_providers',
    'api_tokens',
    'idempotency_keys',
    'test_jobs',
    'logbook_entries',
  ])
    assert.ok(
      names.some((name) => name.includes(part)),
      `${part} was not searched`,
    )
  assert.ok(names.filter((name) => name.includes(`/server/${ids[0]}`)).length >= 2)
  assert.ok(
    placesWith('sso.contohkab.example', places).length >= 2,
    'what is no secret is found where it stands',
  )
  for (const [what, secret] of Object.entries({ ...secrets, token }))
    assert.deepEqual(placesWith(secret, places), [], what)
})
