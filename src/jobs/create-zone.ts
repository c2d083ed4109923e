import { recordZoneReady } from '../actions/office/record-zone-ready.ts'
import { inScope } from '../db/database.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { canonicalRrset } from '../domain/dns/records.ts'
import type { JobDeps } from './deps.ts'

/** Timers of a new zone in seconds: secondaries follow within minutes, negative answers are soon forgotten. */
const soaTimers = { refresh: 3600, retry: 600, expire: 1_209_600, minimum: 300 } as const
const zoneTtlSeconds = 3600

/** Makes the office's zone exist on its name server. A zone that is there already is left as it is. */
export async function createZone(deps: JobDeps, job: Jobs['create-zone']): Promise<void> {
  const { status, zone } = await inScope(deps.db, { officeId: job.officeId }, async (tx) => ({
    ...(await tx.selectFrom('zones').select('status').where('id', '=', job.zoneId).executeTakeFirstOrThrow()),
    zone: (await findZone(tx, job.zoneId))!,
  }))
  if (status === 'ready') return
  const nameServer = `ns1.${zone.name}`
  const addresses = deps.settings.nameServerAddresses
  await deps.dnsOf(zone).createZone({
    zone: zone.name,
    soa: { mname: nameServer, rname: `hostmaster.${zone.name}`, serial: 1, ...soaTimers },
    nameServers: [{ name: nameServer, addresses }],
    ttl: zoneTtlSeconds,
  })
  const own = [
    { name: zone.name, type: 'NS', ttl: zoneTtlSeconds, values: [nameServer] },
    ...(['A', 'AAAA'] as const).map((type) => ({
      name: nameServer,
      type,
      ttl: zoneTtlSeconds,
      values: addresses.filter((each) => each.includes(':') === (type === 'AAAA')),
    })),
  ]
  const records = own.filter(({ values }) => values.length > 0).map(canonicalRrset)
  await recordZoneReady(deps, { kind: 'system', officeId: job.officeId }, { ...zone, records })
}
