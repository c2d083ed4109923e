import { createECDH, createPrivateKey } from 'node:crypto'

/** Octets of a private key on P-256. */
const KEY_OCTETS = 32

/** A new P-256 key (PEM) for an account at an authority. @param randomBytes from the caller */
export function accountKeyFrom(randomBytes: (length: number) => Buffer): string {
  const curve = createECDH('prime256v1')
  const secret = randomBytes(KEY_OCTETS)
  // all but one of four thousand million numbers are keys; the others are refused here
  curve.setPrivateKey(secret)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 1 + KEY_OCTETS), point.subarray(1 + KEY_OCTETS)]
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  const key = createPrivateKey({ key: { ...jwk, d: secret.toString('base64url') }, format: 'jwk' })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
