import { Refused, type Text } from '../refused.ts'
import { dnsText } from '../text/dns.ts'
import { FormatError } from './format-error.ts'
import { canonicalName, isWithin } from './names.ts'
import { canonicalRrset, type Rrset } from './records.ts'
import type { Prerequisite, UpdateLine } from './update.ts'

/**
 * A change of a zone as data: what is there, what shall be there, and what must still hold when it is applied.
 * It is plain JSON, so that it can be shown, approved, stored with the request, applied and taken back.
 */

/** The content of one record set. `null` where a change stands for "no such records". */
export type RrsetContent = {
  /** seconds */
  readonly ttl: number
  readonly values: readonly string[]
}

export type DnsChange = {
  readonly op: 'add' | 'replace' | 'remove'
  readonly name: string
  readonly type: string
  readonly before: RrsetContent | null
  readonly after: RrsetContent | null
}

export type DnsPlan = {
  readonly zone: string
  readonly prerequisites: readonly Prerequisite[]
  readonly changes: readonly DnsChange[]
}

/** What shall be: the whole record set of that name and type; no values means that there shall be none. */
export type DesiredRrset = Rrset

/** Types that may be at a name beside a change and that a CNAME does not tolerate (RFC 1034 section 3.6.2). */
const OTHER_TYPES = ['A', 'AAAA', 'TXT', 'MX', 'SRV', 'CAA', 'NS', 'PTR'] as const

function keyOf(set: { readonly name: string; readonly type: string }): string {
  return `${set.name} ${set.type}`
}

function contentOf(set: Rrset | undefined): RrsetContent | null {
  return set && set.values.length > 0 ? { ttl: set.ttl, values: set.values } : null
}

export function isSameContent(a: RrsetContent | null, b: RrsetContent | null): boolean {
  if (a === null || b === null) return a === b
  return a.ttl === b.ttl && isSameValues(a.values, b.values)
}

function isSameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

function opOf(before: RrsetContent | null, after: RrsetContent | null): DnsChange['op'] {
  if (before === null) return 'add'
  return after === null ? 'remove' : 'replace'
}

function parseDesired(set: DesiredRrset, zone: string): Rrset {
  try {
    const parsed = canonicalRrset(set)
    if (!isWithin(parsed.name, zone))
      throw new Refused('name-outside-zone', dnsText.outsideZone(set.name, zone))
    if (parsed.type === 'SOA') throw new Refused('dns-type-not-planned', dnsText.typeNotPlanned(parsed.type))
    return parsed
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new Refused('dns-record-invalid', dnsText.recordInvalid(set.name, set.type, error.message), {
      cause: error,
    })
  }
}

/** The record sets a name will have: those it has, overlaid with its changes. */
function setsAfter(current: readonly Rrset[], changes: readonly DnsChange[]): Map<string, RrsetContent> {
  const sets = new Map<string, RrsetContent>()
  for (const set of current) sets.set(set.type, { ttl: set.ttl, values: set.values })
  for (const change of changes) {
    if (change.after === null) sets.delete(change.type)
    else sets.set(change.type, change.after)
  }
  return sets
}

function refuseCnameBesideData(name: string, sets: ReadonlyMap<string, RrsetContent>): void {
  const cname = sets.get('CNAME')
  if (cname && (sets.size > 1 || cname.values.length > 1)) {
    throw new Refused('dns-cname-conflict', dnsText.cnameConflict(name), { status: 409 })
  }
}

/** One rule per change: the set is still what the plan saw. Rules do not see TTLs (RFC 2136 section 3.2.3). */
function ruleOf(change: DnsChange): Prerequisite {
  const { name, type, before } = change
  if (before === null) return { kind: 'rrset-absent', name, type }
  return { kind: 'rrset-equals', name, type, values: before.values }
}

/**
 * What must hold for the changes at one name. A name that was free must still be free altogether, so that two
 * desks that give it out at once cannot both succeed. Elsewhere a CNAME and other data must not meet unseen:
 * servers ignore the second of them without an error (RFC 2136 section 3.4.2.2).
 */
function prerequisitesOf(name: string, changes: readonly DnsChange[], isFree: boolean): Prerequisite[] {
  if (isFree) return [{ kind: 'name-not-in-use', name }]
  const rules = changes.map(ruleOf)
  const touched = new Set(changes.map((change) => change.type))
  const added = changes.filter((change) => change.after !== null)
  const isCname = added.some((change) => change.type === 'CNAME')
  const unseen = isCname ? OTHER_TYPES : added.length > 0 ? (['CNAME'] as const) : []
  for (const type of unseen) if (!touched.has(type)) rules.push({ kind: 'rrset-absent', name, type })
  return rules
}

function planOf(zone: string, changes: readonly DnsChange[], free: ReadonlySet<string>): DnsPlan {
  const byName = Map.groupBy(changes, (change) => change.name)
  const prerequisites = [...byName].flatMap(([name, own]) => prerequisitesOf(name, own, free.has(name)))
  return { zone, prerequisites, changes }
}

/**
 * Compares what a zone has with what it shall have.
 * @param current every record set the zone has at the names of `desired` (as `readRrsets` of a driver returns)
 * @param desired the record sets that shall be; sets not mentioned stay as they are
 * @returns the plan; without changes when all is as desired
 * @throws Refused `dns-record-invalid`, `name-outside-zone`, `dns-cname-conflict`, `dns-type-not-planned`
 */
export function planChanges(input: {
  readonly zone: string
  readonly current: readonly Rrset[]
  readonly desired: readonly DesiredRrset[]
}): DnsPlan {
  const zone = canonicalName(input.zone)
  const current = input.current.map(canonicalRrset)
  const existing = new Map(current.map((set) => [keyOf(set), set]))
  // The last word on a set wins, so that one set never changes twice in a plan.
  const desired = new Map(input.desired.map((set) => parseDesired(set, zone)).map((set) => [keyOf(set), set]))
  const changes: DnsChange[] = []
  for (const [key, set] of desired) {
    const before = contentOf(existing.get(key))
    const after = contentOf(set)
    if (isSameContent(before, after)) continue
    changes.push({ op: opOf(before, after), name: set.name, type: set.type, before, after })
  }
  const currentAt = Map.groupBy(current, (set) => set.name)
  for (const [name, own] of Map.groupBy(changes, (change) => change.name)) {
    refuseCnameBesideData(name, setsAfter(currentAt.get(name) ?? [], own))
  }
  const free = new Set(changes.map((change) => change.name).filter((name) => !currentAt.has(name)))
  return planOf(zone, changes, free)
}

/** The plan that takes a plan back. It too holds only while nobody else has changed the same record sets. */
export function undoOf(plan: DnsPlan): DnsPlan {
  const changes = plan.changes.map(({ name, type, before, after }) => ({
    op: opOf(after, before),
    name,
    type,
    before: after,
    after: before,
  }))
  return planOf(plan.zone, changes.toReversed(), new Set())
}

/** The sentences a person reads before approving a plan, one per change. */
export function planLines(plan: DnsPlan): Text[] {
  return plan.changes.map((change) => {
    const before = change.before?.values.join(', ') ?? ''
    const after = change.after?.values.join(', ') ?? ''
    const what = { name: change.name, type: change.type, before, after }
    switch (change.op) {
      case 'add':
        return dnsText.lineAdd({ ...what, ttl: change.after?.ttl ?? 0 })
      case 'replace':
        return dnsText.lineReplace({ ...what, ttl: change.after?.ttl ?? 0 })
      case 'remove':
        return dnsText.lineRemove(what)
    }
  })
}

function addLines({ name, type, after }: DnsChange): UpdateLine[] {
  return (after?.values ?? []).map((value) => ({ op: 'add', name, type, ttl: after?.ttl ?? 0, value }))
}

/**
 * The lines for the changes at one name. Whole sets go before anything comes: a server silently drops an alias
 * that meets other data on its way, and a set that comes anew has one TTL. Only the NS records of the zone itself
 * come first, since the last of them cannot go (RFC 2136 sections 3.4.2.2 and 3.4.2.4).
 */
function linesOf(zone: string, changes: readonly DnsChange[]): UpdateLine[] {
  const isZoneNs = ({ name, type }: DnsChange): boolean => name === zone && type === 'NS'
  const sets = changes.filter((change) => change.before !== null && !isZoneNs(change))
  const surplus = changes.filter(isZoneNs).flatMap(({ name, type, before, after }) => {
    const gone = before?.values.filter((value) => !after?.values.includes(value)) ?? []
    return gone.map((value) => ({ op: 'delete-record', name, type, value }) as const)
  })
  return [
    ...sets.map(({ name, type }) => ({ op: 'delete-rrset', name, type }) as const),
    ...changes.flatMap(addLines),
    ...surplus,
  ]
}

/** One update message's worth of a plan. */
export type PlanBatch = {
  readonly prerequisites: readonly Prerequisite[]
  readonly lines: readonly UpdateLine[]
  readonly changes: readonly DnsChange[]
}

type OpenBatch = { prerequisites: Prerequisite[]; lines: UpdateLine[]; changes: DnsChange[] }

/** Records one update message may carry: a thousand new names, each with what must hold for it. */
const MAX_RECORDS_PER_BATCH = 2_000
/** Octets of an update message by the estimate below, inside the 65,535 that there may be. */
const MAX_OCTETS_PER_BATCH = 60_000
/** Of every record: pointer to the zone's name, end of the name, type, class, TTL and length. */
const OCTETS_OF_A_RECORD = 14
/** What a value may be longer on the wire than as text: `::` is sixteen octets. */
const OCTETS_BEYOND_TEXT = 14

function octetsOf(zone: string, { name }: { readonly name: string }, values: readonly string[]): number {
  const owner = OCTETS_OF_A_RECORD + Math.max(0, name.length - zone.length)
  if (values.length === 0) return owner
  return values.reduce((sum, value) => sum + owner + value.length + OCTETS_BEYOND_TEXT, 0)
}

function weightOf(
  zone: string,
  { prerequisites, lines }: Omit<PlanBatch, 'changes'>,
): { records: number; octets: number } {
  const sums = [
    ...prerequisites.map((rule) => octetsOf(zone, rule, 'values' in rule ? rule.values : [])),
    ...lines.map((line) => octetsOf(zone, line, 'value' in line ? [line.value] : [])),
  ]
  return { records: sums.length, octets: sums.reduce((sum, octets) => sum + octets, 0) }
}

/**
 * Cuts a plan into update messages. The changes at one name stay together, so each name changes at once or
 * not at all; a plan of ordinary size is one message and therefore atomic as a whole.
 */
export function batchesOf(plan: DnsPlan): PlanBatch[] {
  const batches: PlanBatch[] = []
  const empty = (): OpenBatch => ({ prerequisites: [], lines: [], changes: [] })
  let open = empty()
  let weight = { records: 0, octets: 0 }
  const names = [...new Set(plan.changes.map((change) => change.name))]
  const changesAt = Map.groupBy(plan.changes, (change) => change.name)
  const rulesAt = Map.groupBy(plan.prerequisites, (rule) => rule.name)
  for (const name of names) {
    const changes = changesAt.get(name) ?? []
    const next = { prerequisites: rulesAt.get(name) ?? [], lines: linesOf(plan.zone, changes) }
    const more = weightOf(plan.zone, next)
    const isFull =
      weight.records + more.records > MAX_RECORDS_PER_BATCH ||
      weight.octets + more.octets > MAX_OCTETS_PER_BATCH
    if (open.changes.length > 0 && isFull) {
      batches.push(open)
      open = empty()
      weight = { records: 0, octets: 0 }
    }
    open.prerequisites.push(...next.prerequisites)
    open.lines.push(...next.lines)
    open.changes.push(...changes)
    weight = { records: weight.records + more.records, octets: weight.octets + more.octets }
  }
  return open.changes.length > 0 ? [...batches, open] : batches
}

/** Whether a zone that now has `current` at the names of the changes is on the given side of them. */
export function holds(
  side: 'before' | 'after',
  changes: readonly DnsChange[],
  current: readonly Rrset[],
): boolean {
  const existing = new Map(current.map((set) => [keyOf(set), set]))
  return changes.every((change) => isSameContent(contentOf(existing.get(keyOf(change))), change[side]))
}

/**
 * The changes that a zone does not show yet. Where people work by hand the TTL is a wish, for many panels force
 * their own: it counts only where nothing else changes.
 */
export function outstandingChanges(
  changes: readonly DnsChange[],
  current: readonly Rrset[],
): readonly DnsChange[] {
  const existing = new Map(current.map((set) => [keyOf(set), set]))
  return changes.filter((change) => {
    const seen = contentOf(existing.get(keyOf(change)))
    const isOnlyTtl = isSameValues(change.before?.values ?? [], change.after?.values ?? [])
    if (isOnlyTtl) return !isSameContent(seen, change.after)
    return !isSameValues(seen?.values ?? [], change.after?.values ?? [])
  })
}

/** Whether what must hold for a plan does hold in a zone that has `current` at the names of the rules. */
export function meets(rules: readonly Prerequisite[], current: readonly Rrset[]): boolean {
  const existing = new Map(current.map((set) => [keyOf(set), set]))
  const used = new Set(current.map(({ name }) => name))
  return rules.every((rule) => {
    switch (rule.kind) {
      case 'name-in-use':
        return used.has(rule.name)
      case 'name-not-in-use':
        return !used.has(rule.name)
      case 'rrset-exists':
        return existing.has(keyOf(rule))
      case 'rrset-absent':
        return !existing.has(keyOf(rule))
      case 'rrset-equals':
        return isSameValues(existing.get(keyOf(rule))?.values ?? [], rule.values)
    }
  })
}
