import * as z from 'zod'
import { FormatError } from '../../../domain/dns/format-error.ts'
import { absolute, canonicalName, isWithin } from '../../../domain/dns/names.ts'
import { canonicalRrset, type Rrset } from '../../../domain/dns/records.ts'
import { dnsServerText as text } from '../../../domain/text/dns-servers.ts'
import { DnsFailure } from '../driver.ts'
import { request, unreachable, zonePath } from './api.ts'
import type { PowerDnsConfig } from './config.ts'

/** Reading through the API shows the records as they are stored: no wildcard and no alias comes between. */

/** Past this number of names the whole zone is less work than one call for each. */
const MAX_NAMES_BY_CALL = 50
const MAX_CALLS_AT_ONCE = 8

const zoneSchema = z.looseObject({
  rrsets: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      ttl: z.number().int(),
      records: z.array(z.looseObject({ content: z.string(), disabled: z.boolean() })),
    }),
  ),
})

function rrsetsOf(config: PowerDnsConfig, body: unknown): Rrset[] {
  const zone = zoneSchema.safeParse(body)
  if (!zone.success) throw unreachable(config, 'the answer is no zone', zone.error)
  const sets = zone.data.rrsets.map(({ name, type, ttl, records }) => {
    const values = records.filter(({ disabled }) => !disabled).map(({ content }) => content)
    try {
      return canonicalRrset({ name, type, ttl, values })
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      // PowerDNS has types of its own, such as ALIAS and LUA, that no other server could take.
      throw new DnsFailure('refused', text.recordNotRead(name, type), error.message, error)
    }
  })
  // what is left of a set whose records are all switched off
  return sets.filter(({ values }) => values.length > 0)
}

async function readName(config: PowerDnsConfig, zone: string, name: string): Promise<Rrset[]> {
  const query = new URLSearchParams({ rrset_name: absolute(name) })
  const answer = await request(config, 'GET', `${zonePath(zone)}?${query.toString()}`)
  return rrsetsOf(config, answer.body).filter((set) => set.name === name)
}

async function readZone(config: PowerDnsConfig, zone: string): Promise<Rrset[]> {
  return rrsetsOf(config, (await request(config, 'GET', zonePath(zone))).body)
}

/** The sets at the names, without the SOA. @throws DnsFailure `unreachable` or `refused` */
export async function readRrsets(
  config: PowerDnsConfig,
  zone: string,
  names: readonly string[],
): Promise<Rrset[]> {
  const wanted = [...new Set(names.map(canonicalName))].filter((name) => isWithin(name, zone))
  const found: Rrset[] = []
  if (wanted.length > MAX_NAMES_BY_CALL) {
    const known = new Set(wanted)
    found.push(...(await readZone(config, zone)).filter(({ name }) => known.has(name)))
  } else {
    for (let at = 0; at < wanted.length; at += MAX_CALLS_AT_ONCE) {
      const some = wanted.slice(at, at + MAX_CALLS_AT_ONCE)
      found.push(...(await Promise.all(some.map((name) => readName(config, zone, name)))).flat())
    }
  }
  return found.filter(({ type }) => type !== 'SOA')
}

/** See `DnsDriver.transfer`: the zone as the API hands it out. */
export async function exportZone(config: PowerDnsConfig, zone: string): Promise<Rrset[]> {
  return readZone(config, zone)
}
