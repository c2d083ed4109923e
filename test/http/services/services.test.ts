import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { makeAgeKey } from '../../support/age.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { laidSecret as secret, layService } from '../../support/laid-service.ts'
import { signedIn } from '../../support/session.ts'

describe('services and their credentials', () => {
  let portal: TestApp
  let office: TestOffice
  let foreign: TestOffice
  before(async () => {
    portal = await createTestApp()
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    office = await createTestOffice(portal.deps, 'contoh', sop)
    foreign = await createTestOffice(portal.deps, 'tetangga', sop)
  })
  after(() => portal.close())

  const lay = (name: string) =>
    layService(portal, { ...office, email: office.member('applicant').email }, name)

  test('lists what is live, due and closed, and shows one service', async () => {
    const { serviceId } = await lay('daftar')
    const operator = await signedIn(portal, office.member('operator'))
    assert.match(await (await operator.get('/o/contoh/layanan?cari=daftar')).text(), /daftar\.contohkab/)
    assert.match(await (await operator.get('/o/contoh/layanan/jatuh-tempo')).text(), /daftar\.contohkab/)
    assert.doesNotMatch(
      await (await operator.get('/o/contoh/layanan?status=closed')).text(),
      /daftar\.contoh/,
    )
    const page = await (await operator.get(`/o/contoh/layanan/${serviceId}`)).text()
    assert.match(page, /192\.0\.2\.7/)
    assert.match(page, /Menunggu dibuka/)
    assert.equal((await operator.get('/o/contoh/layanan?cari=%00%25_&setelah=x')).status, 400)
    assert.equal((await operator.get('/o/contoh/layanan?cari=%00%25_')).status, 200)
  })

  test('another office, another agency and nonsense see nothing', async () => {
    const { serviceId } = await lay('asing')
    const other = await signedIn(portal, foreign.member('operator'))
    for (const path of [
      `/o/tetangga/layanan/${serviceId}`,
      `/o/contoh/layanan/${serviceId}`,
      '/o/tetangga/layanan/x',
    ])
      assert.equal((await other.get(path)).status, 404, path)
    assert.equal((await other.post(`/o/tetangga/layanan/${serviceId}/kredensial`)).status, 404)
    await asOwner(portal.database, 'update memberships set active = false where person_id = $1', [
      foreign.member('applicant').personId,
    ])
    const stranger = await signedIn(portal, foreign.member('applicant'))
    assert.equal((await stranger.api('GET', `/offices/contoh/services/${serviceId}`)).status, 404)
  })

  test('an auditor changes nothing; an operator rotates and uploads', async () => {
    const { serviceId } = await lay('unggah')
    const path = `/o/contoh/layanan/${serviceId}`
    const auditor = await signedIn(portal, office.member('auditor'))
    assert.equal((await auditor.post(`${path}/kredensial`)).status, 404)
    const archive = new File([Buffer.from('PK')], 'situs.zip')
    assert.equal((await auditor.post(`${path}/berkas`, { archive })).status, 404)
    const operator = await signedIn(portal, office.member('operator'))
    assert.equal((await operator.post(`${path}/kredensial`)).status, 303)
    assert.equal((await operator.post(`${path}/berkas`, { archive })).status, 303)
    assert.equal((await operator.post(`${path}/berkas`)).status, 422)
    const names = (await portal.jobs()).map((job) => job.name)
    assert.deepEqual(names.slice(-2), ['rotate-credentials', 'deploy-archive'])
    assert.match(await (await operator.get(path)).text(), /Sedang ditayangkan/)
  })

  test('looking shows no secret; opening shows it once, and of two at once exactly one', async () => {
    const { revealId } = await lay('sekali')
    const path = `/serah-terima/${revealId}`
    const contact = await signedIn(portal, office.member('applicant'))
    for (let look = 0; look < 2; look += 1) {
      const before = await contact.get(path)
      assert.match(before.headers.get('cache-control')!, /no-store/)
      const html = await before.text()
      assert.match(html, /Tampilkan sekarang, satu kali/)
      assert.doesNotMatch(html, /rahasia-sekali-saja/)
    }
    const answers = await Promise.all([
      contact.post(path, { act: 'open' }),
      contact.post(path, { act: 'open' }),
    ])
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    assert.equal(texts.filter((text) => text.includes('rahasia-sekali-saja')).length, 1)
    assert.deepEqual(
      answers.map((answer) => answer.status).sort((a, b) => a - b),
      [200, 410],
    )
    assert.match(answers.find((answer) => answer.status === 200)!.headers.get('cache-control')!, /no-store/)
    assert.match(await (await contact.get(path)).text(), /tidak dapat ditampilkan lagi/)
  })

  test('nobody but the contact opens it with a session', async () => {
    const { revealId } = await lay('bukan')
    const path = `/serah-terima/${revealId}`
    for (const role of ['operator', 'head-of-office', 'administrator'] as const) {
      const browser = await signedIn(portal, office.member(role))
      const answer = await browser.post(path, { act: 'open' })
      assert.equal(answer.status, 403, role)
      assert.doesNotMatch(await answer.text(), /rahasia-sekali-saja/)
    }
    assert.equal((await portal.visit().post(path, { act: 'open' })).status, 401)
    const other = await signedIn(portal, foreign.member('applicant'))
    assert.notEqual((await other.post(path, { act: 'open' })).status, 200)
    assert.equal((await portal.visit().get(`/serah-terima/${randomUUID()}`)).status, 404)
    assert.equal((await portal.visit().get('/serah-terima/x')).status, 404)
  })

  test('a contact with an age key is handed a file that only they read, by session and by code', async () => {
    const key = makeAgeKey()
    await asOwner(
      portal.database,
      'insert into age_recipients (person_id, recipient, since) values ($1, $2, now())',
      [office.member('applicant').personId, key.recipient],
    )
    const { revealId, fqdn } = await lay('berkas')
    const path = `/serah-terima/${revealId}`
    const contact = await signedIn(portal, office.member('applicant'))
    const before = await (await contact.get(path)).text()
    assert.ok(before.includes(key.recipient))
    const answer = await contact.post(path, { act: 'open' })
    const html = await answer.text()
    assert.match(answer.headers.get('cache-control')!, /no-store/)
    assert.doesNotMatch(html, /rahasia-sekali-saja/)
    const link = /href="data:application\/octet-stream;base64,([^"]+)"[^>]* download="([^"]+)"/.exec(html)!
    assert.equal(link[2], `${fqdn}.age`)
    const saved = Buffer.from(link[1]!, 'base64').toString()
    assert.deepEqual(JSON.parse(key.decrypt(saved)), secret)
    assert.throws(() => makeAgeKey().decrypt(saved), /age refused/)
    assert.equal((await contact.post(path, { act: 'open' })).status, 410)

    const overApi = await lay('berkas-api')
    const opened = await contact.api('POST', `/offices/contoh/reveals/${overApi.revealId}`)
    const given = (await opened.json()) as { recipient: string; age: string }
    assert.deepEqual(Object.keys(given).sort(), ['age', 'recipient'])
    assert.deepEqual(JSON.parse(key.decrypt(given.age)), secret)

    // Whoever reads the contact's mail gets no further than the file.
    const byCode = await lay('berkas-kode')
    const visitor = portal.visit()
    const codePath = `/serah-terima/${byCode.revealId}`
    await visitor.post(codePath, { act: 'send-code', ticket: byCode.fqdn })
    const mail = JSON.stringify((await portal.jobs()).at(-1)!.data).replaceAll(byCode.fqdn, '')
    const code = /\b[0-9A-Z]{8}\b/.exec(mail)![0]
    const typed = { act: 'open-by-code', ticket: byCode.fqdn, code }
    const page = await (await visitor.post(codePath, typed)).text()
    assert.doesNotMatch(page, /rahasia-sekali-saja/)
    assert.match(page, /Unduh berkas age/)

    const notes = await asOwner(
      portal.database,
      `select text from logbook_entries where act = 'credentials.revealed' and text like '%berkas%'`,
    )
    assert.equal(notes.length, 3)
    assert.ok(notes.every((note) => /"as":"age-file"/.test(JSON.stringify(note).replaceAll('\\', ''))))
    await asOwner(portal.database, 'delete from age_recipients')
  })

  test('a contact without an account opens it by name and mailed code, once', async () => {
    const { revealId, fqdn } = await lay('kode')
    const path = `/serah-terima/${revealId}`
    const visitor = portal.visit()
    const before = (await portal.jobs()).length
    const wrong = await (
      await visitor.post(path, { act: 'send-code', ticket: 'CONTOH-2026-AAAAAAAA' })
    ).text()
    assert.equal((await portal.jobs()).length, before, 'a wrong ticket mails nothing')
    const right = await (await visitor.post(path, { act: 'send-code', ticket: fqdn })).text()
    assert.equal(wrong.replace('CONTOH-2026-AAAAAAAA', fqdn), right, 'and looks the same')
    const mail = (await portal.jobs()).at(-1)!
    assert.equal(mail.name, 'send-mail')
    const code = /\b[0-9A-Z]{8}\b/.exec(JSON.stringify(mail.data).replaceAll(fqdn, ''))![0]
    assert.equal(
      (await visitor.post(path, { act: 'open-by-code', ticket: fqdn, code: 'SALAH000' })).status,
      403,
    )
    assert.equal((await visitor.post(path, { act: 'open-by-code', ticket: 'lain', code })).status, 403)
    const opened = await visitor.api('POST', `/public/reveals/${revealId}/openings`, { ticket: fqdn, code })
    assert.deepEqual(await opened.json(), secret)
    const again = await visitor.api('POST', `/public/reveals/${revealId}/openings`, { ticket: fqdn, code })
    assert.notEqual(again.status, 200)
    const notes = await asOwner(portal.database, 'select text from logbook_entries')
    assert.doesNotMatch(JSON.stringify(notes), /rahasia-sekali-saja/)
    assert.equal(portal.faults.length, 0, JSON.stringify(portal.faults))
  })
})
