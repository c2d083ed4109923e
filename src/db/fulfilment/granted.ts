import type { InferResult } from 'kysely'
import type { Tx } from '../database.ts'
import type { ServedZone } from '../office/zones.ts'
import { readAhead } from '../pipeline.ts'
import type { Jobs } from '../queue.ts'
import type { RequestRow } from '../requests/requests.ts'
import type { UnderLock } from './outside-lock.ts'
import { keyOfRequest, lockedColumn } from './outside-lock.ts'
import type { ProvisioningRow, StoredPlan } from './provisionings.ts'

/** The request of a job, and what carrying out its stored plan takes. */
export type Granted = {
  readonly request: Pick<
    RequestRow,
    'id' | 'office_id' | 'fulfilment' | 'fqdn' | 'form' | 'stage' | 'visit' | 'trouble'
  >
  readonly zone: ServedZone | null
  /** The service that the request is about was closed meanwhile. */
  readonly closed: boolean
  /** What was planned for the visit, if anything. */
  readonly known: StoredPlan | undefined
}

/** The lock of a job's request, and all it needs in one statement under it, because somebody waits for the name. */
export const grantedUnderLock = ({
  officeId,
  requestId,
  visit,
}: Jobs['provision-service']): UnderLock<Granted> => ({
  officeId,
  key: keyOfRequest(requestId),
  read: async (tx) => {
    const asked = await readAhead(tx, grantedQuery(tx, requestId, visit))
    return async () => {
      const [row] = await asked()
      if (!row) throw new Error(`request ${requestId} does not exist`)
      return grantedOf(row)
    }
  },
})

const grantedQuery = (tx: Tx, requestId: string, visit: number) =>
  tx
    .selectFrom('requests as r')
    .leftJoin('services as s', 's.id', 'r.service_id')
    .leftJoin('zones as z', (join) =>
      join.on((eb) => eb('z.id', '=', eb.fn.coalesce('s.zone_id', 'r.zone_id'))),
    )
    .leftJoin('servers', 'servers.id', 'z.server_id')
    .leftJoin('provisionings as p', (join) =>
      join.onRef('p.request_id', '=', 'r.id').on('p.visit', '=', visit),
    )
    .select(['r.id', 'r.office_id', 'r.fulfilment', 'r.fqdn', 'r.form', 'r.stage', 'r.visit', 'r.trouble'])
    .select(['s.status as service', 'p.status', 'p.plan', 'z.id as zone_id', 'z.name as zone'])
    .select(['servers.id as server_id', 'servers.driver', 'servers.settings', 'servers.secret'])
    .select(lockedColumn.as('locked'))
    .where('r.id', '=', requestId)

type GrantedRow = InferResult<ReturnType<typeof grantedQuery>>[number]

function grantedOf(row: GrantedRow): Granted & { readonly locked: boolean } {
  const { service, status, plan, zone_id, zone, server_id, driver, settings, secret, locked, ...request } =
    row
  const server = server_id && driver ? { id: server_id, driver, settings, secret } : null
  return {
    locked,
    request,
    zone: zone_id && zone ? { id: zone_id, name: zone, server } : null,
    closed: service === 'closed',
    known: status ? { status, plan: plan as ProvisioningRow['plan'] } : undefined,
  }
}
