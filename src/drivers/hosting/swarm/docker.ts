import { request, type IncomingMessage } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { Client } from 'ssh2'
import * as z from 'zod'

import { Refused, type Text } from '../../../domain/refused.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { type SshConnection } from '../linux-host/ssh.ts'

/** Debian 12 has Docker 20.10, whose newest API this is. */
const API = '/v1.41'
const SOCKET = '/run/docker.sock'
const ANSWER_TIMEOUT_MS = 20_000
const ANSWER_MAX_BYTES = 32 * 1024 * 1024
const SAID_MAX_CHARACTERS = 300

export type DockerCall = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** Statuses that are an answer; anything else is refused. */
  readonly accept: readonly number[]
  readonly timeoutMs?: number
}

export type DockerAnswer = { readonly status: number; readonly body: Buffer }

/** The filters of a list, as the API wants them written. */
export const filters = (wanted: Readonly<Record<string, readonly string[]>>) => ({
  filters: JSON.stringify(wanted),
})

const unknown = (reason: string, text: Text, cause?: unknown) =>
  new Refused(reason, text, { status: 503, cause })

/** The Docker Engine API of one node, through SSH to its socket. */
export class DockerNode {
  readonly #connection: SshConnection
  readonly where: string

  constructor(connection: SshConnection, where: string) {
    this.#connection = connection
    this.where = where
  }

  /** @throws Refused 503: the node is not reached, is too slow, or says something else than what is accepted */
  async call(call: DockerCall): Promise<DockerAnswer> {
    const body = call.json === undefined ? undefined : Buffer.from(JSON.stringify(call.json))
    return this.#exchange(call, body)
  }

  /** Lists or reads something. @throws Refused 503 also for an answer of another form */
  async read<T>(
    schema: z.ZodType<T>,
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const { body } = await this.call({ method: 'GET', path, query, accept: [200] })
    return this.understood(schema, body)
  }

  /** What a body says. @throws Refused `swarm-answer` */
  understood<T>(schema: z.ZodType<T>, body: Buffer): T {
    try {
      return schema.parse(JSON.parse(body.toString()))
    } catch (error) {
      throw unknown('swarm-answer', swarmText.strangeAnswer(this.where), error)
    }
  }

  /** Sends a stream of octets, e.g. an image to load. */
  async send(call: DockerCall, octets: Readable): Promise<DockerAnswer> {
    return this.#exchange(call, octets)
  }

  /** Copies an image with all its layers from this node to another. */
  async copyImage(id: string, to: DockerNode, timeoutMs: number): Promise<void> {
    const call = { method: 'GET', path: `/images/${id}/get`, accept: [200], timeoutMs } as const
    await this.#open(call, undefined, async (answer) => {
      await to.send({ ...loadCall, timeoutMs }, answer)
    })
  }

  async #exchange(call: DockerCall, body: Buffer | Readable | undefined): Promise<DockerAnswer> {
    return this.#open(call, body, async (answer) => ({
      status: answer.statusCode ?? 0,
      body: await wholeOf(answer),
    }))
  }

  /** Asks over a channel of its own; what is read of the answer is read while the connection is lent. */
  async #open<T>(
    call: DockerCall,
    body: Buffer | Readable | undefined,
    read: (answer: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    return this.#connection.use(async ({ client }) => {
      const limit = AbortSignal.timeout(call.timeoutMs ?? ANSWER_TIMEOUT_MS)
      try {
        const channel = await forward(client, limit)
        const answer = await ask(channel, call, body, limit)
        if (!call.accept.includes(answer.statusCode ?? 0))
          throw this.#refusal(call, answer, await wholeOf(answer))
        return await read(answer)
      } catch (error) {
        if (error instanceof Refused) throw error
        if (limit.aborted) throw unknown('site-host-too-slow', siteHostText.tooSlow(this.where), error)
        throw unknown('site-host-unreachable', swarmText.notReached(this.where), error)
      }
    })
  }

  #refusal(call: DockerCall, answer: IncomingMessage, body: Buffer): Refused {
    const said = saidBy(body)
    const cause = new Error(`${call.method} ${call.path}: ${answer.statusCode} ${said}`)
    return unknown('swarm-refused', swarmText.refused(this.where, said), cause)
  }
}

export const loadCall = {
  method: 'POST',
  path: '/images/load',
  query: { quiet: '1' },
  accept: [200],
} as const satisfies DockerCall

/** The engine's own words, in one short line. */
function saidBy(body: Buffer): string {
  const text = body.toString()
  return messageIn(text).replace(/\s+/g, ' ').trim().slice(0, SAID_MAX_CHARACTERS)
}

function messageIn(text: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(text)).message
  } catch {
    return text
  }
}

function forward(client: Client, limit: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Error('no channel was opened')), { once: true })
    client.openssh_forwardOutStreamLocal(SOCKET, (error, channel) => {
      if (error) reject(error)
      else resolve(channel)
    })
  })
}

function ask(
  channel: Duplex,
  { method, path, query, json }: DockerCall,
  body: Buffer | Readable | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const search = query ? `?${new URLSearchParams(query).toString()}` : ''
  const type = json === undefined ? 'application/x-tar' : 'application/json'
  const headers = {
    host: 'docker',
    ...(body && { 'content-type': type }),
    ...(Buffer.isBuffer(body) && { 'content-length': body.length }),
  }
  return new Promise((resolve, reject) => {
    const options = { method, path: `${API}${path}${search}`, headers, signal }
    const call = request({ ...options, createConnection: () => channel })
    call.on('response', resolve)
    call.on('error', reject)
    if (body === undefined || Buffer.isBuffer(body)) call.end(body)
    else pipeline(body, call).catch(reject)
  })
}

async function wholeOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > ANSWER_MAX_BYTES) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
