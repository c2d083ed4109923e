import { inScope } from '../db/database.ts'
import type { JobDeps } from './deps.ts'

/** Has every zone of every office compared with the registry, each as a job of its own. */
export async function watchZones(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id: officeId } of offices)
    await inScope(deps.db, { officeId }, async (tx) => {
      const zones = await tx.selectFrom('zones').select('id').where('status', '=', 'ready').execute()
      for (const { id: zoneId } of zones) await deps.enqueue(tx, 'compare-zone', { officeId, zoneId })
    })
}
