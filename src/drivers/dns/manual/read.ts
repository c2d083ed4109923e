import { canonicalName, isWithin } from '../../../domain/dns/names.ts'
import type { Message } from '../../../domain/dns/message.ts'
import type { Rrset } from '../../../domain/dns/records.ts'
import { RCODE, rcodeName } from '../../../domain/dns/types.ts'
import { dnsText } from '../../../domain/text/dns.ts'
import { manualText } from '../../../domain/text/manual.ts'
import { DnsFailure } from '../driver.ts'
import { NoAnswer, ask, type Endpoint } from '../exchange.ts'
import { READ_TYPES, recordsAt } from '../rfc2136/read.ts'
import { ServerRefusal } from '../rfc2136/primary.ts'
import { questionFor, toRrsets } from '../rrsets.ts'

/**
 * Reading as anybody may. A query cannot see types that nobody asks for, nor tell a wildcard's answer from records
 * of the name itself; such a name counts as one that has these records.
 */

const MAX_NAMES_AT_ONCE = 5

/** One answer, or what a caller can act on. @throws DnsFailure `unreachable` or `refused` */
async function answerTo(server: Endpoint, name: string, type: string): Promise<Message> {
  const where = `${server.host}:${server.port}`
  try {
    const answer = await ask(server, questionFor(name, type))
    if (answer.rcode === RCODE.NOERROR || answer.rcode === RCODE.NXDOMAIN) return answer
    throw new ServerRefusal(answer.rcode)
  } catch (error) {
    const isFailing = error instanceof ServerRefusal && error.rcode === RCODE.SERVFAIL
    if (error instanceof NoAnswer || isFailing)
      throw new DnsFailure('unreachable', dnsText.unreachable(where), error.message, error)
    if (!(error instanceof ServerRefusal)) throw error
    throw new DnsFailure(
      'refused',
      dnsText.refusedByServer(where, rcodeName(error.rcode)),
      error.message,
      error,
    )
  }
}

/** Whether the server speaks for the zone itself. */
export async function hasZone(server: Endpoint, zone: string): Promise<boolean> {
  const { answers, authoritative } = await answerTo(server, zone, 'SOA')
  return authoritative && toRrsets(answers).some((set) => set.type === 'SOA' && set.name === zone)
}

async function readName(server: Endpoint, zone: string, name: string): Promise<Rrset[]> {
  if (!isWithin(name, zone)) return []
  const answers = await Promise.all(READ_TYPES.map((type) => answerTo(server, name, type)))
  const referral = answers.find(({ rcode, authoritative }) => rcode === RCODE.NOERROR && !authoritative)
  if (!referral)
    return toRrsets(answers.flatMap((answer, index) => recordsAt(name, answer, READ_TYPES[index]!)))
  const cut = toRrsets(referral.authority).filter((set) => set.type === 'NS' && set.name === name)
  if (cut.length > 0) return cut
  throw new DnsFailure('refused', manualText.belowDelegation(name), 'not authoritative')
}

/** See `DnsDriver.readRrsets`. */
export async function readByAsking(
  server: Endpoint,
  zone: string,
  names: readonly string[],
): Promise<Rrset[]> {
  const origin = canonicalName(zone)
  const all = [...new Set(names.map(canonicalName))]
  const found: Rrset[] = []
  for (let at = 0; at < all.length; at += MAX_NAMES_AT_ONCE) {
    const some = all.slice(at, at + MAX_NAMES_AT_ONCE)
    found.push(...(await Promise.all(some.map((name) => readName(server, origin, name)))).flat())
  }
  return found
}
