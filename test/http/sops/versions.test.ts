/** A second version of an SOP while requests run on the first, over the pages. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asOwner } from '../../support/app.ts'
import { attachDocument } from '../../../src/actions/requests/attach-document.ts'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../../src/actions/requests/submit-request.ts'
import { sampleApplication, samplePdf } from '../../support/office.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

describe('a second version of an SOP', () => {
  let portal: TestPortal
  before(async () => {
    portal = await createTestPortal()
    for (const role of ['operator', 'head-of-division', 'head-of-office'] as const) await portal.member(role)
  })
  after(() => portal.close())

  test('shows what changes and which closed requests would go otherwise; running ones keep theirs', async () => {
    const [sop] = await asOwner(
      portal.database,
      'select s.slug, v.source from sops s join sop_versions v on v.sop_id = s.id where s.office_id = $1',
      [portal.id],
    )
    const { slug, source } = sop as { slug: string; source: string }
    const admin = await portal.as('administrator')
    const operator = await portal.as('operator')
    const applicant = await portal.as('applicant')
    const base = `/o/${portal.slug}`

    const running = await submitted('berjalan')
    // One request goes to its end: received, then withdrawn by the applicant.
    const closed = await submitted('ditarik')
    const act = async (ticket: string) => {
      const { may } = (await (
        await operator.api('GET', `/offices/${portal.slug}/requests/${ticket}`)
      ).json()) as {
        may: { verb: string; step?: number }[]
      }
      const step = may.find(({ verb }) => verb === 'complete')!.step!
      return operator.api('POST', `/offices/${portal.slug}/requests/${ticket}/steps/${step}`, { form: {} })
    }
    assert.equal((await act(closed)).status, 200)
    const withdrawn = await applicant.post(`${base}/permohonan/${closed}/tarik`, {
      withdrawal: 'Tidak jadi.',
    })
    assert.equal(withdrawn.status, 303, await withdrawn.clone().text())

    const changed = source.replace('activity: receive', 'activity: coordinate')
    assert.notEqual(changed, source)
    const stored = await admin.post(`${base}/sop/baru?sop=${slug}`, { file: new File([changed], 'sop.yaml') })
    assert.equal(stored.status, 303, await stored.clone().text())
    const address = stored.headers.get('location')!
    const draft = await (await admin.get(address)).text()
    assert.match(draft, /Yang berubah dari versi yang berlaku/)
    assert.match(draft, /1 permohonan yang sudah selesai dijalankan ulang/)
    assert.match(draft, /1 permohonan tidak akan berjalan sama\. Ini tidak menghalangi pemberlakuan/)
    assert.match(draft, new RegExp(`${closed}</a>: Di langkah 2 versi baru meminta`))
    assert.equal(await versionOf(running), 1, 'a draft changes nothing')

    assert.equal((await admin.post(`${address}/terbitkan`)).status, 303)
    assert.equal(await versionOf(running), 1)
    assert.equal(await versionOf(closed), 1)
    assert.match(await (await operator.get(`${base}/permohonan/${running}`)).text(), /versi 1/i)
    assert.equal((await act(running)).status, 200, 'it goes on by the step of its own version')
    assert.equal(await versionOf(await submitted('sesudahnya')), 2)
  })

  async function submitted(label: string): Promise<string> {
    const applicant = await portal.member('applicant')
    const [zone] = await asOwner(
      portal.database,
      "update zones set status = 'ready' where office_id = $1 returning id",
      [portal.id],
    )
    const { ticket } = await createDraft(portal.deps, applicant, {
      kind: 'subdomain-hosting',
      agencyId: applicant.agencyIds[0]!,
      zoneId: String(zone!['id']),
      application: sampleApplication(label),
    })
    await attachDocument(portal.deps, applicant, ticket, {
      kind: 'application-letter',
      filename: 'surat.pdf',
      mediaType: 'application/pdf',
      content: { pages: 1, carries: [] },
      bytes: samplePdf,
    })
    await submitRequest(portal.deps, applicant, ticket)
    return ticket
  }

  async function versionOf(ticket: string): Promise<unknown> {
    const [row] = await asOwner(portal.database, 'select sop_version from requests where ticket = $1', [
      ticket,
    ])
    return row!['sop_version']
  }
})
