import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { noteExport } from '../../../src/actions/oversight/note-export.ts'
import { verifyLogbookStream } from '../../../src/cli/logbook-verifier/export.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { asOwner } from '../../support/app.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

describe('the logbook', () => {
  let portal: TestPortal
  before(async () => void (portal = await createTestPortal()))
  after(() => portal.close())
  const page = '/o/contoh/buku-log'

  test('shows entries, filters them, and pages through them', async () => {
    const auditor = await portal.as('auditor')
    const html = await (await auditor.get(page)).text()
    assert.match(html, /Kantor disiapkan/)
    assert.match(html, /Kepala buku log: Entri \d+/)
    const filtered = await (await auditor.get(`${page}?kegiatan=office.created`)).text()
    assert.match(filtered, /Kantor disiapkan<\/div>/)
    assert.doesNotMatch(filtered, /<div>Undangan dibuat<\/div>/)
    const first = await auditor.api('GET', '/offices/contoh/logbook?limit=2')
    const one = (await first.json()) as { items: { seq: number }[]; next: string }
    const second = await auditor.api('GET', `/offices/contoh/logbook?limit=2&cursor=${one.next}`)
    const two = (await second.json()) as { items: { seq: number }[] }
    const numbers = [...one.items, ...two.items].map((entry) => entry.seq)
    assert.deepEqual(numbers, [numbers[0], numbers[0]! - 1, numbers[0]! - 2, numbers[0]! - 3])
  })

  test('names people and posts as an auditor knows them, and keeps every proof when the names are erased', async () => {
    const auditor = await portal.as('auditor')
    const admin = await portal.as('administrator')
    const sent = await admin.api('POST', '/offices/contoh/invitations', {
      name: 'Rahma Contoh',
      email: 'rahma@contoh.test',
      role: 'auditor',
    })
    assert.equal(sent.status, 201)
    const html = await (await auditor.get(page)).text()
    assert.match(html, /Undangan\s*<span>rahma@contoh\.test<\/span>/)
    assert.match(html, /Pengguna\s*<span>(?![0-9a-f]{8}<)[^<]+<\/span>/)
    assert.doesNotMatch(html, />(person|invitation|office) [0-9a-f]{8}</)
    const erased = await asOwner(
      portal.database,
      `delete from logbook_openings o using logbook_openings k
       where k.value = 'rahma@contoh.test' and o.office_id = k.office_id and o.seq = k.seq returning o.field`,
    )
    assert.deepEqual(
      erased.map((row) => row['field']),
      ['email'],
    )
    const after = await (await auditor.get(page)).text()
    assert.doesNotMatch(after, /rahma@contoh\.test/)
    assert.match(after, /Undangan\s*<span>[0-9a-f]{8}<\/span>/)
    assert.match(await (await auditor.get(`${page}/periksa`)).text(), /Buku log utuh/)
    const file = await (await auditor.get(`${page}/ekspor`)).text()
    assert.doesNotMatch(file, /rahma@contoh\.test/)
    const verdict = await verifyLogbookStream(Readable.from([Buffer.from(file)]))
    assert.equal(verdict.verdict, 'ok', JSON.stringify(verdict))
  })

  for (const query of [
    'sejak=kemarin',
    'sampai=2026-02-31',
    'setelah=WyJ4Il0',
    'setelah=%00',
    'perihal=%00&kegiatan=%00',
    `perihal=${'%25'.repeat(400)}`,
  ]) {
    test(`a hostile question gets an answer, not a fault: ${query.slice(0, 30)}`, async () => {
      const auditor = await portal.as('auditor')
      const response = await auditor.get(`${page}?${query}`)
      assert.ok(response.status < 500, String(response.status))
      assert.equal(portal.faults.length, 0)
    })
  }

  test('an export verifies offline and holds the entry of its own making', async () => {
    const auditor = await portal.as('auditor')
    const response = await auditor.get(`${page}/ekspor`)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-disposition')!, /attachment; filename="buku-log-contoh-/)
    const file = await response.text()
    const lines = file.trimEnd().split('\n')
    const header = JSON.parse(lines[0]!) as { entries: number; head: string }
    assert.equal(lines.length, header.entries + 2)
    assert.match(lines.at(-2)!, /logbook\.exported/)
    const verdict = await verifyLogbookStream(Readable.from([Buffer.from(file)]))
    assert.equal(verdict.verdict, 'ok', JSON.stringify(verdict))
    const heads = await (await portal.visit().get('/buku-log')).text()
    assert.ok(heads.includes(header.head), 'the public page names the head')
  })

  test('prints the register of a period as a PDF, and notes it', async () => {
    const auditor = await portal.as('auditor')
    const path = `${page}/register`
    const response = await auditor.post(path, { from: '2026-03-01', to: '2026-03-31' })
    assert.equal(response.headers.get('content-type'), 'application/pdf')
    assert.equal(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    )
    assert.match(
      await (await auditor.post(path, { from: '2027-01-01' })).text(),
      /Tidak ada entri pada masa itu/,
    )
    assert.match(await (await auditor.get(page)).text(), /Buku log dicetak/)
  })

  for (const role of ['operator', 'applicant'] as const satisfies readonly Role[]) {
    test(`${role} may not take the logbook along`, async () => {
      const browser = await portal.as(role)
      assert.equal((await browser.get(`${page}/ekspor`)).status, 403)
      assert.equal((await browser.api('GET', '/offices/contoh/logbook/export')).status, 403)
      await assert.rejects(
        portal.member(role).then((member) => noteExport(portal.deps, member, 'logbook.exported')),
      )
    })
  }

  test('an applicant does not read it, and a foreign office does not exist', async () => {
    assert.equal((await (await portal.as('applicant')).get(page)).status, 403)
    await portal.addOffice('tetangga')
    const auditor = await portal.as('auditor')
    assert.equal((await auditor.get('/o/tetangga/buku-log')).status, 404)
    assert.equal((await auditor.api('GET', '/offices/tetangga/logbook')).status, 404)
    assert.equal((await portal.visit().get(page)).status, 303)
  })

  test('tampering is found at its entry, and cutting off the end against the head', async () => {
    const auditor = await portal.as('auditor')
    assert.match(await (await auditor.get(`${page}/periksa`)).text(), /Buku log utuh/)
    const victim = "office_id = (select id from offices where slug = 'contoh') and seq = 2"
    const [kept] = await asOwner(portal.database, `select text from logbook_entries where ${victim}`)
    await asOwner(portal.database, `update logbook_entries set text = text || ' ' where ${victim}`)
    const verdict = await auditor.api('GET', '/offices/contoh/logbook/verdict')
    assert.partialDeepStrictEqual(await verdict.json(), { ok: false, entries: 1, firstBad: 2 })
    assert.match(await (await auditor.get(`${page}/periksa`)).text(), /Isi entri 2 tidak cocok/)
    await asOwner(portal.database, `update logbook_entries set text = $1 where ${victim}`, [kept!['text']])
    const last = `office_id = (select id from offices where slug = 'contoh')
      and seq = (select seq from logbook_heads h where h.office_id = logbook_entries.office_id)`
    await asOwner(portal.database, `update logbook_openings set seq = seq where false`)
    await asOwner(
      portal.database,
      `delete from logbook_openings o using logbook_heads h where o.office_id = h.office_id and o.seq = h.seq`,
    )
    await asOwner(portal.database, `delete from logbook_entries where ${last}`)
    const cut = await auditor.api('GET', '/offices/contoh/logbook/verdict', undefined, {
      'accept-language': 'en',
    })
    assert.match(((await cut.json()) as { why: string }).why, /the end is missing/)
  })
})
