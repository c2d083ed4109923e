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
/** An image of a site on a slow link. */
export const LOAD_TIMEOUT_MS = 180_000
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

const tagged = z.object({ RepoTags: z.array(z.string()).nullish() })

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

  /**
   * Loads an image. What goes wrong after the engine began to answer stands in the answer, under a status of success.
   * @throws Refused 503 as the others, `host-full` when the node has no room for it
   */
  async loadImage(octets: Readable, timeoutMs: number): Promise<void> {
    const call = { method: 'POST', path: '/images/load', query: { quiet: '1' }, accept: [200] } as const
    const { body } = await this.#exchange({ ...call, timeoutMs }, octets)
    const trouble = troubleIn(body.toString())
    if (trouble !== null) throw this.#refusal(call, 200, trouble)
  }

  /** Copies an image with all its layers and its tag from this node to another. */
  async copyImage(id: string, to: DockerNode, timeoutMs: number): Promise<void> {
    const { RepoTags } = await this.read(tagged, `/images/${id}/json`)
    // Asked for by its id it would come without a tag, and the next clean-up of the node would take it.
    const query = { names: RepoTags?.[0] ?? id }
    const call = { method: 'GET', path: '/images/get', query, accept: [200], timeoutMs } as const
    await this.#open(call, undefined, (answer) => to.loadImage(answer, timeoutMs))
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
    return this.#connection
      .use(async ({ client }) => {
        const limit = AbortSignal.timeout(call.timeoutMs ?? ANSWER_TIMEOUT_MS)
        try {
          const channel = await forward(client, limit)
          const answer = await ask(channel, call, body, limit)
          if (!call.accept.includes(answer.statusCode ?? 0))
            throw this.#refusal(call, answer.statusCode, messageIn((await wholeOf(answer)).toString()))
          return await read(answer)
        } catch (error) {
          throw this.#outcomeUnknown(error, limit)
        }
      })
      .catch((error: unknown) => {
        // The connection says how a site host is mended; a node is mended otherwise.
        if (!(error instanceof Refused) || error.reason !== 'site-host-key-refused') throw error
        throw unknown(error.reason, swarmText.keyRefused(this.where), error)
      })
  }

  #outcomeUnknown(error: unknown, limit: AbortSignal): Refused {
    if (error instanceof Refused) return error
    if (limit.aborted) return unknown('site-host-too-slow', siteHostText.tooSlow(this.where), error)
    // What is no HTTP at all, as the parser calls it.
    const isStrange =
      error instanceof TooLong || String((error as { code?: unknown }).code).startsWith('HPE_')
    if (isStrange) return unknown('swarm-answer', swarmText.strangeAnswer(this.where), error)
    return unknown('site-host-unreachable', swarmText.notReached(this.where), error)
  }

  #refusal({ method, path }: DockerCall, status: number | undefined, message: string): Refused {
    const said = message.replace(/\s+/g, ' ').trim().slice(0, SAID_MAX_CHARACTERS)
    const cause = new Error(`${method} ${path}: ${status} ${said}`)
    if (/no space left on device|disk quota exceeded/i.test(message))
      return unknown('host-full', swarmText.full(this.where), cause)
    if (/update out of sequence/.test(message))
      return unknown('swarm-out-of-step', swarmText.outOfStep(this.where), cause)
    return unknown('swarm-refused', swarmText.refused(this.where, said), cause)
  }
}

class TooLong extends Error {}

/** What an answer that was begun with success says of a failure: a line of JSON with `error`. */
function troubleIn(text: string): string | null {
  for (const line of text.split('\n')) {
    if (!line.includes('"error')) continue
    try {
      return z.object({ error: z.string() }).parse(JSON.parse(line)).error
    } catch {
      return line
    }
  }
  return null
}

/** The engine's own words. */
function messageIn(text: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(text)).message
  } catch {
    return text
  }
}

/** A channel to the socket. One that comes after its time is closed again. */
function forward(client: Client, limit: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('no channel was opened'))
    if (limit.aborted) return giveUp()
    limit.addEventListener('abort', giveUp, { once: true })
    client.once('close', giveUp)
    client.openssh_forwardOutStreamLocal(SOCKET, (error, channel) => {
      limit.removeEventListener('abort', giveUp)
      client.removeListener('close', giveUp)
      if (error) reject(error)
      else if (limit.aborted) channel.destroy()
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
    if (size > ANSWER_MAX_BYTES) throw new TooLong('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
