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
  const known = byName(registered.filter(({ type }) => !isKeptByServer(type)))
  const seen = new Set<Rrset>()
  for (const set of live) {
    const { name, type } = set
    if (isKeptByServer(type)) continue
    const own = known.get(name)?.find((each) => each.type === type)
    if (own) seen.add(own)
    if (own ? isSame(set, own) : isProof(set)) continue
    const kind = own ? 'differs' : 'unexpected'
    findings.push({ kind, name, type, live: contentOf(set), registered: own ? contentOf(own) : null })
  }
  for (const sets of known.values())
    for (const set of sets)
      if (!seen.has(set)) findings.push({ kind: 'missing', ...labelOf(set), registered: contentOf(set) })
  return findings.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

const labelOf = ({ name, type }: Rrset) => ({ name, type, live: null })

function byName(sets: readonly Rrset[]): ReadonlyMap<string, readonly Rrset[]> {
  const names = new Map<string, Rrset[]>()
  for (const set of sets) {
    const own = names.get(set.name)
    // of two with one name and type the later counts, as in any table
    if (own) own.unshift(set)
    else names.set(set.name, [set])
  }
  return names
}
