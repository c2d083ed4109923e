import assert from 'node:assert/strict'
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { inScope } from '../../../src/db/database.ts'
import { signDetached } from '../../../src/drivers/signature/cms.ts'
import { placeSignature } from '../../../src/drivers/signature/place-signature.ts'
import { addSignature } from '../../support/second-signature.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import { refusalLetter } from '../../support/awaiting-letter.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { filesOf, placesWith, tablesOf } from '../../support/secret-search.ts'
import { signedIn } from '../../support/session.ts'
import { makeSigningKey } from '../../support/signing-key.ts'

const passphrase = '  sandi pejabat, 2026!  '
const certificateName = 'Kepala Dinas Contoh'
const code = /\/periksa\/(CONTOH-[A-Z0-9]+)/

describe('signing in the portal and over the API', () => {
  let portal: TestApp
  let office: TestOffice
  let administrator: Browser
  let head: Browser
  const json = async (response: Response): Promise<Record<string, unknown>> =>
    (await response.json()) as Record<string, unknown>

  before(async () => {
    portal = await createTestApp()
    portal.clock.now = new Date()
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    office = await createTestOffice(portal.deps, 'contoh', sop)
    administrator = await signedIn(portal, office.member('administrator'))
    head = await signedIn(portal, office.member('head-of-office'))
    makeSigningKey(join(portal.keys, 'contoh'), 'kepala.p12', { name: certificateName, passphrase })
  })
  after(() => portal.close())

  /** Another reply to the same request, as after an appeal. */
  const laterLetter = (id: string) =>
    inScope(portal.deps.db, { officeId: office.id }, async (tx) => {
      const {
        id: _id,
        data,
        certificate: _none,
        ...known
      } = await tx.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      await tx
        .insertInto('letters')
        .values({
          ...known,
          id: randomUUID(),
          visit: known.visit! + 1,
          seq: 99,
          number: '555/99/CONTOH',
          verification_code: 'CONTOH-LATERLETTER1',
          data: JSON.stringify(data),
          issued_at: new Date(known.issued_at!.getTime() + 1000),
        })
        .execute()
    })

  test('an administrator connects the key file, tries it, and appoints who signs', async () => {
    const wrong = await administrator.post('/o/contoh/server/baru', {
      driver: 'p12',
      name: 'Kunci',
      file: '../tetangga/kepala.p12',
    })
    assert.equal(wrong.status, 422)
    const made = await administrator.post('/o/contoh/server/baru', {
      driver: 'p12',
      name: 'Kunci kepala dinas',
      file: 'kepala.p12',
    })
    assert.equal(made.status, 303, await made.text())
    const serverPath = made.headers.get('location')!
    await administrator.post(`${serverPath}/uji`)
    assert.match(await (await administrator.get(serverPath)).text(), /Berkas kunci ada di tempatnya/)
    const input = {
      personId: office.member('head-of-office').personId,
      post: 'Kepala Dinas Contoh',
      name: 'Nama Pejabat Contoh, S.Kom.',
      nip: '00000000 000000 0 000',
      fromDay: '2026-01-01',
      serverId: serverPath.split('/').at(-1)!,
    }
    const half = await administrator.post('/o/contoh/penanda-tangan/baru', input)
    assert.equal(half.status, 422, 'a key without the name on its certificate')
    const full = await administrator.post('/o/contoh/penanda-tangan/baru', { ...input, certificateName })
    assert.equal(full.status, 303, await full.text())
    const again = await administrator.api('POST', '/offices/contoh/signatories', {
      ...input,
      certificateName,
    })
    assert.equal((await json(again))['reason'], 'signatory-overlaps')
    assert.match(
      await (await administrator.get('/o/contoh/penanda-tangan')).text(),
      /Menandatangani hari ini/,
    )
    assert.equal((await head.api('POST', '/offices/contoh/signatories', input)).status, 403)
    const inUse = await administrator.api('DELETE', `/offices/contoh/servers/${input.serverId}`)
    assert.equal((await json(inUse))['reason'], 'server-in-use')
  })

  test('the head reads the letter, enters the passphrase, and the public verifies the signed file', async () => {
    const { letterId } = await refusalLetter(portal, office, 'portal')
    const list = await (await head.get('/o/contoh/tanda-tangan')).text()
    assert.ok(list.includes(`/o/contoh/tanda-tangan/${letterId}`))
    const at = `/o/contoh/tanda-tangan/${letterId}`
    assert.match(await (await head.get(at)).text(), /Passphrase/)
    const unsigned = Buffer.from(
      await (await head.get(`/o/contoh/tanda-tangan/${letterId}/konsep`)).arrayBuffer(),
    )
    const operator = await signedIn(portal, office.member('operator'))
    assert.equal((await operator.post(at, { passphrase })).status, 403)
    const wrong = await head.post(at, { passphrase: 'salah sekali' })
    assert.equal(wrong.status, 422)
    const shown = await wrong.text()
    assert.match(shown, /Passphrase salah/)
    assert.ok(!shown.includes('salah sekali'), 'a passphrase is never given back')
    const done = await head.post(at, { passphrase })
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/o/contoh/tanda-tangan'])
    const signed = Buffer.from(await (await head.get(`/o/contoh/surat/${letterId}/pdf`)).arrayBuffer())
    assert.ok(signed.subarray(0, unsigned.length).equals(unsigned) && signed.length > unsigned.length)
    const page = await (await head.get(`/o/contoh/surat/${letterId}`)).text()
    const visitor = portal.visit()
    const answer = await visitor.post('/periksa', { berkas: new File([new Uint8Array(signed)], 'surat.pdf') })
    assert.equal(answer.headers.get('location'), `/periksa/${code.exec(page)![1]}?berkas=sama&ttd=utuh`)
    const facts = await (await visitor.get(answer.headers.get('location')!)).text()
    for (const words of [certificateName, 'ditolak', 'tidak ada yang berubah sejak ditandatangani'])
      assert.ok(facts.includes(words), words)
    const changed = Buffer.from(signed)
    changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
    const file = new File([new Uint8Array(changed)], 'surat.pdf')
    const refused = await visitor.post('/periksa', { berkas: file })
    assert.match(await refused.text(), /berkas telah berubah sesudah ditandatangani/)
    const over = await visitor.send('/api/v1/public/letter-verifications', {
      method: 'POST',
      body: new Uint8Array(changed),
      headers: { 'content-type': 'application/pdf', origin: 'http://portal.test' },
    })
    assert.deepEqual([over.status, (await json(over))['reason']], [404, 'letter-changed'])
    const said = async (octets: Buffer): Promise<string> => {
      const sent = await visitor.post('/periksa', { berkas: new File([new Uint8Array(octets)], 'surat.pdf') })
      assert.equal(sent.status, 422)
      return sent.text()
    }
    const number = /<h1[^>]*>([^<]+)/.exec(page)![1]!.trim()
    const begins = new RegExp(
      `berawal dari surat nomor ${number.replaceAll('/', '\\/')}[^]*mintalah berkas aslinya`,
    )
    const grown = await said(Buffer.concat([signed, Buffer.from('1 0 obj\n<< >>\nendobj\n%%EOF\n')]))
    assert.match(grown, begins)
    assert.doesNotMatch(grown, /atas nama/)
    const stranger = makeSigningKey(portal.keys, 'asing.p12', { name: 'Orang \u202Elain', passphrase })
    const [key, certificate] = [createPrivateKey(stranger.key), new X509Certificate(stranger.certificate).raw]
    const byStranger = (octets: Buffer): Buffer => signDetached(octets, key, [certificate])
    const twice = await said(await addSignature(signed, 'ETSI.CAdES.detached', byStranger))
    assert.match(twice, begins)
    assert.match(twice, /atas nama Orang {2}?lain/)
    const other = placeSignature(
      Buffer.from(unsigned.toString('latin1').replace('%PDF-1.7', '%PDF-1.6'), 'latin1'),
      { name: 'x', at: new Date(), reason: 'x', stamped: false },
      byStranger,
    )
    assert.match(await said(other), /bukan surat dari kantor mana pun[^]*atas nama Orang/)
    assert.match(await said(Buffer.from('%%EOF'.repeat(10_000))), /id="[^"]*berkas|tidak/)
    assert.match(await said(Buffer.alloc(11 * 1024 * 1024, '%%EOF\n')), /tidak/)
  })

  test('the same over the API; a letter that a later one replaces no longer stands', async () => {
    const { letterId } = await refusalLetter(portal, office, 'api')
    const waiting = await json(await head.api('GET', '/offices/contoh/signatures'))
    assert.deepEqual(
      (waiting['items'] as { id: string }[]).map(({ id }) => id),
      [letterId],
    )
    const path = `/offices/contoh/letters/${letterId}`
    const wrong = await head.api('PUT', `${path}/signature`, { passphrase: 'salah' })
    assert.deepEqual([wrong.status, (await json(wrong))['reason']], [422, 'wrong-passphrase'])
    assert.equal((await head.api('PUT', `${path}/signature`, { passphrase })).status, 200)
    const letter = await json(await head.api('GET', path))
    assert.equal((letter['certificate'] as { commonName: string }).commonName, certificateName)
    const link = 'https://srikandi.example/surat/1'
    const archive = { number: '000.8/12/2026', date: '2026-03-02', link }
    assert.equal((await head.api('PUT', `${path}/archive-reference`, archive)).status, 200)
    assert.deepEqual((await json(await head.api('GET', path)))['archive'], archive)
    for (const scheme of [
      'javascript:',
      ' javascript:',
      'JavaScript:',
      'java\nscript:',
      'data:text/html,',
      '//',
    ]) {
      const bad = { link: `${scheme}alert(1)` }
      assert.equal((await head.api('PUT', `${path}/archive-reference`, bad)).status, 422, scheme)
      assert.equal((await head.post(`/o/contoh/surat/${letterId}/arsip`, bad)).status, 422, scheme)
    }
    const shown = await (await head.get(`/o/contoh/surat/${letterId}`)).text()
    assert.ok(shown.includes(`href="${link}"`), shown)
    const csv = await (await head.api('GET', '/offices/contoh/letters?format=csv')).text()
    assert.match(csv, /000\.8\/12\/2026.*2026-03-02.*https:\/\/srikandi\.example\/surat\/1/)
    const verified = await json(await portal.visit().api('GET', `/public/letters/${String(letter['code'])}`))
    assert.deepEqual([verified['stands'], verified['decision']], [true, 'refused'])
    await laterLetter(letterId)
    const replaced = await json(await portal.visit().api('GET', `/public/letters/${String(letter['code'])}`))
    assert.deepEqual([replaced['stands'], replaced['replacedBy']], [false, '555/99/CONTOH'])
    assert.match(
      await (await portal.visit().get(`/periksa/${String(letter['code'])}`)).text(),
      /sudah digantikan oleh surat nomor 555\/99\/CONTOH/,
    )
  })

  test('a letter given back and a foreign office see nothing of it', async () => {
    const { letterId } = await refusalLetter(portal, office, 'kembali')
    const foreign = await createTestOffice(portal.deps, 'tetangga', office.sop)
    const other = await signedIn(portal, foreign.member('head-of-office'))
    const path = `/offices/tetangga/letters/${letterId}`
    assert.equal((await other.api('PUT', `${path}/signature`, { passphrase })).status, 404)
    assert.equal((await other.api('GET', `${path}/unsigned-file`)).status, 404)
    assert.equal((await other.get(`/o/tetangga/tanda-tangan/${letterId}`)).status, 404)
    const back = `/o/contoh/tanda-tangan/${letterId}/kembalikan`
    assert.equal((await head.post(back, { reason: 'pendek' })).status, 422)
    assert.equal((await head.post(back, { reason: 'Dasar penolakan kurang jelas.' })).status, 303)
    assert.equal((await head.get(`/o/contoh/tanda-tangan/${letterId}`)).status, 404)
  })

  test('the passphrase lies in no table, no file and no fault', async () => {
    assert.deepEqual(portal.faults, [])
    const places = [...(await tablesOf(portal.database.ownerUrl)), ...(await filesOf(portal.keys))]
    assert.deepEqual(placesWith(passphrase, places), [])
    assert.deepEqual(placesWith(passphrase.trim(), places), [])
  })
})
