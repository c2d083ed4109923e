import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'
import { requestsIn } from '../../support/walk-request.ts'

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

test('a draft becomes a letter with its form to sign, in the portal and over the API, and for nobody else', async () => {
  const { drafted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await drafted(office, 'surat')
  const applicant = await signedIn(portal, office.member('applicant'))
  const at = `/o/contoh/permohonan/${ticket}/surat-permohonan`
  assert.ok(
    (await (await applicant.get(`/o/contoh/permohonan/${ticket}/isian?tahap=surat`)).text()).includes(at),
  )
  const answer = await applicant.get(at)
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const pdf = Buffer.from(await answer.arrayBuffer())
  const text = execFileSync('/usr/bin/pdftotext', ['-layout', '-', '-'], { input: pdf }).toString()
  for (const words of [
    'DINAS CONTOH',
    '005/12/CONTOH/2026',
    '1 Maret 2026',
    `surat.${office.zone}`,
    'FORMULIR PERMOHONAN',
    'Laman resmi untuk layanan informasi publik.',
  ])
    assert.ok(text.includes(words), `${words}\n${text}`)
  const over = await applicant.api('GET', `/offices/contoh/requests/${ticket}/application-letter`)
  assert.deepEqual(Buffer.from(await over.arrayBuffer()), pdf)
  const foreign = await createTestOffice(portal.deps, 'tetangga', office.sop)
  const other = await signedIn(portal, foreign.member('operator'))
  assert.equal((await other.get(`/o/tetangga/permohonan/${ticket}/surat-permohonan`)).status, 404)
})
