import { Buffer } from 'node:buffer'
import type { Message, ResourceRecord } from '../../domain/dns/message.ts'
import { canonicalName, isWithin } from '../../domain/dns/names.ts'
import { rdataFromWire, rdataToWire } from '../../domain/dns/records.ts'
import { CLASS, RCODE, TYPE, isMetaType } from '../../domain/dns/types.ts'
import { isSerialAfter, nextSerial } from '../../domain/dns/update.ts'
import type { Node, RecordSet, Zone } from './zone.ts'

/** Updates of a zone (RFC 2136 section 3), worked out on a draft that becomes the zone once it is on disk. */

/** One record set after a change, as the journal keeps it; no records means that it is gone. */
export type SetChange = {
  readonly zone: string
  readonly name: string
  readonly type: number
  readonly set: RecordSet
}

/** Changes over a zone that nobody sees yet. A zone that does not exist yet starts empty. */
export class ZoneDraft {
  readonly base: Zone
  readonly #nodes = new Map<string, Node>()

  constructor(base: Zone) {
    this.base = base
  }

  node(name: string): Node {
    return this.#nodes.get(name) ?? this.base.node(name)
  }

  get(name: string, type: number): RecordSet | undefined {
    return this.node(name).get(type)
  }

  put(name: string, type: number, set: RecordSet | undefined): void {
    const node = new Map(this.node(name))
    if (set && set.rdatas.length > 0) node.set(type, set)
    else node.delete(type)
    this.#nodes.set(name, node)
  }

  /** Every set that differs from the zone underneath. */
  changes(): SetChange[] {
    const changes: SetChange[] = []
    for (const [name, node] of this.#nodes) {
      const old = this.base.node(name)
      for (const type of new Set([...old.keys(), ...node.keys()])) {
        if (old.get(type) === node.get(type)) continue
        changes.push({ zone: this.base.origin, name, type, set: node.get(type) ?? { ttl: 0, rdatas: [] } })
      }
    }
    return changes
  }
}

function isSameSet(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((rdata) => b.some((other) => other.equals(rdata)))
}

/** Section 3.2: the code of the first rule that does not hold, or NOERROR. */
function checkPrerequisites(draft: ZoneDraft, rules: readonly ResourceRecord[]): number {
  const wanted = new Map<string, { name: string; type: number; rdatas: Buffer[] }>()
  for (const rule of rules) {
    const name = canonicalName(rule.name)
    if (rule.ttl !== 0) return RCODE.FORMERR
    if (!isWithin(name, draft.base.origin)) return RCODE.NOTZONE
    if (rule.class === CLASS.IN) {
      if (isMetaType(rule.type)) return RCODE.FORMERR
      const key = `${name} ${rule.type}`
      const entry = wanted.get(key) ?? { name, type: rule.type, rdatas: [] }
      if (!entry.rdatas.some((rdata) => rdata.equals(rule.rdata))) entry.rdatas.push(rule.rdata)
      wanted.set(key, entry)
      continue
    }
    const code = checkBareRule(draft, name, rule)
    if (code !== RCODE.NOERROR) return code
  }
  for (const { name, type, rdatas } of wanted.values()) {
    if (!isSameSet(draft.get(name, type)?.rdatas ?? [], rdatas)) return RCODE.NXRRSET
  }
  return RCODE.NOERROR
}

function checkBareRule(draft: ZoneDraft, name: string, rule: ResourceRecord): number {
  if (rule.rdata.length !== 0) return RCODE.FORMERR
  if (rule.class !== CLASS.ANY && rule.class !== CLASS.NONE) return RCODE.FORMERR
  const isWanted = rule.class === CLASS.ANY
  if (rule.type === TYPE.ANY) {
    if (draft.node(name).size > 0 === isWanted) return RCODE.NOERROR
    return isWanted ? RCODE.NXDOMAIN : RCODE.YXDOMAIN
  }
  if (draft.node(name).has(rule.type) === isWanted) return RCODE.NOERROR
  return isWanted ? RCODE.NXRRSET : RCODE.YXRRSET
}

/** Section 3.4.1: every line is looked at before the first one is carried out. */
function checkLines(zone: string, lines: readonly ResourceRecord[]): number {
  for (const line of lines) {
    if (!isWithin(canonicalName(line.name), zone)) return RCODE.NOTZONE
    const isAny = line.type === TYPE.ANY
    const isMeta = isMetaType(line.type)
    if (line.class === CLASS.IN) {
      if (isMeta || line.ttl > 0x7fffffff) return RCODE.FORMERR
    } else if (line.class === CLASS.ANY) {
      if (line.ttl !== 0 || line.rdata.length !== 0 || (isMeta && !isAny)) return RCODE.FORMERR
    } else if (line.class === CLASS.NONE) {
      if (line.ttl !== 0 || isMeta || line.rdata.length === 0) return RCODE.FORMERR
    } else {
      return RCODE.FORMERR
    }
  }
  return RCODE.NOERROR
}

function serialOf(rdata: Buffer): number {
  const data = rdataFromWire(TYPE.SOA, rdata)
  return data.type === 'SOA' ? data.serial : 0
}

function addSoa(draft: ZoneDraft, name: string, line: ResourceRecord): void {
  if (name !== draft.base.origin) return
  const old = draft.get(name, TYPE.SOA)?.rdatas[0]
  if (old && !isSerialAfter(serialOf(line.rdata), serialOf(old))) return
  draft.put(name, TYPE.SOA, { ttl: line.ttl, rdatas: [line.rdata] })
}

/** Section 3.4.2.2: a CNAME and other data never meet; the later one is dropped without an error. */
function addRecord(draft: ZoneDraft, name: string, line: ResourceRecord): void {
  if (line.type === TYPE.SOA) return addSoa(draft, name, line)
  const node = draft.node(name)
  const isCname = line.type === TYPE.CNAME
  if (isCname ? [...node.keys()].some((type) => type !== TYPE.CNAME) : node.has(TYPE.CNAME)) return
  const old = node.get(line.type)
  const kept = isCname ? [] : (old?.rdatas ?? []).filter((rdata) => !rdata.equals(line.rdata))
  const isKnown = old && old.ttl === line.ttl && old.rdatas.some((rdata) => rdata.equals(line.rdata))
  if (isKnown && (!isCname || old.rdatas.length === 1)) return
  draft.put(name, line.type, { ttl: line.ttl, rdatas: [...kept, line.rdata] })
}

/** Section 3.4.2.3: the zone's own SOA and NS stay. */
function removeSets(draft: ZoneDraft, name: string, type: number): void {
  const isApex = name === draft.base.origin
  const types = type === TYPE.ANY ? [...draft.node(name).keys()] : [type]
  for (const each of types) {
    if (isApex && (each === TYPE.SOA || each === TYPE.NS)) continue
    if (draft.get(name, each)) draft.put(name, each, undefined)
  }
}

/** Section 3.4.2.4: neither the SOA nor the last NS of the zone goes. */
function removeRecord(draft: ZoneDraft, name: string, line: ResourceRecord): void {
  const old = draft.get(name, line.type)
  if (!old || line.type === TYPE.SOA) return
  const kept = old.rdatas.filter((rdata) => !rdata.equals(line.rdata))
  if (kept.length === old.rdatas.length) return
  if (kept.length === 0 && line.type === TYPE.NS && name === draft.base.origin) return
  draft.put(name, line.type, { ttl: old.ttl, rdatas: kept })
}

function applyLines(draft: ZoneDraft, lines: readonly ResourceRecord[]): void {
  for (const line of lines) {
    const name = canonicalName(line.name)
    if (line.class === CLASS.IN) addRecord(draft, name, line)
    else if (line.class === CLASS.ANY) removeSets(draft, name, line.type)
    else removeRecord(draft, name, line)
  }
}

/** Section 3.6: a change that did not bring a new serial gets the next one. */
function advanceSerial(draft: ZoneDraft, soaBefore: RecordSet | undefined): void {
  const { origin } = draft.base
  const soa = draft.get(origin, TYPE.SOA)
  if (!soa || soa !== soaBefore) return
  const data = rdataFromWire(TYPE.SOA, soa.rdatas[0]!)
  if (data.type !== 'SOA') return
  const rdata = rdataToWire({ ...data, serial: nextSerial(data.serial) })
  draft.put(origin, TYPE.SOA, { ttl: soa.ttl, rdatas: [rdata] })
}

function snapshotOf(draft: ZoneDraft, lines: readonly ResourceRecord[]): Map<string, Node> {
  return new Map(lines.map((line) => canonicalName(line.name)).map((name) => [name, draft.node(name)]))
}

function hasChanged(draft: ZoneDraft, before: ReadonlyMap<string, Node>): boolean {
  for (const [name, old] of before) {
    const now = draft.node(name)
    if (now.size !== old.size) return true
    for (const [type, set] of now) {
      const was = old.get(type)
      if (was !== set && !(was && was.ttl === set.ttl && isSameSet(was.rdatas, set.rdatas))) return true
    }
  }
  return false
}

/**
 * Carries out one update on a draft, wholly or not at all.
 * @returns the response code; the draft has changed only with NOERROR
 */
export function updateDraft(draft: ZoneDraft, message: Message): number {
  const prerequisites = checkPrerequisites(draft, message.answers)
  if (prerequisites !== RCODE.NOERROR) return prerequisites
  const lines = checkLines(draft.base.origin, message.authority)
  if (lines !== RCODE.NOERROR) return lines
  const before = snapshotOf(draft, message.authority)
  const soaBefore = draft.get(draft.base.origin, TYPE.SOA)
  applyLines(draft, message.authority)
  if (hasChanged(draft, before)) advanceSerial(draft, soaBefore)
  return RCODE.NOERROR
}

/** Whether an update may bring a zone to life: it adds the SOA and at least one NS at its origin. */
export function bringsZone(zone: string, message: Message): boolean {
  const added = message.authority.filter(
    (line) => line.class === CLASS.IN && canonicalName(line.name) === zone,
  )
  return [TYPE.SOA, TYPE.NS].every((type) => added.some((line) => line.type === type))
}
