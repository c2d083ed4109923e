import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'

import { Refused } from '../../../src/domain/refused.ts'
import { eventually } from '../../support/dns-server.ts'
import { curl, runClient, scratchDirectory, siteNamed, startHost } from './running-host.ts'
import { type MadeEntry, makeZip } from './zip-maker.ts'

const FQDN = 'aset.contohkab.go.id'
const MEBIBYTE = 1024 * 1024
const INDEX: MadeEntry = { name: 'index.html', data: '<title>Jahat</title>' }
const link = (name: string, target: string): MadeEntry => ({ name, data: target, mode: 0o120777 })

const HOSTILE: readonly (readonly [string, string, Buffer])[] = [
  ['not a ZIP', 'archive-not-zip', Buffer.from('bukan zip')],
  ['nothing at all', 'archive-not-zip', Buffer.alloc(0)],
  ['cut off', 'archive-not-zip', makeZip([INDEX]).subarray(0, 40)],
  ['no files', 'archive-empty', makeZip([])],
  ['only folders', 'archive-empty', makeZip([{ name: 'a/', mode: 0o040755 }])],
  ['link to a file outside', 'archive-link', makeZip([INDEX, link('a.html', '/etc/passwd')])],
  ['link to a folder, then a file in it', 'archive-link', makeZip([link('a', '/tmp'), { name: 'a/x' }])],
  ['device', 'archive-special-file', makeZip([INDEX, { name: 'a', mode: 0o020666 }])],
  ['pipe', 'archive-special-file', makeZip([INDEX, { name: 'a', mode: 0o010644 }])],
  ['socket', 'archive-special-file', makeZip([INDEX, { name: 'a', mode: 0o140644 }])],
  [
    'file that calls itself a folder',
    'archive-special-file',
    makeZip([INDEX, { name: 'a/', mode: 0o100644 }]),
  ],
  ['folder with data', 'archive-malformed', makeZip([INDEX, { name: 'a/', data: 'x', mode: 0o040755 }])],
  ['climbing', 'archive-path', makeZip([INDEX, { name: '../../site.json' }])],
  ['climbing in the middle', 'archive-path', makeZip([INDEX, { name: 'a/../../x' }])],
  ['absolute', 'archive-path', makeZip([INDEX, { name: '/etc/cron.d/x' }])],
  ['drive letter', 'archive-path', makeZip([INDEX, { name: 'C:x' }])],
  ['backslashes', 'archive-path', makeZip([INDEX, { name: '..\\..\\x' }])],
  ['a zero byte in a name', 'archive-path', makeZip([INDEX, { name: 'a\0.html' }])],
  ['a name that is not UTF-8', 'archive-path', makeZip([INDEX, { name: Buffer.from([0x61, 0xff, 0xfe]) }])],
  ['an empty component', 'archive-path', makeZip([INDEX, { name: 'a//b' }])],
  ['a dot component', 'archive-path', makeZip([INDEX, { name: './b' }])],
  ['a long name', 'archive-path', makeZip([INDEX, { name: 'x'.repeat(256) }])],
  ['too deep', 'archive-path', makeZip([INDEX, { name: 'd/'.repeat(40) + 'x' }])],
  ['the same name twice', 'archive-duplicate', makeZip([INDEX, INDEX])],
  ['names that differ in case', 'archive-duplicate', makeZip([INDEX, { name: 'INDEX.html' }])],
  ['names that differ in composition', 'archive-duplicate', makeZip([{ name: 'é' }, { name: 'é' }])],
  ['a file that is also a folder', 'archive-duplicate', makeZip([{ name: 'a' }, { name: 'a/b' }])],
  ['encrypted', 'archive-encrypted', makeZip([INDEX, { name: 'a', data: 'x', flags: 1 }])],
  ['unknown compression', 'archive-method', makeZip([{ ...INDEX, method: 12 }])],
  ['wrong checksum', 'archive-malformed', makeZip([{ ...INDEX, claimedCrc: 1 }])],
  [
    'larger than claimed',
    'archive-malformed',
    makeZip([{ ...INDEX, data: 'x'.repeat(9_999), claimedSize: 10 }]),
  ],
  ['smaller than claimed', 'archive-malformed', makeZip([{ ...INDEX, claimedSize: 5_000 }])],
  [
    'not deflate at all',
    'archive-malformed',
    makeZip([{ name: 'a', data: 'zzzz', stored: true, method: 8 }]),
  ],
  ['bomb', 'archive-bomb', makeZip([{ name: 'a', data: Buffer.alloc(20 * MEBIBYTE) }])],
  ['one file too large', 'archive-too-large', makeZip([{ ...INDEX, claimedSize: 0xfffffffe }])],
  [
    'together too large',
    'archive-too-large',
    makeZip([1, 2, 3].map((n) => ({ name: `${n}`, claimedSize: 20 * MEBIBYTE }))),
  ],
  [
    'too many',
    'archive-too-many',
    makeZip(Array.from({ length: 20_001 }, (_, n) => ({ name: `${n}`, stored: true }))),
  ],
  [
    'overlapping entries',
    'archive-overlap',
    makeZip([
      INDEX,
      { name: 'b', data: INDEX.data!, sameDataAs: 0 },
      { name: 'c', data: INDEX.data!, sameDataAs: 0 },
    ]),
  ],
]

test('archives', async (t) => {
  const { config, host, driver } = await startHost(t, { quotaBytes: 50 * MEBIBYTE })
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  const siteDir = join(config.dataDir, 'sites', FQDN)
  const page = async (path = '/') => (await curl(host.webPort, FQDN, path)).stdout

  await t.test(`${HOSTILE.length} hostile archives are refused and change nothing`, async () => {
    const before = await readFile(join(siteDir, 'site.json'), 'utf8')
    for (const [what, reason, zip] of HOSTILE) {
      const outcome = await driver.deploy(FQDN, zip, `hostile`).catch((error: unknown) => error)
      assert.ok(outcome instanceof Refused, `${what}: ${String(outcome)}`)
      assert.equal(outcome.reason, reason, what)
      assert.match(outcome.text.id, /Situs tidak berubah/)
    }
    assert.equal(await readFile(join(siteDir, 'site.json'), 'utf8'), before)
    assert.match(await page(), /Sistem Contoh/)
    assert.deepEqual(await readdir(join(config.dataDir, 'staging')), [])
  })

  await t.test('an upload that breaks off leaves nothing behind', async () => {
    const secret = (await readFile(config.controlSecretFile, 'utf8')).trim()
    const headers = { authorization: `Bearer ${secret}`, 'content-length': 9_000_000 }
    const path = `/v1/archive?fqdn=${FQDN}&token=putus`
    const upload = request({ host: '127.0.0.1', port: host.controlPort, method: 'PUT', path, headers })
    upload.on('error', () => undefined)
    upload.write(Buffer.alloc(500_000))
    const staged = () => readdir(join(config.dataDir, 'staging'))
    await eventually(async () => assert.equal((await staged()).length, 1))
    upload.destroy()
    await eventually(async () => assert.deepEqual(await staged(), []))
    assert.match(await page(), /Sistem Contoh/)
  })

  await t.test('an archive without a site is refused', async () => {
    await assert.rejects(driver.deploy('lain.contohkab.go.id', makeZip([INDEX]), 'a'), {
      reason: 'site-not-found',
    })
  })

  await t.test('a good archive replaces the whole content; the same wish again changes nothing', async () => {
    const zip = makeZip([
      { name: 'index.html', data: '<title>Satu</title>' },
      { name: 'gambar/', mode: 0o040755 },
      { name: 'gambar/logo.svg', data: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      { name: '.well-known/security.txt', data: 'Contact: x' },
      { name: 'gambar/.DS_Store', data: 'x' },
      { name: '__MACOSX/gambar/._logo.svg', data: 'x' },
    ])
    const answer = await driver.deploy(FQDN, zip, 'dep-1')
    assert.deepEqual(
      [answer.done, answer.files, answer.strippedFolder, answer.hasIndex],
      ['deployed', 3, null, true],
    )
    assert.match(await page(), /Satu/)
    assert.match(await page('/gambar/logo.svg'), /svg/)
    assert.equal((await driver.deploy(FQDN, zip, 'dep-1')).done, 'unchanged')
    assert.match(await page('/.well-known/security.txt'), /Contact/)
    assert.match(await page('/__MACOSX/gambar/._logo.svg'), /404/)
  })

  await t.test('a single folder around the site is taken off, and only then', async () => {
    const wrapped = makeZip([
      { name: 'situs/index.html', data: 'dalam' },
      { name: 'situs/a.txt', data: 'a' },
    ])
    assert.equal((await driver.deploy(FQDN, wrapped, 'dep-2')).strippedFolder, 'situs')
    assert.equal(await page(), 'dalam')
    const two = makeZip([
      { name: 'situs/index.html', data: 'x' },
      { name: 'a.txt', data: 'a' },
    ])
    const answer = await driver.deploy(FQDN, two, 'dep-3')
    assert.deepEqual([answer.strippedFolder, answer.hasIndex], [null, false])
    assert.match(await page(), /404/)
    assert.equal(await page('/situs/'), 'x')
  })

  await t.test("takes what Debian's zip makes, and refuses the links it keeps with -y", async (t) => {
    const directory = await scratchDirectory(t)
    await mkdir(join(directory, 'web'))
    await writeFile(join(directory, 'web', 'index.html'), 'dari zip')
    const made = await runClient('zip', ['-qr', join(directory, 'a.zip'), join(directory, 'web'), '-j'])
    assert.equal(made.code, 0, made.stderr)
    await driver.deploy(FQDN, await readFile(join(directory, 'a.zip')), 'dep-4')
    assert.equal(await page(), 'dari zip')
    await symlink('/etc/passwd', join(directory, 'web', 'keluar.txt'))
    await runClient('zip', ['-qry', join(directory, 'b.zip'), join(directory, 'web')])
    const linked = driver.deploy(FQDN, await readFile(join(directory, 'b.zip')), 'dep-5')
    await assert.rejects(linked, { reason: 'archive-link' })
    assert.equal(await page(), 'dari zip')
  })

  await t.test('keeps the last good versions and no more', async () => {
    for (let n = 0; n < 4; n++) {
      await driver.deploy(FQDN, makeZip([{ name: 'index.html', data: `ke-${n}` }]), `seri-${n}`)
    }
    assert.equal((await readdir(join(siteDir, 'versions'))).length, 3)
    const seen = await driver.inspect(FQDN)
    assert.equal(seen.kind === 'present' && seen.site.keptVersions, 2)
    assert.equal(await page(), 'ke-3')
  })

  await t.test('visitors see one version or the other, whole, while archives go live', async () => {
    const versions = ['a', 'b'].map((letter) =>
      makeZip([{ name: 'index.html', data: letter.repeat(200_000) }]),
    )
    await driver.deploy(FQDN, versions[0]!, 'alih-start')
    const deploying = new AbortController()
    const visits = (async () => {
      let count = 0
      for (; !deploying.signal.aborted; count++) {
        const response = await page()
        assert.match(response, /^(a{200000}|b{200000})$/)
      }
      return count
    })()
    for (let n = 0; n < 6; n++) await driver.deploy(FQDN, versions[(n + 1) % 2]!, `alih-${n}`)
    deploying.abort()
    assert.ok((await visits) > 3)
  })
})
