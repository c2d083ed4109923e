import type { Tx } from '../database.ts'
import { readRequest } from './requests.ts'

/** What tells whether anything happened to a request. */
export type Glance = {
  readonly phase: 'draft' | 'running' | 'ended'
  readonly stage: 'acting' | 'working'
  readonly step: number | null
  readonly visit: number
  /** Changes with every change of the request or of its provisioning. */
  readonly mark: string
}

/** @returns where a request stands, at the price of two small reads */
export async function glanceAt(tx: Tx, ticket: string): Promise<Glance | undefined> {
  const row = await readRequest(tx, ticket)
  if (!row) return undefined
  const work = await tx
    .selectFrom('provisionings')
    .select(['status', 'updated_at'])
    .where('request_id', '=', row.id)
    .orderBy('visit', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { phase, stage, step, visit, holder, trouble } = row
  const parts = [phase, stage, step, visit, holder, trouble?.at, work?.status, work?.updated_at]
  return { phase, stage, step, visit, mark: JSON.stringify(parts) }
}
