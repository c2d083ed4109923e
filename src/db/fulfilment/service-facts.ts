import type { Rrset } from '../../domain/dns/records.ts'
import type { Wish } from '../../domain/fulfilment/wish.ts'
import { wishOf } from '../../domain/fulfilment/wish.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import type { Tx } from '../database.ts'
import type { RequestRow } from '../requests/requests.ts'
import { readRequestById } from '../requests/requests.ts'
import type { ServerRow } from '../office/servers.ts'
import { defaultHost, readServer } from '../office/servers.ts'
import type { ServedZone } from '../office/zones.ts'
import { findZone } from '../office/zones.ts'

/** Everything a plan is made from, read in one transaction. */
export type ServiceFacts = {
  readonly request: RequestRow
  readonly agency: string
  readonly zone: ServedZone | null
  /** The site host of the service, or the one that takes new sites; null for the embedded one. */
  readonly host: ServerRow | null
  /** The service that the request is about was closed meanwhile. */
  readonly closed: boolean
  /** Null when nothing outside has to change. */
  readonly wish: Wish | null
}

/** @param addressesOf public addresses of a site host */
export async function readServiceFacts(
  tx: Tx,
  requestId: string,
  addressesOf: (host: ServerRow | null) => readonly string[],
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
  const zone = zoneId ? ((await findZone(tx, zoneId)) ?? null) : null
  const host = (await hostOf(tx, service)) ?? null
  const wish = zone
    ? wishOf({
        fulfilment: request.fulfilment as Fulfilment,
        zone: zone.name,
        fqdn: service?.fqdn ?? request.fqdn ?? '',
        agency,
        application: request.form,
        service: service ? { records: service.records as Rrset[], hasSite: service.has_site } : null,
        siteAddresses: addressesOf(host),
        token: `${request.id}.${request.visit}`,
      })
    : null
  return { request, agency, zone, host, closed: service?.status === 'closed', wish }
}

/** A site stays on the host it lies on; a new one goes to the host that takes new sites. */
function hostOf(
  tx: Tx,
  service: { readonly has_site: boolean; readonly host_id: string | null } | null,
): Promise<ServerRow | undefined> {
  if (!service?.has_site) return defaultHost(tx)
  return service.host_id === null ? Promise.resolve(undefined) : readServer(tx, service.host_id)
}
