import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { ServerRow } from './servers.ts'
import { readServer } from './servers.ts'

/** A parent domain and the name server that keeps it; null for the embedded one. */
export type ServedZone = { readonly id: string; readonly name: string; readonly server: ServerRow | null }

/** @returns a parent domain of the office in scope, by its id or its name */
export async function findZone(tx: Tx, idOrName: string): Promise<ServedZone | undefined> {
  const zone = await tx
    .selectFrom('zones')
    .select(['id', 'name', 'server_id'])
    .where((eb) => eb.or([eb(sql<string>`id::text`, '=', idOrName), eb('name', '=', idOrName)]))
    .executeTakeFirst()
  if (!zone) return undefined
  const server = zone.server_id === null ? undefined : await readServer(tx, zone.server_id)
  return { id: zone.id, name: zone.name, server: server ?? null }
}

/** @returns how many requests the system is working on in a zone right now */
export async function countWorking(tx: Tx, zoneId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('requests')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', zoneId)
    .where('stage', '=', 'working')
    .executeTakeFirstOrThrow()
  return count
}
