import { absolute, canonicalName, isWithin } from '../../../domain/dns/names.ts'
import { printRdata } from '../../../domain/dns/records.ts'
import type { NewZone } from '../driver.ts'
import { request } from './api.ts'
import type { PowerDnsConfig } from './config.ts'

type ApiRrset = { name: string; type: string; ttl: number; records: { content: string; disabled: false }[] }

function rrsetsOf(zone: string, { soa, nameServers, ttl }: NewZone): ApiRrset[] {
  const set = (name: string, type: string, values: readonly string[]): ApiRrset => ({
    name: absolute(name),
    type,
    ttl,
    records: values.map((content) => ({ content, disabled: false })),
  })
  const glue = nameServers.flatMap(({ name, addresses }) => {
    const host = canonicalName(name)
    if (!isWithin(host, zone)) return []
    const six = addresses.filter((address) => address.includes(':'))
    const four = addresses.filter((address) => !address.includes(':'))
    return [set(host, 'A', four), set(host, 'AAAA', six)]
  })
  const hosts = nameServers.map(({ name }) => absolute(canonicalName(name)))
  const apex = [set(zone, 'SOA', [printRdata({ type: 'SOA', ...soa })]), set(zone, 'NS', hosts)]
  return [...apex, ...glue].filter(({ records }) => records.length > 0)
}

/** See `DnsDriver.createZone`. The zone is a primary, so that PowerDNS tells its secondaries of changes. */
export async function createZone(
  config: PowerDnsConfig,
  input: NewZone,
): Promise<{ result: 'created' | 'already-there' }> {
  const zone = canonicalName(input.zone)
  const answer = await request(config, 'POST', '/zones?rrsets=false', {
    name: absolute(zone),
    kind: 'Master',
    nameservers: [],
    soa_edit_api: 'INCREASE',
    rrsets: rrsetsOf(zone, input),
  })
  return { result: answer.status === 409 ? 'already-there' : 'created' }
}
