import { createHash, createHmac, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'

/** JSON Web Signatures as ACME wants them (RFC 8555 section 6.2): flattened, ES256, nonce and URL in the header. */

export type AccountKey = {
  readonly privateKey: KeyObject
  readonly jwk: { readonly crv: string; readonly kty: string; readonly x: string; readonly y: string }
}

export type Jws = { readonly protected: string; readonly payload: string; readonly signature: string }

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Reads the key of an account. @throws Error when it is no P-256 key */
export function readAccountKey(pem: string): AccountKey {
  const privateKey = createPrivateKey(pem)
  const { crv, kty, x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new Error('the account key is no P-256 key')
  // this order of members is the one that is hashed (RFC 7638 section 3.2)
  return { privateKey, jwk: { crv, kty, x, y } }
}

/** RFC 7638. */
export function thumbprintOf({ jwk }: AccountKey): string {
  return createHash('sha256').update(JSON.stringify(jwk)).digest('base64url')
}

/** @param payload undefined for POST-as-GET (RFC 8555 section 6.3) */
export function signJws(key: AccountKey, header: Readonly<Record<string, unknown>>, payload: unknown): Jws {
  const head = encoded({ alg: 'ES256', ...header })
  const body = payload === undefined ? '' : encoded(payload)
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return { protected: head, payload: body, signature: signature.toString('base64url') }
}

/** Binds the account to one that the office has with the authority (RFC 8555 section 7.3.4). */
export function bindAccount(
  key: AccountKey,
  url: string,
  binding: { readonly keyId: string; readonly hmacKey: string },
): Jws {
  const head = encoded({ alg: 'HS256', kid: binding.keyId, url })
  const body = encoded(key.jwk)
  const signature = createHmac('sha256', Buffer.from(binding.hmacKey, 'base64url'))
    .update(`${head}.${body}`)
    .digest('base64url')
  return { protected: head, payload: body, signature }
}
