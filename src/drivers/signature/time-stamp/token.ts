/** Reads and judges the token of an authority for time stamps (RFC 3161, RFC 5816). Everything in it may be hostile. */
import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto'
import { derItems } from '../../certificates/der.ts'
import type { BadStamp, TimeStamp } from '../../../domain/letters/time-stamp.ts'
import { BOOLEAN, GENERALIZED_TIME, INTEGER, OCTETS, oidText, SEQUENCE, within } from '../asn1.ts'
import { signerOf } from '../signer-certificate.ts'
import { digestNamed, hasSigned, readSignedData, vouching } from '../signed-data.ts'

/** id-ct-TSTInfo */
const STAMP_CONTENT = '2a864886f70d0109100104'
/** id-ce-extKeyUsage and id-kp-timeStamping */
const KEY_PURPOSE = '551d25'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const EXTENSIONS = 0xa3
/** A chain that is longer is not followed. */
const MAX_CHAIN = 8

/** A token that does not count, and why. */
export class StampFault extends Error {
  readonly why: BadStamp
  constructor(why: BadStamp, cause?: unknown) {
    super(`the time stamp does not count: ${why}`, { cause })
    this.why = why
  }
}

/** A token whose signature was checked; whose authority it is, is the caller's to judge. */
export type StampToken = {
  readonly stamp: TimeStamp
  readonly at: Date
  readonly nonce: Buffer | undefined
  readonly certificate: X509Certificate
  readonly certificates: readonly Buffer[]
}

/**
 * @param stamped the octets whose digest the token must carry
 * @throws StampFault
 */
export function readToken(token: Buffer, stamped: Buffer): StampToken {
  try {
    return judged(token, stamped)
  } catch (error) {
    throw error instanceof StampFault ? error : new StampFault('garbage', error)
  }
}

function judged(token: Buffer, stamped: Buffer): StampToken {
  const data = readSignedData(token)
  if (data?.contentType !== STAMP_CONTENT || !data.content) throw new StampFault('garbage')
  const { certificate, certificates } = data
  if (vouching(data) !== 'this' || !hasSigned(data, data.content)) throw new StampFault('forged')
  const info = readInfo(data.content)
  if (!isForStamping(certificate)) throw new StampFault('not-for-stamping')
  const hash = info.digest && createHash(info.digest).update(stamped).digest()
  if (!hash || hash.length !== info.imprint.length || !timingSafeEqual(hash, info.imprint))
    throw new StampFault('other-digest')
  if (!isValidAt(certificate, info.at)) throw new StampFault('expired')
  const { commonName, issuer } = signerOf(certificate)
  const authority = commonName || certificate.subject.replaceAll('\n', ', ')
  const stamp = { at: info.at.toISOString(), authority, issuer, policy: info.policy }
  return { stamp, at: info.at, nonce: info.nonce, certificate, certificates }
}

function readInfo(content: Buffer) {
  const [version, policy, imprint, , time, ...more] = within(derItems(content)[0]!)
  const [algorithm, hash] = within(imprint!)
  if (version?.content.toString('hex') !== '01' || time?.tag !== GENERALIZED_TIME || hash?.tag !== OCTETS)
    throw new StampFault('garbage')
  return {
    policy: oidText(policy!.content),
    digest: digestNamed(within(algorithm!)[0]!.content),
    imprint: hash.content,
    at: momentOf(time.content.toString('latin1')),
    nonce: more.find(({ tag }) => tag === INTEGER)?.content,
  }
}

/** `20261126193000Z`, with or without a fraction. */
function momentOf(text: string): Date {
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text) ?? []
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`)
  if (Number.isNaN(at.getTime())) throw new StampFault('garbage')
  return at
}

/** The one purpose of the key must be time stamps, and the certificate must insist on it (RFC 3161 section 2.3). */
function isForStamping(certificate: X509Certificate): boolean {
  const signed = within(derItems(certificate.raw)[0]!)[0]!
  const extensions = within(signed).find(({ tag }) => tag === EXTENSIONS)
  const purpose = (extensions ? within(within(extensions)[0]!) : [])
    .map(within)
    .find(([name]) => name!.content.toString('hex') === KEY_PURPOSE)
  if (purpose?.[1]?.tag !== BOOLEAN) return false
  const uses = within(derItems(purpose.at(-1)!.content).find(({ tag }) => tag === SEQUENCE)!)
  return uses.length === 1 && oidText(uses[0]!.content) === TIME_STAMPING
}

const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  certificate.validFromDate <= at && at <= certificate.validToDate

/**
 * Whether a certificate is one that is trusted, or was issued under one.
 * @param others what came along; nothing of it is trusted
 */
export function leadsTo(
  certificate: X509Certificate,
  others: readonly Buffer[],
  trusted: readonly X509Certificate[],
  at: Date,
): boolean {
  const between = others.map((each) => new X509Certificate(each)).filter(({ ca }) => ca)
  let last = certificate
  for (let length = 0; length < MAX_CHAIN; length += 1) {
    if (trusted.some(({ raw }) => raw.equals(last.raw))) return true
    const isIssuer = (each: X509Certificate): boolean =>
      isValidAt(each, at) && last.checkIssued(each) && last.verify(each.publicKey)
    if (trusted.some(isIssuer)) return true
    const next = between.find((each) => each !== last && isIssuer(each))
    if (!next) return false
    last = next
  }
  return false
}
