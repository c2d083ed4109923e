import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type * as z from 'zod'

import {
  controlRequests,
  type DeployAnswer,
  deployQuery,
  type TlsVerb,
  type Verb,
  type VerbAnswer,
  type VerbRequest,
} from '../../domain/hosting/control.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { refusalOfFullDisk } from './disk-full.ts'

/** A command is a few hundred bytes; more is a mistake. */
const COMMAND_MAX_BYTES = 16 * 1024

/** What the control port can ask for: one function per verb, and the deployment of an archive. */
type SiteVerb = Exclude<Verb, TlsVerb>
type VerbTable = { readonly [V in SiteVerb]: (request: VerbRequest<V>) => Promise<VerbAnswer<V>> }
export type ControlVerbs = VerbTable & {
  readonly deploy: (query: z.infer<typeof deployQuery>, body: IncomingMessage) => Promise<DeployAnswer>
}

/** The control side: `POST /v1/VERB` with JSON, or `PUT /v1/archive?fqdn=&token=` with a ZIP as the body. */
export function createControlServer(secret: string, verbs: ControlVerbs): Server {
  const expected = digest(`Bearer ${secret}`)
  return createServer((request, response) => {
    const known = timingSafeEqual(digest(request.headers.authorization ?? ''), expected)
    const outcome = known
      ? dispatch(verbs, request)
      : Promise.reject(new Refused('not-authorised', hostingText.notAuthorised, { status: 401 }))
    outcome.then(
      (result) => send(response, 200, result),
      (error: unknown) => sendError(response, error),
    )
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  // A refused upload may still be coming in; the connection is not reused then.
  if (!response.req.complete) response.setHeader('Connection', 'close')
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  response.end(bytes)
}

function sendError(response: ServerResponse, error: unknown): void {
  const refused = error instanceof Refused ? error : refusalOfFullDisk(error)
  if (refused) {
    const { reason, text, status } = refused
    return send(response, status, { refused: { reason, text, status } })
  }
  process.stderr.write(`control: ${error instanceof Error ? error.stack : String(error)}\n`)
  send(response, 500, { fault: true })
}

async function dispatch(verbs: ControlVerbs, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://control.invalid')
  if (request.method === 'PUT' && url.pathname === '/v1/archive') {
    return verbs.deploy(understood(deployQuery.safeParse(Object.fromEntries(url.searchParams))), request)
  }
  const verb = url.pathname.replace(/^\/v1\//, '')
  if (request.method !== 'POST' || !isVerb(verbs, verb)) {
    throw new Refused('unknown-verb', hostingText.unknownVerb, { status: 404 })
  }
  return runVerb(verbs, verb, await readCommand(request))
}

const isVerb = (verbs: ControlVerbs, name: string): name is SiteVerb =>
  Object.hasOwn(controlRequests, name) && Object.hasOwn(verbs, name)

function runVerb<V extends SiteVerb>(verbs: ControlVerbs, verb: V, command: unknown): Promise<VerbAnswer<V>> {
  const schema: z.ZodType = controlRequests[verb]
  const table: VerbTable = verbs
  return table[verb](understood(schema.safeParse(command)) as VerbRequest<V>)
}

function understood<T>(parsed: z.ZodSafeParseResult<T>): T {
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || '-'
  throw new Refused('not-understood', hostingText.notUnderstood(field), { status: 400 })
}

async function readCommand(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > COMMAND_MAX_BYTES)
      throw new Refused('not-understood', hostingText.notUnderstood('*'), { status: 413 })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}')
  } catch {
    throw new Refused('not-understood', hostingText.notUnderstood('*'), { status: 400 })
  }
}
