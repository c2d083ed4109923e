import { canonicalName, isWithin } from '../../../domain/dns/names.ts'
import type { DnsDriver } from '../driver.ts'
import { probeZone } from '../probe.ts'
import { applyPlan } from './apply.ts'
import { checkZone } from './check.ts'
import type { PowerDnsConfig } from './config.ts'
import { createZone } from './create-zone.ts'
import { exportZone, readRrsets } from './read.ts'

/** PowerDNS by its HTTP API, which knows no prerequisites: see apply.ts for what that means. */
export function powerDnsDriver(config: PowerDnsConfig): DnsDriver {
  const primary = { host: config.host, port: config.port }
  return {
    kind: 'powerdns',
    readRrsets: (zone, names) => readRrsets(config, canonicalName(zone), names),
    isNameInUse: async (zone, input) => {
      const [origin, name] = [canonicalName(zone), canonicalName(input)]
      if (!isWithin(name, origin)) return false
      return (await readRrsets(config, origin, [name])).length > 0
    },
    apply: (plan) => applyPlan(config, plan),
    transfer: (zone) => exportZone(config, canonicalName(zone)),
    async transferInParts(zone, take) {
      for (const set of await exportZone(config, canonicalName(zone))) take(set)
    },
    probe: (question) => probeZone({ primary, nameServers: config.nameServers }, question),
    createZone: (zone) => createZone(config, zone),
    check: (zone) => checkZone(config, canonicalName(zone)),
  }
}
