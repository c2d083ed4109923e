import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** One request of a scanner that stands for all of its shape: same method, path without its codes, same names. */
export type Seen = {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly type: string
}

/** What went through, for the report. */
export type Tally = {
  requests: number
  readonly statuses: Map<number, number>
  /** requests that the portal answered with a fault, the first of each address */
  readonly faults: Map<string, string>
  readonly shapes: Map<string, Seen>
}

/** What a scanner must not do, or it would only see the sign-in page from then on. */
const keptAway = [/^\/keluar/, /^\/akun(\/|$)/, /^\/api\/v1\/(session|me)/]
const largestBody = 1_000_000

/**
 * Stands between a scanner and the portal on a loopback port: gives its requests the session and the origin of one person, so that
 * nothing of the scan ends at the sign-in page or at the check of the origin, and keeps count.
 * @param portal origin of the portal
 * @param cookie session of the person, or undefined for a visitor
 */
export async function openGuard(portal: URL, cookie: string | undefined) {
  const tally: Tally = { requests: 0, statuses: new Map(), faults: new Map(), shapes: new Map() }
  const server = createServer((asked, answer) => {
    void pass(portal, cookie, tally, asked, answer).catch(() => answer.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, tally, close: () => void server.close(() => {}) }
}

async function pass(
  portal: URL,
  cookie: string | undefined,
  tally: Tally,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const path = asked.url ?? '/'
  const method = asked.method ?? 'GET'
  const body = await bodyOf(asked)
  if (keptAway.some((each) => each.test(path))) return void answer.writeHead(204).end()
  const own = `http://${asked.headers.host}`
  const sent = request(
    {
      host: portal.hostname,
      port: portal.port,
      method,
      path,
      headers: {
        ...asked.headers,
        host: portal.host,
        ...(asked.headers.origin || method !== 'GET' ? { origin: portal.origin } : {}),
        ...(asked.headers.referer && { referer: asked.headers.referer.replace(own, portal.origin) }),
        ...(cookie && { cookie }),
        'content-length': body.length,
      },
    },
    (given) => {
      const status = given.statusCode ?? 0
      tally.requests++
      if (isAddress(status))
        remember(tally, {
          method,
          path,
          body: body.toString('latin1'),
          type: asked.headers['content-type'] ?? '',
        })
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
      if (status >= 500 && !tally.faults.has(shapeOf(method, path)))
        tally.faults.set(
          shapeOf(method, path),
          `${status} ${method} ${path} ${body.toString('latin1').slice(0, 300)}`,
        )
      const location = given.headers.location?.replace(portal.origin, own)
      answer.writeHead(status, { ...given.headers, ...(location && { location }) })
      given.pipe(answer)
    },
  )
  sent.on('error', () => answer.destroy())
  sent.end(body)
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of asked as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) throw new Error('a scanner sent more than a megabyte')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The answer of an address that exists, be the input right or wrong. */
const isAddress = (status: number): boolean => status < 400 || status === 409 || status === 422

function remember(tally: Tally, seen: Seen): void {
  const shape = shapeOf(seen.method, seen.path)
  if (tally.shapes.size < 2_000 && !tally.shapes.has(shape)) tally.shapes.set(shape, seen)
}

/** Tickets, ids and numbers of one address count as the same; so do the values of its query. */
export function shapeOf(method: string, path: string): string {
  const [bare = '', query = ''] = path.split('?')
  const segments = bare.split('/').map((each) => (isCode(each) ? '*' : each))
  return `${method} ${segments.join('/')}?${[...new URLSearchParams(query).keys()].toSorted().join('&')}`
}

/** A part of a path that names one thing: a ticket, an id, a number. */
export const isCode = (segment: string): boolean => /\d/.test(segment) && segment !== 'v1'
