/** Every table of every page as a file: there is one, whoever sees the table may have it, and it holds all its rows. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { readCsv } from '../../src/domain/csv/read.ts'
import type { Role } from '../../src/domain/access/roles.ts'
import { asOwner } from '../support/app.ts'
import type { Browser } from '../support/browse.ts'
import type { World } from './hostile/world.ts'
import { readWorkbook } from '../support/spreadsheet.ts'
import { createWorld } from './hostile/world.ts'

/** Pages with a table that is no file, and why. */
const withoutFile: Readonly<Record<string, string>> = {
  '/o/:office': 'the first rows of the inbox and of the list of requests, which have the files',
}

const roles = [
  'administrator',
  'operator',
  'head-of-office',
  'auditor',
  'applicant',
] as const satisfies readonly Role[]
/** Pages that one role opens at most. */
const maxPages = 300

type Page = { readonly path: string; readonly pattern: string; readonly html: string }

/** A table whose cells are the fields of a form holds nothing yet: the areas that a new token is for. */
const withoutForms = (html: string): string =>
  html.replaceAll(/<table(?:(?!<\/table>).)*name="scopes"(?:(?!<\/table>).)*<\/table>/gs, '')
const tablesOf = (html: string): number => html.split('<table').length - 1
const linksOf = (html: string, format: string): string[] =>
  [...html.matchAll(/href="(\/[^"]*)"/g)]
    .map(([, href]) => href!.replaceAll('&amp;', '&'))
    // the list of all offices is offered beside the tables of each
    .filter((href) => !href.startsWith('/daftar-subdomain/'))
    .filter((href) => href.includes(`unduh=${format}`) || href.includes(`/${format}`))
/** That a table was taken along is noted, and the notes stand in the logbook's own table. */
const isNote = (row: string): boolean => /Tabel diunduh|Buku log diekspor/.test(row)
/** Rows of the tables of a page. */
const rowsOf = (html: string): number =>
  [...html.matchAll(/<tbody.*?<\/tbody>/gs)]
    .flatMap(([body]) => body.split('<tr').slice(1))
    .filter((row) => !isNote(row)).length

describe('tables as files', () => {
  let world: World
  const people = new Map<Role, Browser>()
  before(async () => {
    world = await createWorld()
    for (const role of roles) people.set(role, await world.portal.as(role))
    for (const statement of rows) await asOwner(world.portal.database, statement, [world.portal.id])
  })
  after(() => world.portal.close())

  /** Every page that the role's links lead to, once for each pattern and set of tabs. */
  async function crawl(role: Role, start: readonly string[]): Promise<Page[]> {
    const routes = world.portal.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
    const patternOf = (path: string) =>
      routes
        .filter((pattern) => {
          const parts = pattern.split('/')
          const words = path.split('/')
          return (
            parts.length === words.length &&
            parts.every((part, index) => part.startsWith(':') || part === words[index])
          )
        })
        .toSorted((a, b) => a.split(':').length - b.split(':').length)[0]
    const queue = [...start]
    const seen = new Set<string>()
    const found: Page[] = []
    while (queue.length > 0 && seen.size < maxPages) {
      const link = queue.shift()!
      const [path = '', query = ''] = link.split('?')
      const pattern = patternOf(path)
      const key = `${pattern} ${/(register|lihat|status)=[a-z-]+/.exec(query)?.[0] ?? ''}`
      if (!pattern || seen.has(key) || query.includes('unduh=')) continue
      seen.add(key)
      const response = await people.get(role)!.get(link)
      if (response.status !== 200 || !response.headers.get('content-type')!.startsWith('text/html')) continue
      const html = withoutForms(await response.text())
      found.push({ path: link, pattern, html })
      for (const [, href] of html.matchAll(/href="(\/[^"#]*)/g)) queue.push(href!.replaceAll('&amp;', '&'))
    }
    assert.ok(seen.size < maxPages)
    return found
  }

  test('every table has its files, each with all rows of the table and no more', async (t) => {
    const problems: string[] = []
    const downloaded = new Set<string>()
    const patterns = new Set<string>()
    for (const role of roles)
      for (const { path, pattern, html } of await crawl(role, [`/o/${world.portal.slug}`, '/akun'])) {
        const tables = tablesOf(html)
        if (tables > 0) patterns.add(pattern)
        const links = linksOf(html, 'csv')
        if (pattern in withoutFile) continue
        if (pattern.endsWith('/buku-log') && role === 'operator') {
          assert.equal(links.length, 0, 'an operator may not take the logbook along')
          continue
        }
        if (links.length < tables) problems.push(`${role} ${path}: ${tables} tables, ${links.length} files`)
        let rows = 0
        for (const link of links) {
          const response = await people.get(role)!.get(link)
          const name = response.headers.get('content-disposition') ?? ''
          if (response.status !== 200) problems.push(`${role} ${link}: ${response.status}`)
          downloaded.add(/filename="([a-z-]+?)(?:-contoh)?-[0-9]/.exec(name)?.[1] ?? name)
          const bytes = Buffer.from(await response.arrayBuffer())
          const [head, ...body] = readCsv(bytes, { maxBytes: 1_000_000, maxRows: 5000 })
          if (head!.cells.some((cell) => cell === '')) problems.push(`${link}: a column without a header`)
          rows += body.filter(({ cells }) => !isNote(cells.join())).length
        }
        // the logbook grows while the other pages are opened, and who reads their own data is in it
        const grows = pattern.endsWith('/buku-log') || pattern.endsWith('/pengguna/:person/data')
        const isWhole = grows ? rows >= rowsOf(html) : rows === rowsOf(html)
        if (tables > 0 && !html.includes('rel="next"') && !isWhole)
          problems.push(`${role} ${path}: ${rowsOf(html)} rows on the page, ${rows} in its files`)
      }
    t.diagnostic(`${downloaded.size} tables on ${patterns.size} pages: ${[...downloaded].join(', ')}`)
    assert.deepEqual(problems, [])
    assert.deepEqual(world.portal.faults, [])
    assert.ok(downloaded.size >= 20, [...downloaded].join(', '))
    assert.deepEqual(
      Object.keys(withoutFile).filter((pattern) => !patterns.has(pattern)),
      [],
    )
  })

  const at = (path: string): string => `/o/${world.portal.slug}${path}`
  const csvOf = async (browser: Browser, path: string): Promise<readonly (readonly string[])[]> => {
    const response = await browser.get(path)
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    const bytes = Buffer.from(await response.arrayBuffer())
    return readCsv(bytes, { maxBytes: 50_000_000, maxRows: 200_000 }).map(({ cells }) => cells)
  }
  const notes = () =>
    asOwner(
      world.portal.database,
      "select subject, text from logbook_entries where act = 'table.exported' and office_id = $1 order by seq",
      [world.portal.id],
    )

  test('holds what the page is narrowed to, in its order, all of it', async () => {
    const { portal } = world
    await asOwner(portal.database, manyServices(11_000), [portal.id])
    const auditor = people.get('auditor')!
    const html = await (await auditor.get(at('/layanan?cari=s00'))).text()
    const shown = [...html.matchAll(/layanan\/[0-9a-f-]{36}">([^<]+)</g)].map(([, name]) => name)
    assert.equal(shown.length, 50)
    const link = linksOf(html, 'xlsx')[0]!
    assert.ok(link.includes('cari=s00'), link)
    const rows = await csvOf(auditor, at('/layanan?cari=s00&unduh=csv'))
    assert.equal(rows.length, 10_000)
    assert.deepEqual(
      rows.slice(1, 51).map(([name]) => name),
      shown,
    )
    const response = await auditor.get(link)
    const book = readWorkbook(Buffer.from(await response.arrayBuffer()))
    assert.equal(book.rows.length, 10_000)
    assert.equal(book.rows[0]![0]!.value, 'Nama')
    assert.equal(book.rows.at(-1)![0]!.value, rows.at(-1)![0])
    assert.deepEqual(
      [book.rows[1]![3]!.type, String(book.rows[1]![3]!.value).slice(0, 10)],
      ['d', '2027-01-31'],
    )
  })

  test('is refused whole when it has more rows than a file takes', async () => {
    const { portal } = world
    await asOwner(portal.database, manyServices(39_990, 'b'), [portal.id])
    const before = (await notes()).length
    const response = await people.get('auditor')!.get(at('/layanan?unduh=csv'))
    assert.equal(response.status, 422)
    assert.match(await response.text(), /lebih dari 50\.000 baris/)
    assert.equal((await notes()).length, before)
  })

  test('cannot become a formula', async () => {
    const path = at('/surat?register=hand-over')
    const rows = await csvOf(people.get('auditor')!, `${path}&unduh=csv`)
    assert.equal(rows[1]![0], "'=901")
    const response = await people.get('auditor')!.get(`${path}&unduh=xlsx`)
    const [, first] = readWorkbook(Buffer.from(await response.arrayBuffer())).rows
    assert.deepEqual([first![0]!.type, first![0]!.value], ['s', '=901'])
    const [, out] = await csvOf(people.get('auditor')!, at('/surat?unduh=csv'))
    assert.equal(out![0], '0900')
  })

  test('that names people is noted with who took how many rows; one that does not is not', async () => {
    const administrator = people.get('administrator')!
    const before = (await notes()).length
    const rows = await csvOf(administrator, at('/pengguna?unduh=csv'))
    const added = (await notes()).slice(before)
    assert.equal(added.length, 1)
    const { subject, details, actor } = JSON.parse(String(added[0]!.text)) as Record<string, { id: string }>
    assert.equal(added[0]!.subject, 'pengguna')
    assert.equal(subject!.id, 'pengguna')
    assert.deepEqual(details, { format: 'csv', rows: rows.length - 1 })
    assert.equal((actor as unknown as { role: string }).role, 'administrator')
    await csvOf(administrator, at('/perangkat-daerah?unduh=csv'))
    assert.equal((await notes()).length, before + 1)
  })

  test('is for those who may open the page, in a format that there is', async () => {
    const before = (await notes()).length
    const applicant = people.get('applicant')!
    const statuses = async (browser: Browser, ...asked: string[]) =>
      Promise.all(asked.map(async (path) => (await browser.get(path)).status))
    assert.deepEqual(
      await statuses(
        applicant,
        at('/pengguna?unduh=csv'),
        at('/buku-log?unduh=xlsx'),
        at('/surat?unduh=csv'),
      ),
      [403, 403, 403],
    )
    assert.deepEqual(await statuses(people.get('operator')!, at('/buku-log?unduh=csv')), [403])
    assert.deepEqual(
      await statuses(
        people.get('administrator')!,
        at('/pengguna?unduh=pdf'),
        at('/pengguna?unduh='),
        at('/pengguna?unduh=csv&tabel=lain'),
        '/o/tetangga/pengguna?unduh=csv',
      ),
      [400, 400, 404, 404],
    )
    assert.deepEqual(await statuses(world.portal.visit(), at('/pengguna?unduh=csv')), [303])
    assert.equal((await notes()).length, before)
    const [, ...own] = await csvOf(applicant, at('/permohonan?unduh=csv'))
    const [, ...all] = await csvOf(people.get('auditor')!, at('/permohonan?unduh=csv'))
    assert.ok(own.length > 0 && own.every((row) => row[1] === own[0]![1]), JSON.stringify(own))
    assert.ok(all.length > 0)
  })

  test('is the same over the API, on every list that has a page', async (t) => {
    const { portal } = world
    const document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, { get?: { parameters?: { name: string }[] } }>
    }
    const idOf = async (table: string): Promise<string> =>
      String(
        (await asOwner(portal.database, `select id from ${table} where office_id = $1`, [portal.id]))[0]!.id,
      )
    const ids = {
      '{office}': portal.slug,
      '{zone}': await idOf('zones'),
      '{service}': await idOf('services'),
    }
    const filed = Object.entries(document.paths).flatMap(([path, { get }]) =>
      get?.parameters?.some(({ name }) => name === 'format') ? [path] : [],
    )
    t.diagnostic(filed.join(' '))
    assert.ok(filed.length >= 18, filed.join())
    for (const path of filed) {
      const url = path.replaceAll(/\{\w+\}/g, (name) => ids[name as keyof typeof ids])
      const search = path.endsWith('/services') ? '&search=s0000' : ''
      const asked = async (query: string) => {
        for (const role of roles) {
          const response = await people.get(role)!.api('GET', `${url}?${query}`)
          if (response.status !== 403) return response
        }
        throw new Error(path)
      }
      for (const format of ['csv', 'xlsx']) {
        const response = await asked(`format=${format}${search}`)
        assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`)
        assert.match(response.headers.get('content-disposition')!, new RegExp(`\\.${format}"`))
      }
      assert.equal((await asked('format=json')).headers.get('content-type'), 'application/json', path)
      const wrong = await asked('format=pdf')
      assert.equal(wrong.headers.get('content-type'), 'application/problem+json', path)
      assert.ok(wrong.status >= 400 && wrong.status < 500, `${path}: ${wrong.status}`)
    }
    const administrator = people.get('administrator')!
    const page = await (await administrator.get(at('/perangkat-daerah?unduh=csv'))).text()
    const api = await administrator.api('GET', `/offices/${portal.slug}/agencies?format=csv`, undefined, {
      'accept-language': 'id',
    })
    assert.equal(await api.text(), page)
    assert.deepEqual(portal.faults, [])
  })
})

/** One row of every table that the world has none of. */
const rows = [
  `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
     administrative_contact, technical_contact, live_at, records)
   select gen_random_uuid(), $1, a.id, z.id, 'arsip.' || z.name, 'live', true, true, '{"name":"Ani","email":"a@b.test"}',
     '{"name":"Ani","email":"a@b.test"}', now(), '[{"type":"A","ttl":300,"values":["192.0.2.7"]}]'
   from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
  `insert into letters (id, office_id, kind, register, year, seq, number, dated, data, verification_code, status,
     created_at)
   values (gen_random_uuid(), $1, 'reply', 'outgoing', 2026, 900, '0900', '2026-03-02', '{}', 'AAAA-XXXX', 'numbered', now()),
     (gen_random_uuid(), $1, 'hand-over', 'hand-over', 2026, 901, '=901', '2026-03-02', '{}', 'BBBB-XXXX', 'numbered', now())`,
  `insert into zone_findings (id, office_id, zone_id, name, type, kind, found_at, status)
   select gen_random_uuid(), $1, id, 'x.' || name, 'A', 'missing', now(), 'open' from zones where office_id = $1`,
  `insert into zone_records (office_id, zone_id, name, type, ttl, "values")
   select $1, id, 'y.' || name, 'A', 300, '["192.0.2.9"]' from zones where office_id = $1`,
  `insert into servers (id, office_id, kind, driver, name, settings, created_at)
   values (gen_random_uuid(), $1, 'dns', 'rfc2136', 'Server contoh', '{}', now())`,
  `insert into signatories (id, office_id, person_id, post, name, from_day, created_at)
   select gen_random_uuid(), $1, person_id, 'Kepala Dinas', 'Ani Contoh', '2026-01-01', now()
   from memberships where office_id = $1 limit 1`,
  `insert into api_tokens (id, office_id, person_id, name, token_hash, created_at, expires_at)
   select gen_random_uuid(), $1, person_id, 'skrip', 'hash-tabel', now(), now() + interval '1 year'
   from memberships where office_id = $1 limit 1`,
]

const manyServices = (count: number, first = 's') => `
  insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
    administrative_contact, technical_contact, live_at, registered_until)
  select gen_random_uuid(), $1, a.id, z.id, '${first}' || lpad(n::text, 6, '0') || '.' || z.name, 'live', true, false,
    '{}', '{}', now(), '2027-01-31'
  from (select * from agencies where office_id = $1 limit 1) a,
    (select * from zones where office_id = $1 limit 1) z, generate_series(1, ${count}) n`
