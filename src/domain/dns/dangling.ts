import { Refused } from '../refused.ts'
import { dnsRecordText as text } from '../text/dns-records.ts'
import { isWithin } from './names.ts'
import { parseRdata, type Rdata, type Rrset } from './records.ts'

/**
 * A name or address that goes while a record still points to it leaves a door open: whoever gets it next speaks in
 * the name of that record.
 */

/** What goes away: canonical names and addresses in their one spelling. */
export type Going = { readonly names: readonly string[]; readonly addresses: readonly string[] }

/** One record that points somewhere. */
export type Pointer = { readonly name: string; readonly type: string; readonly value: string }

const POINTING = new Set(['A', 'AAAA', 'CNAME', 'MX', 'SRV', 'NS', 'PTR'])
/** Pointers that a refusal names one by one. */
const MAX_NAMED = 5

function targetOf(data: Rdata): string | undefined {
  switch (data.type) {
    case 'CNAME':
    case 'NS':
    case 'PTR':
    case 'SRV':
      return data.target
    case 'MX':
      return data.exchange
    case 'A':
    case 'AAAA':
      return data.address
    default:
      return undefined
  }
}

/** Whether a wildcard that goes is what answers for a name. */
function isCovered(target: string, wildcard: string, present: ReadonlySet<string>): boolean {
  const parent = wildcard.slice(2)
  return target !== parent && isWithin(target, parent) && !present.has(target)
}

/**
 * The records that would point at nothing.
 * @param sets every record set that stays, in canonical form: of the zone as it will be, without those that go too
 */
export function pointersTo(going: Going, sets: readonly Rrset[]): Pointer[] {
  const gone = new Set([...going.names, ...going.addresses])
  const wildcards = going.names.filter((name) => name.startsWith('*.'))
  const present = new Set(wildcards.length > 0 ? sets.map(({ name }) => name) : [])
  const isGone = (target: string): boolean =>
    gone.has(target) || wildcards.some((wildcard) => isCovered(target, wildcard, present))
  const found: Pointer[] = []
  for (const { name, type, values } of sets) {
    if (!POINTING.has(type)) continue
    for (const value of values) {
      const target = targetOf(parseRdata(type, value))
      if (target !== undefined && isGone(target)) found.push({ name, type, value })
    }
  }
  return found
}

/** @throws Refused `dns-dangling`, 409, naming the records, when any would point at nothing */
export function refuseDangling(going: Going, sets: readonly Rrset[]): void {
  const pointers = pointersTo(going, sets)
  if (pointers.length === 0) return
  const named = pointers.slice(0, MAX_NAMED).map(({ name, type, value }) => `${name} ${type} ${value}`)
  const more = pointers.length > MAX_NAMED ? ', ...' : ''
  const what = [...going.names, ...going.addresses].slice(0, MAX_NAMED).join(', ')
  throw new Refused('dns-dangling', text.dangling(what, pointers.length, named.join(', ') + more), {
    status: 409,
  })
}
