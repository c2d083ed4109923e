import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createDraft } from '../../../src/actions/requests/save-draft.ts'
import { verifyFile } from '../../../src/cli/logbook-verifier.ts'
import { follow } from '../../../src/cli/logbook-verifier/handover.ts'
import { openCheckpoint, trust } from '../../../src/cli/logbook-verifier/note.ts'
import { cosignatureLine, privateKeyOf, vkeyOf } from '../../../src/domain/logbook/note.ts'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { layIssuedLetter, signingFor, writeEntries } from '../../support/checkpoints.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

const code = 'CONTOH-7F3K9QXA2B4C'
const sha256 = createHash('sha256').update(samplePdf).digest('hex')
const witness = { name: 'inspektorat.example/saksi', key: privateKeyOf(Buffer.alloc(32, 5)) }
const witnessVkey = vkeyOf(witness.name, 'cosignature', witness.key)

let portal: TestApp
let office: TestOffice
let other: TestOffice
let sign: (officeId: string) => Promise<void>
let visitor: Browser
let administrator: Browser
let folder: string

before(async () => {
  portal = await createTestApp()
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  office = await createTestOffice(portal.deps, 'contoh', sop)
  other = await createTestOffice(portal.deps, 'tetangga', sop)
  sign = signingFor(portal.deps)
  visitor = portal.visit()
  administrator = await signedIn(portal, office.member('administrator'))
  folder = await mkdtemp(join(tmpdir(), 'ranah-receipts-'))
  await createDraft(portal.deps, office.member('applicant'), {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication('surat'),
  })
})
after(async () => {
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

const published = (path: string, of = office) =>
  visitor.api('GET', `/public/offices/${of.slug}/logbook/${path}`)
const checkpointOf = async (of = office): Promise<string> => (await published('checkpoint', of)).text()
async function vkeyOfOffice(of = office): Promise<string> {
  const { names } = (await (await published('keys', of)).json()) as { names: { vkey: string }[] }
  return names[0]!.vkey
}
async function judge(file: string, held: { vkeys: string[]; checkpoints?: string[] }): Promise<string> {
  const put = async (name: string, content: string) => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const checkpoints = await Promise.all((held.checkpoints ?? []).map((each, nth) => put(`kept-${nth}`, each)))
  const { verdict } = await verifyFile(await put('file', file), { heads: [], vkeys: held.vkeys, checkpoints })
  return verdict.verdict === 'ok' ? 'ok' : verdict.why
}
const sendBack = (size: number, line: string, of = office) =>
  visitor.api('POST', `/public/offices/${of.slug}/logbook/cosignatures`, { size, line })
function cosign(note: string, at: Date, key = witness.key, name = witness.name): string {
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return cosignatureLine(name, key, text, at).trimEnd()
}

describe('before the first checkpoint', () => {
  test('there is none, and the letter says when its receipt will be there', async () => {
    await layIssuedLetter(portal, office.id, { code, sha256 })
    assert.equal((await published('checkpoint')).status, 404)
    assert.equal((await published('consistency?from=1')).status, 404)
    const page = await (await visitor.get(`/periksa/${code}`)).text()
    assert.match(page, /siap dalam satu menit/)
    assert.doesNotMatch(page, /tanda-terima"/)
    const receipt = await visitor.api('GET', `/public/letters/${code}/receipt`)
    assert.deepEqual(
      [receipt.status, ((await receipt.json()) as { reason: string }).reason],
      [404, 'no-receipt-yet'],
    )
    assert.match(await (await visitor.get('/buku-log')).text(), /pertama ditandatangani dalam satu menit/)
  })
})

describe('a letter that was issued', () => {
  test('has a receipt behind its QR code that the offline verifier accepts, with the digest of the file', async () => {
    await writeEntries(portal.deps, office.id, 3)
    await sign(office.id)
    const page = await (await visitor.get(`/periksa/${code}`)).text()
    assert.match(page, new RegExp(`/periksa/${code}/tanda-terima`))
    const download = await visitor.get(`/periksa/${code}/tanda-terima`)
    assert.match(download.headers.get('content-disposition')!, /\.tlog-proof"/)
    const file = await download.text()
    assert.equal(file, await (await visitor.api('GET', `/public/letters/${code}/receipt`)).text())
    assert.equal(await judge(file, { vkeys: [await vkeyOfOffice()] }), 'ok')
    const entry = Buffer.from(/^extra (.*)$/m.exec(file)![1]!, 'base64').toString('utf8')
    assert.ok(entry.includes(sha256) && entry.includes(code))
  })

  test('unknown, foreign and unissued letters have none', async () => {
    for (const unknown of ['CONTOH-AAAAAAAAAAAA', 'TETANGGA-7F3K9QXA2B4C', 'x'])
      for (const path of [`/periksa/${unknown}/tanda-terima`, `/api/v1/public/letters/${unknown}/receipt`])
        assert.equal((await visitor.get(path)).status, 404, path)
  })
})

describe('proofs', () => {
  test('an entry is proven to those who read the logbook, and to nobody else', async () => {
    const auditor = await signedIn(portal, office.member('auditor'))
    const answer = await auditor.api('GET', `/offices/contoh/logbook/2/receipt`)
    assert.equal(await judge(await answer.text(), { vkeys: [await vkeyOfOffice()] }), 'ok')
    const page = await auditor.get('/o/contoh/buku-log/2/tanda-terima')
    assert.equal(page.status, 200)
    assert.match(await (await auditor.get('/o/contoh/buku-log')).text(), /buku-log\/2\/tanda-terima/)
    for (const path of ['0', '999', '1e1', 'x', '-1', '2.0'])
      assert.equal((await auditor.get(`/o/contoh/buku-log/${path}/tanda-terima`)).status, 404, path)
    const applicant = await signedIn(portal, office.member('applicant'))
    assert.equal((await applicant.api('GET', '/offices/contoh/logbook/2/receipt')).status, 403)
    const stranger = await signedIn(portal, other.member('auditor'))
    assert.equal((await stranger.api('GET', '/offices/contoh/logbook/2/receipt')).status, 404)
  })

  test('a kept checkpoint is continued by every later one', async () => {
    const kept = await checkpointOf()
    const vkeys = [await vkeyOfOffice()]
    const { size } = openCheckpoint(kept, vkeys.map(trust))
    await writeEntries(portal.deps, office.id, 6)
    await sign(office.id)
    const proof = await published(`consistency?from=${size}`)
    assert.equal(await judge(await proof.text(), { vkeys, checkpoints: [kept] }), 'ok')
    const same = await published(`consistency?from=${size}&to=${size}`)
    assert.equal(await judge(await same.text(), { vkeys, checkpoints: [kept] }), 'ok')
    for (const wrong of ['', '?from=0', '?from=x', '?from=999', '?from=2&to=1', '?from=1&to=2'])
      assert.ok([404, 422, 400].includes((await published(`consistency${wrong}`)).status), wrong)
    assert.equal((await visitor.api('GET', '/public/offices/tiada/logbook/checkpoint')).status, 404)
  })

  test('an export agrees with the checkpoint that was kept', async () => {
    const kept = await checkpointOf()
    const answer = await administrator.get('/api/v1/offices/contoh/logbook/export')
    assert.equal(
      await judge(await answer.text(), { vkeys: [await vkeyOfOffice()], checkpoints: [kept] }),
      'ok',
    )
  })
})

describe('witnesses', () => {
  const refused = async (answer: Response): Promise<string> =>
    `${answer.status} ${((await answer.json()) as { reason: string }).reason}`

  test('only an administrator adds one, with the key of a witness', async () => {
    const operator = await signedIn(portal, office.member('operator'))
    const input = { organisation: 'Inspektorat Contoh', vkey: witnessVkey }
    assert.equal((await operator.api('POST', '/offices/contoh/logbook/witnesses', input)).status, 403)
    assert.match(await (await operator.get('/o/contoh/buku-log/saksi')).text(), /Belum ada saksi/)
    for (const vkey of ['', 'x', await vkeyOfOffice(), witnessVkey.slice(0, -2)])
      assert.equal(
        (await administrator.api('POST', '/offices/contoh/logbook/witnesses', { ...input, vkey })).status,
        422,
      )
    const form = await administrator.post('/o/contoh/buku-log/saksi', { organisation: 'X', vkey: 'salah' })
    assert.match(await form.text(), /bukan kunci publik saksi/)
  })

  test('a cosignature is taken from a known witness only, fitting and not from the future', async () => {
    const note = await checkpointOf()
    const { size } = openCheckpoint(note, [trust(await vkeyOfOffice())])
    const now = portal.deps.now()
    assert.equal(await refused(await sendBack(size, cosign(note, now))), '403 witness-unknown')
    const added = await administrator.post('/o/contoh/buku-log/saksi', {
      organisation: 'Inspektorat Contoh',
      vkey: ` ${witnessVkey} `,
    })
    assert.equal(added.status, 303)
    const again = { organisation: 'Inspektorat Lain', vkey: witnessVkey }
    assert.equal((await administrator.api('POST', '/offices/contoh/logbook/witnesses', again)).status, 409)
    const thief = privateKeyOf(Buffer.alloc(32, 6))
    assert.equal(await refused(await sendBack(size, cosign(note, now, thief))), '403 witness-unknown')
    const good = cosign(note, now)
    const [, , octets] = good.split(' ')
    const bent = Buffer.from(octets!, 'base64')
    bent[40]! ^= 1
    assert.equal(
      await refused(await sendBack(size, `— ${witness.name} ${bent.toString('base64')}`)),
      '422 cosignature-wrong',
    )
    const older = (await published(`consistency?from=1&to=${size}`)).status
    assert.equal(older, 200)
    assert.equal(await refused(await sendBack(size - 1, good)), '404 not-found')
    const ahead = cosign(note, new Date(now.getTime() + 3_600_000))
    assert.equal(await refused(await sendBack(size, ahead)), '422 cosignature-wrong')
    for (const line of ['x', `${good}\n${good}`, note.split('\n\n')[1]!.trimEnd(), ' '])
      assert.ok([403, 422].includes((await sendBack(size, line)).status), line)
    assert.equal((await sendBack(size, good)).status, 201)
    assert.equal(
      (await sendBack(size, cosign(note, new Date(now.getTime() - 60_000)))).status,
      201,
      'an older one',
    )
    const opened = openCheckpoint(await checkpointOf(), [await vkeyOfOffice(), witnessVkey].map(trust))
    assert.deepEqual(opened.cosigned, [
      { name: witness.name, at: new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString() },
    ])
    assert.match(await (await visitor.get('/buku-log')).text(), /Inspektorat Contoh/)
    assert.match(await (await visitor.get(`/periksa/${code}`)).text(), /Disaksikan oleh: Inspektorat Contoh/)
    assert.match(await (await administrator.get('/o/contoh/buku-log/saksi')).text(), /Inspektorat Contoh/)
  })

  test('a receipt goes by the newest checkpoint that was witnessed, where there is one', async () => {
    await writeEntries(portal.deps, office.id, 2)
    await sign(office.id)
    const file = await (await visitor.api('GET', `/public/letters/${code}/receipt`)).text()
    assert.ok(file.includes(witness.name))
    assert.ok(!(await checkpointOf()).includes(witness.name))
    assert.equal(await judge(file, { vkeys: [await vkeyOfOffice(), witnessVkey] }), 'ok')
  })

  test('one office knows nothing of the witnesses of another', async () => {
    await writeEntries(portal.deps, other.id, 2)
    await sign(other.id)
    const note = await checkpointOf(other)
    assert.equal(
      await refused(await sendBack(3, cosign(note, portal.deps.now()), other)),
      '403 witness-unknown',
    )
    const [row] = await asOwner(portal.database, 'select id from logbook_witnesses')
    const stranger = await signedIn(portal, other.member('administrator'))
    assert.equal(
      (await stranger.api('POST', `/offices/tetangga/logbook/witnesses/${String(row!.id)}/end`)).status,
      404,
    )
  })

  test('one that was ended is turned down; what it signed stays', async () => {
    const [row] = await asOwner(portal.database, 'select id from logbook_witnesses')
    const ended = await administrator.post(`/o/contoh/buku-log/saksi/${String(row!.id)}/akhiri`)
    assert.equal(ended.status, 303)
    const note = await checkpointOf()
    const { size } = openCheckpoint(note, [trust(await vkeyOfOffice())])
    assert.equal(await refused(await sendBack(size, cosign(note, portal.deps.now()))), '403 witness-unknown')
    assert.ok(
      (await (await visitor.api('GET', `/public/letters/${code}/receipt`)).text()).includes(witness.name),
    )
    assert.equal((await administrator.post(`/o/contoh/buku-log/saksi/${String(row!.id)}/akhiri`)).status, 404)
    assert.equal(portal.faults.length, 0)
  })

  test('an administrator has the key replaced, once; readers see it on its way', async () => {
    const page = '/o/contoh/buku-log/saksi'
    const reader = await signedIn(portal, office.member('auditor'))
    assert.match(await (await reader.get(page)).text(), /Kunci penandatanganan/)
    assert.doesNotMatch(await (await reader.get(page)).text(), /ganti-kunci/)
    assert.equal((await reader.post(`${page}/ganti-kunci`)).status, 403)
    assert.equal((await reader.api('POST', '/offices/contoh/logbook/key-renewal')).status, 403)
    const before_ = await vkeyOfOffice()
    assert.equal((await administrator.post(`${page}/ganti-kunci`)).status, 303)
    const again = await administrator.api('POST', '/offices/contoh/logbook/key-renewal')
    assert.equal(await refused(again), '409 renewal-asked')
    assert.match(await (await reader.get(page)).text(), /sudah diminta/)
    assert.equal(await (await published('handovers')).text(), '')
    await sign(office.id)
    const passed = await (await published('handovers')).text()
    const line = follow([trust(before_)], passed)
    assert.equal(openCheckpoint(await checkpointOf(), line).origin, line[1]!.name)
    assert.ok((await (await visitor.get('/buku-log')).text()).includes(before_))
    assert.equal((await published('handovers', other)).status, 200)
  })
})
