import { X509Certificate, createPublicKey } from 'node:crypto'
import { certificateNames, isSameNames } from '../../domain/certificates/names.ts'
import { authorityLies } from '../../domain/text/certificates.ts'
import type { Text } from '../../domain/refused.ts'
import { derOfPem, requestKey } from './der.ts'
import type { SignedChain } from './driver.ts'

/** Certificates in a chain that are read. */
const MAX_CHAIN = 8
/** Our clock and the authority's may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

export type ChainReading =
  | { readonly ok: true; readonly signed: Omit<SignedChain, 'isExempt'> }
  | { readonly ok: false; readonly lie: Text }

/** The names a certificate is good for (its common name counts for nothing, RFC 9525 section 6.3). */
export function namesOf(certificate: X509Certificate): readonly string[] {
  const entries = certificate.subjectAltName?.split(', ') ?? []
  return certificateNames(entries.flatMap((entry) => (entry.startsWith('DNS:') ? entry.slice(4) : [])))
}

function issuerOf(certificate: X509Certificate): string {
  const lines = certificate.issuer.split('\n')
  const part = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1)
  return part('O') ?? part('CN') ?? certificate.issuer.replaceAll('\n', ', ')
}

function isForKey(certificate: X509Certificate, csr: string): boolean {
  const key = createPublicKey({ key: requestKey(derOfPem(csr)), format: 'der', type: 'spki' })
  return certificate.publicKey.equals(key)
}

function isLinked(chain: readonly X509Certificate[]): boolean {
  return chain.every((each, index) => {
    const issuer = chain[index + 1]
    return !issuer || (each.checkIssued(issuer) && each.verify(issuer.publicKey))
  })
}

function lieOf(
  chain: readonly X509Certificate[],
  asked: { readonly names: readonly string[]; readonly csr: string },
  now: Date,
): Text | undefined {
  const [leaf] = chain
  if (!leaf) return authorityLies.notAcme
  if (!isSameNames(namesOf(leaf), asked.names)) return authorityLies.otherNames
  if (!isForKey(leaf, asked.csr)) return authorityLies.otherKey
  const earliest = now.getTime() + CLOCK_TOLERANCE_MS
  if (leaf.validFromDate.getTime() > earliest || leaf.validToDate <= now) return authorityLies.notValidNow
  return isLinked(chain) ? undefined : authorityLies.brokenChain
}

/** Reads what an authority sent for a certificate, and whether it is the one that was asked for. */
export function readChain(
  pem: string,
  asked: { readonly names: readonly string[]; readonly csr: string },
  now: Date,
): ChainReading {
  const blocks = (pem.match(BLOCK) ?? []).slice(0, MAX_CHAIN)
  let chain: X509Certificate[]
  try {
    chain = blocks.map((block) => new X509Certificate(block))
  } catch {
    return { ok: false, lie: authorityLies.notAcme }
  }
  const lie = lieOf(chain, asked, now)
  const [leaf] = chain
  if (lie || !leaf) return { ok: false, lie: lie ?? authorityLies.notAcme }
  return {
    ok: true,
    signed: {
      chain: blocks.map((block) => `${block}\n`).join(''),
      names: namesOf(leaf),
      issuer: issuerOf(leaf),
      serial: leaf.serialNumber.toLowerCase(),
      notBefore: leaf.validFromDate,
      notAfter: leaf.validToDate,
    },
  }
}
