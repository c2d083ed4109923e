import { setTimeout as sleep } from 'node:timers/promises'
import { isWithin } from '../domain/dns/names.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { Refused } from '../domain/refused.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import type { DnsDriver, ServerReport } from '../drivers/dns/driver.ts'

/** How often and how far apart something is looked for before the job gives way to its next try. */
const proofAttempts = 10
const proofPauseMs = 250

/**
 * Looks until nothing is missing.
 * @throws Refused `not-yet-visible` with what was missing last
 */
export async function untilSeen<Seen extends { readonly missing: string | null }>(
  look: () => Promise<Seen>,
): Promise<Seen> {
  let missing = ''
  for (let attempt = 0; attempt < proofAttempts; attempt += 1) {
    if (attempt > 0) await sleep(proofPauseMs)
    const seen = await look()
    if (seen.missing === null) return seen
    missing = seen.missing
  }
  throw new Refused('not-yet-visible', fulfilmentTexts.notYetVisible(missing), { status: 503 })
}

/** Asks every authoritative server once. @returns the first thing that is not as expected, and what each said */
export async function lookAtRecords(
  dns: DnsDriver,
  zone: string,
  sets: readonly Rrset[],
): Promise<{ readonly missing: string | null; readonly reports: readonly ServerReport[] }> {
  const expected = provable(sets)
  if (expected.length === 0) return { missing: null, reports: [] }
  const reports = await dns.probe({ zone, expected })
  if (reports.length === 0) return { missing: 'DNS', reports }
  const wrong = reports.find(({ verdict }) => verdict !== 'agrees')
  if (!wrong) return { missing: null, reports }
  const { question, server, detail } = wrong
  return { missing: `${question.name} ${question.type} @ ${server.name}: ${detail}`, reports }
}

/** At and below a delegation a server only refers: the NS records themselves are what can be seen of it. */
function provable(expected: readonly Rrset[]): readonly Rrset[] {
  const cuts = expected.filter(({ type, values }) => type === 'NS' && values.length > 0)
  return expected.filter((set) => cuts.includes(set) || !cuts.some((cut) => isWithin(set.name, cut.name)))
}
