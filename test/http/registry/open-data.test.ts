/** The open list of official subdomains: one set of keys in every format, with licence and description, to be kept. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { readCsv } from '../../../src/domain/csv/read.ts'
import { asOwner } from '../../support/app.ts'
import { readWorkbook } from '../../support/spreadsheet.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

type Open = {
  title: string
  description: string
  source: string
  publishers: { office: string; licence: { name: string; url: string }; attribution: string }[]
  schema: { fields: { name: string; type: string; title: string; description: string }[] }
  items: Record<string, string | null>[]
}

describe('the open list', () => {
  let portal: TestPortal
  before(async () => {
    portal = await createTestPortal()
    const other = await portal.addOffice('tetangga')
    for (const office of [portal, other]) {
      await asOwner(
        portal.database,
        `insert into agencies (id, office_id, name, created_at) values (gen_random_uuid(), $1, '=Badan "Contoh", Umum', now())`,
        [office.id],
      )
      await lay(office.id, 'arsip')
      await lay(office.id, 'ppid')
    }
    await asOwner(
      portal.database,
      "update services set status = 'closed', closed_at = now() where fqdn like 'ppid.contoh%'",
    )
  })
  after(() => portal.close())

  const lay = (officeId: string, label: string) =>
    asOwner(
      portal.database,
      `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
         administrative_contact, technical_contact, live_at, registered_until)
       select gen_random_uuid(), $1, a.id, z.id, $2 || '.' || z.name, 'live', true, false, '{"name":"Ani Rahasia"}',
         '{"email":"ani@rahasia.test"}', '2026-03-01T20:00:00Z', '2027-03-01'
       from agencies a, zones z where a.office_id = $1 and z.office_id = $1 and a.name like '=%' limit 1`,
      [officeId, label],
    )
  const get = (path: string, headers: Record<string, string> = {}) => portal.visit().send(path, { headers })
  const json = async (path: string) => (await (await get(path)).json()) as Open

  test('has the same keys and rows as CSV and as JSON, described, without a word about people', async () => {
    const open = await json('/daftar-subdomain/json')
    const response = await get('/daftar-subdomain/csv')
    const text = await response.text()
    const [head = [], ...rows] = readCsv(Buffer.from(text), { maxBytes: 100_000, maxRows: 100 }).map(
      ({ cells }) => cells,
    )
    assert.deepEqual(
      head,
      open.schema.fields.map(({ name }) => name),
    )
    assert.ok(open.schema.fields.every((field) => field.title && field.description && field.type))
    const unguarded = (cell: string) => cell.replace(/^'/, '')
    assert.deepEqual(
      open.items.map((item) => head.map((key) => item[key] ?? '')),
      rows.map((row) => row.map(unguarded)),
    )
    assert.equal(open.items.length, 3)
    assert.deepEqual(open.items[0], {
      name: `arsip.${portal.zone}`,
      agency: '=Badan "Contoh", Umum',
      office: 'contoh',
      // eight in the evening UTC is the next day in Makassar
      since: '2026-03-02',
      registeredUntil: '2027-03-01',
    })
    assert.match(text, /'=Badan/)
    assert.doesNotMatch(JSON.stringify(open) + text, /rahasia/i)
    const book = readWorkbook(Buffer.from(await (await get('/daftar-subdomain/xlsx')).arrayBuffer()))
    assert.equal(book.rows.length, 4)
    assert.deepEqual([book.rows[1]![1]!.type, book.rows[1]![3]!.type], ['s', 'd'])
  })

  test('is of one office, narrowed as on its page, and nothing where there is nothing', async () => {
    const own = await json('/o/tetangga/daftar-subdomain/json?cari=ppid')
    assert.deepEqual(
      own.items.map(({ name, office }) => [name, office]),
      [['ppid.tetanggakab.go.id', 'tetangga']],
    )
    const page = await (await get('/o/tetangga/daftar-subdomain?cari=ppid')).text()
    for (const format of ['csv', 'xlsx', 'json'])
      assert.ok(page.includes(`/o/tetangga/daftar-subdomain/${format}?cari=ppid`), format)
    assert.equal((await json('/o/tetangga/daftar-subdomain/json?cari=%25')).items.length, 0)
    for (const path of [
      '/daftar-subdomain/pdf',
      '/o/tidakada/daftar-subdomain/csv',
      '/daftar-subdomain/toString',
    ])
      assert.equal((await get(path)).status, 404, path)
  })

  test('may be kept, and is not sent again while it is the same', async () => {
    const path = '/o/contoh/daftar-subdomain/csv'
    const first = await get(path)
    const etag = first.headers.get('etag')!
    assert.match(first.headers.get('cache-control')!, /^public, max-age=\d+$/)
    assert.equal(first.headers.get('set-cookie'), null)
    for (const known of [etag, `W/${etag}`, `"lain", ${etag}`, '*']) {
      const again = await get(path, { 'if-none-match': known })
      assert.equal(again.status, 304, known)
      assert.equal(await again.text(), '')
      assert.equal(again.headers.get('etag'), etag)
    }
    await lay(portal.id, 'baru')
    const changed = await get(path, { 'if-none-match': etag })
    assert.equal(changed.status, 200)
    assert.match(await changed.text(), /baru\./)
    assert.notEqual((await get('/o/contoh/daftar-subdomain/json')).headers.get('etag'), etag)
  })

  test('names licence and source: by default, and as the administrator sets them', async () => {
    const [publisher] = (await json('/o/contoh/daftar-subdomain/json')).publishers
    assert.deepEqual(publisher!.licence, {
      name: 'CC BY 4.0',
      url: 'https://creativecommons.org/licenses/by/4.0/deed.id',
    })
    assert.equal(publisher!.attribution, 'Dinas Contoh contoh, PEMERINTAH KABUPATEN CONTOH')
    const administrator = await portal.as('administrator')
    const form = '/o/contoh/pengaturan/data-terbuka'
    const own = { licence: 'Lisensi Contoh 1.0', licenceUrl: 'https://contoh.test/lisensi?a=<b>' }
    const wrongs: Record<string, string>[] = [
      { licence: own.licence },
      { ...own, licenceUrl: 'javascript:alert(1)' },
      { ...own, licenceUrl: 'ftp://contoh.test/' },
      { attribution: 'a\u202eb' },
    ]
    for (const wrong of wrongs)
      assert.equal((await administrator.post(form, wrong)).status, 422, JSON.stringify(wrong))
    assert.equal((await (await portal.as('operator')).post(form, own)).status, 403)
    assert.equal(
      (await administrator.post(form, { ...own, attribution: 'Sumber: "Contoh" <b>' })).status,
      303,
    )
    const file = await get('/o/contoh/daftar-subdomain/csv')
    assert.equal(file.headers.get('link'), '<https://contoh.test/lisensi?a=%3Cb%3E>; rel="license"')
    assert.equal((await json('/daftar-subdomain/json')).publishers.length, 2)
    const page = await (await get('/o/contoh/daftar-subdomain')).text()
    assert.match(page, /Lisensi Contoh 1\.0/)
    assert.ok(page.includes('Sumber: &quot;Contoh&quot; &lt;b&gt;'))
    const notes = await asOwner(
      portal.database,
      "select count(*)::int as n from logbook_entries where act = 'office.open-data-changed'",
    )
    assert.equal(notes[0]!.n, 1)
    const put = await administrator.api('PUT', '/offices/contoh/open-data', {})
    assert.equal(put.status, 200)
    const settings = (await (await administrator.api('GET', '/offices/contoh/settings')).json()) as {
      openData: { licence: string }
    }
    assert.equal(settings.openData.licence, 'CC BY 4.0')
    assert.deepEqual(portal.faults, [])
  })
})
