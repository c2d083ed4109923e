import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import { recordTypes } from '../domain/dns/record-values.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { Refused } from '../domain/refused.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'

/** What a service has at its name and below. Not `live`: the name server did not answer, this is the registry. */
export type OwnRecords = { readonly records: readonly Rrset[]; readonly live: boolean }

/** @returns the records a service has now; nothing for a service the office does not have */
export async function readOwnRecords(
  deps: { readonly db: Db; readonly dnsOf: (zone: ServedZone) => DnsDriver },
  question: { readonly officeId: string; readonly serviceId: string },
): Promise<OwnRecords | undefined> {
  const known = await inScope(deps.db, question, async (tx) => {
    const service = await tx
      .selectFrom('services')
      .select(['fqdn', 'zone_id', 'records'])
      .where('id', '=', question.serviceId)
      .executeTakeFirst()
    const zone = service && (await findZone(tx, service.zone_id))
    return service && zone && { fqdn: service.fqdn, records: service.records as Rrset[], zone }
  })
  if (!known) return undefined
  try {
    const names = [...new Set([known.fqdn, ...known.records.map(({ name }) => name)])]
    const sets = await deps.dnsOf(known.zone).readRrsets(known.zone.name, names)
    const records = sets.filter((set) => recordTypes.some((type) => type === set.type))
    return { records, live: true }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { records: known.records, live: false }
  }
}
