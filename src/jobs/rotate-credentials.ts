import { recordRotation } from '../actions/services/rotate-credentials.ts'
import { inScope } from '../db/database.ts'
import type { Jobs } from '../db/queue.ts'
import type { JobDeps } from './deps.ts'
import { sealedCredentials } from './sealed-credentials.ts'

/** Makes new credentials on the site host and keeps them sealed for the technical contact. */
export async function rotateCredentials(deps: JobDeps, job: Jobs['rotate-credentials']): Promise<void> {
  const service = await inScope(deps.db, { officeId: job.officeId }, (tx) =>
    tx.selectFrom('services').select(['fqdn', 'status']).where('id', '=', job.serviceId).executeTakeFirst(),
  )
  if (service?.status !== 'live') return
  const { id, bytes, expiresAt } = await sealedCredentials(deps, service.fqdn, job.token)
  await recordRotation(
    deps,
    { kind: 'system', officeId: job.officeId },
    { serviceId: job.serviceId, id, sealed: bytes, expiresAt },
  )
}
