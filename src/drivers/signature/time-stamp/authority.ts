/** Asks an authority for a time stamp over HTTP (RFC 3161 section 3.4). */
import { createHash, X509Certificate } from 'node:crypto'
import type { StampTrouble, TimeStamp } from '../../../domain/letters/time-stamp.ts'
import { derItems } from '../../certificates/der.ts'
import { NotAllowed, reachingFetch } from '../../outgoing.ts'
import { BOOLEAN, der, INTEGER, NULL, OCTETS, OID, oidOctets, SEQUENCE, within } from '../asn1.ts'
import { leadsTo, readToken, StampFault } from './token.ts'

const ANSWER_MS = 10_000
/** A token with its chain has some thousand octets. */
const ANSWER_MAX_OCTETS = 64 * 1024
/** How far the authority's clock may be from this machine's. */
const CLOCK_TOLERANCE_MS = 5 * 60_000
const NONCE_OCTETS = 16
const SHA256 = oidOctets('2.16.840.1.101.3.4.2.1')
/** PKIStatus `granted` and `grantedWithMods` */
const GRANTED = ['00', '01']
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** An authority as the office named it. */
export type StampPlace = {
  readonly url: string
  /** PEM: the certificates under which the authority's own must stand. */
  readonly root: string
  readonly policy?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly timeoutMs?: number | undefined
}

export type StampAnswer =
  | { readonly kind: 'stamped'; readonly token: Buffer; readonly stamp: TimeStamp }
  | { readonly kind: 'none'; readonly trouble: StampTrouble }

export type StampDeps = {
  readonly now: () => Date
  readonly randomBytes: (length: number) => Buffer
}

const none = (trouble: StampTrouble): StampAnswer => ({ kind: 'none', trouble })

/**
 * Asks for the time stamp of some octets; of them only the digest leaves the machine. No answer is believed: digest,
 * nonce, policy, signature, purpose of the certificate, its chain to the one that is trusted, and the clock are checked.
 */
export async function askStamp(place: StampPlace, octets: Buffer, deps: StampDeps): Promise<StampAnswer> {
  const nonce = nonceFrom(deps.randomBytes(NONCE_OCTETS))
  const reply = await send(place, requestOf(octets, nonce, place.policy))
  if (!Buffer.isBuffer(reply)) return none(reply)
  try {
    const token = tokenIn(reply)
    if (!token) return none('refused')
    return judged(place, { token, octets, nonce }, deps.now())
  } catch (error) {
    return none(error instanceof StampFault ? error.why : 'garbage')
  }
}

type Answered = { readonly token: Buffer; readonly octets: Buffer; readonly nonce: Buffer }

function judged(place: StampPlace, { token, octets, nonce }: Answered, now: Date): StampAnswer {
  const read = readToken(token, octets)
  if (!read.nonce?.equals(nonce)) return none('other-nonce')
  if (place.policy !== undefined && read.stamp.policy !== place.policy) return none('other-policy')
  const trusted = (place.root.match(PEM) ?? []).map((each) => new X509Certificate(each))
  if (!leadsTo(read.certificate, read.certificates, trusted, now)) return none('other-authority')
  if (Math.abs(read.at.getTime() - now.getTime()) > CLOCK_TOLERANCE_MS) return none('clock')
  return { kind: 'stamped', token, stamp: read.stamp }
}

/** A positive number whose first octet is not zero, so that it has one form in DER only. */
const nonceFrom = (random: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(random[0]! & 0x3f) | 0x40]), random.subarray(1)])

/** TimeStampReq (RFC 3161 section 2.4.1); the certificate shall come along. */
function requestOf(octets: Buffer, nonce: Buffer, policy: string | undefined): Buffer {
  const hash = createHash('sha256').update(octets).digest()
  return der(
    SEQUENCE,
    der(INTEGER, Buffer.from([1])),
    der(SEQUENCE, der(SEQUENCE, der(OID, SHA256), NULL), der(OCTETS, hash)),
    ...(policy === undefined ? [] : [der(OID, oidOctets(policy))]),
    der(INTEGER, nonce),
    der(BOOLEAN, Buffer.from([0xff])),
  )
}

/** The token of a TimeStampResp; nothing when the authority refuses. @throws RangeError */
function tokenIn(reply: Buffer): Buffer | undefined {
  const [info, token] = within(derItems(reply)[0]!)
  const status = within(info!)[0]!.content.toString('hex')
  return GRANTED.includes(status) ? token?.whole : undefined
}

async function send(place: StampPlace, request: Buffer): Promise<Buffer | StampTrouble> {
  const headers = new Headers({ 'content-type': 'application/timestamp-query' })
  if (place.user !== undefined) {
    const basic = Buffer.from(`${place.user}:${place.password ?? ''}`).toString('base64')
    headers.set('authorization', `Basic ${basic}`)
  }
  const timeoutMs = place.timeoutMs ?? ANSWER_MS
  const late = AbortSignal.timeout(timeoutMs)
  try {
    const reply = await reachingFetch(
      place.url,
      { method: 'POST', headers, body: new Uint8Array(request) },
      { timeoutMs, maxOctets: ANSWER_MAX_OCTETS },
    )
    const body = Buffer.from(await reply.arrayBuffer())
    if (reply.status === 401 || reply.status === 403) return 'credentials'
    if (reply.status >= 500) return 'unreachable'
    if (reply.status >= 400) return 'refused'
    return reply.status === 200 ? body : 'garbage'
  } catch (error) {
    if (error instanceof NotAllowed) return 'not-allowed'
    return late.aborted || isTimeout(error) ? 'slow' : 'unreachable'
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
