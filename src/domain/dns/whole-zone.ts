import type { ZoneFinding } from './compare.ts'
import { compareZones } from './compare.ts'
import type { Rrset } from './records.ts'

/** A record set as one line; neither names nor values in canonical form hold a tab or a line's end. */
export const lineOf = ({ name, type, ttl, values }: Rrset): string =>
  `${name}\t${type}\t${ttl}\t${values.length === 1 ? values[0] : values.join('\t')}`

function setOf(line: string): Rrset {
  const [name, type, ttl, ...values] = line.split('\t')
  return { name: name!, type: type!, ttl: Number(ttl), values }
}

const nameIn = (line: string): string => line.slice(0, line.indexOf('\t'))

/** Puts together what came in parts: of differing TTLs the smallest counts. */
export function merged(parts: readonly Rrset[]): Rrset[] {
  const sets = new Map<string, Rrset>()
  for (const part of parts) {
    const key = `${part.name} ${part.type}`
    const known = sets.get(key)
    sets.set(key, known ? together(known, part) : part)
  }
  return [...sets.values()]
}

const together = (a: Rrset, b: Rrset): Rrset => ({
  ...a,
  ttl: Math.min(a.ttl, b.ttl),
  values: [...new Set([...a.values, ...b.values])].sort(),
})

/**
 * Compares a whole zone with the registry as `compareZones` does. That one looks only at names at which some line
 * stands on one side alone.
 *
 * @param parts the zone, its sets perhaps in parts
 * @param registered lines; those in the zone's own order, as it was once taken over, are met without a table
 */
export function compareWholeZone(
  parts: readonly Rrset[],
  registered: readonly string[],
): { readonly findings: readonly ZoneFinding[]; readonly liveSets: number } {
  const names = namesThatDiffer(parts, registered)
  const inParts = parts.filter(({ name }) => names.has(name))
  const live = merged(inParts)
  const known = registered.filter((line) => names.has(nameIn(line))).map(setOf)
  return { findings: compareZones(live, known), liveSets: parts.length - inParts.length + live.length }
}

function namesThatDiffer(parts: readonly Rrset[], registered: readonly string[]): ReadonlySet<string> {
  const odd: Rrset[] = []
  const unmet = new Set<string>()
  let next = 0
  for (const part of parts) {
    const place = placeAhead(registered, next, lineOf(part))
    if (place < 0) {
      odd.push(part)
      continue
    }
    for (; next < place; next += 1) unmet.add(registered[next]!)
    next = place + 1
  }
  for (; next < registered.length; next += 1) unmet.add(registered[next]!)
  const names = new Set<string>()
  for (const part of odd) if (!unmet.delete(lineOf(part))) names.add(part.name)
  for (const line of unmet) names.add(nameIn(line))
  return names
}

/** Lines that may be missing in the zone, one after the other, without the common order being lost. */
const maxAhead = 4

function placeAhead(registered: readonly string[], next: number, line: string): number {
  for (let place = next; place <= next + maxAhead; place += 1) if (registered[place] === line) return place
  return -1
}
