/** Reads CMS SignedData (RFC 5652) with one signer. Everything in it may be hostile. */
import { createHash, constants, verify, X509Certificate } from 'node:crypto'
import type { DerItem } from '../certificates/der.ts'
import { derItems } from '../certificates/der.ts'
import { CONTEXT_0, CONTEXT_1, OCTETS, OID, SET, within } from './asn1.ts'
import { issuerAndSerialOf } from './cms.ts'

const SIGNED_DATA = '2a864886f70d010702'
const MESSAGE_DIGEST = '2a864886f70d010904'
const SIGNING_CERTIFICATE = '2a864886f70d010910020c'
const SIGNING_CERTIFICATE_V2 = '2a864886f70d010910022f'
const RSA_PSS = '2a864886f70d01010a'
const digests: Readonly<Record<string, string>> = {
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
}

/** @returns node's name of a digest; undefined for one that is not trusted any more, or not known */
export const digestNamed = (oid: Buffer): string | undefined => digests[oid.toString('hex')]

export type SignedData = {
  /** Type of the content, as hexadecimal octets of its identifier, and the content where it lies inside. */
  readonly contentType: string
  readonly content: Buffer | undefined
  readonly certificates: readonly Buffer[]
  readonly digest: string
  readonly certificate: X509Certificate
  readonly attributes: DerItem
  readonly isPss: boolean
  readonly signature: Buffer
  /** Attributes that the signature does not cover; a time stamp lies there. */
  readonly unsigned: DerItem | undefined
}

/** @returns nothing when it is no SignedData that can be judged. @throws RangeError when the octets are no DER */
export function readSignedData(cms: Buffer): SignedData | undefined {
  const [type, wrapped] = within(derItems(cms)[0]!)
  if (type?.content.toString('hex') !== SIGNED_DATA || !wrapped) return undefined
  const fields = within(within(wrapped)[0]!)
  const [contentType, inside] = within(fields[2]!)
  const certificates = within(fields.find(({ tag }) => tag === CONTEXT_0)!).map(({ whole }) => whole)
  const signers = within(fields.at(-1)!)
  const [, sid, digestAlgorithm, attributes, algorithm, signature, unsigned] = within(signers[0]!)
  if (signers.length !== 1 || !sid || attributes?.tag !== CONTEXT_0 || !algorithm || !signature)
    return undefined
  const certificate = certificates.find((each) => {
    const { issuer, serial } = issuerAndSerialOf(each)
    return Buffer.concat([issuer, serial]).equals(sid.content)
  })
  const digest = digestNamed(within(digestAlgorithm!)[0]!.content)
  if (!certificate || !digest || contentType?.tag !== OID) return undefined
  return {
    contentType: contentType.content.toString('hex'),
    content: inside && within(inside)[0]?.content,
    certificates,
    digest,
    certificate: new X509Certificate(certificate),
    attributes,
    isPss: within(algorithm)[0]!.content.toString('hex') === RSA_PSS,
    signature: signature.content,
    unsigned: unsigned?.tag === CONTEXT_1 ? unsigned : undefined,
  }
}

/** Whether the certificate's key signed this content (RFC 5652 section 5.4), and said that this certificate vouches. */
export function hasSigned(data: SignedData, content: Buffer): boolean {
  const { attributes, certificate, digest } = data
  const stated = valueOf(attributes, MESSAGE_DIGEST)
  if (!stated?.content.equals(createHash(digest).update(content).digest())) return false
  if (vouching(data) === 'other') return false
  // signed is the set itself, not the form in which it stands here
  const set = Buffer.concat([Buffer.from([SET]), attributes.whole.subarray(1)])
  const key = data.isPss
    ? {
        key: certificate.publicKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_AUTO,
      }
    : certificate.publicKey
  return verify(digest, set, key, data.signature)
}

/** Which certificate the signer named (RFC 2634 section 5.4, RFC 5035): this one, another, or none. */
export function vouching({ attributes, certificate }: SignedData): 'this' | 'other' | 'unnamed' {
  const second = valueOf(attributes, SIGNING_CERTIFICATE_V2)
  const named = second ?? valueOf(attributes, SIGNING_CERTIFICATE)
  if (!named) return 'unnamed'
  const parts = within(within(within(named)[0]!)[0]!)
  const hasAlgorithm = second && parts[0]!.tag !== OCTETS
  const digest = second ? (hasAlgorithm ? digestNamed(within(parts[0]!)[0]!.content) : 'sha256') : 'sha1'
  const hash = parts[hasAlgorithm ? 1 : 0]!
  if (digest === undefined) return 'other'
  return hash.content.equals(createHash(digest).update(certificate.raw).digest()) ? 'this' : 'other'
}

/** @param oid hexadecimal */
export function valueOf(attributes: DerItem, oid: string): DerItem | undefined {
  const found = within(attributes)
    .map(within)
    .find(([name]) => name!.content.toString('hex') === oid)
  return found && within(found[1]!)[0]
}
