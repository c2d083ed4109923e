import { request as httpsRequest } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { Text } from '../../../domain/refused.ts'
import { authorityLies, authoritySilence, certificateFailures } from '../../../domain/text/certificates.ts'
import { NotAllowed, placeOf, wayTo } from '../../outgoing.ts'
import { CertificateFailure } from '../driver.ts'

/** One HTTPS request to the authority; only to the server of its directory, and never more than is expected. */

export type Reply = {
  readonly status: number
  readonly location: string | undefined
  readonly nonce: string | undefined
  readonly retryAfter: string | undefined
  readonly body: string
}

export type Call = { readonly method: 'GET' | 'HEAD' | 'POST'; readonly url: string; readonly body?: string }

export type Transport = {
  readonly host: string
  /** @throws CertificateFailure `unreachable` or `wrong-answer` */
  readonly send: (call: Call) => Promise<Reply>
}

/** Octets of an answer that are read: a directory or a chain has some thousands. */
const MAX_ANSWER_OCTETS = 512 * 1024
const USER_AGENT = 'ranah'

/** @param root PEM of the only root to trust; without it those that Node trusts */
export function acmeTransport(directory: string, answerMs: number, root?: string): Transport {
  const { host } = new URL(directory)
  const send = async (call: Call): Promise<Reply> => {
    const url = URL.canParse(call.url) ? new URL(call.url) : undefined
    if (url?.protocol !== 'https:' || url.host !== host) throw lie(host, authorityLies.otherServer, call.url)
    try {
      return await exchange(url, call, answerMs, root)
    } catch (error) {
      if (error instanceof NotAllowed) throw error
      if (error instanceof EndlessAnswer) throw lie(host, authorityLies.tooLong, 'too long', error)
      throw unreachable(host, error)
    }
  }
  return { host, send }
}

class EndlessAnswer extends Error {}

async function exchange(url: URL, { method, body }: Call, answerMs: number, root?: string): Promise<Reply> {
  const lookup = await wayTo(placeOf(url))
  return new Promise((resolve, reject) => {
    const headers = {
      'user-agent': USER_AGENT,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/jose+json', 'content-length': Buffer.byteLength(body) }),
    }
    const signal = AbortSignal.timeout(answerMs)
    const trust = root === undefined ? {} : { ca: root }
    const options = { method, headers, signal, lookup, agent: false as const, ...trust }
    const sent = httpsRequest(url, options, (answer) => {
      read(answer).then(resolve, (error: Error) => {
        answer.destroy()
        reject(error)
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

async function read(answer: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    octets += chunk.length
    if (octets > MAX_ANSWER_OCTETS) throw new EndlessAnswer()
    chunks.push(chunk)
  }
  const nonce = answer.headers['replay-nonce']
  return {
    status: answer.statusCode ?? 0,
    location: answer.headers.location,
    nonce: typeof nonce === 'string' ? nonce : undefined,
    retryAfter: answer.headers['retry-after'],
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

const SILENCES: Readonly<Record<string, Text>> = {
  ECONNREFUSED: authoritySilence.nothingListens,
  ENOTFOUND: authoritySilence.nameUnknown,
  EAI_AGAIN: authoritySilence.nameUnknown,
  ETIMEDOUT: authoritySilence.notInTime,
  ABORT_ERR: authoritySilence.notInTime,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authoritySilence.untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authoritySilence.untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: authoritySilence.untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: authoritySilence.untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: authoritySilence.untrusted,
  CERT_HAS_EXPIRED: authoritySilence.untrusted,
}

function unreachable(host: string, cause: unknown): CertificateFailure {
  const { code } = cause as { code?: unknown }
  const detail = typeof code === 'string' ? code : String(cause)
  const why = SILENCES[detail] ?? authoritySilence.other(detail)
  return new CertificateFailure('unreachable', certificateFailures.unreachable(host, why), { detail, cause })
}

/** The authority said what cannot be so. */
export function lie(host: string, what: Text, detail: string, cause?: unknown): CertificateFailure {
  return new CertificateFailure('wrong-answer', certificateFailures.wrongAnswer(host, what), {
    detail,
    cause,
  })
}
