import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Refused } from '../domain/refused.ts'
import { portTaken } from '../domain/text/servers.ts'

type Fetch = Parameters<typeof getRequestListener>[0]

/** A request must arrive whole within this time; slow senders do not hold a connection for ever. */
const requestTimeoutMs = 120_000
const headersTimeoutMs = 20_000
/** Connections that are still open this long after the close are cut. */
const closeTimeoutMs = 3_000

export type HttpListener = {
  /** the port really taken */
  readonly port: number
  /** Answers every request from now on; until then clients wait. */
  readonly serve: (fetch: Fetch) => void
  readonly close: () => Promise<void>
}

/**
 * Takes the portal's port at once, so that its address is known before the portal is put together.
 * @param port 0 takes a free one
 * @throws Refused `port-taken`
 */
export async function listenHttp(host: string, port: number): Promise<HttpListener> {
  let answer: ((fetch: Fetch) => void) | undefined
  const ready = new Promise<Fetch>((resolve) => (answer = resolve))
  const listening = ready.then((fetch) => getRequestListener(fetch))
  const server = createServer((request, response) => {
    void listening.then((listener) => listener(request, response))
  })
  server.requestTimeout = requestTimeoutMs
  server.headersTimeout = headersTimeoutMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Refused('port-taken', portTaken(port, 'RANAH_PORT'), { cause: error })
          : error,
      ),
    )
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    serve: (fetch) => answer?.(fetch),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), closeTimeoutMs)
      await closed
      clearTimeout(cut)
    },
  }
}
