import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp, testSetupCode } from '../../support/app.ts'

const form = {
  code: testSetupCode,
  sop: 'katingan-subdomain-hosting.yaml',
  slug: 'contoh',
  zone: 'ContohKab.go.id.',
  administratorName: 'Adi Contoh',
  administratorEmail: 'Adi@contoh.test',
  password: 'tujuh kerbau menyeberang',
}

describe('the first run', () => {
  let portal: TestApp
  before(async () => void (portal = await createTestApp()))
  after(() => portal.close())
  const offices = () => asOwner(portal.database, 'select slug, name, timezone from offices')

  test('asks for everything and gives back what was entered', async () => {
    const page = await portal.visit().get('/siapkan')
    assert.equal(page.status, 200)
    assert.match(await page.text(), /Katingan/)
    const wrong = await portal.visit().post('/siapkan', { ...form, code: 'tebakan' })
    assert.equal(wrong.status, 403)
    const html = await wrong.text()
    assert.match(html, /value="Adi Contoh"/)
    assert.ok(!html.includes(form.password))
    assert.deepEqual(await offices(), [])
  })

  for (const [what, change] of [
    ['a weak password', { password: 'administrator1' }],
    ["the office's region in the password", { password: 'lima perahu contoh biru' }],
    ['a slug with a space', { slug: 'dua kata' }],
    ['a zone that is no name', { zone: 'contohkab' }],
    ['an SOP from elsewhere', { sop: '../../etc/passwd' }],
    ['an administrator without a name', { administratorName: ' ' }],
    ['an unknown time zone', { timezone: 'Europe/Berlin' }],
  ] as const) {
    test(`refuses ${what} and creates nothing`, async () => {
      const answer = await portal.visit().post('/siapkan', { ...form, ...change })
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), /value="contoh"|value="dua kata"/)
      assert.deepEqual(await offices(), [])
    })
  }

  test('creates one office of three at once, takes the rest from its SOP, and closes', async () => {
    const answers = await Promise.all(
      ['satu', 'dua', 'tiga'].map((slug) =>
        portal.visit().post('/siapkan', {
          ...form,
          slug,
          zone: `${slug}kab.go.id`,
          administratorEmail: `adi@${slug}.test`,
        }),
      ),
    )
    assert.deepEqual(
      answers.map((each) => each.status).sort((a, b) => a - b),
      [303, 404, 404],
    )
    const found = await offices()
    assert.equal(found.length, 1)
    assert.match(String(found[0]!.name), /KATINGAN/)
    assert.equal(found[0]!.timezone, 'Asia/Jakarta')
    assert.equal((await asOwner(portal.database, 'select 1 from auth_user')).length, 1)
    assert.equal((await portal.visit().get('/siapkan')).status, 404)
    assert.equal((await portal.visit().post('/siapkan', form)).status, 404)
    assert.equal((await portal.visit().api('POST', '/setup', { code: testSetupCode })).status, 422)
    const jobs = await portal.jobs()
    assert.deepEqual(
      jobs.map((job) => job.name),
      ['create-zone', 'sign-checkpoints'],
    )
    const acts = await asOwner(portal.database, 'select act from logbook_entries order by seq')
    assert.deepEqual(acts, [
      { act: 'office.created' },
      { act: 'appointment.recorded' },
      { act: 'account.signed-in' },
    ])
    const versions = await asOwner(portal.database, 'select version, status, source from sop_versions')
    assert.equal(versions.length, 1)
    assert.match(String(versions[0]!.source), /^# yaml-language-server/, 'the source is kept word for word')
  })

  test('without an office set, the application sees no row of any office', async () => {
    const tables = await asOwner(
      portal.database,
      "select table_name as name from information_schema.columns where column_name = 'office_id' and table_schema = 'public'",
    )
    assert.ok(tables.length > 20)
    for (const { name } of tables) {
      const { rows } = await sql`select 1 from ${sql.table(String(name))}`.execute(portal.deps.db)
      assert.deepEqual(rows, [], String(name))
    }
    const insert = sql`insert into agencies (id, office_id, name, created_at)
      select gen_random_uuid(), id, 'Selundupan', now() from offices`
    await assert.rejects(insert.execute(portal.deps.db), /row-level security/)
  })
})
