import { listFollowers } from '../../db/certificates/queue.ts'
import type { Tx } from '../../db/database.ts'
import type { Write } from '../act.ts'

/** Part of the act that closes a service: what waits is given up, what is in use will be revoked. */
export async function endCertificates(
  tx: Tx,
  write: Write,
  service: { readonly officeId: string; readonly serviceId: string; readonly at: Date },
): Promise<void> {
  const dropped = await tx
    .updateTable('certificates')
    .set({ status: 'dropped', ended_at: service.at })
    .where('service_id', '=', service.serviceId)
    .where('status', '=', 'waiting')
    .where('chain', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of dropped)
    for (const certificateId of await listFollowers(tx, id))
      await write.job('issue-certificate', { officeId: service.officeId, certificateId })
  const ending = await tx
    .updateTable('certificates')
    .set({ status: 'revoking' })
    .where('service_id', '=', service.serviceId)
    .where('status', 'in', ['waiting', 'live'])
    .returning('id')
    .execute()
  for (const { id } of ending)
    await write.job('revoke-certificate', { officeId: service.officeId, certificateId: id })
}
