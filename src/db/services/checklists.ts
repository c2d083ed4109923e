import type { Checklist } from '../../domain/security-checklist/checklist.ts'
import { emptyChecklist } from '../../domain/security-checklist/checklist.ts'
import { json, type Tx } from '../database.ts'

/** @returns the checklist of a service; empty before anybody did anything */
export async function readChecklist(tx: Tx, serviceId: string): Promise<Checklist> {
  const row = await tx
    .selectFrom('security_checklists')
    .select(['answers', 'answered_at as answeredAt', 'findings', 'looked_at as lookedAt', 'waivers'])
    .where('service_id', '=', serviceId)
    .executeTakeFirst()
  return row ?? emptyChecklist
}

/** Keeps parts of a checklist; the service is locked by the caller. */
export async function writeChecklist(
  tx: Tx,
  place: { readonly officeId: string; readonly serviceId: string },
  parts: Partial<Checklist>,
): Promise<void> {
  const values = {
    ...(parts.answers && { answers: json(parts.answers) }),
    ...(parts.answeredAt && { answered_at: parts.answeredAt }),
    ...(parts.findings && { findings: json(parts.findings) }),
    ...(parts.lookedAt && { looked_at: parts.lookedAt }),
    ...(parts.waivers && { waivers: json(parts.waivers) }),
  }
  const empty = { answers: json({}), findings: json([]), waivers: json({}) }
  await tx
    .insertInto('security_checklists')
    .values({ ...empty, ...values, service_id: place.serviceId, office_id: place.officeId })
    .onConflict((conflict) => conflict.column('service_id').doUpdateSet(values))
    .execute()
}
