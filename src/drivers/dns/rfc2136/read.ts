import type { Message, ResourceRecord } from '../../../domain/dns/message.ts'
import { canonicalName, isWithin } from '../../../domain/dns/names.ts'
import type { Rrset } from '../../../domain/dns/records.ts'
import type { TsigKey } from '../../../domain/dns/tsig.ts'
import { RCODE } from '../../../domain/dns/types.ts'
import { updateMessage } from '../../../domain/dns/update.ts'
import { merged } from '../../../domain/dns/whole-zone.ts'
import type { TcpSession } from '../exchange.ts'
import { questionFor, toRrsets } from '../rrsets.ts'
import { ServerRefusal, converse, type Primary } from './primary.ts'
import { transferZone } from './transfer.ts'

/** Reading names exactly, although a query answers with wildcards, chased aliases and referrals. */

/** Types that are asked for one by one; a name that has others only is read by transfer. */
export const READ_TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'CAA', 'NS', 'PTR'] as const

/** Names that are read at once over one connection. */
const MAX_NAMES_AT_ONCE = 20
/** Past this number of names a transfer of the whole zone is less work than ten questions for each. */
const MAX_NAMES_BY_QUESTION = 100

/** Asks with an update that only has a prerequisite: the exact question whether a name has records. */
export async function isNameInUse(
  session: TcpSession,
  key: TsigKey,
  zone: string,
  name: string,
): Promise<boolean> {
  const rule = { kind: 'name-not-in-use', name } as const
  const answer = await session.ask((id) => updateMessage({ id, zone, prerequisites: [rule], lines: [] }), key)
  if (answer.rcode === RCODE.NOERROR) return false
  if (answer.rcode === RCODE.YXDOMAIN) return true
  throw new ServerRefusal(answer.rcode)
}

/** The records at exactly this name, when they have the type that was asked for. */
export function recordsAt(name: string, answer: Message, type: string): ResourceRecord[] {
  if (answer.rcode !== RCODE.NOERROR && answer.rcode !== RCODE.NXDOMAIN) throw new ServerRefusal(answer.rcode)
  const sets = answer.answers.filter((record) => canonicalName(record.name) === name)
  return toRrsets(sets).some((set) => set.type === type) ? sets : []
}

/**
 * The record sets at one name of the zone.
 * @returns `undefined` when questions cannot tell: below a delegation, or types that nobody asks for
 */
async function readName(
  session: TcpSession,
  key: TsigKey,
  zone: string,
  name: string,
): Promise<Rrset[] | undefined> {
  if (!isWithin(name, zone) || !(await isNameInUse(session, key, zone, name))) return []
  const answers = await Promise.all(READ_TYPES.map((type) => session.ask(questionFor(name, type), key)))
  if (answers.some((answer) => !answer.authoritative && answer.rcode === RCODE.NOERROR)) return undefined
  const records = answers.flatMap((answer, index) => recordsAt(name, answer, READ_TYPES[index]!))
  const sets = toRrsets(records)
  return sets.length > 0 ? sets : undefined
}

async function readByTransfer(
  session: TcpSession,
  key: TsigKey,
  zone: string,
  names: readonly string[],
): Promise<Rrset[]> {
  const wanted = new Set(names)
  const parts: Rrset[] = []
  await transferZone(session, key, zone, (part) => {
    if (wanted.has(part.name) && part.type !== 'SOA') parts.push(part)
  })
  return merged(parts)
}

/** See `DnsDriver.readRrsets`. */
export async function readRrsets(primary: Primary, zone: string, names: readonly string[]): Promise<Rrset[]> {
  const origin = canonicalName(zone)
  const all = [...new Set(names.map(canonicalName))]
  return converse(primary, async (session) => {
    if (all.length > MAX_NAMES_BY_QUESTION) return readByTransfer(session, primary.key, origin, all)
    const found: Rrset[] = []
    for (let at = 0; at < all.length; at += MAX_NAMES_AT_ONCE) {
      const some = all.slice(at, at + MAX_NAMES_AT_ONCE)
      const sets = await Promise.all(some.map((name) => readName(session, primary.key, origin, name)))
      if (sets.includes(undefined)) return readByTransfer(session, primary.key, origin, all)
      found.push(...sets.flatMap((each) => each ?? []))
    }
    return found
  })
}
