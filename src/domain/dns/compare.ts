import type { RrsetContent } from './plan.ts'
import type { Rrset } from './records.ts'

/** What a zone says against what the registry says. */
export type ZoneFinding = {
  /** `missing`: registered, not in the zone; `unexpected`: in the zone, not registered */
  readonly kind: 'missing' | 'unexpected' | 'differs'
  readonly name: string
  readonly type: string
  readonly live: RrsetContent | null
  readonly registered: RrsetContent | null
}

/** What a server makes by itself: serial numbers, and the records of its own DNSSEC signing. */
const KEPT_BY_SERVER = new Set([
  'SOA',
  'RRSIG',
  'NSEC',
  'NSEC3',
  'NSEC3PARAM',
  'DNSKEY',
  'CDS',
  'CDNSKEY',
  'ZONEMD',
  // BIND's notes about its signing
  'TYPE65534',
])

/** Whether a zone's server makes records of a type by itself, so that nobody registers them. */
export const isKeptByServer = (type: string): boolean => KEPT_BY_SERVER.has(type)

function isSame(a: Rrset, b: Rrset): boolean {
  if (a.ttl !== b.ttl || a.values.length !== b.values.length) return false
  return a.values.every((value, index) => value === b.values[index])
}

/** Proofs that certificate authorities ask for (RFC 8555 section 8.4) come and go by themselves. */
const isProof = ({ name, type }: Rrset): boolean => type === 'TXT' && name.startsWith('_acme-challenge.')

const contentOf = ({ ttl, values }: Rrset): RrsetContent => ({ ttl, values })
const keyOf = ({ name, type }: { readonly name: string; readonly type: string }): string => `${name} ${type}`

/**
 * Compares a zone with the registry, both in canonical form.
 * @returns one finding per record set that is not the same, sorted by name and type
 */
export function compareZones(live: readonly Rrset[], registered: readonly Rrset[]): ZoneFinding[] {
  const findings: ZoneFinding[] = []
  const known = new Map(registered.map((set) => [keyOf(set), set]))
  for (const set of live) {
    if (isKeptByServer(set.type)) continue
    const { name, type } = set
    const key = keyOf(set)
    const own = known.get(key)
    known.delete(key)
    if (own ? isSame(set, own) : isProof(set)) continue
    const kind = own ? 'differs' : 'unexpected'
    findings.push({ kind, name, type, live: contentOf(set), registered: own ? contentOf(own) : null })
  }
  for (const set of known.values()) {
    if (isKeptByServer(set.type)) continue
    const { name, type } = set
    findings.push({ kind: 'missing', name, type, live: null, registered: contentOf(set) })
  }
  return findings.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
