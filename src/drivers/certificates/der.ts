/** Just enough DER (X.690) to find what node:crypto does not show of certificates and signing requests. */

export type DerItem = {
  readonly tag: number
  readonly content: Buffer
  /** tag, length and content */
  readonly whole: Buffer
}

/** Items of one level that are read; certificates and requests have far fewer. */
const MAX_ITEMS = 10_000

/** The items that stand one after another. @throws RangeError when the octets are no DER */
export function derItems(octets: Buffer): DerItem[] {
  const items: DerItem[] = []
  for (let at = 0; at < octets.length;) {
    const tag = octets.readUInt8(at)
    const first = octets.readUInt8(at + 1)
    const lengthOctets = first < 0x80 ? 0 : first & 0x7f
    if (lengthOctets > 4 || items.length >= MAX_ITEMS) throw new RangeError('not DER')
    const start = at + 2 + lengthOctets
    const length = lengthOctets === 0 ? first : octets.readUIntBE(at + 2, lengthOctets)
    if (start + length > octets.length) throw new RangeError('DER ends early')
    items.push({
      tag,
      content: octets.subarray(start, start + length),
      whole: octets.subarray(at, start + length),
    })
    at = start + length
  }
  return items
}

/** The DER octets of the first PEM block. */
export function derOfPem(pem: string): Buffer {
  const body = /-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem)?.[1] ?? ''
  return Buffer.from(body, 'base64')
}

/** The public key of a signing request (RFC 2986 section 4.1), as a SubjectPublicKeyInfo. */
export function requestKey(csr: Buffer): Buffer {
  const [request] = derItems(csr)
  const [info] = derItems(request?.content ?? Buffer.alloc(0))
  const key = derItems(info?.content ?? Buffer.alloc(0))[2]
  if (!key) throw new RangeError('not a signing request')
  return key.whole
}

const SEQUENCE = 0x30
const EXTENSIONS = 0xa3
const KEY_IDENTIFIER = 0x80
/** 2.5.29.35 (RFC 5280 section 4.2.1.1) */
const AUTHORITY_KEY_IDENTIFIER = Buffer.from('551d23', 'hex')

/** Serial number and key of the issuer as they stand in a certificate; undefined when it names no such key. */
export function issuerAndSerial(certificate: Buffer): { keyIdentifier: Buffer; serial: Buffer } | undefined {
  const [whole] = derItems(certificate)
  const [signed] = derItems(whole?.content ?? Buffer.alloc(0))
  const fields = derItems(signed?.content ?? Buffer.alloc(0))
  const serial = fields[1]?.content
  const list = fields.find(({ tag }) => tag === EXTENSIONS)
  const extensions = derItems(list?.content ?? Buffer.alloc(0)).flatMap(({ content }) => derItems(content))
  for (const { tag, content } of extensions) {
    const parts = tag === SEQUENCE ? derItems(content) : []
    if (!parts[0]?.content.equals(AUTHORITY_KEY_IDENTIFIER)) continue
    const [value] = derItems(parts.at(-1)?.content ?? Buffer.alloc(0))
    const key = derItems(value?.content ?? Buffer.alloc(0)).find(({ tag }) => tag === KEY_IDENTIFIER)
    if (key && serial) return { keyIdentifier: key.content, serial }
  }
  return undefined
}
