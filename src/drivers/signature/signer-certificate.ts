import type { X509Certificate } from 'node:crypto'
import type { SignerCertificate } from '../../domain/letters/signing.ts'

/** @returns the facts of a certificate; names as they stand in it */
export function signerOf(certificate: X509Certificate): SignerCertificate {
  return {
    commonName: partOf(certificate.subject, 'CN'),
    issuer: partOf(certificate.issuer, 'CN') || certificate.issuer.replaceAll('\n', ', '),
    serial: certificate.serialNumber,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
  }
}

/** Names are compared without regard to case and to doubled spaces. */
export const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b)

const plainName = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** One part of a name that node prints as lines `CN=...`. */
function partOf(name: string, part: string): string {
  const line = name.split('\n').find((each) => each.startsWith(`${part}=`))
  return line ? line.slice(part.length + 1) : ''
}
