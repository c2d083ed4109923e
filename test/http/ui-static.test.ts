/** The portal's files: only those of the table, unchanging under their address, no way out of the folder. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { asset, assetsPath, contentSecurityPolicy, staticAssets } from '../../src/http/static.ts'

const app = new Hono().route(assetsPath, staticAssets())

test('serves every kind of file with its type, for a year', async () => {
  const kinds = { 'app.css': 'text/css', 'app.js': 'text/javascript', 'turbo.js': 'text/javascript' }
  const more = { 'icons.svg': 'image/svg+xml', 'inter-latin.woff2': 'font/woff2' }
  for (const [name, type] of Object.entries({ ...kinds, ...more })) {
    const response = await app.request(asset(name))
    assert.equal(response.status, 200, name)
    assert.ok(response.headers.get('content-type')!.startsWith(type), name)
    assert.match(response.headers.get('cache-control')!, /immutable/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  }
})

test('compresses text when asked, and the bytes are the same', async () => {
  const plain = await app.request(asset('app.css'))
  const zipped = await app.request(asset('app.css'), { headers: { 'accept-encoding': 'gzip, br' } })
  assert.equal(zipped.headers.get('content-encoding'), 'gzip')
  assert.equal(gunzipSync(await zipped.arrayBuffer()).toString(), await plain.text())
})

test('gives nothing but its own files', async () => {
  const base = asset('app.css').replace('/app.css', '')
  const wrong = [
    '/../static.ts',
    '/..%2f..%2fstatic.ts',
    '/%2e%2e/static.ts',
    '/js/app.js',
    '/tokens.css',
    '/',
    '/app.css%00',
    '/..%5cstatic.ts',
  ]
  for (const path of wrong) {
    const response = await app.request(`http://localhost${base}${path}`)
    assert.equal(response.status, 404, path)
  }
})

test('sends a page of an older version to the present file and lets nobody remember that', async () => {
  const response = await app.request(`${assetsPath}/0123456789abcdef/app.css`)
  assert.equal(response.status, 302)
  assert.equal(response.headers.get('location'), asset('app.css'))
  assert.equal(response.headers.get('cache-control'), 'no-store')
})

test('a file that does not exist is a fault of the page that names it', () => {
  assert.throws(() => asset('missing.js'), /no such portal file/)
})

test('the policy allows exactly the one style that the installed Turbo inserts', async () => {
  const source = await (await app.request(asset('turbo.js'))).text()
  const part = (start: string) => new RegExp(`^${start}[\\s\\S]*?^}`, 'm').exec(source)![0]
  const parts = ['function unindent', 'function interpolate', 'class ProgressBar'].map(part)
  const style = String(runInNewContext(`${parts.join('\n')}\nProgressBar.defaultCSS`))
  assert.match(style, /^\.turbo-progress-bar \{/)
  const hash = createHash('sha256').update(style).digest('base64')
  assert.ok(
    contentSecurityPolicy.includes(`style-src 'self' 'sha256-${hash}';`),
    `the style hashes to ${hash}`,
  )
  assert.doesNotMatch(contentSecurityPolicy, /unsafe-/)
})
