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

type Gathered = { readonly code: number; readonly name: string; ttl: number; readonly values: string[] }

/**
 * Gathers records of class IN into sets in their one spelling as they come. The records of one set that do not
 * follow each other become sets of their own: see `merged`.
 */
export class SetParts {
  readonly #parts: Gathered[] = []

  add(record: ResourceRecord): void {
    if (record.class !== CLASS.IN) return
    const name = canonicalName(record.name)
    const value = printRdata(rdataFromWire(record.type, record.rdata))
    const last = this.#parts.at(-1)
    if (last?.name === name && last.code === record.type) {
      last.ttl = Math.min(last.ttl, record.ttl)
      last.values.push(value)
    } else {
      this.#parts.push({ code: record.type, name, ttl: record.ttl, values: [value] })
    }
  }

  finish(): Rrset[] {
    return this.#parts.map(({ code, name, ttl, values }) => ({
      name,
      type: typeName(code),
      ttl,
      values: values.length > 1 ? [...new Set(values)].sort() : values,
    }))
  }
}

/** Records of class IN gathered into sets in their one spelling; of differing TTLs the smallest counts. */
export function toRrsets(records: Iterable<ResourceRecord>): Rrset[] {
  const parts = new SetParts()
  for (const record of records) parts.add(record)
  return merged(parts.finish())
}
