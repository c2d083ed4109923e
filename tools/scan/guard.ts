import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { routeOf } from './addresses.ts'

/** What went through, for the report. */
export type Tally = {
  requests: number
  readonly statuses: Map<number, number>
  /** requests that the portal answered with a fault, the first of each address */
  readonly faults: Map<string, string>
  /** lines of the table that were answered by their handler: past sign-in, roles and limits */
  readonly answered: Set<string>
}

/** What a scanner must not do, or it would only see the sign-in page from then on. */
export const keptAway: readonly string[] = [
  'POST /keluar',
  'DELETE /api/v1/session',
  'POST /akun/sesi',
  'DELETE /api/v1/me/sessions',
]
const largestBody = 1_000_000

export type Guard = Awaited<ReturnType<typeof openGuard>>

/**
 * Stands between a scanner and the portal on a loopback port: gives its requests the session and the origin of one person, so that
 * nothing of the scan ends at the sign-in page or at the check of the origin, and keeps count.
 * @param portal origin of the portal
 * @param cookie session of the person, or undefined for a visitor
 */
export async function openGuard(portal: URL, cookie: string | undefined) {
  const tally: Tally = { requests: 0, statuses: new Map(), faults: new Map(), answered: new Set() }
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
  const route = routeOf(method, path)
  if (route !== undefined && keptAway.includes(route)) return void answer.writeHead(204).end()
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
        ...(cookie && !asked.headers.authorization && { cookie }),
        'x-forwarded-for': networkOf(tally.requests),
        'content-length': body.length,
      },
    },
    (given) => {
      count(tally, {
        status: given.statusCode ?? 0,
        method,
        path,
        body,
        route,
        location: given.headers.location,
      })
      const location = given.headers.location?.replace(portal.origin, own)
      answer.writeHead(given.statusCode ?? 0, { ...given.headers, ...(location && { location }) })
      given.pipe(answer)
    },
  )
  sent.on('error', () => answer.destroy())
  sent.end(body)
}

/** Each request from a network of its own, where the portal trusts this machine to say so: the limits per network held up no scanner. */
const networkOf = (number: number): string =>
  `2001:db8:${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}::1`

type Answered = {
  readonly status: number
  readonly method: string
  readonly path: string
  readonly body: Buffer
  readonly route: string | undefined
  readonly location: string | undefined
}

/** Refusals that come before a handler has read anything. */
const atTheGate = [401, 403, 404, 405, 413, 429]

function count(tally: Tally, { status, method, path, body, route, location }: Answered): void {
  tally.requests += 1
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
  const toSignIn = location?.startsWith('/masuk?') ?? false
  if (route !== undefined && !atTheGate.includes(status) && !toSignIn) tally.answered.add(route)
  const where = route ?? `${method} ${path.split('?')[0]}`
  if (status >= 500 && !tally.faults.has(where))
    tally.faults.set(where, `${status} ${method} ${path} ${body.toString('latin1').slice(0, 300)}`)
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
