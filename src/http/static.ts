/**
 * The portal's files: style sheet, scripts, icons, font. All are read once and kept in memory under one
 * content hash, so a URL never changes its meaning (cached for a year) and a request can only ever name an
 * entry of this table: there is no path to walk out of.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'

type Asset = {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
  zipped?: Uint8Array<ArrayBuffer>
}

/** Where `staticAssets()` is mounted. */
export const assetsPath = '/assets'

/** Order of the cascade layers. */
const layers = ['tokens', 'base', 'layout', 'components', 'forms', 'flowchart', 'print'] as const

/** The style sheets, one subject each; every file names its layer. */
const sheets = [
  'tokens',
  'base',
  'frame',
  'layout',
  'cards',
  'status',
  'tables',
  'actions',
  'case',
  'forms',
  'flowchart',
  'print',
] as const

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

const folder = new URL('./assets/', import.meta.url)
const vendored: Readonly<Record<string, string>> = {
  'inter-latin.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'turbo.js': '@hotwired/turbo/dist/turbo.es2017-esm.js',
}

function read(url: URL | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(url))
}

function resolvePackageFile(specifier: string): string {
  const [scope, name, ...rest] = specifier.split('/')
  const manifest = import.meta.resolve(`${scope}/${name}/package.json`)
  return fileURLToPath(new URL(rest.join('/'), manifest))
}

function loadAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>()
  const add = (name: string, body: Uint8Array<ArrayBuffer>) =>
    assets.set(name, { type: types[name.split('.').at(-1)!] ?? 'application/octet-stream', body })
  const css = sheets.map((name) => readFileSync(new URL(`css/${name}.css`, folder), 'utf8'))
  add('app.css', new TextEncoder().encode(`@layer ${layers.join(', ')};\n${css.join('\n')}`))
  for (const name of readdirSync(new URL('js/', folder))) add(name, read(new URL(`js/${name}`, folder)))
  for (const name of ['icons.svg', 'mark.svg']) add(name, read(new URL(name, folder)))
  for (const [name, specifier] of Object.entries(vendored)) add(name, read(resolvePackageFile(specifier)))
  return assets
}

function hashOf(assets: ReadonlyMap<string, Asset>): string {
  const hash = createHash('sha256')
  for (const [name, { body }] of assets) hash.update(`${name}\0${body.length}\0`).update(body)
  return hash.digest('hex').slice(0, 16)
}

const assets = loadAssets()
const hash = hashOf(assets)

/** The address of a portal file, e.g. `asset('app.css')`. Throws for a file that does not exist. */
export function asset(name: string): string {
  if (!assets.has(name)) throw new Error(`no such portal file: ${name}`)
  return `${assetsPath}/${hash}/${name}`
}

function zippedBody(found: Asset): Uint8Array<ArrayBuffer> {
  found.zipped ??= new Uint8Array(gzipSync(found.body))
  return found.zipped
}

const isText = (type: string): boolean => !type.startsWith('font/')

function answer(found: Asset, acceptsGzip: boolean): Response {
  const headers = new Headers({
    'content-type': found.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  if (!isText(found.type)) return new Response(found.body, { headers })
  headers.set('vary', 'accept-encoding')
  if (!acceptsGzip) return new Response(found.body, { headers })
  headers.set('content-encoding', 'gzip')
  return new Response(zippedBody(found), { headers })
}

/**
 * Serves the portal's files; mount with `app.route(assetsPath, staticAssets())`.
 * A known file under an old hash (a page opened before an upgrade) is redirected to the current one.
 */
export function staticAssets(): Hono {
  return new Hono().get('/:hash/:name', (c) => {
    const { hash: asked, name } = c.req.param()
    const found = assets.get(name)
    if (!found) return c.text('Not found', 404)
    if (asked !== hash) {
      c.header('cache-control', 'no-store')
      return c.redirect(asset(name), 302)
    }
    return answer(found, /\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
  })
}

/**
 * Content-Security-Policy of every portal page. The one style hash is the progress bar that Turbo inserts
 * (a test in test/http loads the installed Turbo against it); nothing else inline is allowed.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "manifest-src 'self'",
].join('; ')
