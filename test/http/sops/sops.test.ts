import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { publishSop } from '../../../src/actions/sops/publish-sop.ts'
import { saveSop } from '../../../src/actions/sops/save-sop.ts'
import { Refused } from '../../../src/domain/refused.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')

describe('the SOPs of an office', () => {
  let portal: TestPortal
  let source: string
  before(async () => {
    portal = await createTestPortal()
    source = await read('test/fixtures/sops/dasar-enam-langkah.yaml')
    for (const role of ['operator', 'head-of-division', 'head-of-office'] as const) await portal.member(role)
  })
  after(() => portal.close())
  const id = () => /^id: (\S+)/m.exec(source)![1]!

  test('shows identity, steps and a mark beside what the source does not say', async () => {
    const auditor = await portal.as('auditor')
    const list = await (await auditor.get('/o/contoh/sop')).text()
    const found = /href="(\/o\/contoh\/sop\/[a-z0-9-]+)"/.exec(list.slice(list.indexOf('<table')))![1]!
    const html = await (await auditor.get(found)).text()
    for (const part of [
      'Dasar hukum',
      'Peringatan',
      'terputus di sumber',
      'direkonstruksi',
      'Mutu baku|mutu baku',
    ])
      assert.match(html, new RegExp(part), part)
    assert.match(html, /15 menit/)
  })

  test('a new SOP is stored as a draft, then published, then offered', async () => {
    const admin = await portal.as('administrator')
    const file = new File([source], 'sop.yaml')
    const stored = await admin.post('/o/contoh/sop/baru', { file })
    assert.equal(stored.status, 303, await stored.clone().text())
    const address = stored.headers.get('location')!
    const draft = await (await admin.get(address)).text()
    assert.match(draft, /versi pertama SOP ini/)
    const blocked = await admin.post(`${address}/terbitkan`)
    assert.equal(blocked.status, 422)
    assert.ok((await blocked.text()).includes('Tunjuk sekurang-kurangnya satu orang'))
    await mapEverybody()
    assert.equal((await admin.post(`${address}/terbitkan`)).status, 303)
    const sops = await admin.api('GET', '/offices/contoh/sops')
    const { items } = (await sops.json()) as { items: { id: string; version: number | null }[] }
    assert.equal(items.find((sop) => sop.id === id())?.version, 1)
  })

  test('what the program brings is looked at and taken over once, as a draft that is not in force', async () => {
    const admin = await portal.as('administrator')
    const shelf = '/o/contoh/sop/bawaan/pergantian-narahubung'
    assert.ok((await (await admin.get('/o/contoh/sop')).text()).includes(shelf))
    const preview = await (await admin.get(shelf)).text()
    for (const words of ['PERGANTIAN NARAHUBUNG LAYANAN', 'Pakai sebagai rancangan', 'Bagan alir'])
      assert.ok(preview.includes(words), words)
    const api = '/offices/contoh/shipped-sops'
    const listed = async () => {
      const items = (await (await admin.api('GET', api)).json()) as { id: string }[]
      return items.map((each) => each.id)
    }
    assert.ok((await listed()).includes('pergantian-narahubung'))
    for (const role of ['operator', 'auditor', 'head-of-office'] as const) {
      const other = await portal.as(role)
      assert.equal((await other.get(shelf)).status, 403, role)
      assert.equal((await other.post(shelf)).status, 403, role)
      assert.equal((await other.api('POST', `${api}/pergantian-narahubung`)).status, 403, role)
    }
    assert.equal((await admin.api('POST', `${api}/tidak-ada`)).status, 404)
    assert.equal((await admin.get('/o/contoh/sop/bawaan/..%2F..%2Fpackage')).status, 404)

    const taken = await Promise.all([admin.post(shelf), admin.api('POST', `${api}/pergantian-narahubung`)])
    const won = taken.filter(({ status }) => status === 303 || status === 201)
    assert.deepEqual([won.length, taken.filter(({ status }) => status === 409).length], [1, 1])
    assert.ok(!(await listed()).includes('pergantian-narahubung'))
    const version = '/o/contoh/sop/pergantian-narahubung/versi/1'
    assert.match(await (await admin.get(version)).text(), /Rancangan/)
    assert.match(await (await admin.get(shelf)).text(), /Sudah dipakai: buka/)
    const again = await admin.post(shelf)
    assert.equal(again.status, 409)
    assert.match(await again.text(), /sudah memiliki SOP dengan id itu/)
    const offered = async () => {
      const applicant = await portal.as('applicant')
      return (await applicant.api('GET', '/offices/contoh/request-options')).text()
    }
    assert.ok(!(await offered()).includes('contact-takeover'), 'a draft serves nothing')
    assert.equal((await admin.post(`${version}/terbitkan`)).status, 303)
    assert.ok((await offered()).includes('contact-takeover'))
  })

  test('a new version shows what changes; published twice at once it takes effect once', async () => {
    const admin = await portal.as('administrator')
    const member = await portal.member('administrator')
    const changed = source.replace(/^(\s+name: )(.+)$/m, '$1"Nama yang Baru"')
    assert.notEqual(changed, source)
    const { version } = await saveSop(portal.deps, member, { source: Buffer.from(changed), slug: id() })
    assert.equal(version, 2)
    const again = await saveSop(portal.deps, member, { source: Buffer.from(changed), slug: id() })
    assert.equal(again.version, 2, 'a draft gives way to the next one')
    assert.match(await (await admin.get(`/o/contoh/sop/${id()}/versi/2`)).text(), /Nama yang Baru/)
    const both = await Promise.allSettled([
      publishSop(portal.deps, member, id(), 2),
      publishSop(portal.deps, member, id(), 2),
    ])
    assert.deepEqual(both.map((each) => each.status).sort(byText), ['fulfilled', 'rejected'])
    const refused = both.find((each) => each.status === 'rejected')!.reason as Refused
    assert.equal(refused.reason, 'sop-published')
  })

  test('a file that is wrong is refused with its lines, and nothing is stored', async () => {
    const admin = await portal.as('administrator')
    const before = await (await admin.api('GET', '/offices/contoh/sops')).text()
    const bad = source.replace(/^id: .+$/m, 'id: rusak-sekali').replace(/actor: \S+/, 'actor: tidak-ada')
    const response = await admin.post('/o/contoh/sop/baru', { source: bad })
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.match(html, /Baris \d+: .*tidak-ada/)
    assert.match(html, /rusak-sekali/, 'what was entered is still there')
    for (const hostile of [
      'a: &a [*a]',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a, *a]`).join('\n')}`,
      '!!js/function "x"',
      '\u0000\u0001',
      '{'.repeat(5000),
      '- '.repeat(2000),
      'format: ranah-sop/1\n__proto__: {polluted: true}',
    ]) {
      const answer = await admin.post('/o/contoh/sop/baru', { source: hostile })
      assert.equal(answer.status, 422, hostile.slice(0, 30))
    }
    const huge = await admin.post('/o/contoh/sop/baru', {
      file: new File(['#'.repeat(600 * 1024)], 'a.yaml'),
    })
    assert.equal(huge.status, 413)
    assert.equal(await (await admin.api('GET', '/offices/contoh/sops')).text(), before)
    assert.equal(portal.faults.length, 0, JSON.stringify(portal.faults[0]))
  })

  test('only an administrator changes SOPs, and only those of the own office', async () => {
    const operator = await portal.as('operator')
    assert.equal((await operator.get('/o/contoh/sop/baru')).status, 403)
    for (const path of [`/o/contoh/sop/${id()}/hentikan`, `/o/contoh/sop/${id()}/versi/2/terbitkan`])
      assert.equal((await operator.post(path, { retired: 'yes' })).status, 403, path)
    await portal.addOffice('tetangga')
    const admin = await portal.as('administrator')
    assert.equal((await admin.get('/o/tetangga/sop')).status, 404)
    for (const path of [
      '/o/contoh/sop/tidak-ada',
      `/o/contoh/sop/${id()}/versi/99`,
      `/o/contoh/sop/${id()}/versi/x`,
    ])
      assert.equal((await admin.get(path)).status, 404, path)
  })

  test('persons of another office cannot be mapped; retiring takes an SOP out of the offer', async () => {
    const admin = await portal.as('administrator')
    const stranger = await admin.api('PUT', `/offices/contoh/sops/${id()}/actors`, everyActor(['orang-lain']))
    assert.equal(stranger.status, 422)
    assert.equal((await admin.post(`/o/contoh/sop/${id()}/hentikan`, { retired: 'yes' })).status, 303)
    assert.match(await (await admin.get(`/o/contoh/sop/${id()}`)).text(), /Dihentikan/)
    assert.equal((await admin.post(`/o/contoh/sop/${id()}/hentikan`, { retired: 'no' })).status, 303)
  })

  function everyActor(persons: readonly string[]) {
    const actors = [...source.matchAll(/^ {2}- id: (\S+)\n {4}title:/gm)].map((match) => match[1]!)
    return Object.fromEntries(actors.map((actor) => [actor, persons]))
  }

  async function mapEverybody() {
    const admin = await portal.as('administrator')
    const { personId } = await portal.member('operator')
    await admin.api('PUT', `/offices/contoh/sops/${id()}/actors`, everyActor([personId]))
  }
})

const byText = (a: string, b: string): number => a.localeCompare(b)
