import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Refused } from '../../../src/domain/refused.ts'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import type { JobDeps } from '../../../src/jobs/deps.ts'
import { issueNotice } from '../../../src/jobs/issue-notice.ts'
import { notifySignature } from '../../../src/jobs/notify-signature.ts'
import { makeSigningKey } from '../../support/signing-key.ts'
import { asOwner } from '../../support/app.ts'
import { layLiveAndClosed } from '../../support/laid-service.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

const hostile = '#eval("1+1") *tebal* \u202Ekanan\u202C'
let live: string
let closed: string
let portal: TestPortal
let neighbour: TestOffice
before(async () => {
  portal = await createTestPortal()
  neighbour = await portal.addOffice('tetangga')
  await portal.as('applicant')
  ;({ live, closed } = await layLiveAndClosed(portal, portal.id, '2020-01-31'))
})
const pdf = createPdfDriver()
after(async () => {
  await pdf.close()
  await portal?.close()
})

const at = (id: string): string => `/o/contoh/layanan/${id}/pemberitahuan`
const textOf = async (answer: Response): Promise<string> => {
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const input = Buffer.from(await answer.arrayBuffer())
  return execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], { input }).toString()
}

/** Runs the jobs that set notices; twice, as after a crash. */
async function setNotices(templates: Record<string, string> = {}): Promise<void> {
  const deps = { ...portal.deps, pdf, templatesOf: async () => templates } as unknown as JobDeps
  for (const job of await portal.jobs())
    if (job.name === 'issue-notice') for (const _ of [1, 2]) await issueNotice(deps, job.data)
}
const lettersNow = () =>
  asOwner(
    portal.database,
    `select id, number, status, verification_code as code from letters where office_id = $1 order by seq`,
    [portal.id],
  )
const ground = 'Masa pendaftaran berakhir.'

test('a notice takes a number, says what, why, when and how to avoid it, and is verified in public', async () => {
  const operator = await portal.as('operator')
  assert.ok((await (await operator.get(`/o/contoh/layanan/${live}`)).text()).includes(at(live)))
  assert.match(await (await operator.get(at(live))).text(), /berakhir tanggal 31 Januari 2020/)
  const long = `${'Alamat tidak menjawab selama enam bulan. '.repeat(20)}${hostile}`
  const made = await operator.post(at(live), { date: '2099-12-31', ground: long })
  assert.equal(made.status, 303, await made.clone().text())
  const letterPage = made.headers.get('location')!
  await setNotices()
  const [letter] = await lettersNow()
  assert.equal(letter!.status, 'issued')
  assert.match(await (await operator.get(letterPage)).text(), /Pemberitahuan penonaktifan/)
  const told = (await portal.jobs()).flatMap(({ name, data }) =>
    name === 'send-mail' && /Pemberitahuan penonaktifan/.test(data.subject) ? [data] : [],
  )
  assert.deepEqual(
    told.map(({ to }) => to),
    [(await portal.member('applicant')).email],
    'the agency, once',
  )
  assert.ok(told[0]!.text.includes('31 Desember 2099') && told[0]!.text.includes(String(letter!.code)))
  const text = await textOf(await operator.get(`${letterPage}/pdf`))
  for (const words of [
    'live.contohkab.go.id',
    'Badan Contoh',
    '31 Desember 2099',
    '#eval("1+1")',
    String(letter!.number),
    String(letter!.code),
  ])
    assert.ok(text.includes(words), `${words}\n${text}`)
  assert.match(text, /pendaftaran ulang melalui/)
  assert.ok(!text.includes('\u202E'))
  const verified = await (await portal.visit().get(`/periksa/${String(letter!.code)}`)).text()
  assert.ok(
    verified.includes(String(letter!.number)) && verified.includes('Pemberitahuan penonaktifan'),
    verified,
  )
  // a long number may break in the list, after each stroke
  const list = (await (await operator.get('/o/contoh/surat')).text()).replaceAll(/<wbr ?\/?>/g, '')
  assert.ok(list.includes(String(letter!.number)))

  const api = `/offices/contoh/services/${live}/deactivation-notices`
  const second = await operator.api('POST', api, { date: '2099-12-31', ground })
  assert.equal(second.status, 201)
  await setNotices()
  const numbers = (await lettersNow()).map(({ number }) => number)
  assert.equal(new Set(numbers).size, 2)
  const head = await portal.as('head-of-office')
  assert.equal((await head.post(letterPage, { reason: 'Salah alamat layanan.' })).status, 303)
  assert.match(await (await portal.visit().get(`/periksa/${String(letter!.code)}`)).text(), /dibatalkan/i)
  const rows = await asOwner(portal.database, `select status from services where id = '${live}'`)
  assert.deepEqual(rows, [{ status: 'live' }])
})

test('a wrong template stands on the desk with file and line, and the notice goes out when it was mended', async () => {
  const operator = await portal.as('operator')
  const made = await operator.post(at(live), { date: '2099-12-31', ground })
  const letterPage = made.headers.get('location')!
  const id = letterPage.split('/').at(-1)!
  const wrong = { 'foot.typ': '\n#let foot(it) = [' }
  for (const _ of ['first', 'again'])
    await assert.rejects(
      setNotices(wrong),
      (error) => error instanceof Refused && error.reason === 'template-wrong',
    )
  const sentence = /templat surat kantor salah: foot\.typ:2: .*Nomornya tetap/
  const administrator = await portal.as('administrator')
  for (const page of ['/o/contoh', letterPage])
    assert.match(await (await administrator.get(page)).text(), sentence, page)
  assert.match(await (await operator.get('/o/contoh/surat')).text(), /Belum dapat disusun/)
  const over = await operator.api('GET', `/offices/contoh/letters/${id}`)
  assert.match(((await over.json()) as { trouble: string }).trouble, sentence)
  assert.equal((await operator.get(`${letterPage}/pdf`)).status, 404, 'no half letter')
  const applicant = await portal.as('applicant')
  assert.doesNotMatch(await (await applicant.get('/o/contoh')).text(), /foot\.typ/)
  const noted = await asOwner(portal.database, "select 1 from logbook_entries where act = 'letter.trouble'")
  assert.equal(noted.length, 1, 'the same sentence once, however often the job tries')

  await setNotices()
  const [row] = (await lettersNow()).filter((letter) => letter.id === id)
  assert.equal(row!.status, 'issued')
  assert.doesNotMatch(await (await administrator.get('/o/contoh')).text(), /foot\.typ/)
  assert.doesNotMatch(await (await operator.get(letterPage)).text(), /foot\.typ/)
  assert.match(await textOf(await operator.get(`${letterPage}/pdf`)), /Masa pendaftaran berakhir/)
  assert.deepEqual(portal.faults, [])
})

test('with a key of the office it waits for its signatory, who signs it or gives it back', async () => {
  const passphrase = 'sandi pejabat untuk uji'
  portal.clock.now = new Date()
  makeSigningKey(join(portal.keys, 'contoh'), 'kepala.p12', { name: 'Kepala Dinas Contoh', passphrase })
  const administrator = await portal.as('administrator')
  const head = await portal.as('head-of-office')
  const server = await administrator.post('/o/contoh/server/baru', {
    driver: 'p12',
    name: 'Kunci',
    file: 'kepala.p12',
  })
  const { personId } = await portal.member('head-of-office')
  const appointed = await administrator.post('/o/contoh/penanda-tangan/baru', {
    personId,
    post: 'Kepala Dinas Contoh',
    name: 'Nama Pejabat Contoh',
    fromDay: '2026-01-01',
    serverId: server.headers.get('location')!.split('/').at(-1)!,
    certificateName: 'Kepala Dinas Contoh',
  })
  assert.equal(appointed.status, 303, await appointed.clone().text())
  const operator = await portal.as('operator')
  const idOf = (answer: Response): string => answer.headers.get('location')!.split('/').at(-1)!
  const [signed, declined] = [
    idOf(await operator.post(at(live), { date: '2099-12-31', ground })),
    idOf(await operator.post(at(live), { date: '2099-12-31', ground })),
  ]
  await setNotices()
  assert.ok((await (await head.get('/o/contoh/tanda-tangan')).text()).includes(signed))
  assert.equal((await head.post(`/o/contoh/tanda-tangan/${signed}`, { passphrase })).status, 303)
  const file = Buffer.from(await (await operator.get(`/o/contoh/surat/${signed}/pdf`)).arrayBuffer())
  const path = join(portal.keys, 'signed.pdf')
  await writeFile(path, file)
  assert.match(
    execFileSync('/usr/bin/pdfsig', [path]).toString(),
    /Total document signed[\s\S]*Signature is Valid/,
  )
  const mails = await notifications()
  assert.ok(
    mails.some((mail) => mail.includes('Surat pemberitahuan penonaktifan nomor')),
    mails.join('\n'),
  )

  const back = await head.post(`/o/contoh/tanda-tangan/${declined}/kembalikan`, {
    reason: 'Tanggalnya keliru.',
  })
  assert.equal(back.status, 303, await back.clone().text())
  const states = new Map((await lettersNow()).map(({ id, status }) => [id, status]))
  assert.deepEqual([states.get(signed), states.get(declined)], ['issued', 'voided'])
  assert.deepEqual(portal.faults, [])
})

/** The mails that tell a signatory. */
async function notifications(): Promise<string[]> {
  const deps = { ...portal.deps, settings: { publicUrl: 'http://portal.test' } } as unknown as JobDeps
  for (const job of await portal.jobs())
    // one that is signed by now is not told: the other still waits
    if (job.name === 'notify-signature') await notifySignature(deps, job.data)
  return (await portal.jobs()).flatMap((job) => (job.name === 'send-mail' ? [job.data.text] : []))
}

test('a day that has come, an empty ground and a closed service are refused and keep what was typed', async () => {
  const head = await portal.as('head-of-office')
  const before = (await lettersNow()).length
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
  assert.equal((await lettersNow()).length, before, 'no number was taken')
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
