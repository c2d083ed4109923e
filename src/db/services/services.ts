import type { Selectable } from 'kysely'
import type { Tx } from '../database.ts'
import type { Tables } from '../schema.ts'

export type ServiceRow = Selectable<Tables['services']>

/** Locks a service of the office for the transaction. */
export async function lockService(tx: Tx, id: string): Promise<ServiceRow | undefined> {
  return tx.selectFrom('services').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}
