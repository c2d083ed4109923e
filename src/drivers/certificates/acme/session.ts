import type * as z from 'zod'
import { authorityLies, authoritySilence, certificateFailures } from '../../../domain/text/certificates.ts'
import { CertificateFailure } from '../driver.ts'
import type { AcmeConfig } from './config.ts'
import { bindAccount, readAccountKey, signJws, type AccountKey } from './jws.ts'
import { directorySchema, problemSchema, type Directory } from './messages.ts'
import { acmeTransport, lie, type Reply, type Transport } from './transport.ts'

/** One account at one authority: signs requests, keeps nonces, and turns every "no" into a failure with a kind. */
export type AcmeSession = {
  readonly host: string
  readonly key: AccountKey
  readonly directory: Directory
  /** POST in the name of the account; without payload it only reads (RFC 8555 section 6.3) */
  readonly post: (url: string, payload?: unknown) => Promise<Reply>
  readonly get: (url: string) => Promise<Reply>
}

/** Tries of one request whose nonce is refused: a server may refuse good ones at any time (RFC 8555 section 6.5). */
const MAX_NONCE_TRIES = 20
/** What a limit without a time is taken for. */
const DEFAULT_RETRY_MS = 3_600_000
/** A longer wait than a week is a mistake. */
const MAX_RETRY_MS = 7 * 86_400_000
/** Characters of the authority's own words that are passed on. */
const MAX_REASON = 300

export const acmeError = (name: string): string => `urn:ietf:params:acme:error:${name}`

/** Milliseconds that a `Retry-After` asks for (RFC 9110 section 10.2.3); undefined when it says nothing. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_MS)
}

/** The body of an answer as what it should be. @throws CertificateFailure `wrong-answer` */
export function readAs<T extends z.ZodType>(schema: T, host: string, reply: Reply): z.infer<T> {
  const read = schema.safeParse(parsed(reply.body))
  if (!read.success) throw lie(host, authorityLies.notAcme, reply.body.slice(0, MAX_REASON))
  return read.data
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function problemOf(reply: Reply): { readonly type: string; readonly detail: string } {
  const read = problemSchema.safeParse(parsed(reply.body))
  const { type = '', detail = '' } = read.success ? read.data : {}
  return { type, detail: plain(detail) || type || `HTTP ${reply.status}` }
}

/** A stranger's words in one line and without a final stop, since our sentence goes on after them. */
export function plain(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[^\P{C}]/gu, '')
    .trim()
    .replace(/\.+$/, '')
    .slice(0, MAX_REASON)
}

function failureOf(host: string, reply: Reply): CertificateFailure {
  const { type, detail } = problemOf(reply)
  if (reply.status === 429 || type === acmeError('rateLimited')) {
    const now = Date.now()
    const wait = retryAfterMs(reply.retryAfter, now) ?? DEFAULT_RETRY_MS
    const retryAt = new Date(now + wait)
    return new CertificateFailure('rate-limited', certificateFailures.rateLimited(host), { detail, retryAt })
  }
  if (reply.status >= 500) {
    const text = certificateFailures.unreachable(host, authoritySilence.serverError(reply.status))
    return new CertificateFailure('unreachable', text, { detail })
  }
  const text = certificateFailures.refused(host, detail)
  return new CertificateFailure('refused', text, { detail: type || detail })
}

/** @throws CertificateFailure when the answer is not a success */
function succeeded(host: string, reply: Reply): Reply {
  if (reply.status >= 200 && reply.status < 300) return reply
  throw failureOf(host, reply)
}

type Signer = {
  readonly transport: Transport
  readonly directory: Directory
  readonly key: AccountKey
  nonce: string | undefined
}

async function nonceOf(signer: Signer): Promise<string> {
  const kept = signer.nonce
  signer.nonce = undefined
  if (kept) return kept
  const { host } = signer.transport
  const reply = await signer.transport.send({ method: 'HEAD', url: signer.directory.newNonce })
  const { nonce } = succeeded(host, reply)
  if (!nonce) throw lie(host, authorityLies.notAcme, 'no nonce')
  return nonce
}

/** @param identity who signs: `jwk` for an account that has no address yet, else `kid` (RFC 8555 section 6.2) */
async function signedPost(
  signer: Signer,
  identity: Readonly<Record<string, unknown>>,
  url: string,
  payload: unknown,
): Promise<Reply> {
  const { transport, key } = signer
  for (let tries = 1; ; tries += 1) {
    const header = { ...identity, nonce: await nonceOf(signer), url }
    const body = JSON.stringify(signJws(key, header, payload))
    const reply = await transport.send({ method: 'POST', url, body })
    signer.nonce = reply.nonce
    const isBadNonce = reply.status === 400 && problemOf(reply).type === acmeError('badNonce')
    if (!isBadNonce || tries >= MAX_NONCE_TRIES) return succeeded(transport.host, reply)
  }
}

/** The address of the account: made when it is not there yet (RFC 8555 section 7.3), agreed to by the office. */
async function accountOf(signer: Signer, config: AcmeConfig): Promise<string> {
  const { newAccount } = signer.directory
  const { binding, contact } = config
  const payload = {
    termsOfServiceAgreed: true,
    ...(contact ? { contact: [`mailto:${contact}`] } : {}),
    ...(binding ? { externalAccountBinding: bindAccount(signer.key, newAccount, binding) } : {}),
  }
  const reply = await signedPost(signer, { jwk: signer.key.jwk }, newAccount, payload)
  if (!reply.location) throw lie(signer.transport.host, authorityLies.notAcme, 'an account without address')
  return reply.location
}

/** Reads the directory and signs in. @throws CertificateFailure */
export async function openSession(config: AcmeConfig): Promise<AcmeSession> {
  const transport = acmeTransport(config.directory, config.limits.answerMs, config.root)
  const { host } = transport
  const get = async (url: string): Promise<Reply> =>
    succeeded(host, await transport.send({ method: 'GET', url }))
  const directory = readAs(directorySchema, host, await get(config.directory))
  const key = readAccountKey(config.accountKey)
  const signer: Signer = { transport, directory, key, nonce: undefined }
  const kid = await accountOf(signer, config)
  const post = (url: string, payload?: unknown): Promise<Reply> => signedPost(signer, { kid }, url, payload)
  return { host, key, directory, post, get }
}
