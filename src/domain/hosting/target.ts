import { parseIpv4, parseIpv6 } from '../dns/addresses.ts'
import type { SiteKind } from './site.ts'

/**
 * Networks in which a site host would speak to itself, to its own link or to the metadata service of a cloud:
 * no proxy may lead there.
 */
const FORBIDDEN_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  // Metadata services of two clouds stand outside the link-local network.
  ['100.100.100.200', 32],
  ['192.0.0.0', 24],
  ['224.0.0.0', 3],
]

/** Unicast and unique local addresses (RFC 4291 section 2.4, RFC 4193); everything else is refused. */
const ALLOWED_V6: readonly (readonly [string, number])[] = [
  ['2000::', 3],
  ['fc00::', 7],
]
/** Teredo and 6to4 carry an IPv4 address inside; the last is a cloud's metadata service. */
const FORBIDDEN_V6: readonly (readonly [string, number])[] = [
  ['2001::', 32],
  ['2002::', 16],
  ['fd00:ec2::', 32],
]

function isWithin(address: Uint8Array, network: Uint8Array, bits: number): boolean {
  return Array.from({ length: bits }).every((_, bit) => {
    const mask = 128 >> (bit % 8)
    return (address[bit >> 3]! & mask) === (network[bit >> 3]! & mask)
  })
}

function isAgencyAddress(host: string): boolean {
  const inner = /^\[(.+)\]$/.exec(host)?.[1]
  try {
    if (inner === undefined) {
      const address = parseIpv4(host)
      return !FORBIDDEN_V4.some(([network, bits]) => isWithin(address, parseIpv4(network), bits))
    }
    const address = parseIpv6(inner)
    const within = ([network, bits]: readonly [string, number]) => isWithin(address, parseIpv6(network), bits)
    return ALLOWED_V6.some(within) && !FORBIDDEN_V6.some(within)
  } catch {
    return false
  }
}

/** The address as the WHATWG rules write it, so that `0x7f.1` or a full-width dot cannot mean something else. */
function webAddress(text: string): URL | null {
  if (/[^!-~]/.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const isPlain = url.username === '' && url.password === '' && url.hash === ''
  return isWeb && isPlain && url.href.replace(/\/$/, '') === text.replace(/\/$/, '') ? url : null
}

/**
 * Whether a proxy may lead there: `http(s)://ADDRESS[:PORT]`, an address and not a name, because what a name
 * stands for may change after it was judged.
 */
export function isProxyTarget(text: string): boolean {
  const url = webAddress(text)
  return url !== null && url.pathname === '/' && url.search === '' && isAgencyAddress(url.hostname)
}

/** Whether a redirect may lead there: a whole web address that is not the site itself. */
export function isRedirectTarget(text: string, fqdn: string): boolean {
  const url = webAddress(text)
  return url !== null && url.hostname !== fqdn && !/[$"\\]/.test(text)
}

/** Whether kind and target of a site go together. */
export function isTargetOf(site: {
  readonly fqdn: string
  readonly kind?: SiteKind | undefined
  readonly target?: string | undefined
}): boolean {
  if (site.kind === 'proxy') return site.target !== undefined && isProxyTarget(site.target)
  if (site.kind === 'redirect') return site.target !== undefined && isRedirectTarget(site.target, site.fqdn)
  return site.target === undefined
}
