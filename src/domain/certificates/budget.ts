import { certificateNames, isSameNames } from './names.ts'
import { registeredDomainOf } from './registered-domain.ts'

/**
 * What a public authority signs in a week, counted as Let's Encrypt publishes it (November 2026): all agencies under
 * one registered domain share it, so Ranah keeps the count and lets the rest wait with a time to expect.
 */
export type CertificateLimits = {
  readonly windowMs: number
  /** new certificates per registered domain and window */
  readonly perDomain: number
  /** certificates for exactly the same names and window */
  readonly perNames: number
}

const DAY_MS = 86_400_000

export const publicLimits: CertificateLimits = { windowMs: 7 * DAY_MS, perDomain: 50, perNames: 5 }

/** A certificate that was signed. */
export type SignedCertificate = {
  readonly names: readonly string[]
  readonly at: Date
  /** a renewal that named what it replaces (RFC 9773 section 5): it counts against nothing */
  readonly isExempt: boolean
}

export type WantedCertificate = {
  readonly names: readonly string[]
  /** renews with the authority's own renewal information, and so may be signed at any time */
  readonly isExempt: boolean
  /** wanted before this one and not yet signed; they come first */
  readonly ahead: readonly (readonly string[])[]
}

export type Turn =
  | { readonly kind: 'now' }
  | { readonly kind: 'queued'; readonly expectedAt: Date; readonly because: 'domain' | 'same-names' }

/** When `place` more fit under `limit`: that many of the oldest must have left the window first. */
function freeAt(
  times: readonly number[],
  limits: { readonly limit: number; readonly windowMs: number },
  place: number,
  now: number,
): number {
  const inWindow = times.filter((time) => time > now - limits.windowMs).sort((a, b) => a - b)
  // Those ahead are signed as room comes, and take the places that they find for a whole window.
  for (let waiting = place; ; waiting -= 1) {
    const at =
      inWindow.length < limits.limit ? now : inWindow[inWindow.length - limits.limit]! + limits.windowMs
    const when = Math.max(now, at, inWindow.at(-1) ?? now)
    if (waiting === 0) return Math.max(now, at)
    inWindow.push(when)
  }
}

const domainsOf = (names: readonly string[]): ReadonlySet<string> => new Set(names.map(registeredDomainOf))

/** Whether a certificate may be asked for now, or when its turn is expected to come. */
export function turnOf(
  wanted: WantedCertificate,
  signed: readonly SignedCertificate[],
  now: Date,
  limits: CertificateLimits = publicLimits,
): Turn {
  if (wanted.isExempt) return { kind: 'now' }
  const counted = signed.filter((each) => !each.isExempt)
  const { windowMs } = limits
  let latest = { at: now.getTime(), because: 'domain' as 'domain' | 'same-names' }
  for (const domain of domainsOf(wanted.names)) {
    const counts = (names: readonly string[]): boolean => domainsOf(names).has(domain)
    const times = counted.filter(({ names }) => counts(names)).map(({ at }) => at.getTime())
    const place = wanted.ahead.filter(counts).length
    const at = freeAt(times, { limit: limits.perDomain, windowMs }, place, now.getTime())
    if (at > latest.at) latest = { at, because: 'domain' }
  }
  const same = (names: readonly string[]): boolean => isSameNames(names, wanted.names)
  const times = counted.filter(({ names }) => same(names)).map(({ at }) => at.getTime())
  const place = wanted.ahead.filter(same).length
  const at = freeAt(times, { limit: limits.perNames, windowMs }, place, now.getTime())
  if (at > latest.at) latest = { at, because: 'same-names' }
  return latest.at <= now.getTime()
    ? { kind: 'now' }
    : { kind: 'queued', expectedAt: new Date(latest.at), because: latest.because }
}

/** How many certificates of a registered domain may still be asked for now. */
export function roomOf(
  domain: string,
  signed: readonly SignedCertificate[],
  now: Date,
  limits: CertificateLimits = publicLimits,
): number {
  const since = now.getTime() - limits.windowMs
  const used = signed.filter(
    ({ names, at, isExempt }) =>
      !isExempt && at.getTime() > since && domainsOf(certificateNames(names)).has(domain),
  )
  return Math.max(0, limits.perDomain - used.length)
}
