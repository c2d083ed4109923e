/** Reads the signature of a PDF and says whether the file is as it was signed. Everything in it may be hostile. */
import { createHash, constants, verify, X509Certificate } from 'node:crypto'
import { derItems } from '../certificates/der.ts'
import type { DerItem } from '../certificates/der.ts'
import { issuerAndSerialOf } from './cms.ts'
import type { SignatureReport } from '../../domain/letters/signing.ts'
import { signerOf } from './signer-certificate.ts'

/** Signatures that are looked at in one file; the last one covers all that is before it. */
const MAX_SIGNATURES = 20
const CONTEXT_0 = 0xa0
const SIGNED_DATA = '2a864886f70d010702'
const MESSAGE_DIGEST = '2a864886f70d010904'
const SIGNING_CERTIFICATE_V2 = '2a864886f70d010910022f'
const OCTETS = 0x04
const RSA_PSS = '2a864886f70d01010a'
const digests: Readonly<Record<string, string>> = {
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
}

const rangePattern =
  /\/ByteRange\s{0,20}\[\s{0,20}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{0,20}\]/g

/** @returns what the last signature of a file says */
export function readSignature(pdf: Buffer): SignatureReport {
  const text = pdf.toString('latin1')
  const ranges = [...text.matchAll(rangePattern)].slice(-MAX_SIGNATURES)
  const last = ranges.at(-1)
  if (!last) return { kind: 'none' }
  try {
    const [zero, open, close, rest] = last.slice(1).map(Number) as [number, number, number, number]
    const covers = zero === 0 && open < close && close + rest === pdf.length
    if (!covers || text[open] !== '<' || text[close - 1] !== '>') return { kind: 'broken' }
    const signed = Buffer.concat([pdf.subarray(0, open), pdf.subarray(close)])
    const certificate = signerOfContent(cmsIn(text.slice(open + 1, close - 1)), signed)
    return certificate
      ? { kind: 'intact', certificate: signerOf(certificate), signedAt: timeIn(text, last.index) }
      : { kind: 'broken' }
  } catch {
    // whatever it is, it is no signature of this file
    return { kind: 'broken' }
  }
}

/** The CMS of a signature's place; what fills the place up to its end must be zeros, so that nothing hides there. */
function cmsIn(hex: string): Buffer {
  const octets = Buffer.from(hex, 'hex')
  if (octets.length * 2 !== hex.length) throw new RangeError('not hexadecimal')
  const lengthOctets = octets.readUInt8(1) < 0x80 ? 0 : octets.readUInt8(1) & 0x7f
  const length = lengthOctets === 0 ? octets.readUInt8(1) : octets.readUIntBE(2, lengthOctets)
  const end = 2 + lengthOctets + length
  if (end > octets.length || octets.subarray(end).some((each) => each !== 0))
    throw new RangeError('not filled')
  return octets.subarray(0, end)
}

/** The time that stands in the dictionary of the signature. */
function timeIn(text: string, at: number): string | null {
  const around = text.slice(Math.max(0, at - 1000), at + 200)
  const found = /\/M\s{0,5}\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'(\d\d)'?)/.exec(around)
  if (!found) return null
  const [, year, month, day, hour, minute, second, zone = '+00', part = '00'] = found
  const at8601 = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${part}`)
  return Number.isNaN(at8601.getTime()) ? null : at8601.toISOString()
}

/** @returns the certificate whose key signed the content; nothing when it did not (RFC 5652 section 5.4) */
function signerOfContent(cms: Buffer, content: Buffer): X509Certificate | undefined {
  const [type, wrapped] = within(derItems(cms)[0]!)
  if (type?.content.toString('hex') !== SIGNED_DATA || !wrapped) return undefined
  const fields = within(within(wrapped)[0]!)
  const certificates = within(fields.find(({ tag }) => tag === CONTEXT_0)!).map(({ whole }) => whole)
  const signer = within(within(fields.at(-1)!)[0]!)
  const [, sid, digestAlgorithm, attributes, algorithm, signature] = signer
  if (!sid || attributes?.tag !== CONTEXT_0 || !algorithm || !signature) return undefined
  const digest = digests[within(digestAlgorithm!)[0]!.content.toString('hex')]
  const certificate = certificates.find((each) => {
    const { issuer, serial } = issuerAndSerialOf(each)
    return Buffer.concat([issuer, serial]).equals(sid.content)
  })
  if (!digest || !certificate) return undefined
  const stated = valueOf(attributes, MESSAGE_DIGEST)
  const hash = createHash(digest).update(content).digest()
  if (!stated || !stated.content.equals(hash) || namesOther(attributes, certificate)) return undefined
  // signed is the set itself, not the form in which it stands here
  const set = Buffer.concat([Buffer.from([0x31]), attributes.whole.subarray(1)])
  const leaf = new X509Certificate(certificate)
  const isPss = within(algorithm)[0]!.content.toString('hex') === RSA_PSS
  const key = isPss
    ? {
        key: leaf.publicKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_AUTO,
      }
    : leaf.publicKey
  return verify(digest, set, key, signature.content) ? leaf : undefined
}

function valueOf(attributes: DerItem, oid: string): DerItem | undefined {
  const found = within(attributes)
    .map(within)
    .find(([name]) => name!.content.toString('hex') === oid)
  return found && within(found[1]!)[0]
}

/** Whether the signer said that another certificate vouches for the signature (RFC 5035, SHA-256 only). */
function namesOther(attributes: DerItem, certificate: Buffer): boolean {
  const named = valueOf(attributes, SIGNING_CERTIFICATE_V2)
  const hash = named && within(within(within(named)[0]!)[0]!)
  if (hash?.length !== 1 && hash?.[0]?.tag !== OCTETS) return false
  return !hash[0]!.content.equals(createHash('sha256').update(certificate).digest())
}

const within = (item: DerItem): DerItem[] => derItems(item.content)
