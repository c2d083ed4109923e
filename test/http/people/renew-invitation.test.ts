import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'

describe('an invitation that did not arrive', () => {
  let portal: TestPortal
  let admin: Browser
  before(async () => {
    portal = await createTestPortal()
    admin = await portal.as('administrator')
  })
  after(() => portal.close())

  const invited = async (role: string): Promise<{ id: string; link: string }> => {
    await admin.post('/o/contoh/undangan', { name: 'Fajar', email: `${role}@baru.test`, role })
    const page = await (await admin.get('/o/contoh/undangan')).text()
    return { id: /undangan\/([0-9a-f-]{36})\/kirim-ulang/.exec(page)![1]!, link: await lastLink() }
  }
  const lastLink = async (): Promise<string> => {
    const mails = (await portal.jobs()).flatMap((job) => (job.name === 'send-mail' ? [job.data.text] : []))
    return /http:\/\/portal\.test(\/undangan\/\S+)/.exec(mails.at(-1)!)![1]!
  }
  const accept = (link: string) => portal.visit().post(link, { name: 'Fajar', password: testPassword })

  test('is sent again with a new link for another week; the former link is dead', async () => {
    const { id, link } = await invited('auditor')
    const started = portal.clock.now
    portal.clock.now = new Date(started.getTime() + 8 * 24 * 3_600_000)
    assert.equal((await admin.post(`/o/contoh/undangan/${id}/kirim-ulang`)).status, 303)
    const renewed = await lastLink()
    assert.notEqual(renewed, link)
    assert.equal((await accept(link)).status, 404)
    assert.equal((await accept(renewed)).status, 303)
    portal.clock.now = started
    assert.equal((await admin.post(`/o/contoh/undangan/${id}/kirim-ulang`)).status, 404, 'it was accepted')
  })

  test('only by whoever could have sent it, and in their own office', async () => {
    const { id } = await invited('operator')
    const renew = `/offices/contoh/invitations/${id}/renewal`
    assert.equal((await (await portal.as('operator')).api('POST', renew)).status, 403)
    assert.equal((await (await portal.as('applicant')).api('POST', renew)).status, 403)
    const other = await (await portal.addOffice('tetangga')).as('administrator')
    const elsewhere = `/offices/tetangga/invitations/${id}/renewal`
    assert.equal((await other.api('POST', elsewhere)).status, 404)
    assert.equal((await admin.api('POST', renew)).status, 204)
  })
})
