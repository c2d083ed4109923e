import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

const people =
  'admin-nama,admin-jabatan,admin-telepon,admin-surel,teknis-nama,teknis-jabatan,teknis-telepon,teknis-surel'
const person = 'Pegawai Contoh,Pranata Komputer,0800 0000 000,pegawai@contoh.example'
const heading = `nama,perangkat-daerah,terdaftar-sampai,${people}`
const service = (name: string, agency = 'Dinas Contoh', until = '2026-12-31') =>
  `${name},${agency},${until},${person},${person}`
const csv = (...lines: readonly string[]) => new File([lines.join('\n')], 'data.csv', { type: 'text/csv' })

describe('agencies, imports and settings of an office', () => {
  let portal: TestApp
  let office: TestOffice
  let admin: Browser
  before(async () => {
    portal = await createTestApp()
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    office = await createTestOffice(portal.deps, 'contoh', sop)
    await createTestOffice(portal.deps, 'tetangga', sop)
    admin = await signedIn(portal, office.member('administrator'))
  })
  after(() => portal.close())
  const page = '/o/contoh/impor'
  const count = async (table: string): Promise<number> => {
    const [row] = await asOwner(portal.database, `select count(*)::int as n from ${table}`)
    return row!['n'] as number
  }

  test('an agency is added once, changed, and archived', async () => {
    const path = '/o/contoh/perangkat-daerah'
    assert.equal((await admin.post(`${path}/baru`, { name: 'Dinas Baru', shortName: 'DB' })).status, 303)
    assert.equal((await admin.post(`${path}/baru`, { name: 'Dinas Baru' })).status, 409)
    assert.equal((await admin.post(`${path}/baru`, { name: ' ' })).status, 422)
    const list = await (await admin.get(path)).text()
    const own = /href="(\/o\/contoh\/perangkat-daerah\/[0-9a-f-]{36})">Dinas Baru/.exec(list)![1]!
    assert.equal((await admin.post(own, { name: 'Dinas Baru', archived: 'yes' })).status, 303)
    assert.match(await (await admin.get(path)).text(), /Diarsipkan/)
    const auditor = await signedIn(portal, office.member('auditor'))
    assert.equal((await auditor.get(path)).status, 200)
    assert.equal((await auditor.post(own, { name: 'x' })).status, 403)
    assert.equal((await admin.get(own.replace('contoh', 'tetangga'))).status, 404)
  })

  test('a preview stores nothing; an import stores all, and leaves out what is there', async () => {
    const before = await count('agencies')
    const rows = [
      'nama,singkatan,surel',
      'Dinas Satu,DS,satu@contoh.example',
      '"Dinas ""Dua"", B",,',
      'Dinas Contoh,,',
    ]
    const preview = await (await admin.post(page, { kind: 'agencies', file: csv(...rows) })).text()
    assert.match(preview, /2 baris siap dimasukkan/)
    assert.match(preview, /1 baris sudah ada/)
    assert.equal(await count('agencies'), before)
    const applied = await admin.post(page, { kind: 'agencies', csv: rows.join('\n'), apply: 'yes' })
    assert.equal(applied.status, 303)
    assert.equal(await count('agencies'), before + 2)
  })

  test('existing services hold their names; one bad line keeps the whole file out', async () => {
    const bad = [
      heading,
      service(`arsip.${office.zone}`),
      service(`arsip.${office.zone}`),
      service('arsip.lain.go.id'),
      service(`web_1.${office.zone}`, 'Dinas Tiada'),
      service(`telat.${office.zone}`, 'Dinas Contoh', '31-12-2026'),
    ]
    const refused = await admin.post(page, { kind: 'services', file: csv(...bad) })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Baris 3: Sama dengan baris 2/)
    const worse = [heading, service('arsip.lain.go.id'), service(`web_1.${office.zone}`, 'Dinas Tiada')]
    const html = await (await admin.post(page, { kind: 'services', file: csv(...worse) })).text()
    for (const part of [/Baris 2: .*tidak berada di bawah/, /Baris 3: .*Dinas Tiada/])
      assert.match(html, part)
    assert.equal(await count('services'), 0)
    const good = [
      heading,
      service(`arsip.${office.zone}`),
      service(`ppid.${office.zone}`, 'dinas contoh', ''),
    ]
    const answer = await admin.send('/api/v1/offices/contoh/imports/services', {
      method: 'POST',
      body: good.join('\n'),
      headers: { origin: 'http://portal.test', 'content-type': 'text/csv' },
    })
    assert.deepEqual(await answer.json(), { added: 2, known: 0 })
    assert.equal(await count('services where imported'), 2)
    assert.equal(await count('held_names where service_id is not null and released_at is null'), 2)
    assert.match(await (await portal.visit().get('/daftar-subdomain')).text(), /ppid\.contohkab\.example/)
  })

  test('what looks like a formula leaves the house as text', async () => {
    await admin.post('/o/contoh/perangkat-daerah/baru', { name: '=HYPERLINK("http://jahat.example")' })
    const rows = [heading, service(`rumus.${office.zone}`, '"=HYPERLINK(""http://jahat.example"")"')]
    assert.equal(
      (await admin.post(page, { kind: 'services', csv: rows.join('\n'), apply: 'yes' })).status,
      303,
    )
    const file = await (await portal.visit().get('/o/contoh/daftar-subdomain/csv')).text()
    assert.match(file, /"'=HYPERLINK/)
    assert.doesNotMatch(file, /(^|,)"?=/m)
  })

  test('people are invited once each, by mail', async () => {
    const rows = ['nama,surel,perangkat-daerah', 'Ani Contoh,ani@contoh.example,Dinas Contoh']
    const mails = async () => (await portal.jobs()).filter((job) => job.name === 'send-mail').length
    const before = await mails()
    for (let time = 0; time < 2; time += 1)
      assert.equal(
        (await admin.post(page, { kind: 'contacts', csv: rows.join('\n'), apply: 'yes' })).status,
        303,
      )
    assert.equal(await mails(), before + 1)
    const notes = await asOwner(portal.database, 'select text from logbook_entries')
    assert.doesNotMatch(JSON.stringify(notes), /ani@contoh/)
  })

  test('hostile files are refused with a sentence', async () => {
    for (const hostile of [
      '',
      '\u0000',
      '"',
      'nama\n"x',
      'x,y\n1,2',
      'nama,nama\na,b',
      `nama\n${'a\n'.repeat(5000)}`,
    ]) {
      const answer = await admin.post(page, { kind: 'agencies', file: new File([hostile], 'a.csv') })
      assert.equal(answer.status, 422, JSON.stringify(hostile.slice(0, 20)))
    }
    const large = new File([new Uint8Array(1024 * 1024 + 1)], 'a.csv')
    assert.equal((await admin.post(page, { kind: 'agencies', file: large })).status, 413)
    assert.equal((await admin.post(page, { kind: 'apa-saja', file: csv('nama') })).status, 422)
    const operator = await signedIn(portal, office.member('operator'))
    assert.equal((await operator.post(page, { kind: 'agencies', file: csv('nama', 'X') })).status, 403)
    assert.equal(portal.faults.length, 0, JSON.stringify(portal.faults[0]))
  })

  test('settings: letterhead, patterns with the next number, one zone one time', async () => {
    const path = '/o/contoh/pengaturan'
    const letterhead = {
      government: 'PEMERINTAH KABUPATEN CONTOH',
      name: 'Dinas Contoh',
      place: 'Contoh',
      paper: 'F4',
      addressLines: 'Jalan Contoh 1\nContoh 12345',
    }
    assert.equal((await admin.post(path, letterhead)).status, 303)
    assert.equal((await admin.post(path, { ...letterhead, paper: 'A0' })).status, 422)
    assert.equal((await admin.post(path, { ...letterhead, addressLines: '1\n2\n3\n4\n5' })).status, 422)
    const patterns = {
      'pattern.incoming': '{seq:3}/{year}',
      'pattern.outgoing': 'B-{seq:3}/{class}/{romanMonth}/{year}',
      'pattern.hand-over': 'BAST-{seq}/{year}',
      'class.outgoing': '000.8.3.3',
    }
    assert.equal((await admin.post(`${path}/penomoran`, patterns)).status, 303)
    assert.match(await (await admin.get(path)).text(), /Nomor berikutnya: B-001\/000\.8\.3\.3\/III\/2026/)
    const bad = await admin.post(`${path}/penomoran`, { ...patterns, 'pattern.outgoing': '{tahun}' })
    assert.equal(bad.status, 422)
    assert.equal((await admin.post(`${path}/domain`, { zone: 'barukab.go.id' })).status, 303)
    for (const zone of ['barukab.go.id', `anak.${office.zone}`, 'tetanggakab.example'])
      assert.equal((await admin.post(`${path}/domain`, { zone })).status, 409, zone)
    assert.equal((await admin.post(`${path}/domain`, { zone: 'bukan domain' })).status, 422)
    assert.equal((await portal.jobs()).filter((job) => job.name === 'create-zone').length, 1)
  })

  test('a logo draws and does nothing else', async () => {
    const path = '/o/contoh/pengaturan/logo'
    const post = (text: string) => admin.post(path, { logo: new File([text], 'logo.svg') })
    for (const bad of [
      'GIF89a',
      '<html><svg></svg></html>',
      '<svg><script>alert(1)</script></svg>',
      '<svg onload="alert(1)"></svg>',
      '<svg><a href="javascript:alert(1)">x</a></svg>',
      '<svg><image href="https://jahat.example/x.png"/></svg>',
      '<svg><use href="https://jahat.example/x.svg#a"/></svg>',
      '<svg><style>@import url(https://jahat.example)</style></svg>',
      '<svg><rect style="fill:url(https://jahat.example)"/></svg>',
      '<svg><foreignObject><p>x</p></foreignObject></svg>',
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
      '<svg><a href="&#106;avascript:alert(1)">x</a></svg>',
    ])
      assert.equal((await post(bad)).status, 422, bad)
    assert.equal((await portal.visit().get('/o/contoh/logo')).status, 404)
    assert.equal((await portal.visit().api('GET', '/public/offices/contoh/logo')).status, 404)
    const good = '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"/></defs><use href="#a"/></svg>'
    assert.equal((await post(good)).status, 303)
    const logo = await portal.visit().get('/o/contoh/logo')
    assert.equal(logo.headers.get('content-type'), 'image/svg+xml')
    assert.match(logo.headers.get('content-security-policy')!, /sandbox/)
    const same = await portal.visit().api('GET', '/public/offices/contoh/logo')
    assert.equal(same.headers.get('content-type'), 'image/svg+xml')
    assert.match(same.headers.get('content-security-policy')!, /sandbox/)
    assert.equal(await same.text(), good)
    assert.match(await (await portal.visit().get('/')).text(), /Dinas Contoh/)
  })
})
