import { readFile } from 'node:fs/promises'
import { createServer, request } from 'node:https'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { CertificateDriver } from '../../src/drivers/certificates/driver.ts'
import { authorityFor, type Authority } from './authority.ts'
import './own-networks.ts'

/**
 * An authority of our own in front of pebble: what pebble says, until a test lets it say something else. So it is
 * right in everything but the one lie, and offers what pebble has not (renewal information).
 */

export type Said = {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type Asked = {
  readonly method: string
  readonly path: string
  /** of the signed body; null where there is none */
  readonly payload: unknown
}

/** Changes what is said in place, or answers in its own way and returns true. */
export type Lie = (asked: Asked, said: Said, answer: ServerResponse) => boolean | void

export type LyingAuthority = {
  readonly url: string
  readonly asked: Asked[]
  lie: Lie
  readonly driver: (more?: object) => CertificateDriver
}

export async function startLyingAuthority(
  t: TestContext,
  authority: Pick<Authority, 'settings' | 'pebble'>,
): Promise<LyingAuthority> {
  const { directory, port } = authority.settings
  const [cert, key] = await Promise.all(
    ['server.pem', 'server.key'].map((file) => readFile(join(directory, file))),
  )
  const { serverRoot } = authority.pebble
  const server = createServer({ cert, key })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = `https://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  const us: LyingAuthority = {
    url,
    asked: [],
    lie: () => {},
    driver: (more) => authorityFor({ directory: `${url}/dir`, serverRoot }, more),
  }
  server.on('request', (question: IncomingMessage, answer: ServerResponse) => {
    void answerWith(us, question, answer, port, serverRoot)
  })
  return us
}

async function answerWith(
  us: LyingAuthority,
  question: IncomingMessage,
  answer: ServerResponse,
  port: number,
  ca: string,
): Promise<void> {
  try {
    const { ask, said } = await passOn(question, port, ca)
    us.asked.push(ask)
    if (us.lie(ask, said, answer)) return
    const { 'content-length': _length, ...headers } = said.headers
    answer.writeHead(said.status, headers).end(said.body)
  } catch (error) {
    answer.destroy(error as Error)
  }
}

async function passOn(
  question: IncomingMessage,
  port: number,
  ca: string,
): Promise<{ ask: Asked; said: Said }> {
  const body = Buffer.concat((await question.toArray()) as Buffer[])
  const { method = 'GET', url: path = '/' } = question
  // pebble builds its addresses from these, so that everything goes through us
  const headers = { ...question.headers, 'x-forwarded-proto': 'https' }
  const sent = request({ host: '127.0.0.1', port, ca, agent: false, method, path, headers })
  sent.end(body)
  const [reply] = (await once(sent, 'response')) as [IncomingMessage]
  const text = Buffer.concat((await reply.toArray()) as Buffer[]).toString('utf8')
  const said = { status: reply.statusCode ?? 0, headers: { ...reply.headers }, body: text }
  return { ask: { method, path, payload: payloadOf(body) }, said }
}

function payloadOf(body: Buffer): unknown {
  if (body.length === 0) return null
  const { payload } = JSON.parse(body.toString('utf8')) as { payload: string }
  return payload === '' ? null : JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

/** Changes members of what is said. */
export function change(said: Said, members: object): void {
  said.body = JSON.stringify({ ...(JSON.parse(said.body) as object), ...members })
}
