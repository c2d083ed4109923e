import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { asOwner } from '../../support/app.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

const hostile = '#eval("1+1") *tebal* \u202Ekanan\u202C'
const [live, closed] = [randomUUID(), randomUUID()]
let portal: TestPortal
let neighbour: TestOffice
before(async () => {
  portal = await createTestPortal()
  neighbour = await portal.addOffice('tetangga')
  await portal.as('applicant')
  for (const [id, status] of [
    [live, 'live'],
    [closed, 'closed'],
  ] as const)
    await asOwner(
      portal.database,
      `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site, records,
         administrative_contact, technical_contact, live_at, registered_until, closed_at)
       select $2, $1, a.id, z.id, $3 || '.' || z.name, $3, true, true, '[]', '{}', '{}', now(), '2020-01-31',
         case when $3 = 'closed' then now() end
       from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
      [portal.id, id, status],
    )
})
after(() => portal?.close())

const at = (id: string): string => `/o/contoh/layanan/${id}/pemberitahuan`
const textOf = async (answer: Response): Promise<string> => {
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const input = Buffer.from(await answer.arrayBuffer())
  return execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], { input }).toString()
}

test('the desk prepares a notice that says what, why, when and how to avoid it; the service stays as it is', async () => {
  const operator = await portal.as('operator')
  assert.ok((await (await operator.get(`/o/contoh/layanan/${live}`)).text()).includes(at(live)))
  assert.match(await (await operator.get(at(live))).text(), /berakhir tanggal 31 Januari 2020/)
  const ground = `${'Alamat tidak menjawab selama enam bulan. '.repeat(20)}${hostile}`
  const text = await textOf(await operator.post(at(live), { date: '2099-12-31', ground }))
  for (const words of ['live.contohkab.go.id', 'Badan Contoh', '31 Desember 2099', '#eval("1+1")'])
    assert.ok(text.includes(words), `${words}\n${text}`)
  assert.match(text, /pendaftaran ulang melalui/)
  assert.ok(!text.includes('\u202E'))
  const query = new URLSearchParams({ date: '2099-12-31', ground: 'Masa pendaftaran berakhir.' })
  const api = `/offices/contoh/services/${live}/deactivation-notice?${query.toString()}`
  assert.match(await textOf(await operator.api('GET', api)), /Pemberitahuan Penonaktifan/)
  const rows = await asOwner(portal.database, `select status from services where id = '${live}'`)
  assert.deepEqual(rows, [{ status: 'live' }])
})

test('a day that has come, an empty ground and a closed service are refused and keep what was typed', async () => {
  const head = await portal.as('head-of-office')
  const ground = 'Masa pendaftaran berakhir.'
  for (const fields of [
    { date: '2020-01-01', ground },
    { date: '2099-02-30', ground },
    { date: '2099-12-31', ground: 'x' },
  ]) {
    const answer = await head.post(at(live), fields)
    assert.equal(answer.status, 422, JSON.stringify(fields))
    assert.ok((await answer.text()).includes(fields.ground))
  }
  assert.equal((await head.post(at(closed), { date: '2099-12-31', ground })).status, 409)
  assert.ok(!(await (await head.get(`/o/contoh/layanan/${closed}`)).text()).includes(at(closed)))
})

test('nobody else prepares one', async () => {
  const fields = { date: '2099-12-31', ground: 'Masa pendaftaran berakhir.' }
  for (const role of ['applicant', 'auditor'] as const) {
    const member = await portal.as(role)
    assert.equal((await member.get(at(live))).status, 403, role)
    assert.equal((await member.post(at(live), fields)).status, 403, role)
  }
  const other = await neighbour.as('operator')
  assert.equal((await other.post(`/o/tetangga/layanan/${live}/pemberitahuan`, fields)).status, 404)
  assert.equal(portal.faults.length, 0)
})
