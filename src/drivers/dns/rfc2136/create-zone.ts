import { absolute, canonicalName, isWithin } from '../../../domain/dns/names.ts'
import { printRdata } from '../../../domain/dns/records.ts'
import { RCODE } from '../../../domain/dns/types.ts'
import { updateMessage, type UpdateLine } from '../../../domain/dns/update.ts'
import type { NewZone } from '../driver.ts'
import type { TcpSession } from '../exchange.ts'
import { questionFor, toRrsets } from '../rrsets.ts'
import { ServerRefusal, converse, type Primary } from './primary.ts'

/** SOA, NS and the addresses of those name servers that lie in the zone itself. */
function zoneLines(zone: string, { soa, nameServers, ttl }: NewZone): UpdateLine[] {
  const apex = { op: 'add', name: zone, ttl } as const
  const glue = nameServers.flatMap(({ name, addresses }) => {
    const host = canonicalName(name)
    if (!isWithin(host, zone)) return []
    return addresses.map((value) => {
      const type = value.includes(':') ? 'AAAA' : 'A'
      return { op: 'add', name: host, type, ttl, value } as const
    })
  })
  const ns = nameServers.map(({ name }) => ({ ...apex, type: 'NS', value: absolute(canonicalName(name)) }))
  return [{ ...apex, type: 'SOA', value: printRdata({ type: 'SOA', ...soa }) }, ...ns, ...glue]
}

async function hasZone(session: TcpSession, primary: Primary, zone: string): Promise<boolean> {
  const answer = await session.ask(questionFor(zone, 'SOA'), primary.key)
  const isThere = toRrsets(answer.answers).some((set) => set.type === 'SOA' && set.name === zone)
  return answer.authoritative && answer.rcode === RCODE.NOERROR && isThere
}

/** See `DnsDriver.createZone`. Only the embedded server makes zones over the wire; others refuse. */
export async function createZone(
  primary: Primary,
  input: NewZone,
): Promise<{ result: 'created' | 'already-there' }> {
  const zone = canonicalName(input.zone)
  const prerequisites = [{ kind: 'rrset-absent', name: zone, type: 'SOA' }] as const
  return converse(primary, async (session) => {
    if (await hasZone(session, primary, zone)) return { result: 'already-there' }
    const answer = await session.ask(
      (id) => updateMessage({ id, zone, prerequisites, lines: zoneLines(zone, input) }),
      primary.key,
    )
    if (answer.rcode === RCODE.NOERROR) return { result: 'created' }
    if (answer.rcode === RCODE.YXRRSET) return { result: 'already-there' }
    throw new ServerRefusal(answer.rcode)
  })
}
