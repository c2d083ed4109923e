import { recordRotation } from '../actions/services/rotate-credentials.ts'
import { inScope } from '../db/database.ts'
import type { Jobs } from '../db/queue.ts'
import { hasReveal } from '../db/services/reveals.ts'
import type { JobDeps } from './deps.ts'
import { hostingById } from './hosting-by-id.ts'
import { sealedCredentials } from './sealed-credentials.ts'

/**
 * Makes new credentials on the site host and keeps them sealed for the technical contact, once for each wish: the
 * page has the id of the wish, so a job that comes back after a crash does not void what was opened meanwhile.
 */
export async function rotateCredentials(deps: JobDeps, job: Jobs['rotate-credentials']): Promise<void> {
  const { service, isDone } = await inScope(deps.db, { officeId: job.officeId }, async (tx) => ({
    service: await tx
      .selectFrom('services')
      .select(['fqdn', 'status', 'host_id', 'technical_contact'])
      .where('id', '=', job.serviceId)
      .executeTakeFirst(),
    isDone: await hasReveal(tx, job.token),
  }))
  if (service?.status !== 'live' || isDone) return
  const hosting = await hostingById(deps, job.officeId, service.host_id)
  // The office took the host into its own hands after this was asked for.
  if (hosting.access !== 'ranah') return
  const sealed = await sealedCredentials(deps, hosting, {
    officeId: job.officeId,
    fqdn: service.fqdn,
    token: job.token,
    id: job.token,
    contactEmail: service.technical_contact.email,
  })
  const url = `${deps.settings.publicUrl}/serah-terima/${job.token}`
  const system = { kind: 'system', officeId: job.officeId } as const
  await recordRotation(deps, system, { serviceId: job.serviceId, sealed, url })
}
