import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** What a device says, and how a hostile one says it otherwise. */
export type Claims = {
  readonly origin?: string
  readonly rpId?: string
  readonly counter?: number
  /** The user was not asked for fingerprint or PIN. */
  readonly unverified?: boolean
  /** Signed with another key. */
  readonly forged?: boolean
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const text = (data: Buffer): string => data.toString('base64url')

/** A passkey in software: it says whatever a test wants, and signs it with a real P-256 key. */
export function softPasskey(home: { readonly origin: string; readonly rpId: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const id = randomBytes(32)

  const clientData = (type: string, challenge: string, { origin = home.origin }: Claims): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  const authenticatorData = (
    { rpId = home.rpId, counter = 0, unverified }: Claims,
    attested: boolean,
  ): Buffer => {
    const rest = Buffer.alloc(5)
    rest[0] = 0x01 | (unverified ? 0 : 0x04) | (attested ? 0x40 : 0)
    rest.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(rpId), rest])
  }

  function coseKey(): Buffer {
    const { x, y } = publicKey.export({ format: 'jwk' })
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9052, 7; RFC 9053, 7.1.1)
    return Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x!, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y!, 'base64url'),
    ])
  }

  return {
    id: text(id),
    /** The answer to `navigator.credentials.create`, attestation "none". */
    make(challenge: string, claims: Claims = {}): string {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey()])
      const data = Buffer.concat([authenticatorData(claims, true), attested])
      const length = Buffer.from([0x59, data.length >> 8, data.length & 255])
      const cbor = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        length,
        data,
      ])
      return JSON.stringify({
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData('webauthn.create', challenge, claims)),
          attestationObject: text(cbor),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      })
    },
    /** The answer to `navigator.credentials.get`. */
    answer(challenge: string, claims: Claims = {}): string {
      const client = clientData('webauthn.get', challenge, claims)
      const data = authenticatorData(claims, false)
      const signature = sign(
        'sha256',
        Buffer.concat([data, sha256(client)]),
        claims.forged ? other : privateKey,
      )
      return JSON.stringify({
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(signature),
        },
        clientExtensionResults: {},
      })
    },
  }
}

/** A text of fewer than 24 octets (RFC 8949, 3.1). */
const cborText = (word: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
