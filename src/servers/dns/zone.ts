import type { Buffer } from 'node:buffer'
import type { ResourceRecord } from '../../domain/dns/message.ts'
import { isWithin, parentOf } from '../../domain/dns/names.ts'
import { rdataFromWire, type Soa } from '../../domain/dns/records.ts'
import { CLASS, TYPE } from '../../domain/dns/types.ts'

/** The records of one name and type; never changed in place, so a transfer may hold on to it. */
export type RecordSet = { readonly ttl: number; readonly rdatas: readonly Buffer[] }

/** All record sets at one name, by type. */
export type Node = ReadonlyMap<number, RecordSet>

const EMPTY_NODE: Node = new Map()

/** One zone in memory. Names are canonical. */
export class Zone {
  readonly origin: string
  readonly #nodes = new Map<string, Node>()
  /** how many names with records lie under a name: tells an empty non-terminal from no name at all */
  readonly #below = new Map<string, number>()

  constructor(origin: string) {
    this.origin = origin
  }

  node(name: string): Node {
    return this.#nodes.get(name) ?? EMPTY_NODE
  }

  get(name: string, type: number): RecordSet | undefined {
    return this.#nodes.get(name)?.get(type)
  }

  /** Whether the name exists, with records or as an empty non-terminal (RFC 8020, RFC 4592 section 2.2.2). */
  exists(name: string): boolean {
    return this.#nodes.has(name) || this.#below.has(name)
  }

  setNode(name: string, node: Node): void {
    const had = this.#nodes.has(name)
    if (node.size > 0) this.#nodes.set(name, node)
    else this.#nodes.delete(name)
    if (had !== node.size > 0) this.#countAbove(name, had ? -1 : 1)
  }

  #countAbove(name: string, step: 1 | -1): void {
    if (name === this.origin) return
    for (
      let above = parentOf(name);
      above !== this.origin && isWithin(above, this.origin);
      above = parentOf(above)
    ) {
      const count = (this.#below.get(above) ?? 0) + step
      if (count > 0) this.#below.set(above, count)
      else this.#below.delete(above)
    }
  }

  setRecords(name: string, type: number, set: RecordSet): void {
    const node = new Map(this.node(name))
    if (set.rdatas.length > 0) node.set(type, set)
    else node.delete(type)
    this.setNode(name, node)
  }

  names(): IterableIterator<string> {
    return this.#nodes.keys()
  }

  soaRecord(): ResourceRecord {
    return recordsOf(this.origin, TYPE.SOA, this.get(this.origin, TYPE.SOA)!)[0]!
  }

  soa(): Soa {
    const data = rdataFromWire(TYPE.SOA, this.soaRecord().rdata)
    if (data.type !== 'SOA') throw new Error('a zone without SOA')
    return data
  }

  /** Every record but the SOA, as a transfer sends them between the two SOA records. */
  *recordsBesideSoa(): Generator<ResourceRecord> {
    for (const [name, node] of this.#nodes) {
      for (const [type, set] of node) {
        if (type !== TYPE.SOA) yield* recordsOf(name, type, set)
      }
    }
  }
}

export function recordsOf(name: string, type: number, set: RecordSet): ResourceRecord[] {
  return set.rdatas.map((rdata) => ({ name, type, class: CLASS.IN, ttl: set.ttl, rdata }))
}
