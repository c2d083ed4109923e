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

/** Lines that may be missing in the zone, one after the other, without the common order being lost. */
const maxAhead = 4
/** With more lines than this out of order there is no common order, and a table is made. */
const maxOdd = 1_000

/**
 * Compares a whole zone with the registry as `compareZones` does, while the zone comes in. That one looks only at names
 * at which some line stands on one side alone.
 */
export class ZoneComparison {
  readonly #registered: readonly string[]
  readonly #parts: Rrset[] = []
  /** Parts whose line was not met in order. */
  #odd: Rrset[] = []
  /** Registered lines that were not met, of those before `#next`. */
  readonly #unmet = new Set<string>()
  /** Registered lines from here on were not looked at. */
  #next = 0
  readonly #names = new Set<string>()

  /** @param registered lines; those in the zone's own order, as it was once taken over, are met without a table */
  constructor(registered: readonly string[]) {
    this.#registered = registered
  }

  /** Takes the next set of the zone, or a part of one. */
  add(part: Rrset): void {
    this.#parts.push(part)
    const line = lineOf(part)
    const place = this.#placeAhead(line)
    if (place >= 0) {
      this.#leaveUnmet(place)
      this.#next = place + 1
    } else if (this.#next === this.#registered.length) this.#meet(part)
    else this.#odd.push(part)
    if (this.#odd.length > maxOdd) this.#meetOdd()
  }

  finish(): { readonly findings: readonly ZoneFinding[]; readonly liveSets: number } {
    this.#meetOdd()
    const names = this.#names
    for (const line of this.#unmet) names.add(nameIn(line))
    const inParts = this.#parts.filter(({ name }) => names.has(name))
    const live = merged(inParts)
    const known = this.#registered.filter((line) => names.has(nameIn(line))).map(setOf)
    return {
      findings: compareZones(live, known),
      liveSets: this.#parts.length - inParts.length + live.length,
    }
  }

  #placeAhead(line: string): number {
    const end = Math.min(this.#next + maxAhead, this.#registered.length - 1)
    for (let place = this.#next; place <= end; place += 1) if (this.#registered[place] === line) return place
    return -1
  }

  #leaveUnmet(end: number): void {
    for (; this.#next < end; this.#next += 1) this.#unmet.add(this.#registered[this.#next]!)
  }

  /** Gives up what is left of the common order: from here on every line is looked up. */
  #meetOdd(): void {
    this.#leaveUnmet(this.#registered.length)
    for (const part of this.#odd) this.#meet(part)
    this.#odd = []
  }

  #meet(part: Rrset): void {
    if (!this.#unmet.delete(lineOf(part))) this.#names.add(part.name)
  }
}
