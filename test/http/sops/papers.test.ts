import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { paths } from '../../../src/http/paths.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

const sop = 'kutai-kartanegara-hosting-subdomain'
const base = `/offices/contoh/sops/${sop}/versions`

describe('the papers of an SOP', () => {
  let portal: TestPortal
  before(async () => {
    portal = await createTestPortal()
  })
  after(() => portal.close())

  test('are offered on its page, and come as files to save', async () => {
    const auditor = await portal.as('auditor')
    const html = await (await auditor.get(paths.sop('contoh', sop))).text()
    for (const [address, type, start] of [
      [paths.sopPdf('contoh', sop, '1'), 'application/pdf', '%PDF-1.7'],
      [paths.sopBpmn('contoh', sop, '1'), 'application/xml', '<?xml'],
    ] as const) {
      assert.ok(html.includes(`href="${address}"`), address)
      const answer = await auditor.get(address)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), type)
      assert.match(
        answer.headers.get('content-disposition')!,
        new RegExp(`^attachment; filename="${sop}-1\\.`),
      )
      assert.ok((await answer.text()).startsWith(start))
    }
  })

  test('are the same over the API, and the same file each time; F4 is asked for', async () => {
    const auditor = await portal.as('auditor')
    const bytesOf = async (path: string) => Buffer.from(await (await auditor.api('GET', path)).arrayBuffer())
    const [pdf, again, f4] = await Promise.all(
      [`${base}/1/pdf`, `${base}/1/pdf`, `${base}/1/pdf?paper=f4`].map(bytesOf),
    )
    const page = Buffer.from(await (await auditor.get(paths.sopPdf('contoh', sop, '1'))).arrayBuffer())
    assert.ok(pdf!.equals(again!) && pdf!.equals(page))
    assert.ok(!pdf!.equals(f4!))
    assert.match((await bytesOf(`${base}/1/bpmn`)).toString(), /<bpmn:task id="Step_1"/)
  })

  test('are not there for a version that is not, and not for an applicant', async () => {
    const auditor = await portal.as('auditor')
    for (const path of [
      `${base}/9/pdf`,
      `${base}/x/pdf`,
      `${base}/9/bpmn`,
      '/offices/contoh/sops/lain/versions/1/pdf',
    ])
      assert.equal((await auditor.api('GET', path)).status, 404, path)
    assert.equal((await auditor.api('GET', `${base}/1/pdf?paper=a3`)).status, 422)
    const applicant = await portal.as('applicant')
    for (const what of ['pdf', 'bpmn'])
      assert.equal((await applicant.api('GET', `${base}/1/${what}`)).status, 403)
  })
})
