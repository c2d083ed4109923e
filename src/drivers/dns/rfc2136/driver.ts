import { canonicalName } from '../../../domain/dns/names.ts'
import type { Rrset } from '../../../domain/dns/records.ts'
import { merged } from '../../../domain/dns/whole-zone.ts'
import type { DnsDriver } from '../driver.ts'
import { probeZone } from '../probe.ts'
import { applyPlan } from './apply.ts'
import { checkZone } from './check.ts'
import type { Rfc2136Config } from './config.ts'
import { createZone } from './create-zone.ts'
import { converse } from './primary.ts'
import { isNameInUse, readRrsets } from './read.ts'
import { transferZone } from './transfer.ts'

/**
 * Signed dynamic updates with prerequisites (RFC 2136, RFC 8945), AXFR for whole zones.
 * @param kind the name of the driver in plans, logs and the table of drivers
 */
export function rfc2136Driver(kind: string, config: Rfc2136Config): DnsDriver {
  const endpoint = { host: config.host, port: config.port }
  const primary = { endpoint, key: config.key }
  const transferInParts = (zone: string, take: (part: Rrset) => void) =>
    converse(primary, (session) => transferZone(session, config.key, canonicalName(zone), take))
  return {
    kind,
    readRrsets: (zone, names) => readRrsets(primary, zone, names),
    isNameInUse: (zone, name) =>
      converse(primary, (session) =>
        isNameInUse(session, config.key, canonicalName(zone), canonicalName(name)),
      ),
    apply: (plan) => applyPlan(primary, plan),
    async transfer(zone) {
      const parts: Rrset[] = []
      await transferInParts(zone, (part) => parts.push(part))
      return merged(parts)
    },
    transferInParts,
    probe: (question) => probeZone({ primary: endpoint, nameServers: config.nameServers }, question),
    createZone: (zone) => createZone(primary, zone),
    check: (zone) => checkZone(primary, canonicalName(zone)),
  }
}
