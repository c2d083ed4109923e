/** The records retention schedule, and where papers stand by it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listArchive } from '../../../src/db/archive/items.ts'
import { inScope } from '../../../src/db/database.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { layPapers } from '../../support/laid-papers.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

type Line = {
  id: string
  code: string
  title: string
  starts: string
  activeYears: number
  inactiveYears: number
  fate: string
  papers: string[]
  confirmedAt: string | null
}

let portal: TestPortal
let neighbour: TestOffice
let administrator: Browser
let operator: Browser
before(async () => {
  portal = await createTestPortal()
  neighbour = await portal.addOffice('tetangga')
  await portal.as('applicant')
  administrator = await portal.as('administrator')
  operator = await portal.as('operator')
})
after(() => portal?.close())

const base = '/offices/contoh/retention-schedule'
const linesOf = async (who: Browser = administrator): Promise<Line[]> =>
  ((await (await who.api('GET', base)).json()) as { lines: Line[] }).lines
const standingOf = async (id: string): Promise<Record<string, unknown>> =>
  (await (await operator.api('GET', `/offices/contoh/records/${id}`)).json()) as Record<string, unknown>

test('an office begins with lines that are marked as not its own, and confirms them with a decree', async () => {
  const lines = await linesOf()
  assert.equal(lines.length, 5)
  assert.ok(lines.every(({ confirmedAt }) => confirmedAt === null))
  const page = await (await operator.get('/o/contoh/arsip/jadwal')).text()
  assert.match(page, /Bawaan, belum disahkan/)
  assert.ok(!page.includes('/arsip/jadwal/sahkan'), 'only the administrator confirms')
  assert.match(await (await operator.get('/o/contoh/arsip')).text(), /Jadwal retensi belum disahkan/)
  const basis = 'Peraturan Bupati Contoh Nomor 12 Tahun 2025'
  assert.equal((await operator.post('/o/contoh/arsip/jadwal/sahkan', { basis })).status, 403)
  assert.equal((await administrator.post('/o/contoh/arsip/jadwal/sahkan', { basis: 'x' })).status, 422)
  assert.equal((await administrator.post('/o/contoh/arsip/jadwal/sahkan', { basis })).status, 303)
  assert.ok((await linesOf()).every(({ confirmedAt }) => confirmedAt !== null))
  const [entry] = await asOwner(
    portal.database,
    `select text from logbook_entries where act = 'archive.schedule-confirmed'`,
  )
  assert.ok(String(entry!.text).includes(basis))
  // the neighbour's lines are as they were
  const others = await asOwner(
    portal.database,
    'select confirmed_at from retention_lines where office_id = $1',
    [neighbour.id],
  )
  assert.deepEqual([...new Set(others.map(({ confirmed_at }) => confirmed_at))], [null])
})

test('days follow the schedule: in use, active, inactive, due; a changed line counts for what is there already', async () => {
  const running = await layPapers(portal, portal, { ended: null })
  const alive = await layPapers(portal, portal, { ended: '2015-01-05', service: 'live' })
  const closed = await layPapers(portal, portal, { ended: '2020-02-29', service: 'closed' })
  const refused = await layPapers(portal, portal, { ended: '2025-06-01' })
  assert.deepEqual(
    [(await standingOf(running.upload)).inUse, (await standingOf(alive.reply)).inUse],
    ['request-running', 'service-live'],
  )
  assert.equal((await standingOf(alive.reply)).standing, 'active')
  const due = await standingOf(closed.upload)
  assert.deepEqual(
    [due.standing, due.startedOn, due.activeUntil, due.inactiveUntil],
    ['due', '2020-02-29', '2022-02-28', '2025-02-28'],
  )
  const fresh = await standingOf(refused.upload)
  assert.deepEqual([fresh.standing, fresh.inactiveUntil], ['active', '2030-06-01'])
  const line = (await linesOf()).find(({ papers }) => papers.includes('application'))!
  const { id, confirmedAt: _confirmedAt, ...input } = line
  const changed = await administrator.api('PUT', `${base}/${id}`, { ...input, inactiveYears: 10 })
  assert.equal(changed.status, 200, await changed.clone().text())
  assert.deepEqual((await standingOf(closed.upload)).standing, 'inactive')
  await administrator.api('PUT', `${base}/${id}`, input)
  // the clock far ahead: what is in use stays, what is over is due
  const far = (documentId: string) =>
    inScope(portal.deps.db, { officeId: portal.id }, (tx) =>
      listArchive(tx, '9998-12-30', { documentId }, { limit: 1 }),
    )
  assert.equal((await far(alive.reply))[0]!.standing, 'active')
  assert.equal((await far(refused.upload))[0]!.standing, 'due')
  const page = await (await operator.get(`/o/contoh/permohonan/${closed.ticket}`)).text()
  assert.match(page, /Retensi arsip/)
  assert.match(page, /Jatuh tempo/)
})

test('copies with one digest are one paper: while one is in use none of them is due', async () => {
  const bytes = Buffer.from('%PDF-1.7 satu berkas untuk dua permohonan')
  const old = await layPapers(portal, portal, { ended: '2015-01-05', bytes })
  assert.equal((await standingOf(old.upload)).standing, 'due')
  const again = await layPapers(portal, portal, { ended: null, bytes })
  assert.deepEqual(
    [(await standingOf(old.upload)).standing, (await standingOf(old.upload)).inUse],
    ['active', 'request-running'],
  )
  await asOwner(
    portal.database,
    `update requests set phase = 'ended', ended_at = '2025-05-01' where id = $1`,
    [again.requestId],
  )
  assert.equal((await standingOf(old.upload)).inactiveUntil, '2030-05-01')
  // the copy of another office is another office's
  const elsewhere = await layPapers(portal, portal, {
    ended: '2015-01-05',
    bytes: Buffer.from('%PDF-1.7 lain'),
  })
  await neighbour.as('applicant')
  await layPapers(portal, neighbour, { ended: null, bytes: Buffer.from('%PDF-1.7 lain') })
  assert.equal((await standingOf(elsewhere.upload)).standing, 'due')
})

test('a held record is not due until it is released; reasons are asked for, and twice is refused', async () => {
  const { upload } = await layPapers(portal, portal, { ended: '2015-01-05' })
  const page = `/o/contoh/arsip/berkas/${upload}`
  assert.equal((await operator.post(`${page}/tahan`, { reason: 'x' })).status, 422)
  assert.equal(
    (await operator.post(`${page}/tahan`, { reason: 'Perkara nomor 12/G/2026/PTUN.' })).status,
    303,
  )
  assert.equal(
    (await operator.post(`${page}/tahan`, { reason: 'Perkara nomor 12/G/2026/PTUN.' })).status,
    409,
  )
  assert.deepEqual((await standingOf(upload)).standing, 'held')
  assert.match(await (await operator.get(page)).text(), /12\/G\/2026\/PTUN/)
  const auditor = await portal.as('auditor')
  assert.equal((await auditor.get(page)).status, 200)
  assert.equal((await auditor.post(`${page}/lepas`, {})).status, 403)
  assert.equal((await operator.post(`${page}/lepas`, {})).status, 303)
  assert.equal((await operator.post(`${page}/lepas`, {})).status, 409)
  assert.equal((await standingOf(upload)).standing, 'due')
  const other = await neighbour.as('operator')
  assert.equal((await other.api('GET', `/offices/tetangga/records/${upload}`)).status, 404)
  assert.equal(
    (
      await other.post(`/o/tetangga/arsip/berkas/${upload}/tahan`, {
        reason: 'Bukan milik kami sama sekali.',
      })
    ).status,
    404,
  )
})

test('a kind of paper goes by one line; without a line it has no class and is never due', async () => {
  const { reply } = await layPapers(portal, portal, { ended: '2015-01-05' })
  const fields = {
    code: '045.2',
    title: 'Surat keluar',
    starts: 'filed',
    activeYears: '1',
    inactiveYears: '1',
    fate: 'permanent',
    papers: 'reply',
  }
  const made = await administrator.post('/o/contoh/arsip/jadwal/baru', fields)
  assert.equal(made.status, 303, await made.clone().text())
  assert.equal((await administrator.post('/o/contoh/arsip/jadwal/baru', fields)).status, 409)
  for (const wrong of [
    { activeYears: '-1' },
    { inactiveYears: '' },
    { fate: 'bakar' },
    { code: '=cmd' },
    { title: 'a\u202Eb' },
  ])
    assert.equal(
      (await administrator.post('/o/contoh/arsip/jadwal/baru', { ...fields, title: 'Lain', ...wrong }))
        .status,
      422,
      JSON.stringify(wrong),
    )
  assert.deepEqual((await standingOf(reply)).standing, 'permanent')
  const own = (await linesOf()).find(({ code }) => code === '045.2')!
  assert.equal((await linesOf()).filter(({ papers }) => papers.includes('reply')).length, 1)
  assert.equal((await operator.get(`/o/contoh/arsip/jadwal/${own.id}`)).status, 403)
  assert.equal((await administrator.get(`/o/contoh/arsip/jadwal/${own.id}`)).status, 200)
  assert.equal((await administrator.post(`/o/contoh/arsip/jadwal/${own.id}/hapus`, {})).status, 303)
  assert.deepEqual((await standingOf(reply)).standing, 'unclassed')
  const stranger = await neighbour.as('administrator')
  const foreign = (await linesOf())[0]!.id
  assert.equal((await stranger.get(`/o/tetangga/arsip/jadwal/${foreign}`)).status, 404)
  assert.equal((await stranger.post(`/o/tetangga/arsip/jadwal/${foreign}/hapus`, {})).status, 404)
})

test('the file that the page gives away goes back in unchanged, in both languages; a wrong one changes nothing', async () => {
  const plain = (lines: Line[]) => lines.map(({ id: _id, confirmedAt: _at, ...line }) => line)
  const send = (body: string, who = administrator) =>
    who.send(`/api/v1${base}/imports`, {
      method: 'POST',
      body,
      headers: { origin: who.origin, 'content-type': 'text/csv' },
    })
  const before = await linesOf()
  for (const language of ['id', 'en']) {
    const file = await (
      await administrator.api('GET', `${base}?format=csv`, undefined, { 'accept-language': language })
    ).text()
    assert.match(file, language === 'id' ? /^.?Kode klasifikasi/ : /^.?Classification code/)
    const answer = await send(file)
    assert.equal(answer.status, 200, `${file}\n${await answer.clone().text()}`)
  }
  assert.deepEqual(plain(await linesOf()), plain(before))
  assert.deepEqual(
    (await linesOf()).map(({ id }) => id),
    before.map(({ id }) => id),
    'lines stay themselves',
  )
  const head =
    'Kode klasifikasi,Jenis arsip,Dihitung sejak,Aktif tahun,Inaktif tahun,Nasib akhir,Dipakai untuk'
  const good = '000.1,Umum,Tanggal arsip,1,2,Musnah,'
  for (const wrong of [
    '',
    'bukan,tabel\n1,2',
    `${head}\n000.1,Umum,kemarin,1,2,Musnah,`,
    `${head}\n000.1,Umum,Tanggal arsip,-1,2,Musnah,`,
    `${head}\n000.1,Umum,Tanggal arsip,,2,Musnah,`,
    `${head}\n000.1,Umum,Tanggal arsip,1e9,2,Musnah,`,
    `${head}\n"=HYPERLINK(""http://x"")",Umum,Tanggal arsip,1,2,Musnah,`,
    `${head}\n${good}\n${good}`,
    `${head}\n000.1,Umum,Tanggal arsip,1,2,Musnah,Surat balasan\n000.2,Lain,Tanggal arsip,1,2,Musnah,Surat balasan`,
    `${head}\n${good}\u0000`,
    `${head}\n${`${good}\n`.repeat(3000)}`,
  ]) {
    const answer = await send(wrong)
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${wrong.slice(0, 80)}`)
  }
  assert.equal((await send('x'.repeat(400_000))).status, 413)
  assert.deepEqual(plain(await linesOf()), plain(before))
  assert.equal(
    (
      await send(
        `${head}
${good}`,
        operator,
      )
    ).status,
    403,
  )
  assert.equal((await send(`${head}\n${good}`)).status, 200)
  assert.equal((await linesOf()).length, 1)
  assert.deepEqual(portal.faults, [])
})
