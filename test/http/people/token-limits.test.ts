/**
 * Tokens of the API do a part of what their owner may, never more: every address with a token that has its scope and
 * with one that has every other, from the table of addresses; names, record types and networks at the acts themselves.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { areaTexts } from '../../../src/domain/text/tokens.ts'
import type { TokenInput } from '../../../src/domain/access/token-limits.ts'
import { scopeOf, tokenAreas, tokenScopes } from '../../../src/domain/access/token-limits.ts'
import { tableRoutes, whoMay } from '../../../src/domain/access/table.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { sampleApplication } from '../../support/office.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPaper } from '../../support/portal.ts'

const anyId = '00000000-0000-4000-8000-000000000000'
const base = '/offices/contoh'
type Answer = { readonly status: number; readonly reason: string | undefined }

describe('a token of the API', () => {
  let portal: TestPortal
  let owner: Browser
  before(async () => {
    portal = await createTestPortal()
    // one person who may open every address of the office
    const { personId } = await portal.member('applicant')
    const admin = await portal.as('administrator')
    for (const role of ['operator', 'head-of-division', 'head-of-office', 'auditor', 'administrator']) {
      const made = await admin.api('POST', `${base}/appointments`, { ...testPaper, personId, role })
      assert.equal(made.status, 201, await made.text())
    }
    owner = await portal.as('applicant')
    await asOwner(portal.database, "update zones set status = 'ready'")
  })
  after(() => portal.close())

  async function make(limits: Partial<TokenInput> = {}, by = owner): Promise<string> {
    const answer = await by.api('POST', `${base}/tokens`, { name: 'skrip', days: 30, ...limits })
    assert.equal(answer.status, 201, await answer.clone().text())
    return ((await answer.json()) as { token: string }).token
  }

  async function ask(
    token: string,
    method: string,
    path: string,
    body?: unknown,
    address?: string,
  ): Promise<Answer & { json: Record<string, unknown> }> {
    const response = await portal.visit(address).send(`/api/v1${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
    })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel()
      return { status: response.status, reason: undefined, json: {} }
    }
    const text = await response.text()
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
    const json = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, reason: json.reason as string | undefined, json }
  }

  const apiRoutes = tableRoutes
    .map((route) => ({ method: route.split(' ')[0]!, path: route.split(' ')[1]! }))
    .filter(({ path }) => path.startsWith('/api/v1/'))
  const addressOf = (path: string): string =>
    path
      .replace('/api/v1', '')
      .replace(':office', 'contoh')
      .replaceAll(/:[a-z]+/gi, anyId)

  test('every area has a name, and every address of an office a scope', () => {
    for (const area of tokenAreas) assert.ok(areaTexts[area], area)
    for (const { method, path } of apiRoutes.filter((each) => each.path.includes('/:office')))
      assert.ok(
        whoMay(method, path) === 'public' || tokenScopes.includes(scopeOf(method, path) ?? ''),
        `${method} ${path}`,
      )
  })

  test('gets past an address with its scope alone, and not with every other scope', async (t) => {
    const tokens = new Map<string, { only: string; without: string }>()
    for (const scope of tokenScopes)
      tokens.set(scope, {
        only: await make({ scopes: [scope] }),
        without: await make({ scopes: tokenScopes.filter((each) => each !== scope) }),
      })
    let asked = 0
    for (const { method, path } of apiRoutes) {
      const scope = scopeOf(method, path)
      if (whoMay(method, path) === 'public' || !scope) continue
      const { only, without } = tokens.get(scope)!
      const body = method === 'GET' || method === 'DELETE' ? undefined : { any: 'thing' }
      const name = `${method} ${path}`
      const refused = await ask(without, method, addressOf(path), body)
      assert.deepEqual([refused.status, refused.reason], [403, 'token-scope'], name)
      const passed = await ask(only, method, addressOf(path), body)
      assert.ok(
        ![401, 403].includes(passed.status) || passed.reason === 'session-needed',
        `${name}: ${passed.reason}`,
      )
      asked += 1
    }
    t.diagnostic(`${asked} addresses, each with two tokens`)
    assert.ok(asked > 100)
  })

  test('changes nothing of the account, whatever its scopes', async () => {
    const token = await make()
    for (const { method, path } of apiRoutes.filter(
      (each) => whoMay(each.method, each.path) === 'signed-in',
    )) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {}
      const { status } = await ask(token, method, addressOf(path), body)
      assert.equal(status, path === '/api/v1/me' ? 200 : 403, `${method} ${path}`)
    }
  })

  test('never does more than its owner may at that moment', async () => {
    const operator = await portal.as('operator')
    const token = await make({ scopes: ['people:read', 'registry:write'] }, operator)
    assert.equal((await ask(token, 'GET', `${base}/people`)).reason, 'not-allowed')
    assert.equal((await ask(token, 'POST', `${base}/agencies`, { name: 'Dinas Satu' })).status, 201)
    const { personId } = await portal.member('operator')
    await asOwner(portal.database, 'update appointments set revoked_at = now() where person_id = $1', [
      personId,
    ])
    const stopped = await ask(token, 'POST', `${base}/agencies`, { name: 'Dinas Dua' })
    assert.equal(stopped.reason, 'appointment-over')
    await asOwner(portal.database, 'update appointments set revoked_at = null where person_id = $1', [
      personId,
    ])
  })

  test('is good in its office only, also for somebody of two', async () => {
    const other = await portal.addOffice('tetangga')
    const { personId } = await portal.member('applicant')
    await asOwner(
      portal.database,
      "insert into memberships (office_id, person_id, role, since) values ($1, $2, 'auditor', now())",
      [other.id, personId],
    )
    await asOwner(
      portal.database,
      `insert into appointments (id, office_id, person_id, role, basis, number, dated, from_day, created_at)
       values (gen_random_uuid(), $1, $2, 'auditor', 'sk', '1', '2026-01-02', '2026-01-02', now())`,
      [other.id, personId],
    )
    const there = '/offices/tetangga/requests'
    assert.equal((await owner.api('GET', there)).status, 200)
    const token = await make()
    assert.equal((await ask(token, 'GET', `${base}/requests`)).status, 200)
    assert.equal((await ask(token, 'GET', there)).status, 404)
    assert.equal((await ask(token, 'GET', '/offices/tidakada/requests')).status, 404)
  })

  test('makes no token, whatever its scopes', async () => {
    const token = await make()
    const made = await ask(token, 'POST', `${base}/tokens`, { name: 'anak', days: 1 })
    assert.deepEqual([made.status, made.reason], [403, 'session-needed'])
  })

  const draft = async (token: string, label: string, more: Record<string, unknown> = {}) => {
    const options = (await (await owner.api('GET', `${base}/request-options`)).json()) as {
      agencies: { id: string }[]
      zones: { id: string }[]
    }
    return ask(token, 'POST', `${base}/requests`, {
      kind: 'subdomain-hosting',
      agencyId: options.agencies[0]!.id,
      zoneId: options.zones[0]!.id,
      application: sampleApplication(label),
      ...more,
    })
  }

  test('changes the names it is for and nothing else; what is refused leaves nothing behind', async () => {
    const zone = 'contohkab.go.id'
    const token = await make({ names: [`arsip.${zone}`, `*.pustaka.${zone}`] })
    const count = async () =>
      (await asOwner(portal.database, 'select count(*) as n from requests'))[0]!.n as string
    const before = await count()
    assert.equal((await draft(token, 'lain')).reason, 'token-names')
    assert.equal((await draft(token, 'pustaka')).reason, 'token-names', 'below it, not itself')
    assert.equal((await draft(token, 'xarsip')).reason, 'token-names')
    assert.equal(await count(), before)
    const { status, json } = await draft(token, 'arsip')
    assert.equal(status, 201)
    const path = `${base}/requests/${String(json.ticket)}/application`
    const moved = { application: sampleApplication('lain'), zoneId: null, serviceId: null }
    const zones = await asOwner(portal.database, 'select id from zones where office_id = $1', [portal.id])
    assert.equal((await ask(token, 'PUT', path, { ...moved, zoneId: zones[0]!.id })).reason, 'token-names')
    for (const [method, where, body] of [
      ['POST', '/agencies', { name: 'Dinas Tiga' }],
      ['POST', '/calendar/holidays', { date: '2026-12-24', name: 'Libur', kind: 'daerah' }],
    ] as const)
      assert.equal((await ask(token, method, base + where, body)).reason, 'token-names', where)
    assert.equal((await ask(token, 'GET', `${base}/requests`)).status, 200, 'reading is for the scopes')
  })

  test('changes records of its types only', async () => {
    const zone = 'contohkab.go.id'
    const [row] = await asOwner(
      portal.database,
      `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site, records,
         administrative_contact, technical_contact, live_at)
       select gen_random_uuid(), $1, a.id, z.id, 'catatan.${zone}', 'live', true, false,
         '[{"name":"catatan.${zone}","type":"A","ttl":300,"values":["192.0.2.1"]}]', '{}', '{}', now()
       from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1 returning id, agency_id`,
      [portal.id],
    )
    const source = await readFile(new URL('../../../sops/kutai-kartanegara-dns-record.yaml', import.meta.url))
    const stored = await owner.send(`/api/v1${base}/sops`, {
      method: 'POST',
      body: new Uint8Array(source),
      headers: { origin: owner.origin, 'content-type': 'application/yaml' },
    })
    assert.equal(stored.status, 201, await stored.clone().text())
    const sop = `${base}/sops/kutai-kartanegara-dns-record/versions/1/publish`
    assert.equal((await owner.api('POST', sop)).status, 200)
    const token = await make({ recordTypes: ['TXT'] })
    const same = { name: '', type: 'A', value: '192.0.2.1', ttl: 300 }
    const write = (records: readonly object[]) =>
      ask(token, 'POST', `${base}/requests`, {
        kind: 'record-change',
        agencyId: row!.agency_id,
        serviceId: row!.id,
        application: { purpose: 'Verifikasi.', records },
      })
    const txt = await write([same, { name: '', type: 'TXT', value: 'verifikasi=1', ttl: 300 }])
    assert.equal(txt.status, 201, JSON.stringify(txt.json))
    const other = await write([{ ...same, value: '192.0.2.66' }])
    assert.equal(other.reason, 'token-record-types')
    assert.equal((await draft(token, 'berkas')).reason, 'token-record-types', 'no change of records')
  })

  test('is good from its networks only, IPv4 and IPv6, and refused uses are counted', async () => {
    const token = await make({ name: 'jaringan', networks: ['198.51.100.0/24', '2001:db8:1::/48'] })
    const from = (address: string) => ask(token, 'GET', `${base}/requests`, undefined, address)
    for (const [address, status] of [
      ['198.51.100.7', 200],
      ['198.51.101.7', 403],
      ['2001:db8:1::9', 200],
      ['2001:db8:2::9', 403],
      ['::ffff:198.51.100.7', 200],
      ['127.0.0.1', 403],
    ] as const)
      assert.equal((await from(address)).status, status, address)
    type Listed = { name: string; refusedUses: number; networks: string[] | null; id: string }
    const list = async () =>
      ((await (await owner.api('GET', `${base}/tokens?limit=100`)).json()) as { items: Listed[] }).items.find(
        ({ name }) => name === 'jaringan',
      )!
    assert.deepEqual([(await list()).refusedUses, (await list()).networks?.length], [3, 2])
    const { id } = await list()
    assert.equal((await owner.api('DELETE', `${base}/tokens/${id}`)).status, 204)
    assert.equal((await from('198.51.100.7')).reason, 'bad-token')
    const [row] = await asOwner(portal.database, 'select refused_uses from api_tokens where id = $1', [id])
    assert.equal(row!.refused_uses, 4)
  })

  test('is made with limits that make sense, on the page too', async () => {
    for (const limits of [
      { scopes: [] },
      { scopes: ['segala:write'] },
      { names: ['*'] },
      { names: ['*.'] },
      { names: ['a b.example'] },
      { names: [] },
      { recordTypes: ['ANY'] },
      { networks: ['198.51.100.0/33'] },
      { networks: ['198.51.100.0/24/1'] },
      { networks: ['di mana saja'] },
      { networks: ['2001:db8::/129'] },
      { lain: ['x'] },
    ]) {
      const answer = await owner.api('POST', `${base}/tokens`, { name: 'salah', days: 1, ...limits })
      assert.equal(answer.status, 422, JSON.stringify(limits))
    }
    const page = await owner.post('/o/contoh/token', {
      name: 'dari halaman',
      days: '7',
      scopes: ['requests:read', 'services:read'],
      names: '*.arsip.contohkab.go.id\n arsip.contohkab.go.id',
      networks: '198.51.100.0/24, 2001:db8::/32',
    })
    const [, token] = /(ranah_contoh_[A-Za-z0-9_-]{43})/.exec(await page.text())!
    assert.equal((await ask(token!, 'GET', `${base}/requests`, undefined, '198.51.100.9')).status, 200)
    assert.equal((await ask(token!, 'GET', `${base}/people`, undefined, '198.51.100.9')).status, 403)
    const nothing = await owner.post('/o/contoh/token', { name: 'tanpa cakupan', days: '7' })
    assert.equal(nothing.status, 422)
    assert.deepEqual(portal.faults, [])
  })
})
