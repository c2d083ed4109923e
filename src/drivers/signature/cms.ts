/** The signature inside a PDF: CMS SignedData (RFC 5652) with the attributes of a PAdES baseline signature. */
import { createHash, sign, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { derItems } from '../certificates/der.ts'
import { CONTEXT_0, CONTEXT_1, der, INTEGER, NULL, OCTETS, OID, SEQUENCE, SET, within } from './asn1.ts'

const oids = {
  signedData: '2a864886f70d010702',
  data: '2a864886f70d010701',
  sha256: '608648016503040201',
  sha256WithRsa: '2a864886f70d01010b',
  ecdsaWithSha256: '2a8648ce3d040302',
  contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904',
  signingCertificateV2: '2a864886f70d010910022f',
  timeStampToken: '2a864886f70d010910020e',
} as const

const oid = (name: keyof typeof oids): Buffer => der(OID, Buffer.from(oids[name], 'hex'))
const one = der(INTEGER, Buffer.from([1]))
const attribute = (name: keyof typeof oids, value: Buffer): Buffer =>
  der(SEQUENCE, oid(name), der(SET, value))

/**
 * Signs octets detached. The time stands in the PDF and not here (ETSI EN 319 142-1 section 6.3); with an RSA key the
 * same octets give the same signature.
 *
 * @param chain the signer's certificate first, DER
 */
export function signDetached(octets: Buffer, key: KeyObject, chain: readonly Buffer[]): Buffer {
  const certificate = chain[0]!
  const attributes = signedAttributes(octets, certificate)
  const signature = sign('sha256', der(SET, attributes), key)
  const { issuer, serial } = issuerAndSerialOf(certificate)
  const sha256 = der(SEQUENCE, oid('sha256'), NULL)
  const algorithm =
    key.asymmetricKeyType === 'ec'
      ? der(SEQUENCE, oid('ecdsaWithSha256'))
      : der(SEQUENCE, oid('sha256WithRsa'), NULL)
  const signer = der(
    SEQUENCE,
    one,
    der(SEQUENCE, issuer, serial),
    sha256,
    der(CONTEXT_0, attributes),
    algorithm,
    der(OCTETS, signature),
  )
  const signedData = der(
    SEQUENCE,
    one,
    der(SET, sha256),
    der(SEQUENCE, oid('data')),
    der(CONTEXT_0, ...chain),
    der(SET, signer),
  )
  return der(SEQUENCE, oid('signedData'), der(CONTEXT_0, signedData))
}

/** id-aa-signatureTimeStampToken, in hexadecimal */
export const STAMP_ATTRIBUTE = oids.timeStampToken

/**
 * Adds the token of an authority for time stamps to a signature of ours, as an attribute that the signature does not
 * cover (RFC 3161 appendix A); nothing else changes.
 */
export function withToken(cms: Buffer, token: Buffer): Buffer {
  const [type, wrapped] = within(derItems(cms)[0]!)
  const fields = within(within(wrapped!)[0]!)
  const signer = within(within(fields.at(-1)!)[0]!)
  const stamped = der(
    SEQUENCE,
    ...signer.map(({ whole }) => whole),
    der(CONTEXT_1, attribute('timeStampToken', token)),
  )
  const signedData = der(SEQUENCE, ...fields.slice(0, -1).map(({ whole }) => whole), der(SET, stamped))
  return der(SEQUENCE, type!.whole, der(CONTEXT_0, signedData))
}

/** What is signed: type and digest of the content, and which certificate vouches (RFC 5035). In DER order. */
function signedAttributes(octets: Buffer, certificate: Buffer): Buffer {
  const certificateHash = der(OCTETS, createHash('sha256').update(certificate).digest())
  const all = [
    attribute('contentType', oid('data')),
    attribute('messageDigest', der(OCTETS, createHash('sha256').update(octets).digest())),
    attribute('signingCertificateV2', der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, certificateHash)))),
  ]
  return Buffer.concat(all.toSorted((a, b) => Buffer.compare(a, b)))
}

/** @returns issuer and serial number of a certificate as they stand in it (RFC 5280 section 4.1) */
export function issuerAndSerialOf(certificate: Buffer): { issuer: Buffer; serial: Buffer } {
  const signed = derItems(derItems(certificate)[0]!.content)[0]!
  const fields = derItems(signed.content)
  const at = fields[0]!.tag === CONTEXT_0 ? 1 : 0
  return { serial: fields[at]!.whole, issuer: fields[at + 2]!.whole }
}

/** The signer's certificate first, then those that signed it, as far as they are there. */
export function chainFrom(certificates: readonly Buffer[], key: KeyObject): Buffer[] | undefined {
  const all = certificates.map((octets) => new X509Certificate(octets))
  const leaf = all.find((each) => each.checkPrivateKey(key))
  if (!leaf) return undefined
  const chain = [leaf]
  for (let last = leaf; chain.length < all.length;) {
    const issuer = all.find((each) => !chain.includes(each) && last.checkIssued(each))
    if (!issuer) break
    chain.push(issuer)
    last = issuer
  }
  return chain.map((each) => each.raw)
}
