import { messageOf, type Message, type ResourceRecord } from '../../domain/dns/message.ts'
import { canonicalName } from '../../domain/dns/names.ts'
import { printRdata, rdataFromWire, type Rrset } from '../../domain/dns/records.ts'
import { CLASS, typeCode, typeName } from '../../domain/dns/types.ts'
import { merged } from '../../domain/dns/whole-zone.ts'

/** Octets we accept over UDP (DNS flag day 2020). */
const UDP_OCTETS = 1232

/** A question as anybody may ask it; recursion is not wanted, the server shall say what it knows itself. */
export function questionFor(name: string, type: string): (id: number) => Message {
  return (id) =>
    messageOf({
      id,
      questions: [{ name, type: typeCode(type), class: CLASS.IN }],
      edns: { udpSize: UDP_OCTETS, version: 0, dnssecOk: false },
    })
}

/**
 * Gathers records of class IN into sets in their one spelling as they come, and hands each on when the next begins. The
 * records of one set that do not follow each other become sets of their own: see `merged`.
 */
export class SetParts {
  readonly #take: (part: Rrset) => void
  #open: Gathered | undefined

  constructor(take: (part: Rrset) => void) {
    this.#take = take
  }

  add(record: ResourceRecord): void {
    if (record.class !== CLASS.IN) return
    const name = canonicalName(record.name)
    const value = printRdata(rdataFromWire(record.type, record.rdata))
    const open = this.#open
    if (open?.name === name && open.code === record.type) {
      open.ttl = Math.min(open.ttl, record.ttl)
      open.values.push(value)
      return
    }
    this.finish()
    this.#open = { code: record.type, name, ttl: record.ttl, values: [value] }
  }

  /** Hands on the last one. */
  finish(): void {
    if (!this.#open) return
    const { code, name, ttl, values } = this.#open
    this.#open = undefined
    const all = values.length > 1 ? [...new Set(values)].sort() : values
    this.#take({ name, type: typeName(code), ttl, values: all })
  }
}

type Gathered = { readonly code: number; readonly name: string; ttl: number; readonly values: string[] }

/** Records of class IN gathered into sets in their one spelling; of differing TTLs the smallest counts. */
export function toRrsets(records: Iterable<ResourceRecord>): Rrset[] {
  const found: Rrset[] = []
  const parts = new SetParts((part) => found.push(part))
  for (const record of records) parts.add(record)
  parts.finish()
  return merged(found)
}
