import type { Rrset } from '../../domain/dns/records.ts'
import type { Wish } from '../../domain/fulfilment/wish.ts'
import { wishOf } from '../../domain/fulfilment/wish.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import type { Tx } from '../database.ts'
import type { RequestRow } from '../requests/requests.ts'
import { readRequestById } from '../requests/requests.ts'

export type ZoneRow = {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly settings: unknown
}

/** Everything a plan is made from, read in one transaction. */
export type ServiceFacts = {
  readonly request: RequestRow
  readonly agency: string
  readonly zone: ZoneRow | null
  /** Null when nothing outside has to change. */
  readonly wish: Wish | null
}

/** @param siteAddresses public addresses of the site host */
export async function readServiceFacts(
  tx: Tx,
  requestId: string,
  siteAddresses: readonly string[],
): Promise<ServiceFacts> {
  const request = await readRequestById(tx, requestId)
  if (!request) throw new Error(`request ${requestId} does not exist`)
  const { name: agency } = await tx
    .selectFrom('agencies')
    .select('name')
    .where('id', '=', request.agency_id)
    .executeTakeFirstOrThrow()
  const service = request.service_id
    ? await tx
        .selectFrom('services')
        .selectAll()
        .where('id', '=', request.service_id)
        .executeTakeFirstOrThrow()
    : null
  const zoneId = service?.zone_id ?? request.zone_id
  const zone = zoneId
    ? await tx
        .selectFrom('zones')
        .select(['id', 'name', 'driver', 'settings'])
        .where('id', '=', zoneId)
        .executeTakeFirstOrThrow()
    : null
  const wish = zone
    ? wishOf({
        fulfilment: request.fulfilment as Fulfilment,
        zone: zone.name,
        fqdn: service?.fqdn ?? request.fqdn ?? '',
        agency,
        application: request.form,
        service: service ? { records: service.records as Rrset[], hasSite: service.has_site } : null,
        siteAddresses,
        token: `${request.id}.${request.visit}`,
      })
    : null
  return { request, agency, zone, wish }
}
