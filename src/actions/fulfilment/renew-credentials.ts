import type { Tx } from '../../db/database.ts'
import type { Deps, Write } from '../act.ts'

/**
 * The technical contact of a service is somebody else now: credentials that were not fetched are void, and a job makes new
 * ones, which are shown once to the new contact. What the old one knows is worth nothing from then on.
 */
export async function renewCredentials(
  deps: Pick<Deps, 'newId'>,
  tx: Tx,
  write: Write,
  service: { readonly id: string; readonly office_id: string; readonly has_site: boolean },
): Promise<void> {
  await tx
    .updateTable('credential_reveals')
    .set({ status: 'rotated', sealed: null })
    .where('service_id', '=', service.id)
    .where('status', '=', 'ready')
    .execute()
  if (!service.has_site) return
  const { office_id: officeId, id: serviceId } = service
  await write.job('rotate-credentials', { officeId, serviceId, token: deps.newId() })
}
