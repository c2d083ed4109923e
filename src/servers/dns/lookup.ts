import type { ResourceRecord } from '../../domain/dns/message.ts'
import { ancestorsOf, isWithin, parentOf } from '../../domain/dns/names.ts'
import { rdataFromWire } from '../../domain/dns/records.ts'
import { RCODE, TYPE } from '../../domain/dns/types.ts'
import { recordsOf, type Node, type Zone } from './zone.ts'

/** What an authoritative server says to a question (RFC 1034 section 4.3.2, RFC 4592, RFC 2308). */
export type Answer = {
  readonly rcode: number
  readonly authoritative: boolean
  readonly answers: readonly ResourceRecord[]
  readonly authority: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
  /** whether the answer is useless without its additional records: a referral with glue (RFC 9471) */
  readonly needsAdditional: boolean
}

/** Longest chain of CNAME records that is followed inside a zone. */
const MAX_CNAME_STEPS = 16

/** The name at or above `name` where the zone hands over to another server, if any. */
function cutAbove(zone: Zone, name: string, type: number): string | undefined {
  const inside = ancestorsOf(name).filter((at) => at !== zone.origin && isWithin(at, zone.origin))
  // DS is the one type that the parent side of a cut answers (RFC 4035 section 3.1.4.1).
  const cuts = inside.filter((at) => zone.get(at, TYPE.NS) && !(type === TYPE.DS && at === name))
  return cuts.at(-1)
}

/** Addresses the zone knows for the names that NS, MX and SRV records point to. */
function addressesFor(zone: Zone, records: readonly ResourceRecord[]): ResourceRecord[] {
  const targets = new Set<string>()
  for (const { type, rdata } of records) {
    const data = rdataFromWire(type, rdata)
    if (data.type === 'NS' || data.type === 'SRV') targets.add(data.target)
    if (data.type === 'MX') targets.add(data.exchange)
  }
  return [...targets]
    .filter((target) => isWithin(target, zone.origin))
    .flatMap((target) => [TYPE.A, TYPE.AAAA].flatMap((type) => setAt(zone, target, type)))
}

function setAt(zone: Zone, name: string, type: number): ResourceRecord[] {
  const set = zone.get(name, type)
  return set ? recordsOf(name, type, set) : []
}

function referral(zone: Zone, cut: string, answers: readonly ResourceRecord[]): Answer {
  const authority = setAt(zone, cut, TYPE.NS)
  const additional = addressesFor(zone, authority)
  const authoritative = answers.length > 0
  return {
    rcode: RCODE.NOERROR,
    authoritative,
    answers,
    authority,
    additional,
    needsAdditional: additional.length > 0,
  }
}

/** The SOA as negative answers carry it: alive for the smaller of its TTL and its minimum (RFC 2308 section 3). */
function negativeSoa(zone: Zone): ResourceRecord {
  const record = zone.soaRecord()
  return { ...record, ttl: Math.min(record.ttl, zone.soa().minimum) }
}

/** The records that stand for a name: its own, or those of the closest wildcard (RFC 4592 section 3.3.1). */
function nodeFor(zone: Zone, name: string): Node | undefined {
  if (zone.exists(name) || name === zone.origin) return zone.node(name)
  let encloser = parentOf(name)
  while (encloser !== zone.origin && !zone.exists(encloser)) encloser = parentOf(encloser)
  const wildcard = `*.${encloser}`
  return zone.exists(wildcard) ? zone.node(wildcard) : undefined
}

function negative(zone: Zone, rcode: number, answers: readonly ResourceRecord[]): Answer {
  const authority = [negativeSoa(zone)]
  return { rcode, authoritative: true, answers, authority, additional: [], needsAdditional: false }
}

function positive(zone: Zone, answers: readonly ResourceRecord[]): Answer {
  const additional = addressesFor(zone, answers)
  return {
    rcode: RCODE.NOERROR,
    authoritative: true,
    answers,
    authority: [],
    additional,
    needsAdditional: false,
  }
}

function setsOfType(name: string, node: Node, type: number): ResourceRecord[] {
  if (type === TYPE.ANY) return [...node].flatMap(([each, set]) => recordsOf(name, each, set))
  const set = node.get(type)
  return set ? recordsOf(name, type, set) : []
}

/**
 * Answers one question. An alias is followed from zone to zone, as far as this server is asked for them (RFC 1034
 * section 4.3.2, step 3a); what the last name of the chain says decides the response code (RFC 6604).
 * @param zoneOf the zone of this server that a name falls in
 * @returns nothing when `name`, which is canonical, falls in none
 */
export function lookUp(
  zoneOf: (name: string) => Zone | undefined,
  name: string,
  type: number,
): Answer | undefined {
  const chain: ResourceRecord[] = []
  let zone = zoneOf(name)
  if (!zone) return undefined
  let at = name
  for (let step = 0; step < MAX_CNAME_STEPS; step += 1) {
    const cut = cutAbove(zone, at, type)
    if (cut !== undefined) return referral(zone, cut, chain)
    const node = nodeFor(zone, at)
    if (!node) return negative(zone, RCODE.NXDOMAIN, chain)
    const found = setsOfType(at, node, type)
    if (found.length > 0) return positive(zone, [...chain, ...found])
    const cname = node.get(TYPE.CNAME)
    if (!cname) return negative(zone, RCODE.NOERROR, chain)
    chain.push(...recordsOf(at, TYPE.CNAME, cname))
    const data = rdataFromWire(TYPE.CNAME, cname.rdatas[0]!)
    at = data.type === 'CNAME' ? data.target : at
    const isLoop = chain.some((record) => record.name === at)
    const next = zoneOf(at)
    if (isLoop || !next) return positive(zone, chain)
    zone = next
  }
  return positive(zone, chain)
}
