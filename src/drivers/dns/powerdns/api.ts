import * as z from 'zod'
import { readable } from '../../../domain/refused.ts'
import { absolute } from '../../../domain/dns/names.ts'
import { dnsServerText as text } from '../../../domain/text/dns-servers.ts'
import { NotAllowed, reachingFetch } from '../../outgoing.ts'
import { DnsFailure } from '../driver.ts'
import type { PowerDnsConfig } from './config.ts'

/** One call of the HTTP API (version 1) at a time; what cannot be trusted is never taken for an answer. */

/** Longest wait for one answer: a whole zone of 100,000 records takes some seconds. */
const ANSWER_TIMEOUT_MS = 30_000
/** Octets of an answer that are read; a zone of a million records is smaller. */
const MAX_ANSWER_OCTETS = 512 * 1024 * 1024

/** The server gave no answer that can be trusted: whether it did anything is unknown. */
export class ApiSilence extends Error {
  /** `ECONNREFUSED`, `TimeoutError`, `HTTP 500` ... */
  readonly detail: string

  constructor(detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'ApiSilence'
    this.detail = detail
  }
}

export type ApiAnswer = { readonly status: number; readonly body: unknown }

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause as { code?: unknown } | undefined
  return typeof cause?.code === 'string' ? cause.code : error.name
}

async function readBody(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(body: string): unknown {
  try {
    return body === '' ? null : JSON.parse(body)
  } catch {
    return body
  }
}

/**
 * Calls the API. @param path below the server, e.g. `/zones`
 * @throws ApiSilence when no answer came, or one of a server that failed (5xx)
 */
export async function callApi(
  config: PowerDnsConfig,
  method: 'GET' | 'PATCH' | 'POST',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const base = config.url.replace(/\/+$/, '')
  const url = `${base}/api/v1/servers/${encodeURIComponent(config.serverId)}${path}`
  try {
    const answer = await reachingFetch(
      url,
      {
        method,
        headers: { 'X-API-Key': config.apiKey, Accept: 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      { timeoutMs: ANSWER_TIMEOUT_MS, maxOctets: MAX_ANSWER_OCTETS },
    )
    if (answer.status >= 300 && answer.status < 400) throw new ApiSilence(`HTTP ${answer.status}`)
    const content = parsed(await readBody(answer))
    if (answer.status >= 500) throw new ApiSilence(`HTTP ${answer.status}`)
    return { status: answer.status, body: content }
  } catch (error) {
    if (error instanceof ApiSilence || error instanceof NotAllowed) throw error
    throw new ApiSilence(detailOf(error), error)
  }
}

const errorSchema = z.looseObject({ error: z.string() })
/** Characters of the server's own words that are passed on. */
const MAX_REASON_CHARACTERS = 300

/** Why the server said no, in its own words where it has some. */
export function reasonOf({ status, body }: ApiAnswer): string {
  const said = errorSchema.safeParse(body)
  return said.success ? readable(said.data.error.slice(0, MAX_REASON_CHARACTERS)) : `HTTP ${status}`
}

export function unreachable(config: PowerDnsConfig, detail: string, cause?: unknown): DnsFailure {
  const isFailing = /^HTTP 5\d\d$/.test(detail)
  const said = isFailing ? text.apiFailing(config.url, detail) : text.apiUnreachable(config.url)
  return new DnsFailure('unreachable', said, detail, cause)
}

export function refusal(config: PowerDnsConfig, answer: ApiAnswer): DnsFailure {
  const reason = reasonOf(answer)
  return new DnsFailure('refused', text.apiRefused(config.url, reason), reason)
}

/** Calls the API for something that must succeed. @throws DnsFailure `unreachable` or `refused` */
export async function request(
  config: PowerDnsConfig,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  let answer: ApiAnswer
  try {
    answer = await callApi(config, method, path, body)
  } catch (error) {
    if (error instanceof ApiSilence) throw unreachable(config, error.detail, error)
    throw error
  }
  if (answer.status >= 400 && answer.status !== 409) throw refusal(config, answer)
  return answer
}

/** The address of a zone below the server. */
export function zonePath(zone: string): string {
  return `/zones/${encodeURIComponent(absolute(zone))}`
}
