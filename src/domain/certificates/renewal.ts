import { createHash } from 'node:crypto'
import { covers } from './names.ts'

/** When a certificate is renewed, and when a new one may take its place. */

export type Validity = { readonly notBefore: Date; readonly notAfter: Date }

/** When the authority wants a certificate renewed (RFC 9773 section 4.2). */
export type RenewalWindow = { readonly start: Date; readonly end: Date }

/** A window that says something: not empty, and open before the certificate ends. */
export function isUsableWindow(window: RenewalWindow, { notAfter }: Validity): boolean {
  return window.start < window.end && window.start < notAfter
}

/** A number in [0, 1) that is the same for the same certificate each time, and spreads certificates evenly. */
function shareOf(serial: string): number {
  return createHash('sha256').update(serial).digest().readUInt32BE() / 2 ** 32
}

/**
 * When to renew: a moment inside the authority's window, the same one each time it is asked (RFC 9773 section 4.2
 * wants it spread evenly); without a usable window when a third of the lifetime is left.
 */
export function renewAt(certificate: Validity & { readonly serial: string }, window?: RenewalWindow): Date {
  const { notBefore, notAfter } = certificate
  const latest = notAfter.getTime() - (notAfter.getTime() - notBefore.getTime()) / 3
  if (!window || !isUsableWindow(window, certificate)) return new Date(latest)
  const end = Math.min(window.end.getTime(), notAfter.getTime())
  const start = Math.min(window.start.getTime(), end)
  return new Date(start + shareOf(certificate.serial) * (end - start))
}

/** Whether a new certificate may take the place of one that serves a name: it never makes matters worse. */
export function mayReplace(
  current: Validity | undefined,
  next: Validity & { readonly names: readonly string[] },
  name: string,
  now: Date,
): boolean {
  const isGood = next.notBefore <= now && now < next.notAfter && covers(next.names, name)
  return isGood && (current === undefined || current.notAfter <= now || next.notAfter >= current.notAfter)
}
