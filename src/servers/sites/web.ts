import type { Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

import { contentTypeOf, isServerScript } from '../../domain/hosting/content-type.ts'
import { missingPage, unknownHostPage } from '../../domain/hosting/host-pages.ts'
import { siteNameOf } from '../../domain/hosting/site.ts'
import {
  byteRangeOf,
  folderAddress,
  isNotModified,
  rangeApplies,
  type SitePath,
  sitePathOf,
} from '../../domain/hosting/web-request.ts'
import { openBeneath } from './beneath.ts'
import type { SiteRecord } from './site-record.ts'
import type { SiteStore } from './site-store.ts'

/** A visitor must have sent the head of a request within this time. */
const HEADERS_TIMEOUT_MS = 15_000
/** A request with its (unread) body must have arrived within this time. */
const REQUEST_TIMEOUT_MS = 30_000
/** A connection over which nothing moves is closed after this time. */
const IDLE_TIMEOUT_MS = 60_000
const KEEP_ALIVE_MS = 5_000
const CONNECTIONS_MAX = 2_000

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Frame-Options': 'SAMEORIGIN',
  'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  'Cache-Control': 'no-cache',
} as const

/** For the pages that are ours: nothing but their own style may load. */
const OWN_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

type Found = { readonly handle: FileHandle; readonly stats: Stats; readonly name: string }

/** The web side of the site host: serves each site's live files under its name and nothing else. */
export function createWebServer(store: SiteStore): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      answer(store, request, response).catch((error: unknown) => {
        process.stderr.write(`web: ${String(error)}\n`)
        if (response.headersSent) response.destroy()
        else sendPage(request, response, 500, unknownHostPage())
      })
    },
  )
  server.maxConnections = CONNECTIONS_MAX
  server.setTimeout(IDLE_TIMEOUT_MS)
  return server
}

async function answer(store: SiteStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host, pathname, query } = addressOf(request)
  const site = siteFor(store, host)
  if (!site) return sendPage(request, response, 404, unknownHostPage())
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return sendPage(request, response, 405, missingPage(site))
  }
  const path = sitePathOf(pathname)
  const found = path && (await lookUp(store.liveDir(site), path))
  if (!path || !found) return sendPage(request, response, 404, missingPage(site))
  if (found === 'folder') return redirect(response, folderAddress(path.components) + query)
  try {
    await sendFile(request, response, site, found)
  } finally {
    await found.handle.close()
  }
}

function siteFor(store: SiteStore, host: string | undefined): SiteRecord | null {
  const name = siteNameOf(host)
  return name === null ? null : store.find(name)
}

/** Host and path of a request, in origin form or absolute form (RFC 9112 section 3.2.2: its host wins). */
function addressOf(request: IncomingMessage) {
  const whole = request.url ?? '/'
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(whole)
  const host = absolute ? absolute[1] : request.headers.host
  const target = absolute ? absolute[2] || '/' : whole
  const mark = target.indexOf('?')
  return mark < 0
    ? { host, pathname: target, query: '' }
    : { host, pathname: target.slice(0, mark), query: target.slice(mark) }
}

const REFUSED_CODES = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENXIO', 'ENAMETOOLONG'])

async function openOrNull(root: string, components: readonly string[]): Promise<FileHandle | null> {
  try {
    return await openBeneath(root, components)
  } catch (error) {
    if (REFUSED_CODES.has((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

/** The file at a path, `folder` when a slash is missing at the end, null when there is nothing to serve. */
async function lookUp(root: string, path: SitePath): Promise<Found | 'folder' | null> {
  const components = path.isFolder ? [...path.components, 'index.html'] : path.components
  const name = components.at(-1)!
  const handle = isServerScript(name) ? null : await openOrNull(root, components)
  if (!handle) return null
  const stats = await handle.stat()
  if (stats.isFile()) return { handle, stats, name }
  await handle.close()
  return stats.isDirectory() && !path.isFolder ? 'folder' : null
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(301, { ...COMMON_HEADERS, Location: location, 'Content-Length': 0 }).end()
}

function sendPage(request: IncomingMessage, response: ServerResponse, status: number, html: string): void {
  const body = Buffer.from(html)
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'Content-Security-Policy': OWN_PAGE_POLICY,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  site: SiteRecord,
  { handle, stats, name }: Found,
): Promise<void> {
  const version = site.versions[0]!.id
  const etag = `"${version}-${Math.round(stats.mtimeMs * 1000).toString(36)}-${stats.size.toString(36)}"`
  const validators = { etag, modifiedMs: stats.mtimeMs }
  const headers = { ...COMMON_HEADERS, ETag: etag, 'Last-Modified': stats.mtime.toUTCString() }
  if (isNotModified(request.headers, validators)) {
    response.writeHead(304, headers).end()
    return
  }
  const asked = rangeApplies(request.headers, validators) ? request.headers.range : undefined
  const range = byteRangeOf(request.method === 'GET' ? asked : undefined, stats.size)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${stats.size}`, 'Content-Length': 0 })
    response.end()
    return
  }
  const { start, end } = range === 'whole' ? { start: 0, end: stats.size - 1 } : range
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...headers,
    'Content-Type': contentTypeOf(name),
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start + 1,
    ...(range !== 'whole' && { 'Content-Range': `bytes ${start}-${end}/${stats.size}` }),
  })
  if (request.method === 'HEAD' || end < start) response.end()
  else await sendBytes(response, handle, start, end)
}

async function sendBytes(response: ServerResponse, handle: FileHandle, start: number, end: number) {
  const file = handle.createReadStream({ start, end })
  try {
    await pipeline(file, response, { end: false })
  } catch {
    // The visitor left, or the disk failed: either way this answer cannot be completed.
    response.destroy()
    return
  }
  // A file that shrank while it was read: the promised length cannot be kept, so the connection ends.
  if (file.bytesRead < end - start + 1) response.destroy()
  else response.end()
}
