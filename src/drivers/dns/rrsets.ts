import { messageOf, type Message, type ResourceRecord } from '../../domain/dns/message.ts'
import { canonicalName } from '../../domain/dns/names.ts'
import { printRdata, rdataFromWire, type Rrset } from '../../domain/dns/records.ts'
import { CLASS, typeCode, typeName } from '../../domain/dns/types.ts'

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

/** Records of class IN gathered into sets in their one spelling; of differing TTLs the smallest counts. */
export function toRrsets(records: Iterable<ResourceRecord>): Rrset[] {
  const sets = new Map<string, { name: string; type: string; ttl: number; values: string[] }>()
  for (const record of records) {
    if (record.class !== CLASS.IN) continue
    const name = canonicalName(record.name)
    const key = `${name} ${record.type}`
    const value = printRdata(rdataFromWire(record.type, record.rdata))
    const set = sets.get(key)
    if (!set) {
      sets.set(key, { name, type: typeName(record.type), ttl: record.ttl, values: [value] })
      continue
    }
    set.ttl = Math.min(set.ttl, record.ttl)
    set.values.push(value)
  }
  for (const set of sets.values()) if (set.values.length > 1) set.values = [...new Set(set.values)].sort()
  return [...sets.values()]
}
