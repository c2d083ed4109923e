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
  const sets: Gathered[] = []
  const byName = new Map<string, Gathered[]>()
  for (const record of records) {
    if (record.class !== CLASS.IN) continue
    const name = canonicalName(record.name)
    const value = printRdata(rdataFromWire(record.type, record.rdata))
    const own = byName.get(name)
    const set = own?.find(({ code }) => code === record.type)
    if (set) {
      set.ttl = Math.min(set.ttl, record.ttl)
      set.values.push(value)
      continue
    }
    const begun = { code: record.type, name, ttl: record.ttl, values: [value] }
    sets.push(begun)
    if (own) own.push(begun)
    else byName.set(name, [begun])
  }
  return sets.map(({ code, name, ttl, values }) => ({
    name,
    type: typeName(code),
    ttl,
    values: values.length > 1 ? [...new Set(values)].sort() : values,
  }))
}

type Gathered = { readonly code: number; readonly name: string; ttl: number; readonly values: string[] }
