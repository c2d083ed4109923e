import type { TestContext } from 'node:test'
import type { DnsDriver } from '../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { startBind, type BindSettings } from '../../src/servers/debian/bind.ts'
import { startKnot } from '../../src/servers/debian/knot.ts'
import type { NameServer } from '../../src/servers/debian/name-server.ts'
import { startPowerDns, type PowerDnsSettings } from '../../src/servers/debian/powerdns.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { temporaryDirectory, testKey, testZone as zone } from './dns-server.ts'
import './own-networks.ts'

/** Debian's own name servers, each the primary of the zone of the tests. */

export type DebianDns = NameServer['kind']
export const debianDns = ['BIND', 'Knot', 'PowerDNS'] as const satisfies readonly DebianDns[]

type Settings = BindSettings & PowerDnsSettings
const start: Readonly<Record<DebianDns, (settings: Settings) => Promise<NameServer>>> = {
  BIND: startBind,
  Knot: startKnot,
  PowerDNS: startPowerDns,
}

export const masterFile = `$TTL 3600
@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60
@ NS ns1.${zone}.
ns1 A 127.0.0.1
`

export const openDebianDns = (kind: DebianDns, settings: Settings): Promise<NameServer> =>
  start[kind](settings)

export type RunningDebianDns = NameServer & { readonly settings: Settings }

/** Starts one on a free port of loopback; it ends with the test. The suite prints who it was. */
export async function startDebianDns(
  t: TestContext,
  kind: DebianDns,
  more: Partial<Settings> = {},
): Promise<RunningDebianDns> {
  const settings: Settings = {
    directory: more.directory ?? (await temporaryDirectory(t)),
    port: more.port ?? (await freePort()),
    keys: [{ key: testKey, update: true, transfer: true }],
    zones: { [zone]: masterFile },
    ...more,
  }
  const server = await start[kind](settings)
  t.after(() => server.stop('SIGKILL'))
  console.log(`note: ${kind} ${server.version}, process ${server.pid}`)
  return { ...server, settings }
}

export const apiKey = 'kunci-api-untuk-uji'

/** PowerDNS with its API on, and how to reach it. */
export async function startPowerDnsApi(
  t: TestContext,
  more: Partial<Settings> = {},
): Promise<RunningDebianDns & { readonly url: string }> {
  const api = { port: await freePort(), key: apiKey }
  const server = await startDebianDns(t, 'PowerDNS', { api, ...more })
  return { ...server, url: `http://127.0.0.1:${api.port}` }
}

/** The driver for its API. */
export function powerDnsFor(url: string, port: number, key = apiKey): DnsDriver {
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  return openDnsDriver('powerdns', { url, apiKey: key, host: '127.0.0.1', port, nameServers })
}
