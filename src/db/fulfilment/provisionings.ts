import type { Selectable } from 'kysely'
import type { Evidence, ServicePlan } from '../../domain/fulfilment/plan.ts'
import type { Tx } from '../database.ts'
import { json } from '../database.ts'
import { sendAhead } from '../pipeline.ts'
import type { Tables } from '../schema.ts'
import type { Trouble } from '../schema/columns.ts'

export type ProvisioningRow = Omit<Selectable<Tables['provisionings']>, 'plan' | 'evidence'> & {
  readonly plan: ServicePlan
  readonly evidence: Evidence | null
}

/** What a job needs of it. */
export type StoredPlan = Pick<ProvisioningRow, 'status' | 'plan'>

/** @returns the provisioning of one visit of a step, if it was planned */
export async function readProvisioning(
  tx: Tx,
  requestId: string,
  visit: number,
): Promise<ProvisioningRow | undefined> {
  const row = await tx
    .selectFrom('provisionings')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('visit', '=', visit)
    .executeTakeFirst()
  return row as ProvisioningRow | undefined
}

/** Stores the plan of a visit that has none yet; the caller holds the lock of its request. */
export async function insertProvisioning(
  tx: Tx,
  row: { id: string; officeId: string; requestId: string; visit: number; plan: ServicePlan; at: Date },
): Promise<void> {
  await sendAhead(
    tx,
    tx.insertInto('provisionings').values({
      id: row.id,
      office_id: row.officeId,
      request_id: row.requestId,
      visit: row.visit,
      plan: json(row.plan),
      status: 'planned',
      created_at: row.at,
      updated_at: row.at,
    }),
  )
}

export async function updateProvisioning(
  tx: Tx,
  id: string,
  change: { status?: ProvisioningRow['status']; evidence?: Evidence; trouble?: Trouble | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('provisionings')
    .set({
      updated_at: change.at,
      ...(change.status ? { status: change.status } : {}),
      ...(change.evidence ? { evidence: json(change.evidence) } : {}),
      ...(change.trouble === undefined
        ? {}
        : { trouble: change.trouble === null ? null : json(change.trouble) }),
    })
    .where('id', '=', id)
    .execute()
}
