import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

const iterations = 4096
const keyBytes = 32

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/**
 * What PostgreSQL stores instead of a password (RFC 5802 section 3, RFC 7677). PostgreSQL takes it wherever
 * it takes a password, so the password itself never lies in a file, a statement or the server's log.
 * @param password printable ASCII, so that SASLprep (RFC 4013) changes nothing
 * @param salt 16 random bytes
 */
export function scramVerifier(password: string, salt: Buffer): string {
  if (!/^[\x21-\x7e]+$/.test(password)) throw new RangeError('a database password must be printable ASCII')
  const salted = pbkdf2Sync(password, salt, iterations, keyBytes, 'sha256')
  const stored = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64')
  const server = hmac(salted, 'Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`
}
