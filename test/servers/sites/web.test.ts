import assert from 'node:assert/strict'
import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'

import { curl, siteNamed, startHost } from './running-host.ts'

const FQDN = 'aset.contohkab.go.id'

test('the web side of the site host', async (t) => {
  const { config, host, driver } = await startHost(t)
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  const versions = join(config.dataDir, 'sites', FQDN, 'versions')
  const root = join(versions, (await readdir(versions))[0]!)
  const status = async (path: string, ...argv: string[]) =>
    (await curl(host.webPort, FQDN, path, '-o', '/dev/null', '-w', '%{http_code}', ...argv)).stdout

  await t.test('shows the starting page under its name, with and without a port', async () => {
    for (const name of [FQDN, `${FQDN}:${host.webPort}`, 'ASET.contohkab.go.id.']) {
      const page = await curl(host.webPort, name, '/', '-i')
      assert.match(page.stdout, /^HTTP\/1\.1 200/)
      assert.match(page.stdout, /X-Content-Type-Options: nosniff/)
      assert.match(page.stdout, /<title>Sistem Contoh<\/title>/)
      assert.match(page.stdout, /<html lang="id">/)
    }
  })

  await t.test('knows no other host', async () => {
    for (const name of [
      'lain.contohkab.go.id',
      '127.0.0.1',
      'localhost',
      '../../etc',
      `${FQDN}.evil.example`,
    ]) {
      const answer = await curl(host.webPort, name, '/', '-i')
      assert.match(answer.stdout, /^HTTP\/1\.1 404/, name)
      assert.doesNotMatch(answer.stdout, /Sistem Contoh|evil/)
    }
  })

  await t.test('serves files with their type and answers conditions and ranges', async () => {
    await writeFile(join(root, 'gaya.css'), '0123456789')
    const first = await curl(host.webPort, FQDN, '/gaya.css', '-i')
    assert.match(first.stdout, /Content-Type: text\/css; charset=utf-8/)
    const etag = /ETag: (.+)\r/.exec(first.stdout)![1]!
    const modified = /Last-Modified: (.+)\r/.exec(first.stdout)![1]!
    assert.equal(await status('/gaya.css', '-H', `If-None-Match: ${etag}`), '304')
    assert.equal(await status('/gaya.css', '-H', `If-Modified-Since: ${modified}`), '304')
    assert.equal((await curl(host.webPort, FQDN, '/gaya.css', '-r', '2-4')).stdout, '234')
    assert.equal((await curl(host.webPort, FQDN, '/gaya.css', '-r', '-3')).stdout, '789')
    assert.equal((await curl(host.webPort, FQDN, '/gaya.css', '-r', '8-')).stdout, '89')
    assert.equal(await status('/gaya.css', '-r', '10-'), '416')
    const stale = ['-r', '2-4', '-H', 'If-Range: "another"']
    assert.equal((await curl(host.webPort, FQDN, '/gaya.css', ...stale)).stdout, '0123456789')
    const head = await curl(host.webPort, FQDN, '/gaya.css', '-I')
    assert.match(head.stdout, /Content-Length: 10/)
    assert.equal(await status('/gaya.css', '-X', 'POST', '-d', 'x'), '405')
    await writeFile(join(root, 'gaya.css'), 'abcdefghij')
    assert.equal(await status('/gaya.css', '-H', `If-None-Match: ${etag}`), '200')
  })

  await t.test('lists no folder and redirects only within the site', async () => {
    await mkdir(join(root, 'data', 'a b'), { recursive: true })
    await writeFile(join(root, 'data', 'a b', 'index.html'), 'dalam')
    assert.equal(await status('/data/'), '404')
    const moved = await curl(host.webPort, FQDN, '/data/a%20b?x=1', '-i')
    assert.match(moved.stdout, /^HTTP\/1\.1 301/)
    assert.match(moved.stdout, /Location: \/data\/a%20b\/\?x=1\r/)
    assert.equal((await curl(host.webPort, FQDN, '/data/a%20b/')).stdout, 'dalam')
    assert.equal(await status('//data'), '404')
    assert.equal(await status('/gaya.css/'), '404')
  })

  await t.test('hides dot files except .well-known, and the source of server programs', async () => {
    await mkdir(join(root, '.well-known'))
    await writeFile(join(root, '.well-known', 'security.txt'), 'Contact: x')
    await writeFile(join(root, '.env'), 'rahasia')
    await writeFile(join(root, 'koneksi.PHP'), 'rahasia')
    assert.equal(await status('/.well-known/security.txt'), '200')
    for (const path of ['/.env', '/%2eenv', '/koneksi.PHP', '/data/.well-known/x']) {
      assert.equal(await status(path), '404', path)
    }
  })

  await t.test('never leaves the site', async () => {
    await symlink('/etc', join(root, 'keluar'))
    await symlink('/etc/passwd', join(root, 'passwd.txt'))
    await symlink('gaya.css', join(root, 'dalam.css'))
    const paths = [
      '/../../../../../../etc/passwd',
      '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/%252e%252e/site.json',
      '/../site.json',
      '/data/..%5c..%5csite.json',
      '/keluar/passwd',
      '/passwd.txt',
      '/dalam.css',
      '/gaya.css%00.html',
      '/%ff%fe',
      '/.',
      '/..',
    ]
    for (const path of paths) assert.equal(await status(path), '404', path)
    assert.equal(await status('/keluar', '--max-redirs', '0'), '404')
    const page = await curl(host.webPort, FQDN, '/../site.json')
    assert.match(page.stdout, /Halaman tidak ditemukan/)
    assert.doesNotMatch(page.stdout, /createdWith/)
  })

  await t.test('takes the host of an absolute address over the header', async () => {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: host.webPort,
        path: 'http://lain.contohkab.go.id/',
        headers: { host: FQDN },
      }
      request(options, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    assert.equal(code, 404)
  })

  await t.test('escapes hostile words on its pages', async () => {
    const hostile = {
      fqdn: 'uji.contohkab.go.id',
      site: { title: '</title><script>alert(1)</script>', agency: '"><img src=x onerror=1>' },
      token: 'req-2',
    }
    await driver.apply(await driver.plan(hostile))
    for (const path of ['/', '/tidak-ada']) {
      const page = await curl(host.webPort, hostile.fqdn, path)
      assert.doesNotMatch(page.stdout, /<script|<img/)
    }
    const seen = await driver.probe(hostile.fqdn)
    assert.equal(seen.kind === 'seen' && seen.title, hostile.site.title)
  })

  await t.test('an absent file linked hard is still a file of the site', async () => {
    await link(join(root, 'gaya.css'), join(root, 'salinan.css'))
    assert.equal(await status('/salinan.css'), '200')
  })
})
