import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { completeStep } from '../../../src/actions/requests/complete-step.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

const hostile = '#eval("1+1") *tebal* \u202Ekanan\u202C'
let portal: TestApp
let office: TestOffice
before(async () => {
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
})
after(() => portal.close())

const textOf = async (answer: Response): Promise<string> =>
  execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], {
    input: Buffer.from(await answer.arrayBuffer()),
  }).toString()

const printings = () =>
  asOwner(
    portal.database,
    `select text::json -> 'actor' ->> 'role' as role, text::json -> 'subject' as subject,
       text::json -> 'details' as details
     from logbook_entries where act = 'request.disposition-printed' order by seq`,
  )

test('a disposed letter has its sheet for the desk and the auditor, and for nobody else', async () => {
  const { submitted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, 'disposisi')
  const at = `/o/contoh/permohonan/${ticket}/lembar-disposisi`
  const page = `/o/contoh/permohonan/${ticket}`
  const operator = await signedIn(portal, office.member('operator'))
  const early = await operator.get(at)
  assert.equal(early.status, 404)
  assert.match(await early.text(), /belum didisposisi/)
  assert.ok(!(await (await operator.get(page)).text()).includes(at))

  const instruction = `${'Pelajari dan tindak lanjuti. '.repeat(60)}${hostile}`
  await completeStep(portal.deps, office.member('head-of-office'), ticket, {
    step: 2,
    visit: 2,
    form: { instruction },
  })
  const text = await textOf(await operator.get(at))
  for (const words of [
    'LEMBAR DISPOSISI',
    '005/12/CONTOH/2026',
    '1 Maret 2026',
    'Kadis Kominfo',
    'Kabid Aplikasi',
    '#eval("1+1")',
    'Sangat segera',
    ticket,
  ])
    assert.ok(text.includes(words), `${words}\n${text}`)
  assert.ok(!text.includes('\u202E'))

  const auditor = await signedIn(portal, office.member('auditor'))
  assert.ok((await (await auditor.get(page)).text()).includes(at))
  const over = await auditor.api('GET', `/offices/contoh/requests/${ticket}/disposition-sheet`)
  const taken = Buffer.from(await over.clone().arrayBuffer())
  assert.match(await textOf(over), /LEMBAR DISPOSISI/)
  // each printing is in the logbook once: what was refused is not
  const noted = await printings()
  assert.deepEqual(
    noted.map(({ role, subject }) => [role, subject]),
    ['operator', 'auditor'].map((role) => [role, { kind: 'request', id: ticket }]),
  )
  assert.deepEqual(noted.at(-1)!['details'], { sha256: createHash('sha256').update(taken).digest('hex') })
  const applicant = await signedIn(portal, office.member('applicant'))
  assert.equal((await applicant.get(at)).status, 403)
  assert.ok(!(await (await applicant.get(page)).text()).includes(at))
  const foreign = await createTestOffice(portal.deps, 'tetangga', office.sop)
  const other = await signedIn(portal, foreign.member('operator'))
  assert.equal((await other.get(`/o/tetangga/permohonan/${ticket}/lembar-disposisi`)).status, 404)
  const folder = join(portal.keys, 'templates', 'contoh')
  await mkdir(folder, { recursive: true })
  const shipped = await readFile(new URL('../../../letters/foot.typ', import.meta.url), 'utf8')
  await writeFile(
    join(folder, 'foot.typ'),
    shipped.replace('let words = {', 'let words = {\n    [KAKI KANTOR]'),
  )
  assert.ok((await textOf(await operator.get(at))).includes('KAKI KANTOR'))
  await writeFile(join(folder, 'foot.typ'), shipped.replace('let words = {', 'let words = {\n    #salah('))
  const wrong = await operator.get(at)
  assert.equal(wrong.status, 409)
  assert.equal((await printings()).length, 3)
  assert.match(await wrong.text(), /foot\.typ:\d+: /)
  assert.equal(portal.faults.length, 0)
})
