import type { Text } from '../../domain/refused.ts'
import { dnsText } from '../../domain/text/dns.ts'
import { dnsServerText } from '../../domain/text/dns-servers.ts'
import { manualText } from '../../domain/text/manual.ts'
import type { DnsDriver } from './driver.ts'
import { manualDnsConfigSchema } from './manual/config.ts'
import { manualDns } from './manual/driver.ts'
import { powerDnsConfigSchema } from './powerdns/config.ts'
import { powerDnsDriver } from './powerdns/driver.ts'
import { rfc2136ConfigSchema } from './rfc2136/config.ts'
import { rfc2136Driver } from './rfc2136/driver.ts'

/** Every kind of name server Ranah can keep. A new one is a folder and a line here. */
export const dnsDrivers = {
  embedded: { title: dnsText.driverEmbedded, open: openRfc2136('embedded') },
  rfc2136: { title: dnsText.driverRfc2136, open: openRfc2136('rfc2136') },
  powerdns: {
    title: dnsServerText.driverPowerDns,
    open: (config: unknown) => powerDnsDriver(powerDnsConfigSchema.parse(config)),
  },
  manual: {
    title: manualText.driverDns,
    open: (config: unknown) => manualDns(manualDnsConfigSchema.parse(config)),
  },
} as const satisfies Readonly<Record<string, { title: Text; open: (config: unknown) => DnsDriver }>>

export type DnsDriverKind = keyof typeof dnsDrivers

function openRfc2136(kind: string): (config: unknown) => DnsDriver {
  return (config) => rfc2136Driver(kind, rfc2136ConfigSchema.parse(config))
}

/**
 * The driver of a kind; nothing is connected yet.
 * @param config as the kind's own schema has it
 * @throws ZodError when the configuration is not valid
 */
export function openDnsDriver(kind: DnsDriverKind, config: unknown): DnsDriver {
  return dnsDrivers[kind].open(config)
}
